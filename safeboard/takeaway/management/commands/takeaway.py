"""``safeboard takeaway bring FILE``: read everything of a place into an installation that is still empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeboard.core.access import job_access
from safeboard.takeaway import operations


class Command(BaseCommand):
    help = "Read a ZIP, taken from another installation, into this one, which must be empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["bring"])
        parser.add_argument("file", type=Path, help="the ZIP")
        parser.add_argument("--key", default="", help="the fingerprint of the sender's key, told by another way")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Checking every file of the pack ...")
        try:
            brought = operations.bring(by=job_access("takeaway"), path=options["file"], key=options["key"])
        except operations.CannotBring as error:
            raise CommandError(str(error)) from None
        for label, count in brought.rows.items():
            self.stdout.write(f"{label}: {count}")
        for label, count in brought.left.items():
            self.stdout.write(f"{label}: {count} left out, because what they belong to was not in the pack")
        self.stdout.write(f"{brought.name} is here. Everybody sets a new password by 'Forgotten your password'.")
