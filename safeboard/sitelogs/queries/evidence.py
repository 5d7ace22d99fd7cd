"""What proves an answer: its raw lines, and what the manifest says of the segments that they lie in."""

from __future__ import annotations

from collections.abc import Iterable

from .. import engine
from ..archive import Row


def evidence_of(rows: Iterable[Row]) -> dict[str, bytes]:
    """Files by path: each segment's lines of the answer as they came, their numbers, and its line of the manifest.

    The manifest's other lines speak of other filters, and perhaps of other agencies: they are not given away.
    """
    archive = engine.archive()
    by_segment: dict[str, list[Row]] = {}
    for row in rows:
        by_segment.setdefault(row.segment, []).append(row)
    files: dict[str, bytes] = {}
    for segment, found in sorted(by_segment.items()):
        lines = sorted(found, key=lambda row: row.line)
        files[f"lines/{segment}.log"] = b"".join(archive.raw(row) + b"\n" for row in lines)
        files[f"lines/{segment}.numbers.txt"] = "".join(f"{row.line}\n" for row in lines).encode()
    files["segments.jsonl"] = b"".join(engine.manifest_lines(by_segment))
    return files
