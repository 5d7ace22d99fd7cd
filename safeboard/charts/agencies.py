"""What a board reads of the charts that its agencies adapted: which, from which version, and what moved on since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet

from safeboard.core.access import Access
from safeboard.library.schemas import Chart

from . import queries
from .models import AgencyChart, BoardChart
from .wording import Difference


@dataclass(frozen=True)
class Adapted:
    """One agency's own copy of a chart that holds there. ``title`` is the original's, or its id where that is gone."""

    copy: AgencyChart
    title: str
    published_at: datetime
    newest: int | None  # the original's version now; None where the pack no longer has the chart
    board_moved: bool  # the board published a copy of its own after the agency did

    @property
    def moved(self) -> bool:
        """Whether the original has a version that the agency has not looked at."""
        return self.newest is not None and self.newest > self.copy.pack_version


def copies_of_agencies(access: Access) -> QuerySet[AgencyChart]:
    """The copies that hold in agencies of the board acted for: the wall is open for those alone."""
    if access.board_id is None:
        return AgencyChart.objects.none()
    return AgencyChart.objects.filter(version__isnull=False).select_related("agency")


def adapted(access: Access) -> list[Adapted]:
    """Which agencies of the board acted for keep which chart of their own: by chart, then by agency."""
    rows = copies_of_agencies(access).annotate(published_at=Max("versions__at")).order_by("chart", "agency__name", "pk")
    theirs = _published_by_board(access)
    return [_adapted(copy, theirs) for copy in rows]


def _published_by_board(access: Access) -> dict[tuple[str, str], datetime]:
    """When the board last published its own copy of each chart, where that holds."""
    rows = BoardChart.objects.filter(
        board_id=access.board_id or 0, version__isnull=False, versions__number=F("version")
    )
    return {(pack, chart): at for pack, chart, at in rows.values_list("pack", "chart", "versions__at")}


def _adapted(copy: AgencyChart, theirs: dict[tuple[str, str], datetime]) -> Adapted:
    original = queries.original_of(copy)
    published_at: datetime = copy.published_at  # type: ignore[attr-defined]  # annotated
    of_board = theirs.get((copy.pack, copy.chart))
    return Adapted(
        copy=copy,
        title=str(original.title) if original else copy.chart,
        published_at=published_at,
        newest=original.version if original else None,
        board_moved=of_board is not None and of_board > published_at,
    )


def held_by(copy: AgencyChart) -> tuple[Chart, list[Difference]]:
    """The version that holds in the agency, and what is different in it from the original as that is now."""
    assert copy.version is not None
    chart, original = queries.version_of(copy, copy.version), queries.original_of(copy)
    return chart, queries.between(copy, original, chart) if original else []
