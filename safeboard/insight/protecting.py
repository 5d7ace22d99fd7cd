"""From true counts to what a board may see.

The three tables of a quarter share their total, so they are suppressed together. The reader is granted to know every
count of agencies that sit in other boards too, and the rounded total of the quarter while it ran: each hidden figure
stays open among the board's own agencies, whatever other boards release (docs/adr/0004-figures-are-released.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from safeboard.documents.protection import FAR, Figure, State, protect
from safeboard.documents.suppression import NEAREST, THRESHOLD, Count, build, publish, rounded

from .counting import Line

Tables = Mapping[str, Sequence[Line]]
Plain = int | str
Window = tuple[int, int]


def plain(count: Count) -> Plain:
    """A figure as it is kept: a number, or the sign in its place."""
    return count.shown if count.value is None else count.value


def released(tables: Tables, before: Plain | None) -> dict[str, Any] | None:
    """The tables of a quarter as they may be seen; None where a small count would show whatever else is hidden.

    ``before`` is the rounded total that was last shown while the quarter ran, None where none was.
    """
    cells = [[[line.count] for line in lines] for lines in tables.values()]
    net = build(cells, row_totals=False, column_totals=True, threshold=THRESHOLD)
    for table, lines in zip(net.tables, tables.values(), strict=True):
        for row, line in zip(table, lines, strict=False):
            _grant(row[0], line.threshold, (line.shared, FAR))
    whole = net.tables[0][-1][0]
    shared = sum(line.shared for line in next(iter(tables.values())))
    low, high = window(before)
    _grant(whole, THRESHOLD, (max(shared, low), high if whole.value <= high else FAR))
    exposed, told = protect(net)
    if exposed:
        return None
    seen = [publish(net, place, rows, told) for place, rows in enumerate(cells)]
    found: dict[str, Any] = {"total": plain(seen[0].column_totals[0]) if seen[0].column_totals else ":"}
    for name, lines, table in zip(tables, tables.values(), seen, strict=True):
        found[name] = [[line.id, plain(row[0])] for line, row in zip(lines, table.rows, strict=True)]
    return found


def _grant(figure: Figure, threshold: int, known: Window) -> None:
    """Give a figure its own threshold, and grant the reader what is known of it from elsewhere."""
    figure.threshold, figure.known = threshold, known
    if 1 <= figure.value <= threshold:
        figure.state = State.SMALL


def window(before: Plain | None) -> Window:
    """What a rounded total that was shown while the quarter ran says of its final total."""
    if not isinstance(before, int):
        return (1, THRESHOLD) if before == "c" else (0, FAR)
    if before == 0:
        return 0, 0
    return max(THRESHOLD + 1, before - NEAREST // 2), before + NEAREST // 2 - 1


def roughly(lines: Sequence[Line]) -> list[list[Plain]]:
    """Counts of a day to the nearest 10, small ones hidden. There is no total: nothing can be subtracted."""
    return [[line.id, plain(about(line.count))] for line in lines]


def about(count: Any) -> Count:
    """One count to the nearest 10."""
    return rounded(count)
