"""A board's year for the tests of annual reports: released quarters, a chair, a report begun."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.core import wall
from safeboard.insight.models import Release, Report
from safeboard.insight.operations import report_steps as steps
from safeboard.insight.operations.reports import begin_report

YEAR = timezone.localdate().year


def released(board: Any, quarter: int = 1, *, year: int = YEAR, total: object = 40) -> Release:
    """A final quarter with one kind shown and one suppressed."""
    tables = {
        "total": total,
        "kinds": [["bullying-harassment", 30], ["contact-by-stranger", "c"]],
        "classifications": [["contact", 34], ["content", "c"]],
        "agencies": [["board-partner", "c"], ["other-member", 33]],
    }
    with wall.open_for(boards=[board.pk]):
        return Release.objects.create(board=board, year=year, quarter=quarter, tables=tables, final=True)


def begun(cast: Any, year: int = YEAR) -> Report:
    """A report begun by the board's officer."""
    with cast.wall_of(cast.board_officer):
        return begin_report(
            by=cast.access_for(cast.board_officer), board=cast.board, year=year, template="annual-report"
        )


def as_officer(cast: Any, call: Any, **given: Any) -> Any:
    """Do something as the board's officer, behind the board's wall."""
    with cast.wall_of(cast.board_officer):
        return call(by=cast.access_for(cast.board_officer), **given)


def ready_to_sign(cast: Any, report: Report) -> Report:
    """Frozen, asked about, and back with the writers."""
    as_officer(cast, steps.freeze_figures, report=report)
    as_officer(cast, steps.consult_on_report, report=report, closes_on=timezone.localdate() + timedelta(days=7))
    return as_officer(cast, steps.close_comments, report=report)
