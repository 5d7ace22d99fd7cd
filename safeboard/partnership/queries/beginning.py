"""What a new board sets up first, until it is done: agencies, whom to ring, who else works here, who reads worries.

In the same query: how many invitations wait for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..models import Board, BoardContact, Invitation, Membership, Seat
from .attention import Attention


class Begun(NamedTuple):
    """The steps of setting up that are not done yet, in their order; and how many invitations wait for an answer."""

    steps: list[Attention]
    invited: int


def to_begin(access: Access) -> Begun:
    """What the board acted for still has to set up, for whoever runs it; how many were invited, for whoever may see
    its people. One query."""
    keeps, sees = access.can("partnership.keep_board"), access.can("partnership.see_people")
    found = _set_up(access) if access.board_id is not None and (keeps or sees) else []
    steps = [step for board in found for step in _steps(board)] if keeps else []
    return Begun(steps, sum(board["invited"] for board in found) if sees else 0)


@built_once
def _set_up(access: Access) -> QuerySet[Board, Any]:
    here = {"board": OuterRef("pk")}
    others = Membership.objects.filter(**here, ended_at=None).exclude(person=access.person)
    waiting = Invitation.objects.filter(**here, used_at=None, withdrawn_at=None).values("board_id")
    return Board.objects.filter(pk=access.board_id or 0).values(
        "duty_point_id",
        agencies=Exists(Seat.objects.filter(**here, until=None)),
        contacts=Exists(BoardContact.objects.filter(**here)),
        people=Exists(others) | Exists(Invitation.objects.filter(**here)),
        invited=Coalesce(Subquery(waiting.annotate(many=Count("pk")).values("many")), 0),
    )


def _steps(board: Mapping[str, Any]) -> Iterator[Attention]:
    if not board["agencies"]:
        yield _step("imports", _("Import the agencies and settings of your area, or add the first"))
    if not board["contacts"]:
        yield _step("contacts", _("Name whom to ring: these numbers stand on every chart and poster"))
    if not board["people"]:
        yield _step("people", _("Invite the board’s manager and those who sit in the subgroup"))
    if board["agencies"] and board["duty_point_id"] is None:
        yield _step("duty-point", _("Say who reads what children and parents send in"))


def _step(name: str, sentence: str) -> Attention:
    return Attention(sentence, reverse(f"partnership:{name}"), "later")
