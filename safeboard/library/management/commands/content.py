"""safeboard content check | publish"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from safeboard.library import checks, operations, queries
from safeboard.library.loader import Pack, PackError


class Command(BaseCommand):
    help = "Checks the content packs, or publishes their present versions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check", "publish"])
        parser.add_argument("--language", help="with check: also list the texts missing in it, such as cy")

    def handle(self, *args: Any, action: str, language: str | None = None, **options: Any) -> None:
        queries.forget()
        packs = self.read()
        if action == "check":
            self.check_packs(packs, language)
        else:
            self.publish()

    def read(self) -> dict[str, Pack]:
        try:
            return queries.packs()
        except PackError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(
                f"{len(error.faults)} to mend in the content packs. Nothing was changed.", returncode=1
            ) from None

    def check_packs(self, packs: dict[str, Pack], language: str | None) -> None:
        found = list(checks.findings(packs, timezone.localdate(), language))
        grave = [finding for finding in found if finding.grave]
        for finding in found:
            (self.stderr if finding.grave else self.stdout).write(str(finding))
        if grave:
            raise CommandError(f"{len(grave)} to mend in the content packs.", returncode=1)
        count = sum(len(items) for pack in packs.values() for items in pack.items.values())
        self.stdout.write(f"{len(packs)} packs, {count} items: nothing to mend, {len(found)} to note.")

    def publish(self) -> None:
        try:
            done = operations.publish_packs()
        except operations.PublishError as error:
            raise CommandError(f"{error}\nNothing was published.", returncode=1) from None
        self.stdout.write(f"Published {done.added}; {done.unchanged} were there already.")
