"""The report up to the board: what was decided and begun between two days, and who came."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from ..forms.meetings import SpanForm
from ..paper import DOCX, report_html, report_word
from ..queries.report import report_of
from .common import as_a_file, own_board, parts


def _span(request: HttpRequest) -> tuple[SpanForm, date, date]:
    """The days that the address names; the last twelve months where it names none, or none that can be."""
    form = SpanForm(request.GET if request.GET else None)
    if form.is_valid():
        return form, form.cleaned_data["since"], form.cleaned_data["until"]
    first = form.initial["since"]
    return form, first, timezone.localdate()


@page("meetings.see")
def report(request: HttpRequest) -> HttpResponse:
    """The report on screen."""
    form, first, last = _span(request)
    found = report_of(request.access, own_board(request), first, last)
    context = {"form": form, "report": found, "chosen": bool(request.GET)}
    return render(request, "meetings/report.html", parts(request, "report") | context)


@page("meetings.see")
def paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The report as a PDF or in Word."""
    _form, first, last = _span(request)
    found = report_of(request.access, own_board(request), first, last)
    title = _("Report of the subgroup")
    name = f"report-{last}.{ending}"
    if ending == "docx":
        return as_a_file(report_word(found, title), name, DOCX)
    return as_a_file(render_pdf(report_html(found, title), title=title), name, "application/pdf", inline=True)
