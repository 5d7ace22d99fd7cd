"""Which action waits for which, and ready chains of steps (Toolkit Annex G)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.library import queries as library
from safeboard.partnership.models import Agency, Board

from ..choices import UNFINISHED
from ..errors import Refused
from ..models import Action, Objective, WaitsFor
from .plan import raise_action
from .plan_answer import locked, still_owed


@transaction.atomic
def wait_for(*, by: Access, action: Action, first: Action) -> WaitsFor:
    """Let an action wait until another of the same plan is done. Twice is once.

    Raises Refused, naming the whole loop, where the other one waits for this one already, itself or by others.
    """
    Board.objects.select_for_update().get(pk=action.board_id)  # of two that would close a loop together, one waits
    row = locked(action)
    require(by, "strategy.steer", row)
    still_owed(row)
    other = Action.objects.get(pk=first.pk)
    if other.board_id != row.board_id:
        raise Refused(_("That action is in another plan. Choose one of this plan."))
    if other.state not in UNFINISHED:
        raise Refused(_("That action is closed: nothing has to wait for it."))
    loop = _way(start=other.pk, end=row.pk, board_id=row.board_id)
    if loop:
        raise Refused(_loop_said([row.pk, *loop], by))
    made, new = WaitsFor.objects.get_or_create(action=row, first=other)
    if new:
        history.record(by=by, verb="strategy.waits", obj=row, facts={"for": other.pk})
    return made


def _way(*, start: int, end: int, board_id: int) -> list[int]:
    """The actions on a way from one to the other along what each waits for, both ends included; [] without one."""
    follows: dict[int, list[int]] = {}
    for action, first in WaitsFor.objects.filter(action__board_id=board_id).values_list("action_id", "first_id"):
        follows.setdefault(action, []).append(first)
    before: dict[int, int | None] = {start: None}
    ahead = [start]
    while ahead:
        here = ahead.pop(0)
        if here == end:
            way: list[int] = []
            step: int | None = here
            while step is not None:
                way.append(step)
                step = before[step]
            return way[::-1]
        for further in follows.get(here, []):
            if further not in before:
                before[further] = here
                ahead.append(further)
    return []


def _loop_said(loop: list[int], by: Access) -> str:
    titles = dict(Action.objects.filter(pk__in=loop).values_list("pk", "title"))
    names = [f"“{titles.get(pk) or _('an action that you may not see')}”" for pk in loop]
    words = _("That would go round in a circle, and none could ever begin: %(loop)s. Nothing was changed.")
    return words % {"loop": _(", which waits for ").join(names)}


@transaction.atomic
def stop_waiting(*, by: Access, wait: WaitsFor) -> None:
    """Let the action begin without the other one."""
    row = locked(wait.action)
    require(by, "strategy.steer", row)
    first = wait.first_id
    if WaitsFor.objects.filter(pk=wait.pk).delete()[0]:
        history.record(by=by, verb="strategy.waits_no_more", obj=row, facts={"for": first})


@transaction.atomic
def add_chain(
    *,
    by: Access,
    board: Board,
    chain: str,
    about: str,
    starts_on: date,
    agency: Agency | None = None,
    objective: Objective | None = None,
    owner_role: str = "",
    form_key: uuid.UUID | None = None,
) -> list[Action]:
    """Raise the steps of a ready chain of the board's pack in one go, each waiting for the one before it.

    ``about`` is what the chain is for, such as "practice guidance": it stands in every title. Each step begins on the
    day after the one before it was to end. The same form twice is one. Raises library.UnknownItem, and as raise_action.
    """
    base = place_key(form_key, by)
    made: list[Action] = []
    begins = starts_on
    found: Any = library.item(board.pack, "action-chains", chain)
    for step in found.steps:
        ends = begins + timedelta(weeks=step.weeks)
        action = raise_action(
            by=by,
            title=f"{about}: {step.title}"[:200],
            board=board,
            agency=agency,
            objective=objective,
            owner_role=owner_role,
            starts_on=begins,
            due_on=ends,
            form_key=uuid.uuid5(base, step.id),
        )
        if made:
            WaitsFor.objects.get_or_create(action=action, first=made[-1])
        made.append(action)
        begins = ends + timedelta(days=1)
    history.record(
        by=by, verb="strategy.chained", obj=made[0], facts={"chain": chain, "steps": [one.pk for one in made]}
    )
    return made
