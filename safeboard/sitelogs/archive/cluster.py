"""The same plans on a Spark cluster, over the same files on a shared or object store (extra ``cluster``, Java 17).

The plan is that of :mod:`plan`, said in Spark's dialect; nothing of a question is written here. Spark reads the
archive's Parquet files as they are; the index's files whose names begin with ``_`` it passes over by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlglot.expressions import Select

from . import plan
from .parts import Part, file_of
from .question import Question
from .searching import EMPTY, fitting
from .store import Store


class Cluster:
    """Answers questions on a Spark session that the caller has opened."""

    def __init__(self, store: Store, session: Any) -> None:
        self.store, self.session = store, session
        self._lock = threading.Lock()

    def about(self, parts: Sequence[Part], question: Question) -> float:
        """How many lines the answer has at most."""
        return sum(part.rows for part in fitting(parts, question))

    def rows(self, parts: Sequence[Part], question: Question, zones: plan.Zones) -> pl.DataFrame:
        """All lines that answer, newest first, with their web addresses."""
        if not (parts := fitting(parts, question)):
            return EMPTY
        found = self._run(parts, plan.rows(question, zones, within=_within(parts)), "place")
        return pl.DataFrame(found, orient="row", schema=[*plan.SHOWN, "url"], infer_schema_length=None)

    def counts(self, parts: Sequence[Part], question: Question, zones: plan.Zones, by: str) -> list[tuple[Any, int]]:
        """How many lines answer, by the key."""
        if not (parts := fitting(parts, question)):
            return []
        if plan.summed(question, by):
            found = self._run(parts, plan.sums(question, by), "sums")
        else:
            found = self._run(parts, plan.counts(question, zones, by, within=_within(parts)), "place")
        return [(row[0] if by else "", int(row[-1])) for row in found if row[-1]]

    def _run(self, parts: Sequence[Part], query: Select, kind: str) -> list[tuple[Any, ...]]:
        with self._lock:  # the two names are the session's: one plan at a time is made, and all run on all workers
            for name, files in (("lines", kind), ("addresses", "urls")):
                paths = [str(file_of(self.store, part, files)) for part in parts]
                self.session.read.parquet(*paths).createOrReplaceTempView(name)
            found = self.session.sql(query.sql(dialect="spark"))
        return [tuple(row) for row in found.collect()]


def _within(parts: Sequence[Part]) -> tuple[int, int]:
    return min(part.first for part in parts), max(part.last for part in parts)
