"""An answer: rows as they are found, counts, the evidence beside each row."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars as pl

from .addresses import text_of
from .parts import DAY, Part
from .question import Question, Row, WrongQuestion
from .reading import backwards, hosts
from .searching import COLUMNS, Stopped, fitting
from .visits import likely_visits

if TYPE_CHECKING:
    from .archive import Archive

FIRST, BATCH = 250, 5_000  # rows that are handed over at once: few at first, for a page shows no more at a time
MANY = 300_000  # rows of one day that are looked up hour by hour, so that memory stays small
AHEAD = 2  # lots that are searched at the same time
LOT = 10  # days
FEW = 1000
BY = ("hour", "day", "host", "setting", "category")


class Answer:
    """What a question finds. Nothing is searched before rows or counts are asked for.

    ``progress`` is the share of the days that were searched, from 0 to 1. :meth:`cancel` stops the search soon; rows
    that were given stay given.
    """

    def __init__(self, archive: Archive, question: Question, parts: Sequence[Part]) -> None:
        self.archive, self.question = archive, question
        self.parts = fitting(parts, question)
        self.progress = 0.0 if self.parts else 1.0
        self.truncated = False
        self._cancelled = threading.Event()
        self._segments: set[int] = set()
        self.zones = {key: known.zone for key, known in archive.settings().items() if key in question.settings}
        if question.days or question.hours:
            without = sorted(key for key in question.settings if not self.zones.get(key) and self._has(key))
            if without:
                raise WrongQuestion(
                    "hours", f"Nobody said by which clock setting {without[0]} lives: name its zone first."
                )

    def _has(self, key: str) -> bool:
        return any(key in part.settings for part in self.parts)

    def cancel(self) -> None:
        """Stop; :meth:`rows` and counts end early."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    # Rows ---------------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """The rows, newest first, as they are found; at most the question's limit."""
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Row]]:
        """The same, many at a time."""
        size = FIRST
        for frame in self.frames():
            start = 0
            while start < len(frame):
                yield _rows(frame.slice(start, size))
                start, size = start + size, min(BATCH, 2 * size)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The same as tables, a day or an hour at a time: moment (milliseconds), address in the form that sorts, ..."""
        left = self.question.limit
        for frame in self._found():
            if left is not None and len(frame) >= left:
                self.truncated = len(frame) > left
                frame = frame.head(left)
            self._segments.update(frame["segment"].unique().to_list())
            yield frame
            if left is not None:
                left -= len(frame)
                if left <= 0:
                    return

    def _found(self) -> Iterator[pl.DataFrame]:
        lots = _lots(self.parts)
        waiting: deque[Future[list[pl.DataFrame] | None]] = deque()
        few = self.question.limit is not None and self.question.limit < FEW
        with ThreadPoolExecutor(AHEAD, thread_name_prefix="asking") as pool:
            try:
                for at, lot in enumerate(lots):
                    waiting.append(pool.submit(self._at_once, lot))
                    # The first day alone, so that its rows are there at once; a few rows are mostly found in it.
                    while len(waiting) > (0 if at == 0 or few else AHEAD):
                        yield from self._given(waiting.popleft(), lots, at - len(waiting))
                while waiting:
                    yield from self._given(waiting.popleft(), lots, len(lots) - len(waiting) - 1)
            except Stopped:
                return
            finally:
                for one in waiting:
                    one.cancel()

    def _given(
        self, found: Future[list[pl.DataFrame] | None], lots: list[list[list[Part]]], at: int
    ) -> Iterator[pl.DataFrame]:
        frames = found.result()
        if frames is None:
            frames_of_hours = (frame for day in lots[at] for frame in self._hour_by_hour(day))
            yield from (frame for frame in frames_of_hours if len(frame))
        else:
            yield from (frame for frame in frames if len(frame))
        self.progress = (at + 1) / len(lots)

    def _stop_if_cancelled(self) -> None:
        if self.cancelled:
            raise Stopped

    def _at_once(self, days: list[list[Part]]) -> list[pl.DataFrame] | None:
        """The rows of some days; None where they are too many to hold."""
        self._stop_if_cancelled()
        parts = [part for day in days for part in day]
        if self._may_be_many(parts):
            return None
        return [self._search(parts, self.question)]

    def _may_be_many(self, parts: list[Part]) -> bool:
        question = self.question
        if question.address or question.user or question.contains or (question.limit and question.limit < MANY):
            return False
        if self.archive.searcher.about(parts, question) < MANY:
            return False
        return sum(n for _, n in self.archive.searcher.counts(parts, question, self.zones, "")) > MANY

    def _hour_by_hour(self, parts: list[Part]) -> Iterator[pl.DataFrame]:
        begin = datetime.fromtimestamp(parts[0].day * DAY / 1000, UTC)
        for hour in reversed(range(24)):
            self._stop_if_cancelled()
            since, until = begin + timedelta(hours=hour), begin + timedelta(hours=hour + 1)
            since = max(since, self.question.since or since)
            until = min(until, self.question.until or until)
            if since < until:
                yield self._search(parts, replace(self.question, since=since, until=until))

    def _search(self, parts: list[Part], question: Question) -> pl.DataFrame:
        self._stop_if_cancelled()
        return self.archive.searcher.rows(parts, question, self.zones)

    # Counts -------------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many lines answer, whatever the limit."""
        return sum(n for _, n in self._counted(""))

    def counts(self, by: str) -> list[tuple[Any, int]]:
        """How many lines answer: by hour (its beginning, UTC), day (a date of the settings' clock), host, setting,
        category. Hours and days in their order, the others with the most first."""
        if by not in BY:
            raise ValueError(f"There are no counts by {by}.")
        found = self._counted("hour" if by == "day" else by)
        if by in ("hour", "day"):
            hours = [(datetime.fromtimestamp(key / 1000, UTC), n) for key, n in found]
            if by == "hour":
                return sorted(hours)
            days: Counter[Any] = Counter()
            for hour, n in hours:
                days[hour.astimezone(self._clock()).date()] += n
            return sorted(days.items())
        if by == "host":
            found = [(backwards(key), n) for key, n in found]
        return sorted(found, key=lambda one: (-one[1], str(one[0])))

    def _clock(self) -> ZoneInfo:
        zones = {zone for zone in self.zones.values() if zone}
        return ZoneInfo(zones.pop()) if len(zones) == 1 else ZoneInfo("UTC")

    def _counted(self, by: str) -> list[tuple[Any, int]]:
        lots = [[part for day in lot for part in day] for lot in _lots(self.parts)]
        total: Counter[Any] = Counter()

        def one(parts: list[Part]) -> list[tuple[Any, int]]:
            return [] if self.cancelled else self.archive.searcher.counts(parts, self.question, self.zones, by)

        with ThreadPoolExecutor(AHEAD, thread_name_prefix="counting") as pool:
            for done, found in enumerate(pool.map(one, lots), start=1):
                for key, n in found:
                    total[key] += n
                self.progress = done / len(lots)
        return list(total.items())

    # The evidence -------------------------------------------------------------------------------------------------

    def raw(self, row: Row) -> bytes:
        """The line as it came. Raises sealing.Altered, LookupError."""
        return self.archive.raw(row)

    def around(self, row: Row, minutes: int = 10) -> list[Row]:
        """What the same device asked for so many minutes before and after, oldest first."""
        return self.archive.around(row, minutes)

    def visits(self, rows: Sequence[Row]) -> set[tuple[str, int]]:
        """Which of these rows are likely visits of a page, by (segment, line); see visits.RULE."""
        return likely_visits(rows, self.archive)

    def segments(self) -> list[str]:
        """The segments that the rows given so far rest on."""
        return [f"{number:08d}" for number in sorted(self._segments)]


