"""Statistics that cannot identify a child.

The practice is that of the Department for Education's children-in-need statistics: a count of 1 to 5 that
leaves an agency is shown as `c` (1 to 10 for allegations and sexual harm); where it could be worked out from
totals, others are hidden with it; nought is shown; percentages follow their counts; public totals are rounded
to the nearest 10; `z` means not applicable and `:` not available.

What is promised: a reader who has all that is published and knows the threshold is left with at least two
possible values for every hidden figure. As far as it can be done this holds even for one who is told which
hidden figures were small (`Told`), though nothing published says so. It cannot always: five cells and their
total, all told to be small, leave one way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from .protection import CELL, GRAND, TOTAL, Figure, Net, State, Told, protect

THRESHOLD = 5
SENSITIVE_THRESHOLD = 10
NEAREST = 10


class Reason(Enum):
    """Why there is no figure. It never says whether a hidden count was itself small."""

    SUPPRESSED = "c"
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = ":"


NOT_APPLICABLE = Reason.NOT_APPLICABLE
NOT_AVAILABLE = Reason.NOT_AVAILABLE
Cell = int | Reason | None  # None is the same as NOT_AVAILABLE


class CannotProtect(ValueError):
    """A small count could be worked out whatever is hidden now, because of what is published already."""


@dataclass(frozen=True)
class Count:
    """A figure as it may be seen: what is shown, its value where that may be known, and why where not."""

    shown: str
    value: int | None = None
    reason: Reason | None = None

    def __str__(self) -> str:
        return self.shown

    @property
    def hidden(self) -> bool:
        return self.reason is Reason.SUPPRESSED


SUPPRESSED = Count("c", None, Reason.SUPPRESSED)


@dataclass(frozen=True)
class Percentage:
    shown: str
    value: Decimal | None = None
    reason: Reason | None = None

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class SuppressedTable:
    """A table that may leave the agency: no hidden value is in it. Totals that are not published are None."""

    rows: tuple[tuple[Count, ...], ...]
    row_totals: tuple[Count, ...] | None
    column_totals: tuple[Count, ...] | None
    total: Count | None
    threshold: int = THRESHOLD
    told: Told = Told.ALL

    @property
    def hidden(self) -> int:
        """How many figures are not shown for protection."""
        counts = [c for row in self.rows for c in row]
        counts += [*(self.row_totals or ()), *(self.column_totals or ())]
        return sum(c.hidden for c in counts) + bool(self.total and self.total.hidden)

    def with_rounded_totals(self, nearest: int = NEAREST) -> "SuppressedTable":
        """The same table with its totals rounded, as for the public."""

        def every(counts: tuple[Count, ...] | None) -> tuple[Count, ...] | None:
            return counts and tuple(rounded(c, nearest=nearest) for c in counts)

        return replace(
            self,
            row_totals=every(self.row_totals),
            column_totals=every(self.column_totals),
            total=self.total and rounded(self.total, nearest=nearest),
        )


def shown(value: int) -> Count:
    """A count that needs no protection."""
    return Count(f"{value:,}", value)


def count(value: Cell, *, threshold: int = THRESHOLD) -> Count:
    """One count that stands alone, with no total beside it. ValueError where it is below nought."""
    check([[value]], threshold)
    if value is None or isinstance(value, Reason):
        reason = value or NOT_AVAILABLE
        return Count(reason.value, None, reason)
    return SUPPRESSED if 1 <= value <= threshold else shown(value)


def rounded(value: int | Count, *, nearest: int = NEAREST, threshold: int = THRESHOLD) -> Count:
    """A public total, to the nearest 10, halves upwards. A small one is hidden; a hidden one stays hidden."""
    known = value if isinstance(value, Count) else count(value, threshold=threshold)
    if known.value is None:
        return known
    return shown((known.value + nearest // 2) // nearest * nearest)


def percentage(part: Count, whole: Count, *, places: int = 0) -> Percentage:
    """Part of whole in hundredths, from what is shown only, so that it tells no more than the two counts do.

    Hidden where either is hidden; `z` where the whole is nought.
    """
    for one in (part, whole):
        if one.value is None:
            return Percentage(one.shown, None, one.reason)
    if not whole.value:
        return Percentage("z", None, NOT_APPLICABLE)
    exact = Decimal(100) * Decimal(part.value or 0) / Decimal(whole.value)
    value = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return Percentage(f"{value}%", value)


def suppress_series(values: Sequence[Cell], *, total: bool = True, threshold: int = THRESHOLD) -> SuppressedTable:
    """A single list of counts, with its total (`.total`) or without; the counts are `.rows[0]`."""
    table = suppress_table([values], row_totals=total, column_totals=False, threshold=threshold)
    return replace(table, row_totals=None, total=table.row_totals[0] if table.row_totals else None)


def suppress_table(
    cells: Sequence[Sequence[Cell]],
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    threshold: int = THRESHOLD,
) -> SuppressedTable:
    """Hide small counts and whatever would give them away.

    `cells` are true counts, row by row, without totals, which are worked out here. ValueError for rows
    of unequal length, numbers below nought, or a threshold under 2.
    """
    one = suppress_linked([cells], row_totals=row_totals, column_totals=column_totals, threshold=threshold)
    return one[0]


def suppress_linked(
    tables: Sequence[Sequence[Sequence[Cell]]],
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    threshold: int = THRESHOLD,
) -> list[SuppressedTable]:
    """Several tables of the same matters counted in different ways, under the same column totals.

    For instance by kind and by agency, both in columns by quarter. The totals are hidden in all or in none.
    Where two tables differ in a column total ValueError says which: one leaves something out or counts it
    twice.
    """
    net = build(tables, row_totals=row_totals, column_totals=column_totals, threshold=threshold)
    exposed, told = protect(net)
    if exposed:
        raise CannotProtect(f"{len(exposed)} small counts could be worked out whatever else is hidden.")
    return [publish(net, t, cells, told) for t, cells in enumerate(tables)]


def check(cells: Sequence[Sequence[Cell]], threshold: int) -> None:
    if threshold < 2:
        raise ValueError("The threshold must be 2 or more: a range of one value hides nothing.")
    if len({len(row) for row in cells}) != 1 or not cells[0]:
        raise ValueError("A table needs at least one row and one column, and rows of one length.")
    for row in cells:
        for value in row:
            if isinstance(value, int) and (isinstance(value, bool) or value < 0):
                raise ValueError("A count is a whole number, nought or more.")
            if not isinstance(value, int | Reason | None) or value is Reason.SUPPRESSED:
                raise ValueError("A count is a whole number, not applicable, or not available.")


def number(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def figure(value: int, sign: int, weight: int, threshold: int, published: bool = True) -> Figure:
    if not published:
        return Figure(value, sign, weight, State.ABSENT)
    small = 1 <= value <= threshold
    return Figure(value, sign, weight, State.SMALL if small else State.SHOWN if value else State.FIXED)


def build(tables: Sequence[Sequence[Sequence[Cell]]], *, row_totals: bool, column_totals: bool, threshold: int) -> Net:
    """Lay out tables as matrices with their totals, small counts hidden."""
    if not tables:
        raise ValueError("There is no table.")
    for cells in tables:
        check(cells, threshold)
    sums = [[sum(number(v) for v in column) for column in zip(*cells, strict=True)] for cells in tables]
    for place, other in enumerate(sums[1:], 2):
        if other != sums[0]:
            raise ValueError(f"Table {place} and table 1 do not add up to the same column totals.")
    both = row_totals and column_totals
    bottom = [figure(v, -1, TOTAL, threshold, column_totals) for v in sums[0]]
    bottom.append(figure(sum(sums[0]), 1, GRAND, threshold, both))
    laid = []
    for cells in tables:
        rows = [[figure(number(v), 1, CELL, threshold) for v in row] for row in cells]
        for row in rows:
            row.append(figure(sum(f.value for f in row), -1, TOTAL, threshold, row_totals))
        laid.append([*rows, bottom])
    return Net(laid, threshold)


def seen(one: Figure, given: Cell = 0) -> Count:
    if given is None or isinstance(given, Reason):
        return count(given)
    return SUPPRESSED if one.hidden else shown(one.value)


def publish(net: Net, table: int, cells: Sequence[Sequence[Cell]], told: Told) -> SuppressedTable:
    """What of a table may be seen."""
    *rows, bottom = net.tables[table]
    sides = [row[-1] for row in rows]
    return SuppressedTable(
        rows=tuple(
            tuple(seen(f, v) for f, v in zip(row, values, strict=False))
            for row, values in zip(rows, cells, strict=True)
        ),
        row_totals=None if sides[0].state is State.ABSENT else tuple(seen(f) for f in sides),
        column_totals=None if bottom[0].state is State.ABSENT else tuple(seen(f) for f in bottom[:-1]),
        total=None if bottom[-1].state is State.ABSENT else seen(bottom[-1]),
        threshold=net.threshold,
        told=told,
    )
