"""A part's rows in the order of their web addresses, in blocks of 256 addresses that are read one by one.

A question for a host or for words needs few rows out of many places. Parquet is made to be read by the column; so the
rows lie here a second time, packed by the block, with what it takes to find a block: the first host of each, and which
of them can hold four letters in a row (:mod:`grams`). The web addresses themselves are the pages of the part's
``urls`` file, of which this file says where they lie. One file for each part::

    for each block: the length of each address and how many rows it has; the rows (:data:`ROW`), user and reason
    the table of grams, 64 rows of it at a time
    where all that lies, and each block's page in the other file
    what this file is

All is zstd. Numbers lie byte by byte (all first bytes, all second ones, ...), which packs three times as well.
"""

from __future__ import annotations

import json
import os
import struct
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl
import zstandard

from . import grams
from .found import NO_NUMBER, Found, Near

BLOCK = 256  # web addresses
GRAM_ROWS = 64  # of the table of grams that lie together
LEVEL = 1
AT_ONCE = 128  # blocks that are unpacked together
TAIL = struct.Struct("<QII")
PREFIX = 4  # bytes before each web address in a page: its length
PLACE = np.dtype([("offset", "<u8"), ("length", "<u8")])  # where something packed lies in its file
ROW = np.dtype([("moment", "<u4"), ("segment", "<u4"), ("line", "<u4"), ("address", "<u4"), ("how", "<u4"),
                ("said", "<u4"), ("bytes", "<i8")])  # fmt: skip
LENGTH = np.dtype("<u4")
SAID = 20  # the byte of a row at which "said" begins: how long user and reason are
HEAD = np.dtype([("length", "<u4"), ("rows", "<u4")])
HOW_SCHEMA = {"method": pl.String, "status": pl.Int16, "category": pl.String, "blocked": pl.Boolean}
HOW = ("method", "status", "category", "blocked")


def _packed(packer: zstandard.ZstdCompressor, numbers: np.ndarray, text: bytes = b"") -> bytes:
    whole = np.ascontiguousarray(numbers).view(np.uint8).reshape(len(numbers), numbers.dtype.itemsize)
    return packer.compress(whole.T.tobytes() + text)


