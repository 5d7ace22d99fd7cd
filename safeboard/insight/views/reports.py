"""Annual reports: the list, beginning one, reading it as it is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared

from ..forms_reports import FIGURES, BeginForm
from ..jobs import make_report
from ..models import Report
from ..operations import reports as writes
from ..operations.report_steps import before_signing
from ..queries import reports as reads
from ..report_files import TYPES, shown_figure
from .frame import board_of
from .report_frame import BOTH, COLOURS, pages_of, report_or_404, sent


@page("insight.reports")
def reports(request: HttpRequest) -> HttpResponse:
    """A board's reports and where each stands; for an inspector and for agencies the issues that they may read."""
    access = request.access
    if not access.can("insight.see_report"):
        return render(request, "insight/reports_read.html", {"issues": reads.issues_of(access).order_by("-year")})
    context = {
        "rows": [(one, COLOURS[one.state]) for one in reads.reports_of(access)],
        "may_write": access.can("insight.write_report"),
        "to_sign": reads.to_sign(access),
    }
    return render(request, "insight/reports.html", context)


@page("insight.write_report", methods=BOTH)
def report_new(request: HttpRequest) -> HttpResponse:
    """Begin the report of a year."""
    board = board_of(request.access)
    taken = list(reads.reports_of(request.access).values_list("year", flat=True))
    form = BeginForm(typed(request), templates=reads.templates(board.pack), taken=taken)
    made: list[Report] = []
    if sent(
        request, form, lambda: made.append(writes.begin_report(by=request.access, board=board, **form.cleaned_data))
    ):
        return redirect("insight:report", report=made[0].key)
    return render(request, "insight/report_new.html", {"form": form})


@page("insight.see_report")
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """The report as it is being written, section by section with its figures, and the next step on its way."""
    row = report_or_404(request, report)
    access = request.access
    parts = reads.parts_of(row)
    figures = reads.figures_now(access, row, parts)
    context = {
        "report": row,
        "colour": COLOURS[row.state],
        "sections": [_section(part, figures) for part in parts],
        "may_write": access.can("insight.write_report", row),
        "may_sign": access.can("insight.sign_report", row),
        "writes": row.state == "draft" and access.can("insight.write_report", row),
        "owed": before_signing(row) if row.state == "draft" else [],
        "issues": list(row.issues.all()),
        "pages": pages_of(row, "report"),
    }
    return render(request, "insight/report.html", context)


def _section(part: Any, figures: Any) -> dict[str, Any]:
    return {
        "part": part,
        "figures": [shown_figure(figures[name] | {"name": name}) for name in part.taken if name in figures],
        "missing": [FIGURES[name] for name in part.taken if name not in figures],
    }


@page("insight.see_report")
def report_file(request: HttpRequest, report: UUID, kind: str) -> HttpResponse:
    """The report as it is being written, as a file."""
    if kind not in TYPES:
        raise Http404
    row = report_or_404(request, report)
    parts = [(part.pk, part.edition) for part in row.parts.all()]
    moving = None if row.frozen_at else timezone.now().strftime("%Y-%m-%d %H:%M")[:-1]
    made_of = (row.key, row.title, row.state, row.frozen_at, parts, moving)
    return made_file(request, str(row.key), kind, row.year, made_of, draft=True)


def made_file(request: HttpRequest, of: str, kind: str, year: int, made_of: object, *, draft: bool) -> HttpResponse:
    """A file that the worker makes, or the page that waits for it."""
    access = request.access
    person, place = access.person.pk, access.place.key
    key = key_of("report", person, place, kind, draft, made_of)
    content = prepared(key, make_report, person=person, place=place, of=of, kind=kind, draft=draft)
    return pdf_or_wait(request, content, filename=f"annual-report-{year}.{kind}", media_type=TYPES[kind])
