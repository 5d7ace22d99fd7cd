"""What goes into the archive and comes out of it: plain values, light to load, that pass between processes."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import zstandard

from .formats import Columns

SEGMENT = 64_000_000  # bytes of plain lines at most
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
LEAST_KEPT = 92  # days: three months


@dataclass(frozen=True)
class Keys:
    """The keys that seal evidence, by number; made from Safeboard's own so that none is used for two things."""

    newest: Callable[[], int]
    sealing: Callable[[int], bytes]

    def key(self, number: int) -> bytes:
        """The key of that number. Raises KeyError where it is missing."""
        return hmac.new(self.sealing(number), b"safeboard sitelogs evidence", hashlib.sha256).digest()


@dataclass(frozen=True)
class Known:
    """What is kept of a setting: by which clock its logs are written, its columns, how long lines are kept (days)."""

    zone: str = ""
    columns: Columns | None = None
    keep: int = LEAST_KEPT


@dataclass(frozen=True)
class Held:
    """What the archive holds of a setting. Times are None where no line could be read."""

    setting: str
    lines: int
    unreadable: int
    bytes: int
    first: datetime | None
    last: datetime | None
    segments: tuple[int, ...]


@dataclass(frozen=True)
class LookedOver:
    """How lines read that are not taken in: how many, of how many, the first of them, and what was wrong with which."""

    readable: int
    tried: int
    rows: list[dict[str, Any]]
    wrong: list[tuple[int, str]]


@dataclass(frozen=True)
class Fault:
    """What does not hold. ``segment`` is "" where it is the manifest or the index."""

    segment: str
    why: str


class NeedsZone(ValueError):
    """The log writes the time of the place, and nobody said by which clock."""


@dataclass
class Source:
    """Lines to take in: a file by its path, or what somebody sent; gzip and zstd are unpacked."""

    setting: str
    file: Path | BinaryIO
    name: str = ""
    form: str = "auto"
    zone: str = ""
    columns: Columns | None = None

    def size(self) -> int:
        """About how many plain bytes these are."""
        if not isinstance(self.file, Path):
            return SEGMENT
        with self.file.open("rb") as file:
            packed = file.read(4)
        return self.file.stat().st_size * (12 if packed.startswith((GZIP, ZSTD)) else 1)


@dataclass
class Report:
    """What came of a source, to be told to whoever gave it. ``again`` counts segments that were there already."""

    setting: str
    name: str
    form: str = ""
    sample: tuple[int, int] = (0, 0)
    lines: int = 0
    rows: int = 0
    remarks: int = 0
    doubtful: int = 0
    unreadable: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    again: int = 0
    bytes: int = 0


def opened(source: Source) -> BinaryIO:
    """The plain bytes of a source."""
    raw = source.file.open("rb") if isinstance(source.file, Path) else source.file
    buffered = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, raw))) if not hasattr(raw, "peek") else raw
    begins = buffered.peek(4)[:4]  # type: ignore[attr-defined]
    if begins.startswith(GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=buffered))
    if begins == ZSTD:
        return cast(
            BinaryIO, zstandard.ZstdDecompressor().stream_reader(cast(IO[bytes], buffered), read_across_frames=True)
        )
    return buffered
