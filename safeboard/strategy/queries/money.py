"""Time and money by objective and financial year: asked, committed, spent, and the gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.documents.sheets import Column, Table

from ..choices import Means
from ..models import Resource

NOUGHT = Decimal(0)


@dataclass
class Sum:
    """What was asked, committed and spent, in days or pounds."""

    name: str
    means: str
    asked: Decimal = NOUGHT
    committed: Decimal = NOUGHT
    spent: Decimal = NOUGHT
    gap: Decimal = NOUGHT
    rows: list[Resource] = field(default_factory=list)

    def add(self, row: Resource) -> None:
        """Take a line in. Its gap is what was asked and nobody has committed; more than was asked fills no other."""
        self.asked += row.asked
        self.committed += row.committed
        self.spent += row.spent
        self.gap += max(NOUGHT, row.asked - row.committed)
        self.rows.append(row)

    @property
    def over(self) -> Decimal:
        """What was spent beyond what was committed."""
        return max(NOUGHT, self.spent - self.committed)


@dataclass(frozen=True)
class Side:
    """Time, or money, of a year: a sum for each objective, and the sum of all."""

    means: str
    sums: list[Sum]
    total: Sum


def year_of(day: date | None = None) -> int:
    """The financial year of a day, by the year it begins in: from 1 April."""
    day = day or timezone.localdate()
    return day.year if day.month >= 4 else day.year - 1


def year_name(year: int) -> str:
    """'2026-27'."""
    return f"{year}-{(year + 1) % 100:02d}"


def years(board_id: int) -> list[int]:
    """The years that have a line, and this one, newest first."""
    known = set(Resource.objects.filter(board_id=board_id).order_by().values_list("year", flat=True).distinct())
    return sorted(known | {year_of()}, reverse=True)


def sides(board_id: int, year: int) -> list[Side]:
    """Time and money of a year by objective, in the plan's order; what is for the whole plan comes last."""
    found = Resource.objects.filter(board_id=board_id, year=year).select_related("objective__priority")
    rows = sorted(found, key=_place)
    return [_side(means, [row for row in rows if row.means == means]) for means in Means]


def _place(row: Resource) -> tuple[bool, int, int, int]:
    objective = row.objective
    if objective is None:
        return True, 0, 0, row.pk
    return False, objective.priority.number if objective.priority else 0, objective.number, row.pk


def _side(means: Means, rows: Iterable[Resource]) -> Side:
    total, sums = Sum(_("Together"), means), dict[int | None, Sum]()
    for row in rows:
        name = str(row.objective) if row.objective else _("The whole plan")
        sums.setdefault(row.objective_id, Sum(name, means)).add(row)
        total.add(row)
    return Side(means, list(sums.values()), total)


def said(amount: Decimal, means: str) -> str:
    """An amount in words: '£1,200', '£12.50', '3.5 days'."""
    figure = f"{amount:,.2f}".removesuffix(".00")
    if means == Means.MONEY:
        return f"£{figure}"
    return _("%(n)s days") % {"n": figure.rstrip("0").rstrip(".") if "." in figure else figure}


def tables(found: Sequence[Side], year: int) -> list[Table]:
    """The sums as tables that add up, and every line behind them."""
    heads = [Column("asked", _("Asked"), "number"), Column("committed", _("Committed"), "number")]
    heads += [Column("spent", _("Spent"), "number"), Column("gap", _("Gap"), "number")]
    made = []
    for side in found:
        rows = [
            {"name": one.name, "asked": one.asked, "committed": one.committed, "spent": one.spent, "gap": one.gap}
            for one in [*side.sums, side.total]
        ]
        title = f"{Means(side.means).label}, {year_name(year)}"
        note = _("The gap is what was asked and nobody has committed; more than was asked for one fills no other.")
        made.append(Table(title, [Column("name", _("Objective")), *heads], rows, note=note))
    return [*made, _lines(found, heads[:3])]


def _lines(found: Sequence[Side], heads: list[Column]) -> Table:
    columns = [Column("name", _("Objective")), Column("title", _("What for")), Column("means", _("Time or money"))]
    rows = [
        {
            "name": one.name,
            "title": row.title,
            "means": row.get_means_display(),
            "source": row.source,
            "asked": row.asked,
            "committed": row.committed,
            "spent": row.spent,
        }
        for side in found
        for one in side.sums
        for row in one.rows
    ]
    return Table(_("Every line"), [*columns, Column("source", _("Who gives it")), *heads], rows)
