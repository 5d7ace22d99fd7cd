"""The default engine: DuckDB, in this process, over the parts that can answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp
from sqlglot.expressions import Select

from . import grams, plan
from .parts import Part, file_of, first_url
from .question import Question
from .store import Store

if TYPE_CHECKING:
    from .evidence import Evidence

THREADS = 2
MEMORY = "300MB"
# What it takes to get the web addresses of an answer, in microseconds: from row groups of the index, or from the
# evidence.
OF_ROW_GROUP, OF_CHUNK, OF_LINE = 350, 1800, 3
DEAREST_EVIDENCE = 3_000_000


class Stopped(Exception):
    """The question was withdrawn while it ran."""


class Searcher:
    """Answers questions part by part. Safe to use from several threads."""

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self.store, self.evidence = store, evidence
        self.database = duckdb.connect(
            config={"threads": THREADS, "memory_limit": MEMORY, "autoinstall_known_extensions": False}
        )
        self.database.execute("SET parquet_metadata_cache = true")
        self._own = threading.local()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._own, "cursor"):
            self._own.cursor = self.database.cursor()
        return self._own.cursor

    def _run(self, query: Select, **bound: str | pa.Table) -> pa.Table:
        """Run a plan with its relations bound to files (by path) or tables."""
        cursor = self._cursor()
        query = query.copy()
        names = []
        for table in list(query.find_all(exp.Table)):
            what = bound[table.name]
            if isinstance(what, str):
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

    def rows(self, part: Part, question: Question, zones: plan.Zones) -> pl.DataFrame:
        """The lines of a part that answer, newest first, with their web addresses."""
        asked = _narrowed(question, part)
        within = (part.first, part.last)
        if asked is None:
            return EMPTY
        if asked.contains:
            found = self.addresses(part, asked)
            if not len(found):
                return EMPTY
            known = replace(asked, contains="", host="", under="")  # what was found holds both
            query = plan.rows(known, zones, within=within)
            return _frame(self._run(query, lines=self._file(part, "host"), addresses=found))
        if asked.host or asked.under:
            query = plan.rows(asked, zones, within=within)
            return _frame(self._run(query, lines=self._file(part, "host"), addresses=self._file(part, "urls")))
        lines = _frame(self._run(plan.lines(asked, zones, within=within), lines=self._file(part, "place")))
        return self._with_urls(part, lines)

    def _file(self, part: Part, kind: str) -> str:
        return str(file_of(self.store, part, kind))

    def addresses(self, part: Part, question: Question) -> pa.Table:
        """The web addresses of a part that the question's words (and host) allow: exactly these."""
        if question.host or question.under:
            return self._run(plan.addresses(question), addresses=self._file(part, "urls"))
        blocks = -(-part.urls // grams.BLOCK)
        wanted = grams.candidates(file_of(self.store, part, "grams"), question.contains, blocks)
        found = []
        words = _expression(question.contains)
        if wanted:
            file = pq.ParquetFile(file_of(self.store, part, "urls"), memory_map=True)
            for some in _lots(wanted):
                table = file.read_row_groups(some, columns=["u", "url"], use_threads=False)
                frame = pl.from_arrow(table)
                assert isinstance(frame, pl.DataFrame)
                found.append(frame.filter(pl.col("url").str.contains(words)))
        if not found:
            return pa.table({"u": pa.array([], pa.int64()), "url": pa.array([], pa.string())})
        return pl.concat(found).to_arrow(compat_level=pl.CompatLevel.oldest())

    def _with_urls(self, part: Part, lines: pl.DataFrame) -> pl.DataFrame:
        """Look up the web addresses of lines: in the index, or in the evidence where that is less to read."""
        if not len(lines):
            return EMPTY
        at = (lines["u"] - first_url(part.number)).to_numpy()
        groups = np.unique(at // grams.BLOCK)
        if len(groups) * OF_ROW_GROUP > min(self.evidence.cost(lines, OF_CHUNK, OF_LINE), DEAREST_EVIDENCE):
            return lines.drop("u").with_columns(url=self.evidence.urls(lines))
        file = pq.ParquetFile(file_of(self.store, part, "urls"), memory_map=True)
        urls = pl.from_arrow(file.read_row_groups(groups.tolist(), columns=["url"], use_threads=True)["url"])
        assert isinstance(urls, pl.Series)
        place = np.searchsorted(groups, at // grams.BLOCK) * grams.BLOCK + at % grams.BLOCK
        return lines.drop("u").with_columns(url=urls.gather(place))

    # Counts -------------------------------------------------------------------------------------------------------

    def counts(self, part: Part, question: Question, zones: plan.Zones, by: str) -> list[tuple[Any, int]]:
        """How many lines of a part answer, by the key; [("", n)] where ``by`` is ""."""
        asked = _narrowed(question, part)
        within = (part.first, part.last)
        if asked is None:
            return []
        if plan.summed(asked, by):
            hours = (part.first // plan.HOUR * plan.HOUR, part.last)
            found = self._run(plan.sums(asked, by, within=hours), lines=self._file(part, "sums"))
        elif asked.contains:
            allowed = self.addresses(part, asked)
            if not len(allowed):
                return []
            query = plan.counts(replace(asked, host="", under=""), zones, by, within=within)
            found = self._run(query, lines=self._file(part, "host"), addresses=allowed)
        else:
            kind = "host" if asked.host or asked.under else "place"
            found = self._run(plan.counts(asked, zones, by, within=within), lines=self._file(part, kind))
        columns = found.to_pydict()
        keys = columns.get("k", [""] * len(found))
        return [(key, int(n)) for key, n in zip(keys, columns["n"], strict=True) if n]


COLUMNS = (*plan.SHOWN, "url")
EMPTY = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.Null))


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _lots(blocks: Sequence[int], most: int = 256) -> list[list[int]]:
    """So many at a time that memory stays small."""
    return [list(blocks[start : start + most]) for start in range(0, len(blocks), most)]


def _narrowed(question: Question, part: Part) -> Question | None:
    """The question as this part needs it; None where it has nothing for it."""
    settings = question.settings & frozenset(part.settings)
    first, last = plan.span(question, (part.first, part.last))
    return replace(question, settings=settings) if settings and first <= last else None


def _expression(words: str) -> str:
    """An expression for the words as they stand, in which only the 26 letters have two forms."""
    return "".join(
        f"[{sign.lower()}{sign.upper()}]" if sign.isascii() and sign.isalpha() else re.escape(sign) for sign in words
    )