@dataclass
class Laid:
    """Rows to be written, in any order, and in which order they shall lie."""

    rows: pl.DataFrame  # moment (of the day), segment and address (numbers), line, bytes, user, reason, HOW
    order: np.ndarray  # by web address
    firsts: np.ndarray  # the place of each web address's first row in this order
    lengths: np.ndarray  # of each web address, bytes
    hosts: list[str]  # the first of each block, from behind
    pages: np.ndarray  # where in the urls file each block's page lies: PLACE
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
    frames = np.empty(len(lies) - 1, dtype=PLACE)
    frames["offset"], frames["length"] = lies[:-1], np.diff(lies)
    places = packer.compress(np.concatenate([frames, laid.pages]).tobytes())
    about = {
        "block": BLOCK,
        "blocks": len(laid.pages),
        "hosts": "\n".join(laid.hosts),
        "segments": laid.segments,
        "settings": laid.settings,
        "addresses": laid.addresses,
        "hows": hows.rows(),
    }
    body = packer.compress(json.dumps(about).encode())
    file.write(places + body + TAIL.pack(lies[-1], len(places), len(body)))


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
    """A part's file, opened. It stays right when the size of a block is another one day: each file says its own."""

    def __init__(self, path: Path, urls: Path) -> None:
        self.path, self.pages_path = path, urls
        with path.open("rb") as file:
            file.seek(-TAIL.size, 2)
            offset, *lengths = TAIL.unpack(file.read())
            file.seek(offset)
            places, about = (zstandard.decompress(file.read(length)) for length in lengths)
        said = json.loads(about)
        self.block: int = said["block"]
        self.count: int = said["blocks"]
        self.hosts: str = said["hosts"]  # in one text: an archive has very many
        self.segments: list[int] = said["segments"]
        self.settings: list[str] = said["settings"]
        self.addresses: list[str] | None = said["addresses"]
        self.hows = pl.DataFrame(said["hows"], schema=HOW_SCHEMA, orient="row")
        every = np.frombuffer(places, dtype=PLACE)
        self.lies, self.pages = every[: -self.count], every[-self.count :]

    def __len__(self) -> int:
        return self.count

    # Which blocks -------------------------------------------------------------------------------------------------

    def of_hosts(self, first: str, last: str) -> range:
        """The blocks that can hold hosts from the first to the last (from behind), both counted."""
        hosts = self.hosts.split("\n")
        return range(max(0, bisect_left(hosts, first) - 1), bisect_right(hosts, last))

    def of_words(self, words: str) -> list[int]:
        """The blocks that can hold the words."""
        held = np.full(-(-len(self) // 8), 255, dtype=np.uint8)
        for rows in grams.rows_of(words):
            held &= np.bitwise_or.reduce(self._grams(rows))
        return np.flatnonzero(np.unpackbits(held)[: len(self)]).tolist()

    def _grams(self, rows: np.ndarray) -> np.ndarray:
        together, at = np.unique(rows // GRAM_ROWS, return_inverse=True)
        plain, _ = _unpacked(self.path, self.lies[2 * len(self) + together])
        return np.frombuffer(plain, dtype=np.uint8).reshape(len(together), GRAM_ROWS, -1)[at, rows % GRAM_ROWS]

    def share(self, blocks: Sequence[int]) -> float:
        """About which share of the part's rows lies in some blocks, by the room that they take."""
        room = self.lies["length"][1 : 2 * len(self) : 2]
        return float(room[list(blocks)].sum() / max(1, room.sum()))

    # What is in them ----------------------------------------------------------------------------------------------

    def urls(self, wanted: np.ndarray) -> list[bytes]:
        """Some of the part's web addresses, by their places in it, which rise."""
        found: list[bytes] = []
        for some in np.split(wanted, _changes(wanted // (self.block * AT_ONCE))):
            blocks, of = np.unique(some // self.block, return_inverse=True)
            pages, begins = _unpacked(self.pages_path, self.pages[blocks])
            heads, counts = self._heads(blocks)
            ends = _ends(heads["length"] + PREFIX, counts, begins)
            at = _firsts(counts)[of] + some % self.block
            found += _pieces(pages, ends[at], heads["length"][at])
        return found

    def _heads(self, blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The length of each address of some blocks and how many rows it has; and how many addresses each has."""
        plain, begins = _unpacked(self.path, self.lies[2 * blocks])
        counts = np.diff(begins) // HEAD.itemsize
        return _numbers(plain, begins[:-1], counts, HEAD), counts

    def take(self, blocks: np.ndarray, found: Found, near: Near, begin: int, first: int) -> None:
        """Add the rows of some blocks to those found, but for those whose web address cannot be meant.

        ``begin``: the milliseconds at which the part's day begins; ``first``: the number of its first web address.
        """
        pages, begins = _unpacked(self.pages_path, self.pages[blocks])
        hits = near.hits(pages)
        if hits is not None:
            hit = near.spread(np.searchsorted(begins, hits, side="right") - 1)
            blocks, begins = blocks[hit], begins[hit]
        if not len(blocks):
            return
        heads, counts = self._heads(blocks)
        ends = _ends(heads["length"] + PREFIX, counts, begins)
        places = np.arange(len(ends))
        if hits is not None:
            places = near.spread(np.searchsorted(ends - heads["length"], hits, side="right") - 1)
        number_of = np.full(len(ends), -1, dtype=np.int64)
        number_of[places] = np.arange(len(found.urls), len(found.urls) + len(places))
        found.urls += _pieces(pages, ends[places], heads["length"][places])
        u = np.arange(len(ends)) + np.repeat(blocks * self.block - _firsts(counts), counts)
        found.u.append(u[places] + first)
        rows = np.add.reduceat(heads["rows"].astype(np.int64), _firsts(counts))
        self._take_rows(blocks, rows, np.repeat(number_of, heads["rows"]), found, begin)

    def _take_rows(self, blocks: np.ndarray, counts: np.ndarray, of: np.ndarray, found: Found, begin: int) -> None:
        """Add those rows of some blocks that are of a web address found."""
        segment, address, how = found.bases(self)
        plain, begins = _unpacked(self.path, self.lies[2 * blocks + 1])
        begins = begins[:-1]
        said = _numbers(plain, begins + counts * SAID, counts, LENGTH)
        said_ends = _ends(said, counts, begins + counts * ROW.itemsize)
        wanted = np.flatnonzero(of >= 0)
        numbers = _numbers(plain, begins, counts, ROW, wanted)
        found.said += _pieces(plain, said_ends[wanted], said[wanted])
        found.moments.append(numbers["moment"].astype(np.int64) + begin)
        found.listed.append(np.full(len(wanted), address, dtype=np.int64))
        numbers["segment"] += np.uint32(segment)
        numbers["how"] += np.uint32(how)
        found.numbers.append(numbers)
        found.of.append(of[wanted])


# Lists that lie one after the other: ``counts`` says how long each is, ``begins`` where in the plain bytes it begins.


def _firsts(counts: np.ndarray) -> np.ndarray:
    """The place of each list's first element among all."""
    return np.cumsum(counts) - counts


def _changes(values: np.ndarray) -> np.ndarray:
    """Where a value is another than the one before."""
    return np.flatnonzero(np.diff(values)) + 1


def _ends(lengths: np.ndarray, counts: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Where pieces of these lengths end that follow each other from where their list begins."""
    ends = np.cumsum(lengths, dtype=np.int64)
    return ends + np.repeat(begins[: len(counts)] - np.append(0, ends)[_firsts(counts)], counts)


def _numbers(
    plain: bytes, begins: np.ndarray, counts: np.ndarray, kind: np.dtype, wanted: np.ndarray | None = None
) -> np.ndarray:
    """The numbers of some lists that lie byte by byte; of all, or of some places among all."""
    at, apart = np.arange(counts.sum()) + np.repeat(begins - _firsts(counts), counts), np.repeat(counts, counts)
    if wanted is not None:
        at, apart = at[wanted], apart[wanted]
    text, found = np.frombuffer(plain, dtype=np.uint8), np.empty((len(at), kind.itemsize), dtype=np.uint8)
    for byte in range(kind.itemsize):
        found[:, byte] = text[at]
        at = at + apart
    return found.view(kind).ravel()


def _pieces(text: bytes, ends: np.ndarray, lengths: np.ndarray) -> list[bytes]:
    return [text[start:end] for start, end in zip((ends - lengths).tolist(), ends.tolist(), strict=True)]


_own = threading.local()


def _unpacked(path: Path, places: np.ndarray) -> tuple[bytes, np.ndarray]:
    """What is packed at some places of a file, unpacked and one after the other; and where each begins, and the end.

    The file is open only meanwhile: an archive has more files than a process may hold open. Each thread keeps its own
    unpacker, for to make one takes as long as to unpack a block.
    """
    if not hasattr(_own, "unpacker"):
        _own.unpacker = zstandard.ZstdDecompressor()
    file = os.open(path, os.O_RDONLY)
    try:
        pieces = [_own.unpacker.decompress(os.pread(file, length, offset)) for offset, length in places.tolist()]
    finally:
        os.close(file)
    return b"".join(pieces), np.append(0, np.cumsum([len(piece) for piece in pieces]))
