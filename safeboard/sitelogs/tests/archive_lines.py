"""Made-up lines of logs, and an archive in a folder, for the tests of the archive."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from safeboard.sitelogs.archive import Archive, Keys, Report, Source

START = 1_772_442_000  # 2 March 2026, nine o'clock UTC, a Monday
KEYS = Keys(lambda: 1, lambda number: bytes([number]) * 32)


def squid(
    url: str, *, at: float = START, address: str = "10.1.2.3", code: str = "TCP_MISS/200", user: str = "-"
) -> str:
    """A line as Squid writes it."""
    return f"{at:.3f}    120 {address} {code} 512 GET {url} {user} HIER_DIRECT/203.0.113.7 text/html"


def e2guardian(url: str, *, at: str = "2026.03.02 09:00:00", what: str = "-", category: str = "-") -> str:
    """A line of e2guardian's CSV."""
    cells = [
        at,
        "pupil7",
        "10.1.2.4",
        url,
        what,
        "GET",
        "900",
        "0",
        category,
        "1",
        "200",
        "text/html",
        "-",
        "pupils",
        "x",
    ]
    return ",".join(f'"{cell}"' for cell in cells)


def archive_in(folder: Path) -> Archive:
    """An archive in a folder."""
    return Archive(folder, KEYS)


def take(
    archive: Archive, lines: Iterable[str] | bytes, setting: str = "oak", zone: str = "", **given: object
) -> Report:
    """Take lines in for a setting."""
    plain = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
    return archive.ingest([Source(setting, io.BytesIO(plain), zone=zone, **given)])[0]  # type: ignore[arg-type]
