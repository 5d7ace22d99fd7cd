"""``safeboard generate``: a large made-up board, for measuring."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeboard.incidents.operations.searching import rebuild
from safeboard.partnership.models import Board
from safeboard.web.demonstration import Size, make_county
from safeboard.web.demonstration.incidents import make_incidents


class Command(BaseCommand):
    help = "Make a large made-up board in an empty database, the same one for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agencies", type=int, default=500)
        # --settings is Django's own
        parser.add_argument("--number-of-settings", type=int, help="three for each agency by default")
        parser.add_argument("--incidents", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, **options: object) -> None:
        if Board.objects.exists():
            raise CommandError("The database holds a board already. Nothing was written.")
        agencies, incidents, seed = options["agencies"], options["incidents"], options["seed"]
        size = Size(agencies, options["number_of_settings"] or agencies * 3, agencies * 3, incidents)
        county = make_county(
            area="Fallowshire", name="Fallowshire Safeguarding Partnership", pack="england-2026", size=size, seed=seed
        )
        for count in make_incidents(county, size, seed):
            if count % 4000 == 0 or count == incidents:
                self.stdout.write(f"{count} of {incidents} incidents")
        self.stdout.write(f"{rebuild():,} words in the index")
