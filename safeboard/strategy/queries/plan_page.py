"""A page of the plan: its lines, in a list or by state, with queries that are built once for all who ask alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import LIVE, State
from ..models import Action
from .plan import visible_to
from .plan_list import fitting, listed, order_of, sort_of
from .plan_standing import FIELDS, Seen, seen

COLUMN = 20  # cards in a column of the board by state
# In which column an action of a state stands.
COLUMNS = {one.value: (State.OPEN if one in LIVE else one).value for one in State}
STATE = FIELDS.index("state")

Chosen = tuple[tuple[str, str], ...]  # what a filter was set to, of what there is to choose for everybody
Lines = QuerySet[Action, tuple[Any, ...]]


def page_of(access: Access, wanted: Mapping[str, Any], number: str | None, size: int) -> Page[Seen]:
    """A page of the actions that fit a filter, in its order (see ``plan_list.found``). Two queries.

    ``number``: as the address has it. What somebody typed, and an objective, make a query of their own.
    """
    today = timezone.localdate()
    chosen, own = _parts(wanted)
    total = sum(many for _state, many in _tally(access, chosen, today, **own))
    page: Page[Any] = Paginator(range(total), size).get_page(number)
    part = (sort_of(wanted), max(page.start_index() - 1, 0), size)
    page.object_list = seen(_lines(access, chosen, part, today, **own))
    return page


def _parts(wanted: Mapping[str, Any]) -> tuple[Chosen, dict[str, Any]]:
    """What is wanted, as it is asked: what was chosen, and what makes a query of its own."""
    chosen = tuple((name, str(wanted[name])) for name in ("colour", "state", "whose") if wanted.get(name))
    return chosen, {name: wanted[name] for name in ("words", "agency", "objective") if wanted.get(name)}


def _fitting(
    access: Access, rows: QuerySet[Action], chosen: Chosen, today: date, own: Mapping[str, Any]
) -> QuerySet[Action]:
    return fitting(access, rows, {**dict(chosen), **own}, today)


@built_once
def _tally(access: Access, chosen: Chosen, today: date, **own: Any) -> QuerySet[Action, tuple[str, int]]:
    rows = _fitting(access, visible_to(access), chosen, today, own)
    return rows.order_by().values("state").annotate(many=Count("pk")).values_list("state", "many")


@built_once
def _lines(access: Access, chosen: Chosen, part: tuple[str, int, int], today: date, **own: Any) -> Lines:
    sort, start, size = part
    order = order_of(sort)
    rows = _fitting(access, visible_to(access), chosen, today, own).order_by(*order)
    return _shown(access, rows[start : start + size]).order_by(*order).values_list(*FIELDS)


def _shown(access: Access, found: QuerySet[Action]) -> QuerySet[Action]:
    """What a list shows of these actions; what belongs to them is looked up once it is known which are shown."""
    return listed(access).filter(pk__in=found.values("pk"))


@dataclass(frozen=True)
class StateColumn:
    """A column of the board by state: its actions, how many there are in all, and the state's value for a link."""

    title: str
    state: str
    actions: list[Seen]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown here."""
        return self.total - len(self.actions)


def by_state(access: Access, wanted: Mapping[str, Any]) -> list[StateColumn]:
    """The actions that fit a filter in a column for each state, what is due first on top; at most COLUMN in each.

    What is done stands with the latest on top. Three queries, however many columns hold something.
    """
    today = timezone.localdate()
    chosen, own = _parts({**wanted, "state": ""})
    totals: Counter[str] = Counter()
    for state, many in _tally(access, chosen, today, **own):
        totals[COLUMNS[state]] += many
    shown: dict[str, list[Seen]] = {}
    for cards in (_cards_owed, _cards_done):
        rows = cards(access, chosen, (COLUMN,), today, **own)
        for row, one in zip(rows, seen(rows), strict=True):
            shown.setdefault(COLUMNS[row[STATE]], []).append(one)
    return [
        StateColumn(str(state.label), state.value, shown.get(state, []), totals[state])
        for state in (State.ASKED, State.OPEN, State.DONE, State.DECLINED, State.DROPPED)
    ]


@built_once
def _cards_owed(access: Access, chosen: Chosen, most: tuple[int], today: date, **own: Any) -> Lines:
    """The first of each column but what is done."""
    rows = _fitting(access, visible_to(access), chosen, today, own).exclude(state=State.DONE)
    column = Case(When(state__in=LIVE, then=Value(State.OPEN.value)), default=F("state"))
    place = Window(RowNumber(), partition_by=[column], order_by=[F("due_on").asc(), F("pk").asc()])
    first = rows.order_by().annotate(place=place).filter(place__lte=most[0])
    return _shown(access, first).order_by("due_on", "pk").values_list(*FIELDS)


@built_once
def _cards_done(access: Access, chosen: Chosen, most: tuple[int], today: date, **own: Any) -> Lines:
    rows = _fitting(access, visible_to(access), chosen, today, own).filter(state=State.DONE)
    latest = (Coalesce("done_on", "due_on").desc(), "pk")
    return _shown(access, rows.order_by(*latest)[: most[0]]).order_by(*latest).values_list(*FIELDS)
