"""Two thousand actions of a board's plan, written straight to the database, for the pages of the plan."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.core.wall import Reach
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board
from safeboard.strategy.choices import State
from safeboard.strategy.gantt import picture
from safeboard.strategy.models import Action, Milestone, Objective, Priority, WaitsFor
from safeboard.strategy.queries.plan_list import lines_of, listed
from safeboard.strategy.queries.plan_standing import FIELDS, seen

ACTIONS, OBJECTIVES, DRAWN, BATCH = 2_000, 18, 500, 500
STATES = (State.ASKED, State.ACCEPTED, State.DONE, State.DECLINED)


def make_plan(board: Board) -> list[Action]:
    """Eighteen objectives, two thousand actions, a third of them the board's own; each waits for the one before."""
    agencies = list(partnership.agencies_in(board.pk).values_list("agency_id", flat=True))
    with wall.open_for(agencies=agencies, casework=agencies, boards=[board.pk], shared=[board.pk]):
        priority = Priority.objects.create(board=board, number=90, title="Measured")
        objectives = Objective.objects.bulk_create(
            Objective(board=board, priority=priority, number=number, title=f"Objective {number}")
            for number in range(1, OBJECTIVES + 1)
        )
        made = Action.objects.bulk_create(
            [_action(board, objectives, agencies, number) for number in range(ACTIONS)], batch_size=BATCH
        )
        Milestone.objects.bulk_create(
            [Milestone(action=one, title="Half way", due_on=one.due_on, first_due_on=one.due_on) for one in made],
            batch_size=BATCH,
        )
        waits = [WaitsFor(action=later, first=first) for first, later in pairwise(made)]
        WaitsFor.objects.bulk_create(waits, batch_size=BATCH)
    return made


def _action(board: Board, objectives: list[Objective], agencies: list[int], number: int) -> Action:
    today = timezone.localdate()
    due_on, own = today + timedelta(days=number * 7 % 700 - 200), number % 3 == 0
    state = (State.OPEN, State.DONE)[number % 4 == 3] if own else STATES[number % 4]
    return Action(
        board=board,
        agency_id=None if own else agencies[number % len(agencies)],
        reach=Reach.EVERYBODY if own else Reach.BOARD,
        objective=objectives[number % OBJECTIVES] if own else None,
        title=f"Action {number}: write to those whom it concerns and see that they answer",
        state=state,
        starts_on=due_on - timedelta(days=60),
        due_on=due_on,
        first_due_on=due_on,
        done_on=today if state == State.DONE else None,
        answer_by=None if own else today,
        raised_in_kind=PlaceKind.BOARD,
        raised_in_id=board.pk,
    )


def pages_of(cookie: str, board: Board) -> dict[str, dict[str, object]]:
    """Who asks for the pages of the plan: one person who runs that board."""
    made = make_plan(board)
    named = {
        "the plan": "plan",
        "the plan by state": "plan-board",
        "time line of the plan": "plan-time",
        "objectives of the plan": "objectives",
    }
    pages = {title: {"askers": [(cookie, reverse(f"strategy:{name}"))]} for title, name in named.items()}
    return {**pages, "one action": {"askers": [(cookie, made[1].url)]}}


def drawing_time(board: Board) -> float:
    """Seconds that the picture of five hundred actions takes with its table, the questions to the database included."""
    by = Access(None, Place(PlaceKind.BOARD, board.pk, "", board.pack), frozenset({Role.ESAFETY_OFFICER}))
    with wall.open_for(boards=[board.pk], shared=[board.pk], casework=[]):
        began = time.perf_counter()
        picture(lines_of(by, seen(listed(by).values_list(*FIELDS)[:DRAWN])), today=timezone.localdate())
        return time.perf_counter() - began
