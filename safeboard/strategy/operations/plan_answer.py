"""What an agency answers to a board that asks it for something, and how an action is taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import UNFINISHED, State
from ..errors import Refused
from ..models import Action
from .plan import check_owner


@transaction.atomic
def accept_action(
    *, by: Access, action: Action, owner: Person | None = None, owner_role: str = "", answer: str = ""
) -> Action:
    """Say yes for the agency, and who sees to it there: a person, or a role. A no can become a yes later.

    Raises PermissionDenied for a board, Refused where it is not asked (any more) or the owner does not work there.
    """
    row = locked(action)
    require(by, "strategy.answer", row)
    check_owner(board=row.board, agency=row.agency, owner=owner, owner_role=owner_role)
    row.state, row.owner, row.owner_role = State.ACCEPTED, owner, owner_role
    return _answered(by, row, answer)


@transaction.atomic
def decline_action(*, by: Access, action: Action, answer: str) -> Action:
    """Say no for the agency, and why. Raises Refused without a reason: the board reads it."""
    row = locked(action)
    require(by, "strategy.answer", row)
    if not answer.strip():
        raise Refused(_("Say why, so that the board can find another way."))
    row.state = State.DECLINED
    return _answered(by, row, answer)


def _answered(by: Access, row: Action, answer: str) -> Action:
    row.answered_on, row.answered_by, row.answer = timezone.localdate(), by.person, answer
    row.warned_on = row.late_on = None
    row.save()
    history.record(by=by, verb=f"strategy.{row.state}", obj=row, digests={"answer": answer})
    return row


@transaction.atomic
def drop_action(*, by: Access, action: Action, why: str) -> Action:
    """Say that nothing will be done, and why: whose action it is, or the board that asked for it. Twice is once."""
    row = locked(action)
    require(by, "strategy.withdraw", row)
    if row.state == State.DROPPED:
        return row
    if row.state == State.DONE:
        raise Refused(_("It is done already, so there is nothing to drop."))
    if not why.strip():
        raise Refused(_("Say why it is dropped: it stays in the plan with that reason."))
    row.state, row.dropped = State.DROPPED, why
    row.save()
    history.record(by=by, verb="strategy.dropped", obj=row, digests={"why": why})
    return row


def locked(action: Action) -> Action:
    """The action as it is now, held until the transaction ends. What the wall hides raises Action.DoesNotExist."""
    return Action.objects.select_for_update(of=("self",)).select_related("board", "agency").get(pk=action.pk)


def still_owed(row: Action) -> None:
    """Raise Refused for an action that is done, dropped or declined."""
    if row.state not in UNFINISHED:
        raise Refused(_("This action is closed, so nothing of it can be changed."))
