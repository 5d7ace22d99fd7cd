"""The plan as lists: filtered, sorted, by state, with the colour of each action by the rules."""

from __future__ import annotations

from collections import Counter
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
from ..models import Action, Milestone, Objective, Priority, WaitsFor
from ..rules import colour_of
from .figures import Figures, figures_of, key_of
from .plan import mine, objectives_of, visible_to

STANDING = ("state", "due_on", "answer_by", "milestone_due")  # what a standing is worked out from
SEALED = ("why", "source_title", "answer", "evidence", "dropped")
SORTS = {
    "title": ("title",),
    "due": ("due_on",),
    "who": ("agency__name", "owner__name", "owner_role"),
    "objective": ("objective__priority__number", "objective__number"),
    "state": ("state",),
}
COLUMN = 20  # cards in a column of the board by state
TAG_COLOURS = {Colour.RED: "red", Colour.AMBER: "yellow", Colour.GREEN: "green", Colour.DONE: "green"}


@dataclass(frozen=True)
class Standing:
    """How an action stands, in a word with the colour of its tag."""

    word: str
    colour: str


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


def colour(action: Action, today: date | None = None) -> Colour:
    """The colour of an action by the rules."""
    today, due = today or timezone.localdate(), _next_milestone(action)
    return colour_of(state=action.state, due_on=action.due_on, milestone_due=due, today=today)


def _next_milestone(action: Action) -> date | None:
    """The day of the next milestone that was not reached; what came from ``listed`` bears it already."""
    if hasattr(action, "milestone_due"):
        return action.milestone_due
    return min((one.due_on for one in action.milestones.all() if one.done_on is None), default=None)


def standing(action: Action, today: date | None = None) -> Standing:
    """How an action stands: overdue, at risk, on time, done; asked, unanswered, declined, dropped."""
    today = today or timezone.localdate()
    return _standing(action.state, action.due_on, action.answer_by, _next_milestone(action), today)


def _standing(state: str, due_on: date, answer_by: date | None, milestone_due: date | None, today: date) -> Standing:
    found = colour_of(state=state, due_on=due_on, milestone_due=milestone_due, today=today)
    if state == State.ASKED and found != Colour.RED:
        unanswered = answer_by is not None and answer_by < today
        return Standing(_("Unanswered"), "red") if unanswered else Standing(_("Asked"), "blue")
    if found == Colour.NONE:
        return Standing(str(State(state).label), "grey")
    return Standing(str(found.label), TAG_COLOURS[found])


def who(action: Action) -> str:
    """Who sees to it: a person, else a role, else nobody yet."""
    if action.owner is not None:
        return action.owner.name
    return str(action.get_owner_role_display()) if action.owner_role else _("Nobody yet")


