"""``safeboard incidents index``: make the index of words anew."""

from django.core.management.base import BaseCommand, CommandParser

from safeboard.incidents.operations.searching import rebuild


class Command(BaseCommand):
    help = "Make the index anew by which words are found in incidents (index)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["index"])

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{rebuild():,} words stand in the index.")
