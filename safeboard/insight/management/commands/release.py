"""``safeboard release``: release the figures of quarters that have ended, now."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeboard.core.access import job_access
from safeboard.insight import operations
from safeboard.partnership.models import Board


class Command(BaseCommand):
    help = "Count, protect and freeze the quarters that have ended, as the worker does every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--board", help="only the board of this name")

    def handle(self, *args: object, **options: object) -> None:
        by = job_access("release")
        boards = Board.objects.order_by("name")
        if options["board"]:
            boards = boards.filter(name=options["board"])
            if not boards:
                raise CommandError(f"There is no board called {options['board']}. Nothing was released.")
        for board in boards:
            made = operations.release_ended(by=by, board=board)
            operations.refresh_running(by=by, board=board)
            words = ", ".join(map(str, made)) or "nothing new"
            self.stdout.write(f"{board.name}: {words}")
