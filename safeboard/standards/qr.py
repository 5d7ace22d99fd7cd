"""A public address as a code that a telephone reads, drawn here: nothing is asked of anybody else."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # empty modules around the code, as ISO/IEC 18004 wants them


@dataclass(frozen=True)
class Code:
    """The code as a path of unit squares in a box of ``size`` units."""

    size: int
    path: str


def code_of(address: str) -> Code:
    """The code of an address, with a quarter of it to spare where the poster gets torn or dirty."""
    rows = segno.make(address, error="q", micro=False).matrix
    runs = [
        f"M{start + QUIET} {y + QUIET}h{end - start}v1h-{end - start}z"
        for y, row in enumerate(rows)
        for start, end in _runs(row)
    ]
    return Code(len(rows) + 2 * QUIET, "".join(runs))


def _runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin and end in a row."""
    found, start = [], None
    for x, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x))
            start = None
    return found
