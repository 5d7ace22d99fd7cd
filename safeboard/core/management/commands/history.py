"""``safeboard history verify`` and ``safeboard history checkpoint``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeboard.core import history
from safeboard.core.models import Entry


class Command(BaseCommand):
    help = "Verify the history chain, or sign and export a checkpoint of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "checkpoint"])
        parser.add_argument("--export", type=Path, help="also hold the chain against this file of checkpoints")

    def handle(self, *args: object, **options: object) -> None:
        if options["action"] == "checkpoint":
            mark = history.checkpoint()
            self.stdout.write(f"Signed entry {mark.number}." if mark else "Nothing new to sign.")
            return
        faults = list(history.verify())
        if options["export"]:
            faults += history.verify_export(options["export"])
        for fault in faults:
            self.stderr.write(f"Entry {fault.number}: {fault.why}.")
        if faults:
            raise CommandError(f"The history does not hold: {len(faults)} faults.")
        self.stdout.write(f"The history holds: {Entry.objects.count()} entries.")
