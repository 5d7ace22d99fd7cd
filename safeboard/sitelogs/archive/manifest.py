"""The list of all segments: one line of JSON for each, every line bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

BEGINNING = "0" * 64


class BrokenManifest(Exception):
    """The manifest is not what was written; the text names the first wrong line."""


@dataclass(frozen=True)
class Segment:
    """What the manifest says of a segment. Times are milliseconds since 1970; both None where no line could be read."""

    number: int
    setting: str
    sha256: str  # of the plain bytes
    bytes: int
    lines: int
    unreadable: int
    first: int | None
    last: int | None
    form: str
    zone: str
    taken: int
    source: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As rows and people name it."""
        return f"{self.number:08d}"


@dataclass(frozen=True)
class Disposal:
    """A segment that was disposed of: its line stays, its lines are gone."""

    number: int
    disposed: int
    why: str


def digest(line: bytes) -> str:
    """The hash that the next line carries."""
    return hashlib.sha256(line).hexdigest()


class Manifest:
    """The manifest's file, read once and added to. Raises BrokenManifest on opening where the chain is broken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.segments: dict[int, Segment] = {}
        self.disposed: dict[int, Disposal] = {}
        self.newest = BEGINNING
        self.count = 0
        self._known: set[tuple[str, str]] = set()
        for line in whole_lines(path):
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            before = said.pop("before")
            if before != self.newest:
                raise BrokenManifest(f"Line {self.count + 1} of the manifest does not follow from the line before it.")
            if "disposed" in said:
                gone = Disposal(**said)
                self.disposed[gone.number] = gone
            else:
                segment = Segment(**said)
                self.segments[segment.number] = segment
                self._known.add((segment.setting, segment.sha256))
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenManifest(f"Line {self.count + 1} of the manifest cannot be read.") from error
        self.newest, self.count = digest(line), self.count + 1

    @property
    def next_number(self) -> int:
        return max(self.segments, default=0) + 1

    def kept(self) -> Iterator[Segment]:
        """The segments that are still there, oldest first."""
        return (one for number, one in sorted(self.segments.items()) if number not in self.disposed)

    def has(self, setting: str, sha256: str) -> bool:
        """Whether these very bytes were taken for the setting, even if they were disposed of since."""
        return (setting, sha256) in self._known

    def add(self, *entries: Segment | Disposal) -> str:
        """Write the lines through to the disk and give the newest hash."""
        written = []
        for entry in entries:
            line = json.dumps({**asdict(entry), "before": self.newest}, sort_keys=True, ensure_ascii=False).encode()
            self._take(line)
            written.append(line + b"\n")
        with self.path.open("ab") as file:
            file.write(b"".join(written))
            file.flush()
            os.fsync(file.fileno())
        return self.newest


def whole_lines(path: Path) -> Iterator[bytes]:
    """The lines that were written to their end; one cut off by a crash is left out (and removed by ``mend``)."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def mend(path: Path) -> None:
    """Take away a last line that a crash cut off. Only whoever holds the archive's lock may."""
    if not path.exists():
        return
    text = path.read_bytes()
    end = text.rfind(b"\n") + 1
    if end != len(text):
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
