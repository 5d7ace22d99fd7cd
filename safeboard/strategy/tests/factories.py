"""Rows of the plan for tests, made without the operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.core.roles import PlaceKind
from safeboard.core.wall import Reach
from safeboard.partnership.models import Agency, Board
from safeboard.strategy.choices import State
from safeboard.strategy.models import Action, Objective, Priority


def make_objective(board: Board, *, number: int = 1, title: str = "Every school has a lead", **given: Any) -> Objective:
    """An objective under a priority of its own."""
    priority = Priority.objects.create(board=board, number=number, title=f"Priority of {title}")
    return Objective.objects.create(board=board, priority=priority, number=1, title=title, **given)


def make_action(board: Board, *, agency: Agency | None = None, days: int = 10, **given: Any) -> Action:
    """An action due in so many days; asked of an agency where one is named, else the board's own."""
    due_on = timezone.localdate() + timedelta(days=days)
    usual: dict[str, Any] = {
        "title": "Write to every head teacher",
        "state": State.OPEN if agency is None else State.ASKED,
        "due_on": due_on,
        "first_due_on": due_on,
        "starts_on": due_on - timedelta(days=30),
        "raised_in_kind": PlaceKind.BOARD,
        "raised_in_id": board.pk,
        "reach": Reach.BOARD,
    }
    return Action.objects.create(board=board, agency=agency, **usual | given)
