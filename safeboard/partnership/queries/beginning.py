"""What a new board sets up first, until it is done: agencies, whom to ring, who else works here, who reads worries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..models import Board, BoardContact, Invitation, Membership, Seat
from .attention import Attention


def to_begin(access: Access) -> list[Attention]:
    """The steps of setting up that are not done yet, in their order, for whoever runs the board; one query."""
    if access.board_id is None or not access.can("partnership.keep_board"):
        return []
    here = {"board": OuterRef("pk")}
    others = Membership.objects.filter(**here, ended_at=None).exclude(person=access.person)
    found = Board.objects.filter(pk=access.board_id).values(
        "duty_point_id",
        agencies=Exists(Seat.objects.filter(**here, until=None)),
        contacts=Exists(BoardContact.objects.filter(**here)),
        people=Exists(others) | Exists(Invitation.objects.filter(**here)),
    )
    return [step for board in found for step in _steps(board)]


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
