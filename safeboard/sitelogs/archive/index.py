"""Which parts the index has, and how rows become parts. It is made from evidence alone and can always be made again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import count
from pathlib import Path

import polars as pl

from . import parts
from .manifest import Segment
from .parts import DAY, MOST_ROWS, Part, file_of, files_of
from .reading import each_backwards
from .store import Store, get_json, put_json

HELD = 1_500_000  # rows that are held in memory before they are put aside by day
WORKERS = 2
MANY = 4  # small parts of one day that are worth joining
Lines = pl.DataFrame | Path


class Index:
    """The parts of the index, as its state names them; what is not named does not count."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.parts: list[Part] = []
        self.done: set[int] = set()
        self.seen: tuple[int, int] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the state where another process has changed it."""
        about = self.store.state.stat() if self.store.state.exists() else None
        stamp = (about.st_mtime_ns, about.st_ino) if about else None
        if stamp == self.seen and stamp is not None:
            return
        self.seen = stamp
        state = get_json(self.store.state, {"parts": [], "done": []})
        self.parts = [
            Part(**{**one, "settings": tuple(one["settings"]), "segments": tuple(one["segments"])})
            for one in state["parts"]
        ]
        self.done = set(state["done"])

    def save(self) -> None:
        """Make what was changed count, whole or not at all."""
        put_json(self.store.state, {"parts": [asdict(part) for part in self.parts], "done": sorted(self.done)})
        about = self.store.state.stat()
        self.seen = (about.st_mtime_ns, about.st_ino)

    def missing(self) -> list[Part]:
        """Parts that lack a file."""
        return [part for part in self.parts if not all(path.exists() for path in files_of(self.store, part))]

    def sweep(self) -> None:
        """Remove the files of parts that do not count."""
        named = {path for part in self.parts for path in files_of(self.store, part)}
        for kind in parts.KINDS:
            for path in (self.store.index / kind).glob("*"):
                if path not in named:
                    path.unlink()

    def next_number(self) -> int:
        return max((part.number for part in self.parts), default=0) + 1

    def replace(self, gone: Sequence[Part], made: Sequence[Part], done: Iterable[int] = ()) -> None:
        """Let new parts stand for old ones, in one step, and remove the old files."""
        for part in made:
            parts.sync(self.store, part)
        self.parts = sorted(
            [part for part in self.parts if part not in gone] + list(made), key=lambda part: (part.day, part.number)
        )
        self.done |= set(done)
        self.save()
        for part in gone:
            for path in files_of(self.store, part):
                path.unlink(missing_ok=True)

    def rows_of(self, part: Part) -> pl.DataFrame:
        """A part's rows as they were before they were laid out, to be joined with others."""
        place = pl.read_parquet(file_of(self.store, part, "place"))
        urls = pl.read_parquet(file_of(self.store, part, "urls"), columns=["u", "url"])
        hosts = place["rhost"].unique()
        return place.with_columns(
            url=urls["url"].gather(place["u"] - parts.first_url(part.number)),
            host=place["rhost"].replace_strict(hosts, each_backwards(hosts)),
        ).drop("u", "rhost")

    def without(self, part: Part, numbers: set[int]) -> None:
        """Make a part again without the rows of some segments."""
        rows = self.rows_of(part).filter(~pl.col("segment").is_in(list(numbers))).select(sorted(COLLECTED))
        made = _parts_of(self, part.day, rows, count(self.next_number())) if len(rows) else []
        self.replace([part], made)

    def collector(self) -> Collector:
        """Rows to come, to be made into parts."""
        return Collector(self)

    def compact(self, part_rows: int = MOST_ROWS) -> int:
        """Join the small parts of each day that has many. Gives how many parts went into others."""
        joined = 0
        for day in sorted({part.day for part in self.parts}):
            small = [part for part in self.parts if part.day == day and part.rows < part_rows // 2]
            if len(small) >= MANY and sum(part.rows for part in small) <= 2 * part_rows:
                rows = pl.concat([self.rows_of(part).select(sorted(COLLECTED)) for part in small])
                self.replace(small, _parts_of(self, day, rows, count(self.next_number())))
                joined += len(small)
        return joined


COLLECTED = {"moment", "address", "user", "host", "url", "method", "status", "category", "blocked", "reason", "bytes",
             "line", "setting", "segment"}  # fmt: skip


def _parts_of(index: Index, day: int, rows: pl.DataFrame, numbers: Iterable[int]) -> list[Part]:
    """The parts of a day's rows, all about equally large."""
    pieces = max(1, -(-len(rows) // MOST_ROWS))
    size = -(-len(rows) // pieces)
    return [
        parts.write(index.store, number, day, rows.slice(start, size))
        for number, start in zip(numbers, range(0, len(rows), size), strict=False)
    ]


def _days_of(rows: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """The rows by day. Those of a log mostly come in the order of time, and then need not be copied."""
    days = rows["moment"] // DAY
    if days.is_sorted():
        starts = (days != days.shift(1)).fill_null(True).arg_true().to_list()
        for start, end in zip(starts, [*starts[1:], len(days)], strict=True):
            yield days[start], rows.slice(start, end - start)
    else:
        by_day = rows.with_columns(day=days).partition_by("day", as_dict=True, include_key=False)
        yield from ((int(key[0]), found) for key, found in by_day.items())


class Collector:
    """Gathers rows by day: in memory, then put aside in files; :meth:`finish` makes parts of them."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.spool = index.store.spool
        shutil.rmtree(self.spool, ignore_errors=True)
        self.held: dict[int, list[pl.DataFrame]] = {}
        self.count = 0
        self.aside: dict[int, list[tuple[Path, int]]] = {}  # by day: files, and how many rows each has
        self.segments: list[int] = []

    def add(self, segment: Segment, rows: pl.DataFrame) -> None:
        """Take the rows of a segment."""
        self.segments.append(segment.number)
        if not len(rows):
            return
        rows = rows.with_columns(
            setting=pl.lit(segment.setting), segment=pl.lit(segment.number, dtype=pl.Int32)
        ).select(sorted(COLLECTED))
        for day, found in _days_of(rows):
            self.held.setdefault(day, []).append(found)
        self.count += len(rows)
        if self.count >= HELD:
            self._put_aside()

    def _put_aside(self) -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._aside, self.held))
        self.held, self.count = {}, 0

    def _aside(self, day: int) -> None:
        folder = self.spool / str(day)
        folder.mkdir(parents=True, exist_ok=True)
        aside = self.aside.setdefault(day, [])
        path, rows = folder / f"{len(aside)}.arrow", pl.concat(self.held[day])
        rows.write_ipc(path, compression="lz4")
        aside.append((path, len(rows)))

    def finish(self) -> list[Part]:
        """Make parts of all that came; the index has them when this returns."""
        if self.aside:
            self._put_aside()
        lots = [(day, lot) for day in sorted({*self.aside, *self.held}) for lot in self._lots(day)]
        self.held = {}
        first = self.index.next_number()
        # What one part waits for the disk the next one is made in.
        with ThreadPoolExecutor(1) as behind, ThreadPoolExecutor(WORKERS) as pool:
            made = []
            for part in pool.map(self._finish, range(first, first + len(lots)), lots):
                made.append(part)
                behind.submit(parts.sync, self.index.store, part)
        self.index.replace((), made, self.segments)
        shutil.rmtree(self.spool, ignore_errors=True)
        return made

    def _lots(self, day: int) -> list[list[Lines]]:
        """A day's rows in lots that make one part each: all about equally large."""
        every: list[tuple[Lines, int]] = [
            *self.aside.get(day, ()),
            *((rows, len(rows)) for rows in self.held.get(day, ())),
        ]
        count = sum(rows for _, rows in every)
        most = -(-count // -(-count // MOST_ROWS))
        lots: list[list[Lines]] = [[]]
        room = most
        for lines, rows in every:
            if rows > room and room < most:
                lots.append([])
                room = most
            lots[-1].append(lines)
            room -= rows
        return lots

    def _finish(self, number: int, lot: tuple[int, list[Lines]]) -> Part:
        day, lines = lot
        rows = [one if isinstance(one, pl.DataFrame) else pl.read_ipc(one) for one in lines]
        lines.clear()
        return parts.write(self.index.store, number, day, pl.concat(rows, rechunk=True))
