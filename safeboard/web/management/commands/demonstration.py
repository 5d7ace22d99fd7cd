"""``safeboard demonstration load``: the made-up county and its neighbour."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.crypto import get_random_string

from safeboard.accounts.models import Person
from safeboard.core.roles import Role
from safeboard.incidents.operations.searching import rebuild
from safeboard.insight import operations as insight
from safeboard.partnership.models import Board, Membership
from safeboard.web.demonstration import DEMONSTRATION, NEIGHBOUR, make_county
from safeboard.web.demonstration.alerts import make_alerts
from safeboard.web.demonstration.charts import make_local_charts
from safeboard.web.demonstration.concerns import make_concerns
from safeboard.web.demonstration.county import MAKER, County
from safeboard.web.demonstration.documents import make_documents
from safeboard.web.demonstration.evidence import make_evidence
from safeboard.web.demonstration.incidents import make_incidents
from safeboard.web.demonstration.learned import make_learned
from safeboard.web.demonstration.logs import make_logs
from safeboard.web.demonstration.plan import make_plan
from safeboard.web.demonstration.referred import make_referred
from safeboard.web.demonstration.reports import make_reports
from safeboard.web.demonstration.rounds import make_rounds
from safeboard.web.demonstration.sizes import SHARED_AGENCIES
from safeboard.web.demonstration.subgroup import make_subgroup
from safeboard.web.demonstration.surveys import make_surveys
from safeboard.web.demonstration.views import save_views
from safeboard.web.demonstration.worries import make_worries

SEED = 2026


class Command(BaseCommand):
    help = "Load the demonstration into its own, empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["load"])

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not the demonstration's database (SAFEBOARD_DEMO is not set). Nothing was written."
            )
        if Board.objects.exists():
            self.stdout.write("The demonstration is loaded already.")
            return
        county = make_county(
            area="Ostermere",
            name="Ostermere Safeguarding Children Partnership",
            pack="england-2026",
            size=DEMONSTRATION,
            seed=SEED,
        )
        neighbour = make_county(
            area="Brackenholt",
            name="Brackenholt Safeguarding Children Board",
            pack="becta-2008",
            size=NEIGHBOUR,
            seed=SEED + 1,
            shared=county.agencies[:SHARED_AGENCIES],
        )
        for one, size, seed in ((county, DEMONSTRATION, SEED), (neighbour, NEIGHBOUR, SEED + 1)):
            for count in make_incidents(one, size, seed):
                self.stdout.write(f"{one.board.area}: {count} incidents")
        make_referred(county)
        make_evidence(county)
        self.stdout.write(f"Talked over and assessed {make_concerns(county)} matters")
        rebuild()
        save_views(county)
        self._administrator(county.board)
        self._in_two_places(county, neighbour)
        self.stdout.write(f"Adapted {make_local_charts(county)} charts")
        self.stdout.write(f"Sent in {make_worries(county)} worries")
        self.stdout.write(f"Learned {make_learned(county, SEED)} lessons")
        make_alerts(county)
        make_logs(county)
        self.stdout.write(f"Held and planned {make_subgroup(county)} meetings")
        self.stdout.write(f"Wrote {make_documents(county, neighbour)} documents of the boards")
        self.stdout.write(f"Planned {make_plan(county)} actions")
        self.stdout.write(f"Sent {make_rounds(county, SEED)} returns to the board")
        quarters = insight.release_all(by=MAKER)
        self.stdout.write(f"Counted {quarters} quarters for the boards' pictures")
        self.stdout.write(f"Counted the surveys of {make_surveys(county, SEED)} people, and a year of indicators")
        self.stdout.write(f"Wrote {make_reports(county)} annual reports")

    def _in_two_places(self, county: County, neighbour: County) -> None:
        """A lead of an agency that sits in both boards works in the neighbour's subgroup too."""
        shared = [agency.pk for agency in county.agencies[:SHARED_AGENCIES]]
        lead = Membership.objects.filter(agency__in=shared, role=Role.AGENCY_LEAD).earliest("pk")
        Membership.objects.create(
            person=lead.person, role=Role.SUBGROUP_MEMBER, board=neighbour.board, starts=lead.starts
        )

    def _administrator(self, board: Board) -> None:
        person = Person.objects.create_user(
            "administrator@ostermere.example", get_random_string(40), name="Quill Underhay"
        )
        start = Membership.objects.filter(board=board).earliest("starts").starts
        Membership.objects.create(person=person, role=Role.ADMINISTRATOR, starts=start)
