"""What the figures of an annual report are made of, read once, and how a figure is kept as plain values."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.documents.charts import Picture
from safeboard.documents.suppression import Count, Percentage
from safeboard.partnership.models import Board

from ..models import Release, Snapshot
from .indicators import Course, courses
from .releases import Released


class Gathering:
    """Everything that the figures of a board's year are made of, read once where it is wanted."""

    def __init__(self, access: Access, board: Board, year: int) -> None:
        self.access, self.board, self.year = access, board, year
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)

    @cached_property
    def released(self) -> Released:
        """The final quarters of the year."""
        rows = Release.objects.filter(board=self.board, year=self.year, final=True).order_by("quarter")
        return Released(tuple(rows), None)

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """The snapshots of the year, the oldest first."""
        return list(Snapshot.objects.filter(board=self.board, at__year=self.year).order_by("at", "pk"))

    @cached_property
    def courses(self) -> list[Course]:
        """The board's indicators as they went through the year."""
        return courses(self.access, self.board.pk, self.snapshots)

    @property
    def day(self) -> date:
        """The day as of which late is late: today, or the last day of the year where that has passed."""
        return min(timezone.localdate(), self.last)


def plain(picture: Picture) -> dict[str, Any]:
    """A picture as it is kept: no figure that is hidden is in it, its sign alone."""
    table = picture.table
    return {
        "question": str(picture.question),
        "answer": str(picture.answer),
        "svg": str(picture.svg),
        "table": {
            "title": str(table.title),
            "heads": [str(column.heading) for column in table.columns],
            "rows": [[_cell(value) for value in row] for row in table.cells()],
            "note": str(table.note),
            "source": str(table.source),
        },
    }


def _cell(value: object) -> int | float | str:
    if isinstance(value, Count | Percentage):
        return value.value if isinstance(value, Count) and value.value is not None else value.shown
    if isinstance(value, date):
        return times.exact(value)
    return value if isinstance(value, int | float) else str(value or "")
