"""A part's rows in the order of their web addresses, in blocks of 1,024 addresses that are read one by one.

A question for a host or for words needs few rows out of many places. Parquet is made to be read by the column; so the
rows lie here a second time, packed by the block, with what it takes to find a block: the first host of each, and which
of them can hold four letters in a row (:mod:`grams`). The web addresses themselves are the row groups of the part's
``urls`` file, one page each, of which this file says where they begin. One file for each part::

    for each block: the length of each address and how many rows it has; the rows (:data:`ROW`), user and reason
    the table of grams, 64 rows of it at a time
    what this file is, and where all that lies

All is zstd. Numbers lie byte by byte (all first bytes, all second ones, ...), which packs three times as well.
"""

from __future__ import annotations

import json
import os
import struct
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl
import zstandard

from . import grams
from .found import NO_NUMBER, Found, Near

BLOCK = 1024  # web addresses
GRAM_ROWS = 64  # of the table of grams that lie together
LEVEL = 1
TAIL = struct.Struct("<QI")
PREFIX = 4  # bytes before each web address in a page: its length
FRAME = b"\x28\xb5\x2f\xfd"  # how zstd begins
ROW = np.dtype([("moment", "<u4"), ("segment", "<u4"), ("line", "<u4"), ("address", "<u4"), ("how", "<u4"),
                ("said", "<u4"), ("bytes", "<i8")])  # fmt: skip
SAID = slice(20, 24)  # the bytes of "said": how long user and reason are
HEAD = np.dtype([("length", "<u4"), ("rows", "<u4")])
HOW_SCHEMA = {"method": pl.String, "status": pl.Int16, "category": pl.String, "blocked": pl.Boolean}
HOW = ("method", "status", "category", "blocked")


def _packed(packer: zstandard.ZstdCompressor, numbers: np.ndarray, text: bytes = b"") -> bytes:
    whole = np.ascontiguousarray(numbers).view(np.uint8).reshape(len(numbers), numbers.dtype.itemsize)
    return packer.compress(whole.T.tobytes() + text)


def _bytewise(plain: bytes, count: int, kind: np.dtype) -> np.ndarray:
    """The numbers byte by byte: one row for each byte of the kind."""
    return np.frombuffer(plain, dtype=np.uint8, count=count * kind.itemsize).reshape(kind.itemsize, count)


def _numbers(bytewise: np.ndarray, kind: np.dtype) -> np.ndarray:
    return np.ascontiguousarray(bytewise.T).view(kind).ravel()


@dataclass
class Laid:
    """Rows to be written, in any order, and in which order they shall lie."""

    rows: pl.DataFrame  # moment (of the day), segment and address (numbers), line, bytes, user, reason, HOW
    order: np.ndarray  # by web address
    firsts: np.ndarray  # the place of each web address's first row in this order
    lengths: np.ndarray  # of each web address, bytes
    hosts: list[str]  # the first of each block, from behind
    pages: list[tuple[int, int]]  # where in the urls file each block's page lies, and its length
    segments: list[int]
    settings: list[str]  # of each segment
    addresses: list[str] | None  # what the numbers of addresses stand for; None: the numbers are IPv4 addresses
    grams: np.ndarray


def write(file: BinaryIO, laid: Laid) -> None:
    """Write a part's file."""
    packer = zstandard.ZstdCompressor(level=LEVEL)
    numbers, hows = _numbers_of(laid.rows)
    numbers, count = numbers[laid.order], len(numbers)
    letters, ends = _said(laid.rows, laid.order)
    numbers["said"] = np.diff(ends)
    heads = np.empty(len(laid.lengths), dtype=HEAD)
    heads["length"], heads["rows"] = laid.lengths, np.diff(np.append(laid.firsts, count))
    lies = [0]

    def put(body: bytes) -> None:
        file.write(body)
        lies.append(lies[-1] + len(body))

    for start in range(0, len(heads), BLOCK):
        first = laid.firsts[start]
        last = laid.firsts[start + BLOCK] if start + BLOCK < len(heads) else count
        put(_packed(packer, heads[start : start + BLOCK]))
        put(_packed(packer, numbers[first:last], bytes(letters[ends[first] : ends[last]])))
    for start in range(0, grams.ROWS, GRAM_ROWS):
        put(packer.compress(laid.grams[start : start + GRAM_ROWS].tobytes()))
    about = {
        "urls": len(heads),
        "hosts": laid.hosts,
        "segments": laid.segments,
        "settings": laid.settings,
        "addresses": laid.addresses,
        "hows": hows.rows(),
        "lies": lies,
        "pages": laid.pages,
    }
    body = packer.compress(json.dumps(about).encode())
    file.write(body + TAIL.pack(lies[-1], len(body)))


