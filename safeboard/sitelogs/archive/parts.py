"""The index: for each day one part or more, each of five files made from the rows of whole segments.

``urls``  every distinct web address once, sorted by host from behind; ``u`` numbers them (the part in its upper half,
          so that no two in the archive are equal); small row groups
``host``  the rows sorted by (rhost, url, time): a host, or all below one, lies together
``place`` the same rows sorted by (setting, time): a school's day lies together
``sums``  how many rows by hour, setting, category, blocked
``grams`` which row groups of ``urls`` can hold some words

Parquet in version 1 with zstd, no sidecars: other engines read the same files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from . import grams
from .reading import backwards
from .store import Store, new_name, sync_folder

DAY = 86_400_000
HOUR = 3_600_000
ROW_GROUP = 16_384
MOST_ROWS = 3_000_000  # of one part
KINDS = ("urls", "host", "place", "sums")
COLUMNS = ["u", "rhost", "moment", "setting", "address", "user", "method", "status", "category", "blocked",
           "reason", "bytes", "segment", "line"]  # fmt: skip
DICTIONARIES = ["rhost", "setting", "address", "user", "method", "status", "category", "reason", "segment"]


@dataclass(frozen=True)
class Part:
    """One part of a day's index."""

    number: int
    day: int  # days since 1970, UTC
    rows: int
    urls: int
    first: int
    last: int
    settings: tuple[str, ...]
    segments: tuple[int, ...]

    @property
    def date(self) -> date:
        return datetime.fromtimestamp(self.day * DAY / 1000, UTC).date()

    @property
    def name(self) -> str:
        return f"{self.date.isoformat()}.{self.number:06d}"


def first_url(number: int) -> int:
    """The ``u`` of a part's first web address."""
    return number << 32


def file_of(store: Store, part: Part, kind: str) -> Path:
    """Where one of a part's files lies."""
    return store.index / kind / f"{part.name}.{'npy' if kind == 'grams' else 'parquet'}"


def files_of(store: Store, part: Part) -> Iterator[Path]:
    """All files of a part."""
    return (file_of(store, part, kind) for kind in (*KINDS, "grams"))


def write(store: Store, number: int, day: int, rows: pl.DataFrame) -> Part:
    """Write a part's files from the rows of one day; they count once the index's state names them."""
    hosts = rows["host"].unique()
    ranked = pl.DataFrame({"host": hosts, "rhost": [backwards(host) for host in hosts]}).sort("rhost")
    ranked = ranked.with_row_index("rank")
    rows = rows.with_columns(rank=rows["host"].replace_strict(ranked["host"], ranked["rank"], return_dtype=pl.UInt32))
    rows = rows.drop("host").sort("rank", "url", "moment")
    new_url = (rows["url"] != rows["url"].shift(1)).fill_null(True)
    rows = rows.with_columns(u=new_url.cum_sum().cast(pl.Int64) - 1 + first_url(number))
    distinct = rows.filter(new_url).select("u", "rank", "url")
    distinct = distinct.with_columns(rhost=ranked["rhost"].gather(distinct["rank"])).drop("rank")
    rows = rows.drop("url").with_columns(rhost=ranked["rhost"].gather(rows["rank"])).select(COLUMNS)
    part = Part(
        number, day, len(rows), len(distinct), int(rows["moment"].min()), int(rows["moment"].max()),
        tuple(sorted(rows["setting"].unique().to_list())), tuple(sorted(rows["segment"].unique().to_list())),
    )  # fmt: skip
    for kind in (*KINDS, "grams"):
        file_of(store, part, kind).parent.mkdir(mode=0o700, exist_ok=True)
    _write_urls(store, part, distinct)
    _parquet(file_of(store, part, "host"), rows.to_arrow(compat_level=pl.CompatLevel.oldest()), ROW_GROUP)
    _parquet(file_of(store, part, "sums"), _sums(rows).to_arrow(compat_level=pl.CompatLevel.oldest()), ROW_GROUP)
    names = pl.Series(part.settings, dtype=pl.String)
    places = pl.Series(range(len(names)), dtype=pl.UInt32)
    rows = rows.with_columns(place=rows["setting"].replace_strict(names, places)).sort(
        "place", "moment", "segment", "line"
    )
    rows = rows.drop("place")
    _parquet(file_of(store, part, "place"), rows.to_arrow(compat_level=pl.CompatLevel.oldest()), ROW_GROUP)
    return part


def _write_urls(store: Store, part: Part, distinct: pl.DataFrame) -> None:
    made = distinct.select("u", "rhost", "url").to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks()
    _parquet(file_of(store, part, "urls"), made, grams.BLOCK, plain=["u", "url"])
    text = made.column("url").chunk(0)
    offsets = np.frombuffer(text.buffers()[1], dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    ends = offsets[np.append(np.arange(grams.BLOCK, len(text), grams.BLOCK), len(text))] - offsets[0]
    values = np.frombuffer(text.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    path = file_of(store, part, "grams")
    with new_name(path).open("wb") as file:
        np.save(file, grams.table(values, ends), allow_pickle=False)
    _named(path)


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    hour = (pl.col("moment") // HOUR * HOUR).alias("moment")
    return rows.group_by(hour, "setting", "category", "blocked").agg(n=pl.len().cast(pl.Int64)).sort(
        "setting", "moment", "category", "blocked"
    )  # fmt: skip


def _parquet(path: Path, table: pa.Table, group: int, plain: list[str] | None = None) -> None:
    names = [name for name in table.column_names if name in DICTIONARIES]
    pq.write_table(
        table,
        new_name(path),
        version="1.0",
        compression="zstd",
        compression_level=1,
        row_group_size=group,
        use_dictionary=[name for name in names if name not in (plain or ())],
        store_schema=False,
    )
    _named(path)


def _named(path: Path) -> None:
    with new_name(path).open("rb") as file:
        os.fsync(file.fileno())
    new_name(path).rename(path)
    sync_folder(path.parent)
