"""Raising an action, from wherever the need for it was seen."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history, links
from safeboard.core.access import Access, Place, require
from safeboard.core.once import place_key
from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES, PlaceKind
from safeboard.core.wall import Reach
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board

from ..choices import State
from ..errors import Refused
from ..models import Action, Objective

RAISED = "raised"  # the kind of link between an action and what it came from
FARTHEST = 20  # years: further off the year was mistyped
TIME_TO_ANSWER = timedelta(days=14)  # ours: no source gives a time


@transaction.atomic
def raise_action(
    *,
    by: Access,
    title: str,
    why: str = "",
    board: Board,
    agency: Agency | None = None,
    owner: Person | None = None,
    owner_role: str = "",
    due_on: date,
    starts_on: date | None = None,
    cost: Decimal | None = None,
    source: models.Model | None = None,
    source_title: str = "",
    source_url: str = "",
    objective: Objective | None = None,
    form_key: uuid.UUID | None = None,
) -> Action:
    """Write down an action and give it back; the same form twice is one.

    Without ``agency`` it is the board's own. Raised by the board with one, it is a request that the agency accepts or
    declines; raised by the agency itself, it is open at once. It is tied to ``source`` (kind "raised"). What came from
    an agency's casework stays with the agency: the board does not learn of it.

    Raises PermissionDenied where this is not the acting place's to raise, Refused where the agency does not sit in
    the board, the owner does not work there, the role is none of that place, or the date lies before the start.
    """
    require(by, "strategy.raise")
    key = place_key(form_key, by)
    found = Action.objects.filter(key=key).first()
    if found is not None:
        return found
    _whose(by, board, agency)
    check_owner(board=board, agency=agency, owner=owner, owner_role=owner_role)
    check_objective(board, objective)
    starts_on = starts_on or min(timezone.localdate(), due_on)
    check_dates(starts_on, due_on)
    asked = agency is not None and by.board_id is not None
    action = Action.objects.create(
        key=key,
        board=board,
        agency=agency,
        reach=_reach(agency, objective, source),
        title=title,
        why=why,
        objective=objective,
        owner=owner,
        owner_role=owner_role,
        state=State.ASKED if asked else State.OPEN,
        answer_by=timezone.localdate() + TIME_TO_ANSWER if asked else None,
        starts_on=starts_on,
        due_on=due_on,
        first_due_on=due_on,
        cost=cost,
        raised_by=by.person,
        raised_in_kind=by.place.kind if by.place else "",
        raised_in_id=by.board_id or by.own_agency,
        source_title=source_title,
        source_url=source_url,
    )
    facts = {"agency": agency.pk if agency else None, "due_on": due_on.isoformat(), "state": str(action.state)}
    history.record(by=by, verb="strategy.raised", obj=action, facts=facts, digests={"title": title})
    if source is not None:
        links.connect(by=by, source=source, target=action, kind=RAISED)
    return action


def _whose(by: Access, board: Board, agency: Agency | None) -> None:
    """The acting board asks in its own plan; the acting agency raises for itself, in a board that it sits in."""
    if by.board_id is not None and by.board_id != board.pk:
        raise PermissionDenied("another board's plan")
    if by.agency_id is not None and (agency is None or by.agency_id != agency.pk):
        raise PermissionDenied("an agency raises actions for itself alone")
    if agency is None:
        return
    if not partnership.agencies_in(board.pk).filter(agency_id=agency.pk).exists():
        raise Refused(_("%(agency)s does not sit in this board, so it cannot be asked.") % {"agency": agency})


def _reach(agency: Agency | None, objective: Objective | None, source: models.Model | None) -> Reach:
    """Casework never leaves its agency; what the board does under an objective may be read by all its agencies."""
    if agency is not None and getattr(source, "wall", "") == "casework":
        return Reach.AGENCY
    return Reach.EVERYBODY if agency is None and objective is not None else Reach.BOARD


def check_owner(*, board: Board, agency: Agency | None, owner: Person | None, owner_role: str) -> None:
    """Raise Refused unless the person works there today, and the role is one of that sort of place."""
    kind = PlaceKind.BOARD if agency is None else PlaceKind.AGENCY
    if owner_role and owner_role not in (BOARD_ROLES if agency is None else AGENCY_ROLES):
        raise Refused(_("That role is held elsewhere. Choose one of this place, or leave it empty."))
    if owner is None:
        return
    place = Place(kind, board.pk if agency is None else agency.pk, "")
    if owner.pk not in {member.person.pk for member in partnership.members_of_place(place)}:
        raise Refused(_("Whoever sees to it must hold a role there."))


def check_objective(board: Board, objective: Objective | None) -> None:
    """Raise Refused for an objective of another board, or one that has ended."""
    if objective is None:
        return
    if objective.board_id != board.pk or objective.retired_on is not None:
        raise Refused(_("That objective is not in this plan any more. Choose another one."))


def check_dates(starts_on: date, due_on: date) -> None:
    """Raise Refused where the end lies before the beginning, or so far off that the year must be a slip."""
    if due_on.year > starts_on.year + FARTHEST:
        raise Refused(_("That is more than %(years)s years away. Check the year.") % {"years": FARTHEST})
    if due_on < starts_on:
        raise Refused(_("It would be finished before it begins. Give a later date."))


def changed_fields(row: Any, given: dict[str, Any]) -> list[str]:
    """Set what differs on the record, and give the names of the fields that did."""
    names = [name for name, value in given.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, given[name])
    return names