def _numbers_of(rows: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame]:
    """What of the rows is numbers, and which methods, states, categories and blocks their ``how`` stands for."""
    hows = rows.select(HOW).unique(maintain_order=True)
    how = rows.select(HOW).join(hows.with_row_index("how"), on=HOW, how="left", nulls_equal=True, maintain_order="left")
    numbers = np.empty(len(rows), dtype=ROW)
    for name in ("moment", "segment", "line", "address"):
        numbers[name] = rows[name].to_numpy()
    numbers["how"], numbers["bytes"] = how["how"].to_numpy(), rows["bytes"].fill_null(NO_NUMBER).to_numpy()
    return numbers, hows


def _said(rows: pl.DataFrame, order: np.ndarray) -> tuple[memoryview, np.ndarray]:
    """User and reason of each row as one text, in this order, and where each ends (and the first begins)."""
    said = rows.select(pl.concat_str("user", pl.lit("\0"), "reason")).to_series().gather(order)
    text = said.to_arrow(compat_level=pl.CompatLevel.oldest())
    return memoryview(text.buffers()[2]), np.frombuffer(text.buffers()[1], dtype=np.int64)[: len(said) + 1]


class Blocks:
    """A part's file, opened."""

    def __init__(self, path: Path, urls: Path) -> None:
        self.path, self.pages_path = path, urls
        self._held = threading.local()
        offset, length = TAIL.unpack(self._read(path, path.stat().st_size - TAIL.size, TAIL.size))
        about = json.loads(_unpacked(self._read(path, offset, length)))
        self.count: int = about["urls"]
        self.hosts: list[str] = about["hosts"]
        self.segments: list[int] = about["segments"]
        self.settings: list[str] = about["settings"]
        self.addresses: list[str] | None = about["addresses"]
        self.hows = pl.DataFrame(about["hows"], schema=HOW_SCHEMA, orient="row")
        self.lies: list[int] = about["lies"]
        self.pages: list[tuple[int, int]] = about["pages"]

    def __len__(self) -> int:
        return len(self.hosts)

    @contextmanager
    def held_open(self) -> Iterator[None]:
        """Keep the two files open in this thread, for many blocks. Else they are opened each time: an archive has more
        files than a process may hold open.
        """
        with self.path.open("rb", buffering=0) as rows, self.pages_path.open("rb", buffering=0) as pages:
            self._held.files = {self.path: rows.fileno(), self.pages_path: pages.fileno()}
            try:
                yield
            finally:
                del self._held.files

    def _read(self, path: Path, offset: int, length: int) -> bytes:
        if held := getattr(self._held, "files", None):
            return os.pread(held[path], length, offset)
        file = os.open(path, os.O_RDONLY)
        try:
            return os.pread(file, length, offset)
        finally:
            os.close(file)

    # Which blocks -------------------------------------------------------------------------------------------------

    def of_hosts(self, first: str, last: str) -> range:
        """The blocks that can hold hosts from the first to the last (from behind), both counted."""
        return range(max(0, bisect_left(self.hosts, first) - 1), bisect_right(self.hosts, last))

    def of_words(self, words: str) -> list[int]:
        """The blocks that can hold the words."""
        held = np.full(-(-len(self) // 8), 255, dtype=np.uint8)
        for rows in grams.rows_of(words):
            held &= np.bitwise_or.reduce([self._grams(int(row)) for row in rows])
        return np.flatnonzero(np.unpackbits(held)[: len(self)]).tolist()

    def _grams(self, row: int) -> np.ndarray:
        plain = np.frombuffer(self._body(2 * len(self) + row // GRAM_ROWS), dtype=np.uint8)
        return plain.reshape(GRAM_ROWS, -1)[row % GRAM_ROWS]

    def share(self, blocks: Sequence[int]) -> float:
        """About which share of the part's rows lies in some blocks, by the room that they take."""
        lies = self.lies
        return sum(lies[2 * block + 2] - lies[2 * block + 1] for block in blocks) / max(1, lies[2 * len(self)])

    # What is in them ----------------------------------------------------------------------------------------------

    def _body(self, at: int) -> bytes:
        return _unpacked(self._read(self.path, self.lies[at], self.lies[at + 1] - self.lies[at]))

    def page(self, block: int) -> bytes:
        """A block's web addresses as they lie in their page: each after four bytes that say its length."""
        offset, length = self.pages[block]
        body = self._read(self.pages_path, offset, length)
        return _unpacked(body[body.index(FRAME) :])

    def _heads(self, block: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where in the page each of a block's addresses begins and ends, and how many rows it has."""
        plain = self._body(2 * block)
        heads = _numbers(_bytewise(plain, len(plain) // HEAD.itemsize, HEAD), HEAD)
        lengths = heads["length"].astype(np.int64)
        ends = np.cumsum(lengths + PREFIX)
        return ends - lengths, ends, heads["rows"]

    def urls(self, block: int, wanted: np.ndarray) -> list[bytes]:
        """Some of a block's web addresses, by their places in it."""
        page, (starts, ends, _) = self.page(block), self._heads(block)
        return [page[start:end] for start, end in zip(starts[wanted].tolist(), ends[wanted].tolist(), strict=True)]

    def take(self, block: int, found: Found, near: Near, begin: int, first: int) -> None:
        """Add a block's rows to those found, but for those whose web address cannot be meant.

        ``begin``: the milliseconds at which the part's day begins; ``first``: the number of its first web address.
        """
        page = self.page(block)
        hits = near.hits(page)
        if hits is not None and not hits:
            return
        starts, ends, rows = self._heads(block)
        places = np.arange(len(starts)) if hits is None else np.unique(np.searchsorted(starts, hits, side="right") - 1)
        places = places[places >= 0]
        if near.together and hits is not None and len(places):
            places = np.arange(places[0], places[-1] + 1)
        number_of = np.full(len(starts), -1, dtype=np.int64)
        number_of[places] = np.arange(len(found.urls), len(found.urls) + len(places))
        found.urls += [
            page[start:end] for start, end in zip(starts[places].tolist(), ends[places].tolist(), strict=True)
        ]
        found.u.append(places + (block * BLOCK + first))
        of = np.repeat(number_of, rows)
        self._take_rows(self._body(2 * block + 1), of, found, begin)

    def _take_rows(self, plain: bytes, of: np.ndarray, found: Found, begin: int) -> None:
        segment, address, how = found.bases(self)
        bytewise = _bytewise(plain, len(of), ROW)
        said = np.cumsum(_numbers(bytewise[SAID], np.dtype("<u4"))) + len(of) * ROW.itemsize
        wanted = np.flatnonzero(of >= 0)
        numbers = _numbers(bytewise[:, wanted], ROW)
        ends = said[wanted]
        found.said += [
            plain[start:end] for start, end in zip((ends - numbers["said"]).tolist(), ends.tolist(), strict=True)
        ]
        found.moments.append(numbers["moment"].astype(np.int64) + begin)
        found.listed.append(np.full(len(wanted), address, dtype=np.int64))
        numbers["segment"] += np.uint32(segment)
        numbers["how"] += np.uint32(how)
        found.numbers.append(numbers)
        found.of.append(of[wanted])


_own = threading.local()


def _unpacked(body: bytes) -> bytes:
    """Unpacked; each thread keeps its own unpacker, for to make one takes as long as to unpack a block."""
    if not hasattr(_own, "unpacker"):
        _own.unpacker = zstandard.ZstdDecompressor()
    plain: bytes = _own.unpacker.decompress(body)
    return plain
