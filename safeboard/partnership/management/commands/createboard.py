"""`safeboard createboard`: a board and the one-time link for its first officer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from safeboard.core import times
from safeboard.core.access import Place, job_access
from safeboard.core.roles import PlaceKind, Role
from safeboard.partnership import operations


class Command(BaseCommand):
    help = "Make a board and print a one-time link with which its first e-safety officer sets a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the board's name")
        parser.add_argument("--email", required=True, help="the e-safety officer's email address")
        parser.add_argument("--officer-name", required=True, help="the e-safety officer's full name")
        parser.add_argument("--area", default="", help="the area that it works in")
        parser.add_argument("--pack", default="england-2026", help="its content pack, %(default)s unless said")

    def handle(self, *args: Any, **options: Any) -> None:
        by = job_access("createboard")
        try:
            with transaction.atomic():
                board = operations.create_board(by=by, name=options["name"], area=options["area"], pack=options["pack"])
                invitation, link = operations.invite(
                    by=by,
                    email=options["email"],
                    name=options["officer_name"],
                    role=Role.ESAFETY_OFFICER,
                    place=Place(PlaceKind.BOARD, board.pk, board.name),
                )
        except ValidationError as error:
            raise CommandError("Nothing was made. " + " ".join(error.messages)) from None
        until = times.exact(invitation.runs_out_at)
        self.stdout.write(f"The board '{board.name}' stands. Its first officer is {invitation.name}.")
        self.stdout.write(f"They open this address and set a password; it works once, until {until}:")
        self.stdout.write(link)
