"""The index: for each day one part or more, each of four files made from the rows of whole segments.

``urls``  every distinct web address once, by host from behind; ``u`` numbers them (the part in its upper half, so
          that no two in the archive are equal); small pages
``place`` the rows sorted by (setting, time): a school's day lies together
``sums``  how many rows by hour, setting, category, blocked
``host``  the rows in the order of ``urls``, in blocks, and which blocks can hold some words (:mod:`blocks`)

The first three are Parquet in version 1 with zstd, no sidecars: other engines read the same files. ``host`` is for
the engine in this process alone and says nothing that the others do not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from . import blocks, grams
from .reading import each_backwards
from .store import Store, sync_folder

DAY = 86_400_000
HOUR = 3_600_000
ROW_GROUP = 32_768
MOST_ROWS = 1_200_000  # of one part, about
KINDS = ("urls", "host", "place", "sums")
BLOCKS = "blocks2"  # raised when the form of these files changes: parts of before count as missing, and are made again
COLUMNS = ["u", "rhost", "moment", "setting", "address", "user", "method", "status", "category", "blocked",
           "reason", "bytes", "segment", "line"]  # fmt: skip
DICTIONARIES = ["rhost", "setting", "address", "user", "method", "status", "category", "reason", "segment"]
DELTAS = {"moment": "DELTA_BINARY_PACKED", "line": "DELTA_BINARY_PACKED"}
IPV4 = 8  # signs of an IPv4 address in the form that sorts
URL_BLOCKS = 16  # blocks in a row group of web addresses
PAGE_HEADER = 64  # bytes that the header of a page has at most
FRAME = b"\x28\xb5\x2f\xfd"  # how zstd begins
HASHED = 40  # bits of the hash of a web address by which those of a host are sorted


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
    return store.index / kind / f"{part.name}.{BLOCKS if kind == 'host' else 'parquet'}"


def files_of(store: Store, part: Part) -> Iterator[Path]:
    """All files of a part."""
    return (file_of(store, part, kind) for kind in KINDS)


def sync(store: Store, part: Part) -> None:
    """See to it that a part's files outlast a loss of power: before the index's state names them."""
    for path in files_of(store, part):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        sync_folder(path.parent)


def write(store: Store, number: int, day: int, rows: pl.DataFrame) -> Part:
    """Write a part's files from the rows of one day; they count once the index's state names them."""
    part = Part(
        number, day, len(rows), 0, int(rows["moment"].min()), int(rows["moment"].max()),  # type: ignore[arg-type]
        tuple(sorted(rows["setting"].unique().to_list())), tuple(sorted(rows["segment"].unique().to_list())),
    )  # fmt: skip
    for kind in KINDS:
        file_of(store, part, kind).parent.mkdir(mode=0o700, exist_ok=True)
    rank, names = _ranks(rows["host"])
    # By host, then in the order of a hash: equal web addresses come to lie together, which is all that is needed, and
    # a number is ten times as quick to sort by as text.
    key = (rank.astype(np.uint64) << np.uint64(HASHED)) | (rows["url"].hash().to_numpy() >> np.uint64(64 - HASHED))
    order = np.argsort(key, kind="stable")
    urls = rows["url"].gather(order)
    new = (urls != urls.shift(1)).fill_null(True)
    firsts = new.arg_true().to_numpy()
    u = np.empty(len(rows), dtype=np.int64)
    u[order] = new.cum_sum().cast(pl.Int64).to_numpy() - 1 + first_url(number)
    distinct = urls.gather(firsts)
    rhost = names.gather(rank[order][firsts])
    part = replace(part, urls=len(distinct))
    text = distinct.to_arrow(compat_level=pl.CompatLevel.oldest())
    pages = _write_urls(store, part, text, rhost)
    _write_blocks(store, part, rows, order, firsts, text, rhost, pages)
    rows = rows.drop("host", "url").with_columns(u=u, rhost=names.gather(rank)).select(COLUMNS)
    _parquet(file_of(store, part, "sums"), _sums(rows))
    place = rows["setting"].replace_strict(list(part.settings), range(len(part.settings)), return_dtype=pl.Int64)
    rows = rows[np.argsort((place * DAY + rows["moment"] % DAY).to_numpy(), kind="stable")]
    _parquet(file_of(store, part, "place"), rows)
    return part


def _ranks(hosts: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """The place of each row's host among all, sorted from behind; and these."""
    coded = hosts.to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode()
    names = each_backwards(pl.Series(coded.dictionary, dtype=pl.String))
    order = names.arg_sort()
    rank = np.empty(len(names), dtype=np.int64)
    rank[order.to_numpy()] = np.arange(len(names))
    return rank[coded.indices.to_numpy()], names.gather(order)


