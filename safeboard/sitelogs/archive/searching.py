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
from .sealing import Altered
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

    def rows(self, parts: Sequence[Part], question: Question, zones: plan.Zones) -> pl.DataFrame:
        """The lines of these parts that answer, newest first, with their web addresses."""
        parts = fitting(parts, question)
        if not parts:
            return EMPTY
        how = _how(parts, question)
        if question.contains:
            found = self._addresses(parts, question)
            if not len(found):
                return EMPTY
            known = replace(question, contains="", host="", under="")  # what was found holds both
            query = plan.rows(known, zones, **how)
            return _frame(self._run(query, lines=self._files(parts, "host"), addresses=found))
        if question.host or question.under:
            query = plan.rows(question, zones, **how)
            return _frame(self._run(query, lines=self._files(parts, "host"), addresses=self._files(parts, "urls")))
        lines = _frame(self._run(plan.lines(question, zones, **how), lines=self._files(parts, "place")))
        return self._with_urls(parts, lines)

    def _files(self, parts: Sequence[Part], kind: str) -> list[str]:
        return [str(file_of(self.store, part, kind)) for part in parts]

    def _addresses(self, parts: Sequence[Part], question: Question) -> pa.Table:
        """The web addresses that the question's words (and host) allow: exactly these."""
        if question.host or question.under:
            return self._run(plan.addresses(question), addresses=self._files(parts, "urls"))
        return pa.concat_tables([self._worded(part, question.contains) for part in parts])

    def _worded(self, part: Part, words: str) -> pa.Table:
        """The web addresses of a part that hold the words."""
        wanted = grams.candidates(file_of(self.store, part, "grams"), words, -(-part.urls // grams.BLOCK))
        found = [pl.DataFrame(schema={"u": pl.Int64, "url": pl.String})]
        if wanted:
            file = pq.ParquetFile(file_of(self.store, part, "urls"), memory_map=True)
            holds = pl.col("url").str.contains(_expression(words))
            for some in _lots(wanted):
                found.append(_frame(file.read_row_groups(some, columns=["u", "url"], use_threads=False)).filter(holds))
        return pl.concat(found).to_arrow(compat_level=pl.CompatLevel.oldest())

    def _with_urls(self, parts: Sequence[Part], lines: pl.DataFrame) -> pl.DataFrame:
        """Look up the web addresses of lines: in the index, or in the evidence where that is less to read."""
        if not len(lines):
            return EMPTY
        groups = lines.select((pl.col("u") // grams.BLOCK).n_unique()).item()
        if groups * OF_ROW_GROUP > min(self.evidence.cost(lines, OF_CHUNK, OF_LINE), DEAREST_EVIDENCE):
            try:
                return lines.drop("u").with_columns(url=self.evidence.urls(lines))
            except Altered:
                pass  # the index still answers; that the evidence does not hold is told by verify and beside each row
        lines = lines.with_row_index("at")
        found = []
        for part in parts:
            mine = lines.filter(pl.col("u") // (1 << 32) == part.number) if len(parts) > 1 else lines
            if len(mine):
                found.append(mine.drop("u").with_columns(url=self._urls(part, mine["u"])))
        return pl.concat(found).sort("at").drop("at")

    def _urls(self, part: Part, wanted: pl.Series) -> pl.Series:
        at = (wanted - first_url(part.number)).to_numpy()
        groups = np.unique(at // grams.BLOCK)
        file = pq.ParquetFile(file_of(self.store, part, "urls"), memory_map=True)
        urls = pl.from_arrow(file.read_row_groups(groups.tolist(), columns=["url"], use_threads=True)["url"])
        assert isinstance(urls, pl.Series)
        return urls.gather(np.searchsorted(groups, at // grams.BLOCK) * grams.BLOCK + at % grams.BLOCK)

    # Counts -------------------------------------------------------------------------------------------------------

    def counts(self, parts: Sequence[Part], question: Question, zones: plan.Zones, by: str) -> list[tuple[Any, int]]:
        """How many lines of these parts answer, by the key; [("", n)] where ``by`` is ""."""
        parts = fitting(parts, question)
        if not parts:
            return []
        how = _how(parts, question)
        kind = "host" if question.host or question.under or question.contains else "place"
        if plan.summed(question, by):
            found = self._run(plan.sums(question, by, every=how["every"]), lines=self._files(parts, "sums"))
        elif question.contains:
            query = plan.counts(replace(question, host="", under=""), zones, by, **how)
            allowed = self._addresses(parts, question)
            found = self._run(query, lines=self._files(parts, kind), addresses=allowed)
        else:
            found = self._run(plan.counts(question, zones, by, **how), lines=self._files(parts, kind))
        columns = found.to_pydict()
        keys = columns.get("k", [""] * len(found))
        return [(key, int(n)) for key, n in zip(keys, columns["n"], strict=True) if n]


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


def _lots(blocks: Sequence[int], most: int = 256) -> list[list[int]]:
    """So many at a time that memory stays small."""
    return [list(blocks[start : start + most]) for start in range(0, len(blocks), most)]


def _expression(words: str) -> str:
    """An expression for the words as they stand, in which only the 26 letters have two forms."""
    return "".join(
        f"[{sign.lower()}{sign.upper()}]" if sign.isascii() and sign.isalpha() else re.escape(sign) for sign in words
    )
