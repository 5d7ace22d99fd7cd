#!/usr/bin/env python3
"""Ask the archive that bench/sitelogs.py left on a local Spark cluster of two workers; the answers must be DuckDB's.

    python bench/sitelogs_cluster.py [--keep FOLDER/2M] [--days 6]

The plans are asked of both engines, part by part; then, as a page asks, through the archive with Spark for its engine.
Needs the extra ``cluster`` (pyspark) and Java 17.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings_test")


def main() -> int:
    """Ask every kind of question of both; 1 where an answer differs."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--keep", type=Path, default=ROOT / "var" / "bench" / "sitelogs" / "2M")
    reader.add_argument("--days", type=int, default=6, help="the last days of the archive")
    given = reader.parse_args()
    import polars as pl
    from pyspark.sql import SparkSession

    from bench import sitelogs
    from safeboard.sitelogs.archive.cluster import Cluster

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    archive = sitelogs._archive(given.keep / "archive")
    parts = archive.index.parts[-given.days :]
    zones = {key: known.zone for key, known in archive.settings().items()}
    cluster, different = Cluster(archive.store, session), 0
    for name, question, by in _questions(sitelogs.ALL, parts[0].first, sitelogs._host(archive)):
        begun = time.monotonic()
        if by is None:
            theirs = cluster.rows(parts, question, zones)
            ours = archive.searcher.rows(parts, question, zones)
            same = len(ours) == len(theirs) and (
                not len(ours) or _plain(pl, ours).equals(_plain(pl, theirs.select(ours.columns)))
            )
            count = len(ours)
        else:
            theirs = sorted(cluster.counts(parts, question, zones, by))
            ours = sorted(archive.searcher.counts(parts, question, zones, by))
            same, count = theirs == ours, sum(n for _, n in ours)
        different += not same
        _say(name, count, same, begun)
    different += not _as_a_page_asks(archive, cluster)
    session.stop()
    return 1 if different else 0


def _as_a_page_asks(archive, cluster) -> bool:
    """Rows and counts of a host, through the archive, first with its own engine and then with Spark's."""
    from bench import sitelogs
    from safeboard.sitelogs.archive import Question

    begun, found = time.monotonic(), []
    until = datetime.fromtimestamp(archive.index.parts[-1].last / 1000, UTC)
    asked = Question(settings=sitelogs.ALL, under="school.example", since=until - timedelta(days=4))
    for engine in (archive.searcher, cluster):
        archive.searcher = engine
        found.append((list(archive.ask(asked).rows()), archive.ask(asked).counts("day")))
    same = found[0] == found[1]
    _say("through the archive: host and below, four days", len(found[0][0]), same, begun)
    return same


def _say(name: str, count: int, same: bool, begun: float) -> None:
    print(f"{name}: {count:,} {'equal' if same else 'DIFFERENT'}, {time.monotonic() - begun:.1f} s", flush=True)


def _questions(every: frozenset[str], first: int, host: str):
    from safeboard.sitelogs.archive import Question

    since = datetime.fromtimestamp(first / 1000, UTC) + timedelta(days=1)
    yield "address and slot", Question(settings=every, address="10.1.5.17", since=since), None
    yield "range at a school", Question(settings=frozenset({"s005"}), network="10.1.5.0/24"), None
    yield "exact host", Question(settings=every, host=host), None
    yield "host and below", Question(settings=every, under="test"), ""
    yield "words", Question(settings=every, contains="BULLY"), None
    yield "words with signs", Question(settings=every, contains="%2fbu"), None
    yield "words with a quote, none", Question(settings=every, contains="it's%"), None
    yield "school hours", Question(settings=every, user="pupil200", hours=(clock(8, 30), clock(15))), None
    yield "blocked by category", Question(settings=every, blocked=True), "category"
    yield "top hosts", Question(settings=frozenset({"s005", "s006"})), "host"
    yield "by hour", Question(settings=every, since=since, blocked=False), "hour"


def _plain(pl, frame):
    """Every column, numbers as wide as Spark gives them."""
    numbers = ("moment", "status", "bytes", "segment", "line")
    return frame.with_columns(pl.col(*numbers).cast(pl.Int64))


if __name__ == "__main__":
    sys.exit(main())