def _write_urls(store: Store, part: Part, text: pa.Array, rhost: pl.Series) -> np.ndarray:
    """Write the web addresses; gives where the page of each block lies (:data:`blocks.PLACE`)."""
    first = first_url(part.number)
    schema = pa.schema(
        [pa.field("u", pa.int64(), False), pa.field("rhost", pa.large_string(), False),
         pa.field("url", pa.large_string(), False)]
    )  # fmt: skip
    columns = [
        pa.array(np.arange(first, first + len(text))), rhost.to_arrow(compat_level=pl.CompatLevel.oldest()), text
    ]  # fmt: skip
    path = file_of(store, part, "urls")
    said = _parquet(
        path,
        pa.table(columns, schema=schema),
        group=blocks.BLOCK * URL_BLOCKS,
        dictionaries=["rhost"],
        encoding={"u": "DELTA_BINARY_PACKED", "url": "PLAIN"},
        data_page_size=1 << 30,
        max_rows_per_page=blocks.BLOCK,
        write_statistics=["u", "rhost"],
    )
    with path.open("rb") as file:
        groups = (said.row_group(at).column(2) for at in range(said.num_row_groups))
        pages = [page for one in groups for page in _pages(file, one.data_page_offset, one.total_compressed_size)]
    return np.array(pages, dtype=blocks.PLACE)


def _pages(file: BinaryIO, start: int, length: int) -> Iterator[tuple[int, int]]:
    """Where the packed values of each page of a column lie, and their length.

    Parquet has an index of pages, but Python is not told it. Each page has a header (Thrift's compact form) that begins
    with three numbers: which kind of page, how long it is plain, how long packed. Raises ValueError for another form.
    """
    at = start
    while at < start + length:
        file.seek(at)
        header = file.read(PAGE_HEADER)
        *_, packed = _numbers_at_begin(header, 3)
        at += header.index(FRAME)
        yield at, packed
        at += packed
    if at != start + length:
        raise ValueError("The pages of the web addresses do not lie as they should.")


def _numbers_at_begin(header: bytes, count: int) -> list[int]:
    """The first numbers of a record in Thrift's compact form: seven bits a byte, the lowest first; the sign last."""
    numbers, at = [], 0
    for _ in range(count):
        at, number, shift = at + 1, 0, 0  # over the byte that says which field it is
        while True:
            number |= (header[at] & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if header[at - 1] < 0x80:
                break
        numbers.append(number >> 1)
    return numbers


def _write_blocks(
    store: Store,
    part: Part,
    rows: pl.DataFrame,
    order: np.ndarray,
    firsts: np.ndarray,
    text: pa.Array,
    rhost: pl.Series,
    pages: np.ndarray,
) -> None:
    """Write the rows once more, in the order of their web addresses."""
    offsets = np.frombuffer(text.buffers()[1], dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    ends = offsets[np.append(np.arange(blocks.BLOCK, len(text), blocks.BLOCK), len(text))] - offsets[0]
    values = np.frombuffer(text.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    address, addresses = _numbered(rows["address"])
    segments = rows.select("segment", "setting").unique().sort("segment")
    numbers = rows["segment"].replace_strict(segments["segment"], range(len(segments)), return_dtype=pl.UInt32)
    laid = blocks.Laid(
        rows=rows.with_columns(pl.col("moment") - part.day * DAY, address=address, segment=numbers),
        order=order,
        firsts=firsts,
        lengths=np.diff(offsets),
        hosts=rhost.gather_every(blocks.BLOCK).to_list(),
        pages=pages,
        segments=segments["segment"].to_list(),
        settings=segments["setting"].to_list(),
        addresses=addresses,
        grams=grams.table(values, ends),
    )
    path = file_of(store, part, "host")
    with path.open("wb") as file:
        blocks.write(file, laid)


def _numbered(addresses: pl.Series) -> tuple[pl.Series, list[str] | None]:
    """Addresses as numbers: IPv4's own, or where there are others, their places in a list."""
    if addresses.str.len_bytes().max() == IPV4:
        return addresses.str.to_integer(base=16, dtype=pl.UInt32), None
    distinct = addresses.unique().sort()
    return addresses.replace_strict(distinct, range(len(distinct)), return_dtype=pl.UInt32), distinct.to_list()


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    hour = (pl.col("moment") // HOUR * HOUR).alias("moment")
    return rows.group_by(hour, "setting", "category", "blocked").agg(n=pl.len().cast(pl.Int64)).sort(
        "setting", "moment", "category", "blocked"
    )  # fmt: skip


def _parquet(
    path: Path,
    table: pa.Table | pl.DataFrame,
    *,
    group: int = ROW_GROUP,
    dictionaries: list[str] = DICTIONARIES,
    encoding: dict[str, str] = DELTAS,
    **more: Any,
) -> pq.FileMetaData:
    if isinstance(table, pl.DataFrame):
        table = table.to_arrow(compat_level=pl.CompatLevel.oldest())
    written: list[pq.FileMetaData] = []
    pq.write_table(
        table,
        path,
        version="1.0",
        compression="zstd",
        compression_level=1,
        row_group_size=group,
        use_dictionary=[name for name in table.column_names if name in dictionaries],
        column_encoding={name: how for name, how in encoding.items() if name in table.column_names},
        store_schema=False,
        metadata_collector=written,
        **more,
    )
    return written[0]
