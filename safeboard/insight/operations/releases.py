"""Writes of the insight room: quarters are counted once they have ended, protected, and then stay as they are."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from safeboard.core import history, wall
from safeboard.core.access import Access, require
from safeboard.incidents.models import Incident
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import counting, protecting
from ..choices import RELEASED_QUARTERS
from ..models import Release
from ..quarters import Quarter


class NotEnded(ValueError):
    """The quarter still runs: its figures would change from day to day."""


@transaction.atomic
def release_quarter(*, by: Access, board: Board, year: int, quarter: int) -> Release:
    """Count a quarter of a board by the day of the report, protect the figures and freeze them; gives the release.

    Released already: gives back what was released, unchanged. NotEnded for a quarter that runs or is to come,
    ValueError for one that is none, PermissionDenied for a person. The practice is that of the DfE's statistics of
    children in need: counts of 1 to 5 are hidden, of 1 to 10 where they are about sexual harm.
    """
    require(by, "insight.release", board)
    wanted = Quarter(year, quarter)
    if not wanted.has_ended:
        raise NotEnded(f"{wanted} has not ended.")
    with _open(board):
        row = _row(board, wanted)
        if row.final:
            return row
        row.tables = _protected(board, wanted, row.tables.get("total"))
        _write(row, by=by, final=True)
    return row


@transaction.atomic
def refresh_running(*, by: Access, board: Board) -> Release:
    """Set the rounded total of the running quarter and the rounded counts of late duties, once a day; gives the row."""
    require(by, "insight.release", board)
    now = timezone.now()
    with _open(board):
        row = _row(board, Quarter.running())
        if row.pk and timezone.localdate(row.made_at) >= timezone.localdate(now):
            return row
        agencies = counting.seated(board)
        if agencies.too_few:
            row.tables = {"withheld": True}
        else:
            total = protecting.about(counting.total(row.of))
            row.tables = {
                "total": protecting.plain(total),
                "overdue": protecting.roughly(counting.overdue(agencies)),
            }
        _write(row, by=by, final=False)
    return row


def release_ended(*, by: Access, board: Board) -> list[Release]:
    """Release every quarter of a board that has ended and is not released, oldest first; gives those.

    Begins with the quarter of the first report, and goes back RELEASED_QUARTERS at most.
    """
    require(by, "insight.release", board)
    with _open(board):
        first = Incident.objects.order_by().aggregate(first=Min("reported_at"))["first"]
        done = {(row.year, row.quarter) for row in Release.objects.filter(board=board, final=True)}
    if first is None:
        return []
    begun, running = Quarter.of(timezone.localdate(first)), Quarter.running()
    wanted = [running.back(steps) for steps in range(RELEASED_QUARTERS, 0, -1)]
    return [
        release_quarter(by=by, board=board, year=one.year, quarter=one.number)
        for one in wanted
        if one >= begun and (one.year, one.number) not in done
    ]


def release_all(*, by: Access) -> int:
    """What the clock does for every board: quarters that have ended, then the running one; gives how many ended ones.

    Quarters come before the running one, so that a first release is never made against a later total.
    """
    count = 0
    for board in Board.objects.order_by("pk"):
        count += len(release_ended(by=by, board=board))
        refresh_running(by=by, board=board)
    return count


def _open(board: Board) -> Any:
    return wall.open_for(casework=partnership.agencies_in(board.pk), boards=[board.pk])


def _row(board: Board, quarter: Quarter) -> Release:
    found = Release.objects.select_for_update().filter(board=board, year=quarter.year, quarter=quarter.number).first()
    return found or Release(board=board, year=quarter.year, quarter=quarter.number)


def _protected(board: Board, quarter: Quarter, before: protecting.Plain | None) -> dict[str, Any]:
    agencies = counting.seated(board)
    if agencies.too_few:
        return {"withheld": True}
    return protecting.released(counting.reported(board, quarter, agencies), before) or {"withheld": True}


def _write(row: Release, *, by: Access, final: bool) -> None:
    row.made_at, row.final = timezone.now(), final
    row.save()
    verb = "insight.released" if final else "insight.refreshed"
    facts = {"board": row.board_id, "year": row.year, "quarter": row.quarter}
    history.record(by=by, verb=verb, obj=row, facts=facts)


@transaction.atomic
def downloaded(*, by: Access, kind: str) -> None:
    """Note that the figures left the service as a file."""
    require(by, "insight.picture")
    history.record(by=by, verb="insight.downloaded", facts={"board": by.board_id, "kind": kind})
