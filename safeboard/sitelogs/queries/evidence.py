"""What proves an answer: its raw lines, and what the manifest says of the segments that they lie in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..archive import Row


def evidence_of(answer: Any, rows: Iterable[Row]) -> dict[str, bytes]:
    """Files by path: ``lines/SEGMENT.txt`` with a segment's lines as they came, their numbers, and the manifest."""
    by_segment: dict[str, list[Row]] = {}
    for row in rows:
        by_segment.setdefault(row.segment, []).append(row)
    files: dict[str, bytes] = {}
    for segment, found in sorted(by_segment.items()):
        lines = sorted(found, key=lambda row: row.line)
        raw = [_bytes(answer.raw(row)) for row in lines]
        files[f"lines/{segment}.log"] = b"\n".join(raw) + b"\n"
        files[f"lines/{segment}.numbers.txt"] = "".join(f"{row.line}\n" for row in lines).encode()
    manifest = [one for one in answer.segments() if _name(one) in by_segment]
    files["segments.jsonl"] = b"".join(_json(one) for one in manifest)
    return files


def _bytes(raw: bytes | str) -> bytes:
    return raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape")


def _name(one: Any) -> str:
    return str(one["segment"] if isinstance(one, dict) else one.segment)


def _json(one: Any) -> bytes:
    kept = one if isinstance(one, dict) else vars(one)
    return json.dumps(kept, sort_keys=True, default=str).encode() + b"\n"
