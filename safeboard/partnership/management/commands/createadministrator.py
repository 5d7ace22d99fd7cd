"""`safeboard createadministrator`: the one-time link for somebody who runs the service and reads no casework."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeboard.core import times
from safeboard.core.access import Place, job_access
from safeboard.core.roles import PlaceKind, Role
from safeboard.partnership import operations


class Command(BaseCommand):
    help = "Print a one-time link with which a system administrator sets a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the administrator's full name")
        parser.add_argument("--email", required=True, help="the administrator's email address")

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place(PlaceKind.SERVICE, None, str(PlaceKind.SERVICE.label))
        try:
            invitation, link = operations.invite(
                by=job_access("createadministrator"),
                email=options["email"],
                name=options["name"],
                role=Role.ADMINISTRATOR,
                place=place,
            )
        except ValidationError as error:
            raise CommandError("Nothing was made. " + " ".join(error.messages)) from None
        self.stdout.write(f"{invitation.name} opens this address and sets a password;")
        self.stdout.write(f"it works once, until {times.exact(invitation.runs_out_at)}:")
        self.stdout.write(link)
