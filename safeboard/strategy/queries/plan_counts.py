"""How many actions of the plan stand how: in all, and under each objective."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import LIVE, UNFINISHED, State
from ..models import Action, Objective, Priority
from .figures import Figures, figures_of, key_of
from .plan import objectives_of, visible_to
from .plan_standing import Standing, standing_of


class _Counted(NamedTuple):
    """So many actions: in all, past their day, with no answer in time, both of these, and behind with a milestone."""

    all: int = 0
    late: int = 0
    silent: int = 0
    both: int = 0
    behind: int = 0


def _counted(access: Access, by: tuple[str, ...]) -> dict[tuple[Any, ...], _Counted]:
    """The actions that somebody may know of, counted by these fields, in two queries however many there are."""
    today = timezone.localdate()
    behind = {tuple(one[name] for name in by): one["n"] for one in _behind(access, today, by)}
    return {
        (key := tuple(one[name] for name in by)): _Counted(
            one["all"], one["late"], one["silent"], one["both"], behind.get(key, 0)
        )
        for one in _whole(access, today, by)
    }


@built_once
def _whole(access: Access, today: date, by: tuple[str, ...]) -> QuerySet[Action, dict[str, Any]]:
    late, silent = Q(due_on__lt=today), Q(answer_by__lt=today)
    sums = {"late": Count("pk", filter=late), "silent": Count("pk", filter=silent)}
    rows = visible_to(access).order_by().values(*by)
    return rows.annotate(all=Count("pk"), **sums, both=Count("pk", filter=late & silent))


@built_once
def _behind(access: Access, today: date, by: tuple[str, ...]) -> QuerySet[Action, dict[str, Any]]:
    steps = {"milestones__done_on": None, "milestones__due_on__lt": today}
    missed = visible_to(access).order_by().filter(due_on__gte=today, state__in=UNFINISHED, **steps)
    return missed.values(*by).annotate(n=Count("pk", distinct=True))


def counts(access: Access) -> dict[str, int]:
    """How many actions that this person may know of are overdue, at risk, on time, done, unanswered, declined."""
    found = {state: one for (state,), one in _counted(access, ("state",)).items()}
    of = lambda *states: [found.get(one, _Counted()) for one in states]  # noqa: E731
    return {
        "red": sum(one.late for one in of(*UNFINISHED)),
        "amber": sum(one.behind for one in of(*UNFINISHED)),
        "green": sum(one.all - one.late - one.behind for one in of(*LIVE)),
        "done": sum(one.all for one in of(State.DONE)),
        "unanswered": sum(one.silent for one in of(State.ASKED)),
        "declined": sum(one.all for one in of(State.DECLINED)),
    }


@dataclass(frozen=True)
class Tally:
    """An objective, and how many of its actions stand how: (word, colour, number) of those that occur.

    ``figures``: of its indicator, where it has one.
    """

    objective: Objective
    total: int
    parts: list[tuple[str, str, int]]
    figures: Figures | None


def _standings(state: str, counted: _Counted) -> dict[Standing, int]:
    """How so many actions of a state stand, as ``standing_of`` says it of one."""
    today = timezone.localdate()
    day = timedelta(days=1)

    def word(due_on: date, answer_by: date | None = None, milestone: date | None = None) -> Standing:
        return standing_of(state, due_on, answer_by, milestone, today)

    if state not in UNFINISHED:
        return {word(today): counted.all}
    if state == State.ASKED:
        silent = counted.silent - counted.both
        rest = counted.all - counted.late - silent
        return {word(today - day): counted.late, word(today, today - day): silent, word(today): rest}
    rest = counted.all - counted.late - counted.behind
    return {word(today - day): counted.late, word(today, None, today - day): counted.behind, word(today): rest}


def by_objective(access: Access) -> list[tuple[Priority | None, list[Tally]]]:
    """The objectives under their priorities, each with how its actions stand; a priority without any too."""
    tallies: dict[int | None, Counter[Standing]] = {}
    for (objective_id, state), one in _counted(access, ("objective_id", "state")).items():
        tallies.setdefault(objective_id, Counter()).update(_standings(state, one))
    priorities = Priority.objects.filter(retired_on=None)
    if access.board_id:
        priorities = priorities.filter(board_id=access.board_id)
    groups: dict[int | None, tuple[Priority | None, list[Tally]]] = {one.pk: (one, []) for one in priorities}
    objectives = list(objectives_of(access))
    figures = figures_of(access, access.board_id or 0, map(key_of, objectives))
    for objective in objectives:
        counted = tallies.get(objective.pk, Counter())
        parts = [(how.word, how.colour, number) for how, number in counted.items() if number]
        group = groups.setdefault(objective.priority_id, (objective.priority, []))
        group[1].append(Tally(objective, sum(counted.values()), parts, figures.get(key_of(objective))))
    return list(groups.values())