@dataclass(frozen=True)
class StateColumn:
    """A column of the board by state: its actions, how many there are in all, and the state's value for a link."""

    title: str
    state: str
    actions: list[Action]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown here."""
        return self.total - len(self.actions)


def by_state(access: Access, wanted: Mapping[str, Any]) -> list[StateColumn]:
    """The actions that fit a filter in a column for each state, what is due first on top; at most COLUMN in each."""
    rows = found(access, {**wanted, "sort": "due", "state": ""})
    columns = {
        State.ASKED: (State.ASKED,),
        State.OPEN: LIVE,
        State.DONE: (State.DONE,),
        State.DECLINED: (State.DECLINED,),
        State.DROPPED: (State.DROPPED,),
    }
    totals: dict[str, int] = {}
    for state in rows.order_by().values_list("state", flat=True):
        totals[state] = totals.get(state, 0) + 1
    made = []
    for state, states in columns.items():
        total = sum(totals.get(one, 0) for one in states)
        shown = rows.filter(state__in=states)
        if state == State.DONE:
            shown = shown.order_by(Coalesce("done_on", "due_on").desc(), "pk")
        made.append(StateColumn(str(state.label), state, list(shown[:COLUMN]) if total else [], total))
    return made


def counts(access: Access) -> dict[str, int]:
    """How many actions that this person may know of are overdue, at risk, on time, done, unanswered, declined."""
    today = timezone.localdate()
    rows = listed(access)
    made = {"red": 0, "amber": 0, "green": 0, "done": 0, "unanswered": 0, "declined": 0}
    for state, due_on, answer_by, milestone_due in rows.filter(state__in=UNFINISHED).values_list(*STANDING):
        one = colour_of(state=state, due_on=due_on, milestone_due=milestone_due, today=today)
        if one != Colour.NONE:
            made[one.value] += 1
        made["unanswered"] += state == State.ASKED and answer_by is not None and answer_by < today
    closed = Counter(rows.filter(state__in=[State.DONE, State.DECLINED]).order_by().values_list("state", flat=True))
    return {**made, "done": closed[State.DONE], "declined": closed[State.DECLINED]}


def lines_of(actions: Sequence[Action]) -> list[Line]:
    """These actions as lines of the Gantt picture, in two more queries however many they are."""
    pks = [one.pk for one in actions]
    milestones: dict[int, list[tuple[date, bool, str]]] = {}
    for one in Milestone.objects.filter(action__in=pks):
        milestones.setdefault(one.action_id, []).append((one.due_on, one.done_on is not None, one.title))
    waits: dict[int, list[int]] = {}
    for action, first in WaitsFor.objects.filter(action__in=pks).values_list("action_id", "first_id"):
        waits.setdefault(action, []).append(first)
    today = timezone.localdate()
    return [
        Line(
            key=one.pk,
            name=one.title,
            who=whose(one),
            starts_on=one.starts_on,
            due_on=one.due_on,
            first_due_on=one.first_due_on,
            word=(how := standing(one, today)).word,
            colour=how.colour,
            milestones=tuple(milestones.get(one.pk, ())),
            waits=tuple(waits.get(one.pk, ())),
        )
        for one in actions
    ]


def waits_of(access: Access, actions: Sequence[Action]) -> dict[int, list[str]]:
    """What each of these still waits for, by title where this person may know of it; one query."""
    owed = WaitsFor.objects.filter(action__in=[one.pk for one in actions], first__state__in=UNFINISHED)
    known = Exists(visible_to(access).filter(pk=OuterRef("first")))
    found: dict[int, list[str]] = {}
    for action, title, seen in owed.annotate(seen=known).values_list("action_id", "first__title", "seen"):
        found.setdefault(action, []).append(title if seen else _("an action of somebody else"))
    return found


def whose(action: Action) -> str:
    """Who sees to it, with the agency where one was asked."""
    if action.agency is None:
        return who(action)
    return f"{action.agency.name}: {who(action)}" if action.owner or action.owner_role else action.agency.name


@dataclass(frozen=True)
class Tally:
    """An objective, and how many of its actions stand how: (word, colour, number) of those that occur.

    ``figures``: of its indicator, where it has one.
    """

    objective: Objective
    total: int
    parts: list[tuple[str, str, int]]
    figures: Figures | None


def by_objective(access: Access) -> list[tuple[Priority | None, list[Tally]]]:
    """The objectives under their priorities, each with how its actions stand; a priority without any too."""
    today = timezone.localdate()
    tallies: dict[int | None, Counter[Standing]] = {}
    rows = listed(access).filter(objective__isnull=False)
    for objective_id, state, due_on, answer_by, milestone_due in rows.values_list("objective_id", *STANDING):
        tallies.setdefault(objective_id, Counter())[_standing(state, due_on, answer_by, milestone_due, today)] += 1
    priorities = Priority.objects.filter(retired_on=None)
    if access.board_id:
        priorities = priorities.filter(board_id=access.board_id)
    groups: dict[int | None, tuple[Priority | None, list[Tally]]] = {one.pk: (one, []) for one in priorities}
    objectives = list(objectives_of(access))
    figures = figures_of(access, access.board_id or 0, map(key_of, objectives))
    for objective in objectives:
        counted = tallies.get(objective.pk, Counter())
        parts = [(how.word, how.colour, number) for how, number in counted.items()]
        group = groups.setdefault(objective.priority_id, (objective.priority, []))
        group[1].append(Tally(objective, sum(counted.values()), parts, figures.get(key_of(objective))))
    return list(groups.values())
