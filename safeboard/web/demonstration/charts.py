"""Two charts as somebody adapts them: one for the whole board, one for a single agency."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from safeboard.charts import operations, queries
from safeboard.core import wall
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.library.engine import paths
from safeboard.library.schemas import Chart, Do, Text
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

from .county import County

BOARDS, AGENCYS = "suspicious-email", "child-tells"


def make_local_charts(county: County) -> int:
    """Adapt, try and publish a chart for the board and one for its first agency that has a lead; gives how many."""
    officer = Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk")
    lead = Membership.objects.filter(agency__in=[one.pk for one in county.agencies], role=Role.AGENCY_LEAD).earliest(
        "pk"
    )
    _publish(
        _access(officer),
        BOARDS,
        _first_thing(f"Write it in the log of {county.board.area}: the partnership reads it every month."),
        note="So that odd e-mail is counted in the same way everywhere",
    )
    _publish(
        _access(lead),
        AGENCYS,
        _first_thing("Go to the quiet room beside the office. It is kept free for this."),
        note="Where we go to listen",
    )
    return 2


def _access(held: Membership) -> Access:
    kind, key = (PlaceKind.BOARD, held.board_id) if held.board_id else (PlaceKind.AGENCY, held.agency_id)
    return partnership.access_of(held.person, chosen=Place(kind, key, "").key)


def _first_thing(words: str) -> Callable[[Chart], Chart]:
    """The change that puts a line first among what is to be done at the start."""

    def change(chart: Chart) -> Chart:
        start = next(step for step in chart.steps if step.id == chart.start)
        more = start.model_copy(update={"do": (Do(text=Text({"en": words})), *start.do)})
        return chart.model_copy(update={"steps": tuple(more if step is start else step for step in chart.steps)})

    return change


def _publish(by: Access, chart: str, edit: Callable[[Chart], Chart], *, note: str) -> None:
    with wall.open_for(**partnership.scopes(by)):
        copy = operations.begin(by=by, chart=chart)
        copy = operations.change(by=by, copy=copy, edition=copy.edition, edit=edit)
        for walked in islice(paths(queries.draft_of(copy)), 3):
            way = [(passed.step.id, passed.answer.id) for passed in walked.path]
            operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=way)
        operations.publish(by=by, copy=copy, edition=copy.edition, note=note)
