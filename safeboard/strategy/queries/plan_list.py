"""The plan as lists: filtered, sorted, with the colour of each action by the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import LIVE, UNFINISHED, Colour, State
from ..gantt import Line
from ..models import Action, Milestone, WaitsFor
from .plan import mine, visible_to
from .plan_standing import Seen

SEALED = ("why", "source_title", "answer", "evidence", "dropped")
SORTS = {
    "title": ("title",),
    "due": ("due_on",),
    "who": ("agency__name", "owner__name", "owner_role"),
    "objective": ("objective__priority__number", "objective__number"),
    "state": ("state",),
}
PAGE = 40  # rows of a page at most
NONE = 0  # the id of no action


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

    wanted: words (in the title), whose (mine, agency, board), agency (in its name), colour, state, objective (its
    key), sort (a word of SORTS, with a minus before it for descending).
    """
    return fitting(access, listed(access), wanted, timezone.localdate()).order_by(*order_of(sort_of(wanted)))


def fitting(access: Access, rows: QuerySet[Action], wanted: Mapping[str, Any], today: date) -> QuerySet[Action]:
    """Those of these actions that fit a filter; see ``found``."""
    if wanted.get("words"):
        rows = rows.filter(title__icontains=wanted["words"])
    rows = rows.filter(_whose(access, wanted.get("whose") or ""))
    if wanted.get("agency"):
        rows = rows.filter(agency__name__icontains=wanted["agency"])
    if wanted.get("objective"):
        rows = rows.filter(objective__key=wanted["objective"])
    if wanted.get("state"):
        rows = rows.filter(_states(wanted["state"], today))
    if wanted.get("colour"):
        rows = rows.filter(colour_is(Colour(wanted["colour"]), today))
    return rows


def _whose(access: Access, whose: str) -> Q:
    if whose == "mine":
        return mine(access)
    if whose == "agency":
        return Q(agency_id=access.agency_id)
    if whose == "board":
        return Q(agency=None)
    return Q()


def _states(wanted: str, today: date) -> Q:
    """A state, or one of the words 'owed' (something is still to be done) and 'unanswered'."""
    if wanted == "owed":
        return Q(state__in=UNFINISHED)
    if wanted == "unanswered":
        return Q(state=State.ASKED, answer_by__lt=today)
    return Q(state=wanted)


def sort_of(wanted: Mapping[str, Any]) -> str:
    """The order that is wanted, in a word of SORTS: what is none of them is the day."""
    sort = str(wanted.get("sort") or "due")
    down, name = "-" if sort.startswith("-") else "", sort.removeprefix("-")
    return down + (name if name in SORTS else "due")


def order_of(sort: str) -> list[Any]:
    """The order of such a word."""
    fields = [F(name) for name in SORTS[sort.removeprefix("-")]]
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


def lines_of(access: Access, actions: Sequence[Seen]) -> list[Line]:
    """These actions as lines of the Gantt picture, in two more queries however many they are."""
    milestones: dict[int, list[tuple[date, bool, str]]] = {}
    for action, due_on, done_on, title in _asked(_milestones, access, actions):
        milestones.setdefault(action, []).append((due_on, done_on is not None, title))
    waits: dict[int, list[int]] = {}
    for action, first in _asked(_waits, access, actions):
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
    """What each of these still waits for, by title where this person may know of it; one query, for none too."""
    found: dict[int, list[str]] = {}
    for action, title in _asked(_waits_named, access, actions):
        found.setdefault(action, []).append(title or _("an action of somebody else"))
    return found


def _asked(query: Callable[..., list[Any]], access: Access, actions: Sequence[Action | Seen]) -> list[Any]:
    """What a query finds for these: for a page always as many, so that the query is the same."""
    pks = [one.pk for one in actions]
    return query(access, *pks, *[NONE] * (PAGE - len(pks))) if len(pks) <= PAGE else query(access, many=pks)


@built_once
def _milestones(_access: Access, *pks: int, many: Sequence[int] = ()) -> QuerySet[Milestone, tuple[Any, ...]]:
    rows = Milestone.objects.filter(action__in=[*pks, *many])
    return rows.values_list("action_id", "due_on", "done_on", "title")


@built_once
def _waits(_access: Access, *pks: int, many: Sequence[int] = ()) -> QuerySet[WaitsFor, tuple[int, int]]:
    return WaitsFor.objects.filter(action__in=[*pks, *many]).values_list("action_id", "first_id")


@built_once
def _waits_named(access: Access, *pks: int, many: Sequence[int] = ()) -> QuerySet[WaitsFor, tuple[int, str | None]]:
    """For what is still owed, with its title where the person may know of it."""
    owed = WaitsFor.objects.filter(action__in=[*pks, *many], first__state__in=UNFINISHED)
    known = visible_to(access).filter(pk=OuterRef("first_id")).order_by().values("title")[:1]
    return owed.annotate(first_title=Subquery(known)).values_list("action_id", "first_title")
