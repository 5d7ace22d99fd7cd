"""``safeboard worker``: what the service does beside its pages."""

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Post messages, do work from the queue and keep the clocks, until stopped."
    requires_system_checks: list[str] = []  # they would load every page with all that draws charts and documents
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due now, then end")

    def handle(self, *args: object, **options: object) -> None:
        from safeboard.outbox.worker import Worker

        worker = Worker()
        worker.configure_signals()
        if options["once"]:
            worker.once()
        else:
            worker.serve()
