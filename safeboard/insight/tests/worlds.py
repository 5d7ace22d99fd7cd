"""Small made-up worlds for the tests of this room: boards, agencies and incidents as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.incidents.models import Incident
from safeboard.insight.quarters import Quarter
from safeboard.partnership.models import Agency, Board, Seat

CANARY = "CANARY words about a child"
JOB = job_access("tests")


def board_with(agencies: int = 6, *, name: str = "Northmere Safeguarding Board", kind: str = "other-member") -> Board:
    """A board with agencies of its own, the first half of one kind, the rest statutory partners."""
    board = Board.objects.create(name=name)
    for number in range(agencies):
        seat(board, f"{name} agency {number}", kind if number < agencies / 2 else "board-partner")
    return board


def seat(board: Board, name: str, kind: str = "other-member", *also: Board) -> Agency:
    """An agency that sits in the board, and in others too."""
    with wall.open_for():
        agency = Agency(name=name, home_board=board)
        agency.save_base(force_insert=True)
    for one in (board, *also):
        Seat.objects.create(board=one, agency=agency, kind=kind)
    return agency


def agencies_of(board: Board) -> list[int]:
    """The ids of a board's agencies, in the order in which they were made."""
    return list(Seat.objects.filter(board=board).order_by("agency_id").values_list("agency_id", flat=True))


def last_quarter() -> Quarter:
    """The quarter that ended last."""
    return Quarter.running().back()


def incidents(agency: int, count: int, at: datetime | None = None, **fields: Any) -> None:
    """That many incidents of an agency, in the quarter that ended last where no moment is given."""
    at = at or last_quarter().starts + timedelta(days=40)
    with wall.open_for(casework=[agency]):
        start = Incident.objects.count() + 1
        Incident.objects.bulk_create(
            Incident(
                **{
                    "agency_id": agency,
                    "year": at.year,
                    "serial": start + number,
                    "pack": "england-2026",
                    "scenario": "bullying-harassment",
                    "classification": "contact",
                    "how_found": "told-by-child",
                    "happened_on": timezone.localdate(at),
                    "narrative": CANARY,
                    "reported_at": at,
                    **fields,
                }
            )
            for number in range(count)
        )
