"""Counts for boards: a quarter that has ended is counted once, suppressed, and then stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from safeboard.core import history, wall
from safeboard.core.access import Access, require
from safeboard.documents.suppression import SuppressedTable, suppress_series
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import engine
from ..archive import Question as Asked
from ..choices import Found, Ground
from ..models import LogRelease, LogSetting, Question, RandomReview

FEWEST = 3  # agencies: of two, each could work out the other's
MOST_CATEGORIES = 12
# A notice is never counted: not even that there was one may be told.
GROUNDS = (Ground.INCIDENT, Ground.REASON, Ground.REVIEW)


def last_quarter(today: date | None = None) -> tuple[int, int]:
    """Year and number of the quarter that ended last."""
    today = today or timezone.localdate()
    running = (today.month + 2) // 3
    return (today.year, running - 1) if running > 1 else (today.year - 1, 4)


def ends_of(year: int, quarter: int) -> tuple[datetime, datetime]:
    """Its first moment, and the first after it."""
    first = date(year, quarter * 3 - 2, 1)
    after = date(year + (quarter == 4), (quarter * 3 + 1) if quarter < 4 else 1, 1)
    since, until = (timezone.make_aware(datetime.combine(day, time())) for day in (first, after))
    return since, until


@transaction.atomic
def release(*, by: Access, board: Board, year: int, quarter: int) -> LogRelease:
    """Count a quarter that has ended for a board, and freeze it; what was released stays. Raises PermissionDenied."""
    require(by, "sitelogs.release", board)
    since, until = ends_of(year, quarter)
    if until > timezone.now():
        raise ValueError("The quarter has not ended.")
    agencies = partnership.agencies_in(board.pk)
    with wall.open_for(agencies=agencies, casework=agencies, boards=[board.pk]):
        row = LogRelease.objects.filter(board=board, year=year, quarter=quarter).first()
        if row is not None:
            return row
        row = LogRelease.objects.create(board=board, year=year, quarter=quarter, tables=_tables(since, until))
        facts = {"board": board.pk, "year": year, "quarter": quarter}
        history.record(by=by, verb="sitelogs.released", obj=row, facts=facts)
        return row


def release_all(*, by: Access) -> int:
    """What the clock does: the quarter that ended last, for every board; gives how many boards there are."""
    boards = list(Board.objects.order_by("pk"))
    year, quarter = last_quarter()
    for board in boards:
        release(by=by, board=board, year=year, quarter=quarter)
    return len(boards)


def _tables(since: datetime, until: datetime) -> dict[str, Any]:
    logs = list(LogSetting.objects.all())
    if len({log.agency_id for log in logs}) < FEWEST:
        return {"withheld": True}
    asked = Counter(
        Question.objects.filter(asked_at__gte=since, asked_at__lt=until)
        .exclude(authority__ground=Ground.NOTICE)
        .values_list("authority__ground", flat=True)
    )
    found = Counter(RandomReview.objects.filter(done_at__gte=since, done_at__lt=until).values_list("found", flat=True))
    blocked = _blocked([log.key for log in logs], since, until)
    return {
        "asked": _protected({str(one): asked[one] for one in GROUNDS}),
        "reviewed": _protected({str(one): found[one] for one in (Found.NOTHING, Found.SOMETHING)}),
        "blocked": _protected(blocked) if blocked else [],
    }


def _blocked(keys: list[str], since: datetime, until: datetime) -> dict[str, int]:
    """Requests that were blocked, by the filter's word for the category; the rarest are put together."""
    question = Asked(settings=frozenset(keys), since=since, until=until, blocked=True)
    counts = Counter({str(key): count for key, count in engine.archive().ask(question).counts(by="category")})
    named = dict(counts.most_common(MOST_CATEGORIES))
    rest = sum(counts.values()) - sum(named.values())
    return {**named, **({"": rest} if rest else {})}


def _protected(figures: Mapping[str, int]) -> list[list[str]]:
    table: SuppressedTable = suppress_series(list(figures.values()))
    return [[key, count.shown] for key, count in zip(figures, table.rows[0], strict=True)]
