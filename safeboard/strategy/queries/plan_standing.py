"""How an action stands, and who sees to it, in words; and an action as lists show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.roles import Role

from ..choices import Colour, State
from ..models import Action, action_address, numbered
from ..rules import colour_of

TAG_COLOURS = {Colour.RED: "red", Colour.AMBER: "yellow", Colour.GREEN: "green", Colour.DONE: "green"}


@dataclass(frozen=True)
class Standing:
    """How an action stands, in a word with the colour of its tag."""

    word: str
    colour: str


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
    return standing_of(action.state, action.due_on, action.answer_by, _next_milestone(action), today)


def standing_of(state: str, due_on: date, answer_by: date | None, milestone_due: date | None, today: date) -> Standing:
    """The same, from what it is worked out from."""
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


def whose(action: Action) -> str:
    """Who sees to it, with the agency where one was asked."""
    if action.agency is None:
        return who(action)
    return f"{action.agency.name}: {who(action)}" if action.owner or action.owner_role else action.agency.name


@dataclass(frozen=True, slots=True)
class Seen:
    """An action as a line of a list. ``left``: whose it was, where they left."""

    pk: int
    url: str
    title: str
    objective: str
    whose: str
    left: str
    starts_on: date
    due_on: date
    first_due_on: date
    how: Standing


FIELDS = (
    *("pk", "key", "title", "state", "starts_on", "due_on", "first_due_on", "answer_by", "milestone_due"),
    *("agency__name", "owner__name", "owner_role", "left__name"),
    *("objective__title", "objective__number", "objective__priority__number"),
)


def seen(rows: Iterable[tuple[Any, ...]]) -> list[Seen]:
    """Actions of ``listed`` as lines; ``rows``: of each no more than a line says, FIELDS in their order."""
    said: dict[object, Standing] = {}  # worded once for each way in which an action can stand
    today, nobody = timezone.localdate(), _("Nobody yet")
    return [_seen(dict(zip(FIELDS, row, strict=True)), said, today, nobody) for row in rows]


def _seen(row: dict[str, Any], said: dict[object, Standing], today: date, nobody: str) -> Seen:
    given = {name: row[name] for name in ("pk", "title", "starts_on", "due_on", "first_due_on")}
    owned = row["owner__name"] or row["owner_role"]
    who = row["owner__name"] or (Role(row["owner_role"]).label if owned else nobody)
    agency = row["agency__name"]
    return Seen(
        **given,
        url=action_address(row["key"]),
        objective=numbered(row["objective__title"], row["objective__number"], row["objective__priority__number"]),
        whose=str(who) if not agency else f"{agency}: {who}" if owned else agency,
        left=row["left__name"] or "",
        how=_how(row, said, today),
    )


def _how(row: dict[str, Any], said: dict[object, Standing], today: date) -> Standing:
    days = (row["due_on"], row["answer_by"], row["milestone_due"])
    way = (row["state"], *(day is not None and day < today for day in days))
    if way not in said:
        said[way] = standing_of(row["state"], *days, today)
    return said[way]


def seen_as(action: Action) -> Seen:
    """A whole action as a line."""
    objective = str(action.objective) if action.objective else ""
    left = action.left.name if action.left else ""
    days = (action.starts_on, action.due_on, action.first_due_on)
    return Seen(action.pk, action.url, action.title, objective, whose(action), left, *days, standing(action))
