"""Priorities and objectives of a board's plan."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from ..choices import UNFINISHED
from ..errors import Refused
from ..models import Action, Objective, Priority
from ..queries.figures import own_choices
from .plan import changed_fields


@transaction.atomic
def add_priority(*, by: Access, title: str, number: int | None = None, form_key: uuid.UUID | None = None) -> Priority:
    """Add a priority to the acting board's plan; the next number where none is given. The same form twice is one."""
    board_id = _own_board(by)
    number = number or _next(Priority.objects.filter(board_id=board_id))
    row, new = Priority.objects.get_or_create(
        key=place_key(form_key, by), defaults={"board_id": board_id, "title": title, "number": number}
    )
    if new:
        history.record(by=by, verb="strategy.priority", obj=row, facts={"number": row.number})
    return row


@transaction.atomic
def add_objective(
    *,
    by: Access,
    title: str,
    priority: Priority | None = None,
    number: int | None = None,
    measure: str = "",
    indicator: str = "",
    form_key: uuid.UUID | None = None,
) -> Objective:
    """Add an objective to the acting board's plan; the next number of its priority where none is given.

    ``indicator`` is the id of one of the board's pack, or of its own. Raises Refused where there is none such.
    """
    board_id = _own_board(by)
    if priority is not None and priority.board_id != board_id:
        raise Refused(_("That priority is in another plan."))
    number = number or _next(Objective.objects.filter(board_id=board_id, priority=priority))
    shown_by = indicator_of(by, indicator)
    given = {"board_id": board_id, "title": title, "number": number, "priority": priority, "measure": measure}
    row, new = Objective.objects.get_or_create(key=place_key(form_key, by), defaults={**given, **shown_by})
    if new:
        history.record(by=by, verb="strategy.objective", obj=row, facts={"number": row.number})
    return row


def indicator_of(by: Access, name: str) -> dict[str, str]:
    """An indicator of the acting board's pack, or of its own, as objectives keep it. Raises Refused for any other."""
    if not name:
        return {"indicator_pack": "", "indicator": "", "indicator_title": ""}
    pack = partnership.pack_of(by)
    if name in dict(library.choices(pack, "indicators")):
        return {"indicator_pack": pack, "indicator": name, "indicator_title": ""}
    title = dict(own_choices(by)).get(name)
    if not title:
        raise Refused(_("That indicator is not counted any more. Choose another one, or none."))
    return {"indicator_pack": "", "indicator": name, "indicator_title": title}


def _own_board(by: Access) -> int:
    require(by, "strategy.plan")
    assert by.board_id is not None
    Board.objects.select_for_update().get(pk=by.board_id)  # numbers are given out one after another
    return by.board_id


def _next(rows: models.QuerySet[Any]) -> int:
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def change_heading(
    *,
    by: Access,
    row: Priority | Objective,
    title: str,
    number: int,
    measure: str = "",
    indicator: str | None = None,
) -> None:
    """Change the words or the number of a priority or an objective; ``measure`` and indicator of an objective alone.

    ``indicator`` is an id as in ``add_objective``, empty for none; without one it stays as it is.
    """
    require(by, "strategy.plan", row)
    given: dict[str, Any] = {"title": title, "number": number}
    if isinstance(row, Objective):
        given["measure"] = measure
        if indicator is not None and indicator != row.indicator:
            given |= indicator_of(by, indicator)
    changed = changed_fields(row, given)
    if changed:
        row.save()
        history.record(by=by, verb="strategy.heading_changed", obj=row, facts={"fields": changed})


@transaction.atomic
def end_objective(*, by: Access, objective: Objective) -> None:
    """Let an objective end: it stays with what was done under it, and takes no more actions. Twice is once.

    Raises Refused while an action under it is still owed.
    """
    require(by, "strategy.plan", objective)
    if objective.retired_on:
        return
    if Action.objects.filter(objective=objective, state__in=UNFINISHED).exists():
        raise Refused(_("Actions under it are still owed. Finish them, drop them, or move them first."))
    objective.retired_on = timezone.localdate()
    objective.save(update_fields=["retired_on"])
    history.record(by=by, verb="strategy.objective_ended", obj=objective)
