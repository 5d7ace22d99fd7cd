"""The plan as lists: filtered, sorted, by state, with the colour of each action by the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import LIVE, UNFINISHED, Colour, State
from ..gantt import Line
from ..models import Action, Milestone, WaitsFor
from .plan import mine, visible_to
from .plan_standing import Seen, seen

SEALED = ("why", "source_title", "answer", "evidence", "dropped")
SORTS = {
    "title": ("title",),
    "due": ("due_on",),
    "who": ("agency__name", "owner__name", "owner_role"),
    "objective": ("objective__priority__number", "objective__number"),
    "state": ("state",),
}
COLUMN = 20  # cards in a column of the board by state


def listed(access: Access) -> QuerySet[Action]:
    """The actions that this person may know of, with all that a list shows of them; nothing sealed is opened."""
    late = Milestone.objects.filter(action=OuterRef("pk"), done_on=None).order_by("due_on")
    return (
        visible_to(access)
        .select_related("agency", "owner", "left", "objective__priority")
        .defer(*SEALED)
        .annotate(milestone_due=Subquery(late.values("due_on")[:1]))
    )


def found(access: Access, wanted: Mapping[str, Any]) -> QuerySet[Action]:
    """The actions that fit a filter, in its order.

    wanted: words (in the title), whose (mine, agency, board, or the id of an agency), colour, state, objective (its
    key), sort (a word of SORTS, with a minus before it for descending).
    """
    rows = listed(access)
    if wanted.get("words"):
        rows = rows.filter(title__icontains=wanted["words"])
    rows = rows.filter(_whose(access, str(wanted.get("whose") or "")))
    if wanted.get("objective"):
        rows = rows.filter(objective__key=wanted["objective"])
    if wanted.get("state"):
        rows = rows.filter(_states(wanted["state"]))
    if wanted.get("colour"):
        rows = rows.filter(colour_is(Colour(wanted["colour"]), timezone.localdate()))
    return rows.order_by(*_order(str(wanted.get("sort") or "due")))


def _whose(access: Access, whose: str) -> Q:
    if whose == "mine":
        return mine(access)
    if whose == "agency":
        return Q(agency_id=access.agency_id)
    if whose == "board":
        return Q(agency=None)
    return Q(agency_id=int(whose)) if whose.isdecimal() else Q()


def _states(wanted: str) -> Q:
    """A state, or one of the words 'owed' (something is still to be done) and 'unanswered'."""
    if wanted == "owed":
        return Q(state__in=UNFINISHED)
    if wanted == "unanswered":
        return Q(state=State.ASKED, answer_by__lt=timezone.localdate())
    return Q(state=wanted)


def _order(sort: str) -> list[Any]:
    names = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    fields = [F(name) for name in names]
    down = sort.startswith("-")
    return [*(one.desc(nulls_last=True) if down else one.asc(nulls_last=True) for one in fields), "pk"]


def colour_is(colour: Colour, today: date) -> Q:
    """``rules.colour_of`` as a condition over actions."""
    late = Q(due_on__lt=today)
    unreached = Exists(Milestone.objects.filter(action=OuterRef("pk"), done_on=None, due_on__lt=today))
    owed, live = Q(state__in=UNFINISHED), Q(state__in=LIVE)
    return {
        Colour.DONE: Q(state=State.DONE),
        Colour.RED: owed & late,
        Colour.AMBER: owed & ~late & Q(unreached),
        Colour.GREEN: live & ~late & ~Q(unreached),
        Colour.NONE: ~owed & ~Q(state=State.DONE) | Q(state=State.ASKED) & ~late & ~Q(unreached),
    }[colour]


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


# In which column an action of a state stands.
COLUMNS = {one.value: (State.OPEN if one in LIVE else one).value for one in State}


def by_state(access: Access, wanted: Mapping[str, Any]) -> list[StateColumn]:
    """The actions that fit a filter in a column for each state, what is due first on top; at most COLUMN in each.

    What is done stands with the latest on top. Three queries, however many columns hold something.
    """
    rows = found(access, {**wanted, "sort": "due", "state": ""})
    done = rows.filter(state=State.DONE).order_by(Coalesce("done_on", "due_on").desc(), "pk")
    ids: dict[str, list[int]] = {one: [] for one in COLUMNS.values()}
    for some in (rows.exclude(state=State.DONE), done):
        for pk, state in some.values_list("pk", "state"):
            ids[COLUMNS[state]].append(pk)
    shown = [pk for pks in ids.values() for pk in pks[:COLUMN]]
    lines = {one.pk: one for one in seen(listed(access).filter(pk__in=shown).order_by())}
    return [
        StateColumn(
            str(State(state).label),
            state,
            [lines[pk] for pk in ids[state][:COLUMN]],
            len(ids[state]),
        )
        for state in (State.ASKED, State.OPEN, State.DONE, State.DECLINED, State.DROPPED)
    ]


def lines_of(actions: Sequence[Seen]) -> list[Line]:
    """These actions as lines of the Gantt picture, in two more queries however many they are."""
    pks = [one.pk for one in actions]
    milestones: dict[int, list[tuple[date, bool, str]]] = {}
    reached = Milestone.objects.filter(action__in=pks).values_list("action_id", "due_on", "done_on", "title")
    for action, due_on, done_on, title in reached:
        milestones.setdefault(action, []).append((due_on, done_on is not None, title))
    waits: dict[int, list[int]] = {}
    for action, first in WaitsFor.objects.filter(action__in=pks).values_list("action_id", "first_id"):
        waits.setdefault(action, []).append(first)
    return [
        Line(
            key=one.pk,
            name=one.title,
            who=one.whose,
            starts_on=one.starts_on,
            due_on=one.due_on,
            first_due_on=one.first_due_on,
            word=one.how.word,
            colour=one.how.colour,
            milestones=tuple(milestones.get(one.pk, ())),
            waits=tuple(waits.get(one.pk, ())),
        )
        for one in actions
    ]


def waits_of(access: Access, actions: Sequence[Action | Seen]) -> dict[int, list[str]]:
    """What each of these still waits for, by title where this person may know of it; two queries, for none too."""
    owed = WaitsFor.objects.filter(action__in=[one.pk for one in actions], first__state__in=UNFINISHED)
    waits = list(owed.values_list("action_id", "first_id"))
    known = visible_to(access).filter(pk__in={0, *(first for _action, first in waits)})
    titles = dict(known.values_list("pk", "title"))
    found: dict[int, list[str]] = {}
    for action, first in waits:
        found.setdefault(action, []).append(titles.get(first) or _("an action of somebody else"))
    return found
