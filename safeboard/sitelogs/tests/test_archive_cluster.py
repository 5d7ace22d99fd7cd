"""The archive with a cluster for its engine answers as it does by itself.

A session of Spark takes seconds to start, so that DuckDB stands in for it here: what is said in Spark's dialect is told
to it in its own. ``bench/sitelogs_cluster.py`` asks a real cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import duckdb
import pytest
import sqlglot

from safeboard.sitelogs.archive import Archive, Question
from safeboard.sitelogs.archive.cluster import Cluster

from .test_archive_asking import BOTH, NINE, made_in


class Session:
    """What the cluster needs of a session."""

    def __init__(self) -> None:
        self.database = duckdb.connect()
        self.read, self.paths, self.found = self, (), []

    def parquet(self, *paths: str) -> Session:
        self.paths = paths
        return self

    def createOrReplaceTempView(self, name: str) -> None:
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet({list(self.paths)!r})")

    def sql(self, query: str) -> Session:
        self.found = self.database.execute(sqlglot.transpile(query, read="spark", write="duckdb")[0]).fetchall()
        return self

    def collect(self) -> list[tuple[Any, ...]]:
        return self.found


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """The same lines, asked by the archive's own engine and by a cluster."""
    own, other = made_in(tmp_path_factory), made_in(tmp_path_factory)
    other.searcher = Cluster(other.store, Session())
    return own, other


@pytest.mark.parametrize(
    "asked",
    [
        {"address": "10.1.1.1", "until": NINE + timedelta(days=1)},
        {"network": "10.1.2.0/24", "settings": frozenset({"oak"})},
        {"host": "www.video.example"},
        {"under": "video.example"},
        {"contains": "BULLY"},
        {"contains": "it's"},
        {"contains": '"%_\\'},
        {"user": "kim", "hours": (time(8, 30), time(15)), "days": frozenset({0})},
        {"blocked": True, "category": "Bullying"},
        {"limit": 7},
    ],
    ids=str,
)
def test_rows_and_counts_are_the_same(archives: tuple[Archive, Archive], asked: dict[str, Any]):
    own, other = (one.ask(Question(**{"settings": BOTH, **asked})) for one in archives)
    rows = list(own.rows())
    assert rows
    assert list(other.rows()) == rows
    for by in ("hour", "day", "host", "setting", "category"):
        assert other.counts(by) == own.counts(by)
