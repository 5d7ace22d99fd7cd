"""The default engine: DuckDB, in this process, over the parts that can answer."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from sqlglot import exp
from sqlglot.expressions import Select

from . import plan
from .blocks import AT_ONCE, BLOCK, Blocks
from .found import Found, Near
from .parts import DAY, Part, file_of, first_url
from .question import Question, Torn
from .reading import backwards
from .sealing import Altered
from .store import Store

if TYPE_CHECKING:
    from .evidence import Evidence

THREADS = 2
MEMORY = "300MB"
# What it takes to get the web addresses of an answer, in microseconds: from blocks of the index, or from the evidence.
OF_BLOCK, OF_CHUNK, OF_LINE = 150, 1800, 3
HELD = 100_000  # rows out of blocks that are looked through at once
FEW, DEAREST_BLOCKS = 64, 0.2  # blocks, and the share of all, from which on the Parquet files are quicker
DEAREST_EVIDENCE = 3_000_000
TORN = (
    "A file of the index is missing, so that the answer would not be whole. No line is lost: the index is made again "
    "from the evidence tonight, or at once by “safeboard sitelogs rebuild”. Then ask again."
)


Narrowed = tuple[Part, Blocks, Sequence[int]]  # a part, its file, and the blocks of it that can have answers


class Stopped(Exception):
    """The question was withdrawn while it ran."""


@contextmanager
def _whole() -> Iterator[None]:
    """Answer nothing where a file of the index is not there."""
    try:
        yield
    except (FileNotFoundError, duckdb.IOException) as error:
        raise Torn("", TORN) from error


class Searcher:
    """Answers questions part by part. Safe to use from several threads."""

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self.store, self.evidence = store, evidence
        self.database = duckdb.connect(
            config={"threads": THREADS, "memory_limit": MEMORY, "autoinstall_known_extensions": False}
        )
        self.database.execute("SET parquet_metadata_cache = true")
        self._own = threading.local()
        self._opened = lru_cache(maxsize=1024)(lambda rows, urls, *changed: Blocks(rows, urls))

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._own, "cursor"):
            self._own.cursor = self.database.cursor()
        return self._own.cursor

    def _run(self, query: Select, **bound: list[str] | pa.Table) -> pa.Table:
        """Run a plan with its relations bound to files (by their paths) or tables."""
        cursor = self._cursor()
        names = []
        for table in list(query.find_all(exp.Table)):
            what = bound[table.name]
            if isinstance(what, list):
                source: exp.Expression = exp.Anonymous(this="READ_PARQUET", expressions=[exp.convert(what)])
            else:
                names.append(f"bound_{table.name}_{threading.get_ident()}")
                cursor.register(names[-1], what)
                source = exp.to_identifier(names[-1])
            table.replace(exp.Table(this=source, alias=exp.TableAlias(this=exp.to_identifier(table.name))))
        try:
            return cursor.sql(query.sql(dialect="duckdb")).to_arrow_table()
        finally:
            for name in names:
                cursor.unregister(name)

    # Rows ---------------------------------------------------------------------------------------------------------

    @_whole()
    def rows(self, parts: Sequence[Part], question: Question, zones: plan.Zones) -> pl.DataFrame:
        """The lines of these parts that answer, newest first, with their web addresses. Raises question.Torn."""
        parts = fitting(parts, question)
        if not parts:
            return EMPTY
        how = _how(parts, question)
        if _by_address(question) and (narrowed := self._narrowed(parts, question)) is not None:
            query = plan.rows(question, zones, **how)
            found = [_frame(self._run(query.copy(), **both)) for both in self._taken(narrowed, question)]
            return pl.concat(found).sort(plan.NEWEST_FIRST, descending=True) if found else EMPTY
        files = self._files(parts, "place")
        if _by_address(question):
            query = plan.rows(question, zones, **how)
            return _frame(self._run(query, lines=files, addresses=self._files(parts, "urls")))
        return self._with_urls(parts, _frame(self._run(plan.lines(question, zones, **how), lines=files)))

    def _files(self, parts: Sequence[Part], kind: str) -> list[str]:
        return [str(file_of(self.store, part, kind)) for part in parts]

    # By web address: the blocks that can have answers -------------------------------------------------------------

    def _blocks(self, part: Part) -> Blocks:
        path = file_of(self.store, part, "host")
        about = path.stat()
        return self._opened(path, file_of(self.store, part, "urls"), about.st_ino, about.st_mtime_ns)

    def _narrowed(self, parts: Sequence[Part], question: Question) -> list[Narrowed] | None:
        """The blocks of each part that can have answers; None where these are so many that all is quicker read."""
        opened = [(part, self._blocks(part)) for part in parts]
        narrowed = [(part, blocks, _blocks_of(blocks, question)) for part, blocks in opened]
        wanted = sum(len(found) for _, _, found in narrowed)
        if not question.contains and wanted > FEW + DEAREST_BLOCKS * sum(len(blocks) for _, blocks in opened):
            return None
        return narrowed

    @_whole()
    def about(self, parts: Sequence[Part], question: Question) -> float:
        """About how many lines have to be looked through for the answer; it has no more than that."""
        if _by_address(question):
            by_part = ((part, self._blocks(part)) for part in parts)
            return sum(part.rows * blocks.share(_blocks_of(blocks, question)) for part, blocks in by_part)
        return sum(part.rows for part in parts)

    def _taken(self, narrowed: Sequence[Narrowed], question: Question) -> Iterator[dict[str, pa.Table | list[str]]]:
        """The rows in these blocks that can answer, and their web addresses; so many at a time that memory stays
        small. The plan then keeps exactly those that do."""
        near, found = _near(question), Found()
        for part, blocks, wanted in narrowed:
            every = np.array(wanted, dtype=np.int64)
            for start in range(0, len(every), AT_ONCE):
                blocks.take(every[start : start + AT_ONCE], found, near, part.day * DAY, first_url(part.number))
                if len(found) >= HELD:
                    yield _bound(found)
                    found = Found()
        if len(found):
            yield _bound(found)

    def _with_urls(self, parts: Sequence[Part], lines: pl.DataFrame) -> pl.DataFrame:
        """Look up the web addresses of lines: in the index, or in the evidence where that is less to read."""
        if not len(lines):
            return EMPTY
        groups = lines.select((pl.col("u") // BLOCK).n_unique()).item()
        if groups * OF_BLOCK > min(self.evidence.cost(lines, OF_CHUNK, OF_LINE), DEAREST_EVIDENCE):
            try:
                return lines.drop("u").with_columns(url=self.evidence.urls(lines))
            except (Altered, FileNotFoundError):
                pass  # the index still answers; that the evidence does not hold is told by verify and beside each row
        lines = lines.with_row_index("at")
        found = []
        for part in parts:
            mine = lines.filter(pl.col("u") // (1 << 32) == part.number) if len(parts) > 1 else lines
            if len(mine):
                found.append(mine.drop("u").with_columns(url=self._urls(part, mine["u"])))
        return pl.concat(found).sort("at").drop("at")

    def _urls(self, part: Part, wanted: pl.Series) -> pl.Series:
        places, at = np.unique((wanted - first_url(part.number)).to_numpy(), return_inverse=True)
        urls = self._blocks(part).urls(places)
        return pl.Series(urls, dtype=pl.Binary).cast(pl.String).gather(at)

    # Counts -------------------------------------------------------------------------------------------------------

    @_whole()
    def counts(self, parts: Sequence[Part], question: Question, zones: plan.Zones, by: str) -> list[tuple[Any, int]]:
        """How many lines of these parts answer, by the key; [("", n)] where ``by`` is "". Raises question.Torn."""
        parts = fitting(parts, question)
        if not parts:
            return []
        how = _how(parts, question)
        if plan.summed(question, by):
            return _pairs([self._run(plan.sums(question, by, every=how["every"]), lines=self._files(parts, "sums"))])
        query = plan.counts(question, zones, by, **how)
        if _by_address(question) and (narrowed := self._narrowed(parts, question)) is not None:
            return _pairs(self._run(query.copy(), **both) for both in self._taken(narrowed, question))
        files = {"addresses": self._files(parts, "urls"), "lines": self._files(parts, "place")}
        return _pairs([self._run(query, **files)])


def _by_address(question: Question) -> bool:
    """Whether it asks for a host or for words: then its rows lie in a few blocks."""
    return bool(question.host or question.under or question.contains)


def _blocks_of(blocks: Blocks, question: Question) -> Sequence[int]:
    """The blocks that can have answers."""
    first, end = 0, len(blocks)
    for host, after in ((question.host, ""), (question.under, "/")):
        if host:
            allowed = blocks.of_hosts(backwards(host), backwards(host) + after)
            first, end = max(first, allowed.start), min(end, allowed.stop)
    if question.contains:
        return [block for block in blocks.of_words(question.contains) if first <= block < end]
    return range(first, end)


def _near(question: Question) -> Near:
    """The signs that every web address which answers has: the words asked for, else those of the host."""
    if question.contains:
        return Near(plan.small(question.contains).encode())
    host = question.host or question.under
    return Near(host.encode(), together=True) if host.isascii() else Near()


def _bound(found: Found) -> dict[str, pa.Table | list[str]]:
    lines, addresses = found.tables()
    return {
        "lines": lines.to_arrow(compat_level=pl.CompatLevel.oldest()),
        "addresses": addresses.to_arrow(compat_level=pl.CompatLevel.oldest()),
    }


def _pairs(tables: Iterable[pa.Table]) -> list[tuple[Any, int]]:
    counted: Counter[Any] = Counter()
    for table in tables:
        columns = table.to_pydict()
        for key, n in zip(columns.get("k", [""] * len(table)), columns["n"], strict=True):
            counted[key] += int(n or 0)
    return [(key, n) for key, n in counted.items() if n]


def fitting(parts: Sequence[Part], question: Question) -> list[Part]:
    """The parts that can have lines for the question."""
    found = []
    for part in parts:
        first, last = plan.span(question, (part.first, part.last))
        if first <= last and not question.settings.isdisjoint(part.settings):
            found.append(part)
    return found


def _how(parts: Sequence[Part], question: Question) -> dict[str, Any]:
    """What the plan may take for granted of these parts."""
    within = (min(part.first for part in parts), max(part.last for part in parts))
    return {"within": within, "every": all(question.settings.issuperset(part.settings) for part in parts)}


COLUMNS = (*plan.SHOWN, "url")
EMPTY = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.Null))


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
