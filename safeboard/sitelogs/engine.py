"""The one place where the room reaches for the archive: what it says is put into the room's words, and a test can put
another in its place.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import zstandard
from django.conf import settings
from django.utils.translation import gettext as _

from . import archive as box
from .errors import Refused, Stopped
from .models import LogSetting

BEGINNING = 200_000  # bytes of a file that are looked over
LARGEST_PLAIN = 1_000_000_000  # bytes that a file may have once it is unpacked
BLOCK = 1_000_000
WAIT = 20.0  # seconds that a page waits for another that takes lines in
CANNOT_UNPACK = (gzip.BadGzipFile, EOFError, zlib.error, zstandard.ZstdError)


@dataclass(frozen=True)
class Taken:
    """What came of taking a file in: its lines, those that could not be read, and whether it was there already."""

    lines: int
    unreadable: int
    again: bool


def archive() -> Any:
    """The archive of this service's settings: in this process, or in one of its own (ADR 14)."""
    return _apart() if _is_apart() else box.current()


def _is_apart() -> bool:
    return bool(settings.SAFEBOARD_SITELOGS_APART) and settings.SAFEBOARD_SITELOGS_ENGINE != "spark"


def _apart() -> box.Apart:
    return _apart_of(Path(settings.SAFEBOARD_SITELOGS_DIR), Path(settings.SAFEBOARD_KEYS))


@lru_cache(maxsize=1)
def _apart_of(folder: Path, keys: Path) -> box.Apart:
    return box.Apart(folder, keys, gone=_stopped)


def prepare() -> None:
    """Let what searches be loaded beside a web process while somebody still writes their question."""
    if _is_apart():
        _apart().prepare()


def _stopped() -> Stopped:
    return Stopped(
        _(
            "What looks through the filter logs stopped in the middle of its work. Try again: it begins anew, and "
            "nothing is doubled. If it stops again, ask for fewer days, and tell whoever runs this service."
        )
    )


def is_empty() -> bool:
    """Whether nothing was ever kept: then the clocks have nothing to do, and need not load what searches."""
    return not Path(settings.SAFEBOARD_SITELOGS_DIR).exists()


def enrol(log: LogSetting) -> None:
    """Tell the archive by which clock a filter's lines are written, its columns, and how long they are kept."""
    columns = box.Columns(**log.columns) if log.columns else None
    archive().enrol(log.key, zone=log.zone, columns=columns, keep=log.keep_days)


def take_in(log: LogSetting, content: bytes, *, layout: str, columns: Mapping[str, Any] | None = None) -> Taken:
    """Take the bytes of a file in for a filter. Raises Refused, in words, with nothing taken in."""
    _not_too_long(log.key, content)
    try:
        known = box.Columns(**columns) if columns else None
        source = box.Source(log.key, io.BytesIO(content), form=str(layout), zone=log.zone, columns=known)
        report = archive().ingest([source], wait=WAIT)[0]
    except box.Busy as why:
        raise Refused(_("Other lines are being taken in just now. Nothing was lost: try again in a minute.")) from why
    except box.DiskFull as why:
        raise Refused(
            _("There is no room for these lines. Nothing was taken in. Tell whoever runs this service.")
        ) from why
    except (box.UnknownForm, box.WrongColumns, box.NeedsZone) as why:
        raise Refused(str(why)) from why
    return Taken(report.lines, report.unreadable, bool(report.again) and not report.segments)


def _not_too_long(key: str, content: bytes) -> None:
    """Raise Refused where a file cannot be unpacked, or becomes too much."""
    size = 0
    try:
        plain = box.opened(box.Source(key, io.BytesIO(content)))
        while block := plain.read(BLOCK):
            size += len(block)
            if size > LARGEST_PLAIN:
                raise Refused(
                    _("Unpacked, the file has more than 1 GB. Send it in smaller parts; nothing was taken in.")
                )
    except CANNOT_UNPACK as why:
        raise Refused(
            _("The file is packed, and cannot be unpacked: perhaps it was cut off. Nothing was taken in.")
        ) from why


def beginning(content: bytes) -> bytes:
    """The first whole lines of a file, unpacked; nothing where it cannot be unpacked."""
    try:
        plain: bytes = box.opened(box.Source("any", io.BytesIO(content))).read(BEGINNING)
    except CANNOT_UNPACK:
        return b""
    return plain if len(plain) < BEGINNING else plain[: plain.rfind(b"\n") + 1]


def held(key: str) -> dict[str, Any]:
    """What the archive holds of a filter: lines, unreadable, first, last."""
    found = archive().held(key)
    return {"lines": found.lines, "unreadable": found.unreadable, "first": found.first, "last": found.last}


@dataclass(frozen=True)
class Unreadable:
    """A line that could not be read: where it stands, and why."""

    segment: str
    line: int
    why: str


def unreadable(key: str, most: int) -> list[Unreadable]:
    """The lines of a filter that could not be read, newest segment first."""
    return [Unreadable(segment.name, line, why) for segment, line, why in archive().unreadable(key, most)]


def first_fault(segments: Iterable[str | int]) -> str:
    """The first of these segments that does not hold, in words; '' where all do."""
    for fault in archive().verify(list(segments)):
        where = _("Segment %(segment)s") % {"segment": fault.segment} if fault.segment else _("The manifest")
        return f"{where}: {fault.why}"
    return ""


def manifest_lines(segments: Iterable[str]) -> list[bytes]:
    """The manifest's lines about these segments, as they were written."""
    found: list[bytes] = archive().manifest_lines(list(segments))
    return found


@dataclass(frozen=True)
class CameIn:
    """A segment: lines that came in together, of which filter, when, how written, and whether they are kept."""

    name: str
    key: str
    at: datetime
    form: str
    lines: int
    unreadable: int
    kept: bool


def came_in(keys: Iterable[str]) -> list[CameIn]:
    """What came in to these filters, by whatever way, newest first; also what was disposed of since."""
    return [
        CameIn(
            one.name,
            one.setting,
            datetime.fromtimestamp(one.taken / 1000, UTC),
            one.form,
            one.lines,
            one.unreadable,
            kept,
        )
        for one, kept in archive().came_in(list(keys))
    ]


def segments_of(key: str) -> tuple[int, ...]:
    """The segments of a filter that are still kept."""
    found: tuple[int, ...] = archive().held(key).segments
    return found