def _lots(parts: Sequence[Part]) -> list[list[list[Part]]]:
    """Days, the newest first: one alone, then as many at once as are quick to search and small to hold.

    Those are as many lots as can be shared out evenly, so that nobody searches alone at the end.
    """
    days = [list(found) for _, found in groupby(reversed(parts), key=lambda part: part.day)]
    rest = days[1:]
    rounds = -(-len(rest) // (LOT * AHEAD))
    size = max(1, -(-len(rest) // max(1, rounds * AHEAD)))
    return [days[:1], *(rest[start : start + size] for start in range(0, len(rest), size))] if days else []


def _rows(frame: pl.DataFrame) -> list[Row]:
    names = hosts(frame["url"]).to_list()
    frame = frame.select(COLUMNS)
    made = []
    for (
        moment,
        setting,
        address,
        user,
        method,
        status,
        category,
        blocked,
        reason,
        size,
        segment,
        line,
        url,
    ), host in zip(frame.iter_rows(), names, strict=True):
        made.append(
            Row(
                time=datetime.fromtimestamp(moment / 1000, UTC),
                setting=setting,
                address=text_of(address),
                user=user,
                host=host,
                url=url,
                method=method,
                status=status,
                category=category,
                blocked=blocked,
                reason=reason,
                bytes=size,
                segment=f"{segment:08d}",
                line=line,
            )
        )
    return made
