"""Writing an annual report: begun from a template, changed section by section (S6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library import queries as library
from safeboard.library.shapes.reports import Report as Template
from safeboard.partnership.models import Board

from ..choices import ReportState
from ..errors import ChangedMeanwhile, Refused
from ..models import Report, ReportPart


@transaction.atomic
def begin_report(*, by: Access, board: Board, year: int, template: str) -> Report:
    """Begin the report of a year from a template of the board's pack; a year has one report, so twice is once.

    Raises Refused for a year to come, and library.UnknownItem for a template that is not there.
    """
    require(by, "insight.write_report", Report(board=board))
    if year > timezone.localdate().year:
        raise Refused(_("That year has not begun. Choose this year or an earlier one."))
    item = library.item(board.pack, "reports", template)
    assert isinstance(item, Template)
    given: dict[str, Any] = {
        "title": f"{item.title}, {year}",
        "pack": board.pack,
        "template": item.id,
        "made_by": by.person,
    }
    given |= {"template_version": item.version}
    given |= {"terms": [{"title": str(one.title), "text": str(one.text)} for one in item.terms]}
    row, new = Report.objects.get_or_create(board=board, year=year, defaults=given)
    if new:
        ReportPart.objects.bulk_create(_parts(row, item, by))
        history.record(by=by, verb="insight.report_begun", obj=row, facts={"year": year, "template": item.id})
    return row


def _parts(report: Report, item: Template, by: Access) -> list[ReportPart]:
    return [
        ReportPart(
            board_id=report.board_id,
            report=report,
            section=section.id,
            order=order,
            title=str(section.title),
            belongs=[str(line) for line in section.belongs],
            text=str(section.text or ""),
            figures=[one.value for one in section.figures],
            taken=[one.value for one in section.figures],
            changed_by=by.person,
        )
        for order, section in enumerate(item.sections, 1)
    ]


@transaction.atomic
def change_part(*, by: Access, part: ReportPart, edition: int, given: Mapping[str, Any]) -> ReportPart:
    """Change a section. given, each left out where it stays: title, text, taken (names of figures), left_out.

    Raises ChangedMeanwhile, with the section as it is now, where somebody else changed it since that edition; Refused
    where the report is not being written, and for other figures once they are frozen.
    """
    report = writable(by, part.report)
    row = ReportPart.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=part.pk)
    if row.edition != edition:
        raise ChangedMeanwhile(row)
    values = dict(given)
    if "taken" in values:
        values["taken"] = [name for name in row.figures if name in values["taken"]]
        only_frozen(report, set(values["taken"]) - set(row.taken))
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.edition, row.changed_by, row.changed_at = row.edition + 1, by.person, timezone.now()
    row.save()
    facts = {"part": str(row.key), "edition": row.edition, "fields": changed}
    history.record(by=by, verb="insight.report_changed", obj=report, facts=facts, digests={"text": row.text})
    return row


def only_frozen(report: Report, names: set[str]) -> None:
    """Raises Refused where the figures are frozen and one of these is not among them."""
    if report.frozen_at is not None and not names <= set(report.figures):
        raise Refused(_("The figures are frozen, and this one is not among them. What you typed is still here."))


def writable(by: Access, report: Report) -> Report:
    """The report, locked, while it is being written. Raises Refused otherwise."""
    row = Report.objects.select_for_update(of=("self",)).select_related("board").get(pk=report.pk)
    require(by, "insight.write_report", row)
    if row.state != ReportState.DRAFT:
        raise Refused(
            _("It is “%(state)s”, so its words stay as they are. What you typed is still here.")
            % {"state": row.get_state_display()}
        )
    return row
