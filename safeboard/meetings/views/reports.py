"""Reports: what another subgroup reports to a meeting; what was decided and begun here, for the board."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.text import tidy
from safeboard.core.uploads import too_large
from safeboard.documents.pdf import render_pdf

from .. import operations
from ..forms.meetings import SpanForm
from ..forms.reports import GivenReportForm, ReceivedReportForm
from ..models import SubgroupReport
from ..paper import DOCX, report_html, report_word
from ..queries.members import chair_of
from ..queries.report import Report, given_reports, report_of, with_words
from .agenda import takes_papers
from .common import BOTH, as_a_file, form_page, item_or_404, meeting_or_404, own_board, parts, sent

SAID = ("subgroup", "given_by", "since", "until", "text", "asked")


# From another subgroup -----------------------------------------------------------------------------------------------


@page("meetings.keep", methods=BOTH, uploads=takes_papers)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the report of another subgroup on the agenda."""
    row = meeting_or_404(request, pk, "meetings.keep")
    form = ReceivedReportForm(typed(request), request.FILES or None)
    if request.method == "POST" and too_large(request):
        form.errors.clear()
        form.add_error("file", _("The file is larger than 5 MB. Nothing was added."))
    made: list[SubgroupReport] = []
    if sent(request, form, lambda: made.append(_receive(request, row, form))):
        messages.success(request, _("The report is on the agenda."))
        return redirect(f"{reverse('meetings:meeting', args=[pk])}#item-{made[0].item_id}")
    words = {"title": _("Add a report from another subgroup"), "button": _("Add it"), "caption": row.title}
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, back=back, current="meetings", files=True, **words)


def _receive(request: HttpRequest, meeting: Any, form: ReceivedReportForm) -> SubgroupReport:
    given = dict(form.cleaned_data)
    upload, key = given.pop("file"), given.pop("form_key")
    file = (tidy(upload.name), upload.read()) if upload else None
    return operations.receive_report(by=request.access, meeting=meeting, given=given, file=file, form_key=key)


@page("meetings.keep", methods=BOTH)
def change(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Change what another subgroup reports."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    told = get_object_or_404(SubgroupReport, item=found)
    initial = {name: getattr(told, name) for name in SAID} | {"confidential": found.confidential}
    form = ReceivedReportForm(typed(request), initial=initial)
    del form.fields["file"], form.fields["form_key"]
    if sent(request, form, lambda: operations.change_report(by=request.access, report=told, given=form.cleaned_data)):
        return redirect(f"{reverse('meetings:meeting', args=[pk])}#item-{item}")
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, title=_("Change the report"), back=back, current="meetings", caption=row.title)


# To the board --------------------------------------------------------------------------------------------------------


def _span(request: HttpRequest) -> tuple[SpanForm, date, date]:
    """The days that the address names; the last twelve months where it names none, or none that can be."""
    form = SpanForm(request.GET if request.GET else None)
    if form.is_valid():
        return form, form.cleaned_data["since"], form.cleaned_data["until"]
    first = form.initial["since"]
    return form, first, timezone.localdate()


@page("meetings.see")
def report(request: HttpRequest) -> HttpResponse:
    """What there is to report of some days, and the reports that were given."""
    form, first, last = _span(request)
    found = report_of(request.access, own_board(request), first, last)
    context = {"form": form, "report": found, "chosen": bool(request.GET), "given": given_reports(request.access)}
    return render(request, "meetings/report.html", parts(request, "report") | context)


@page("meetings.see")
def paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a PDF or in Word."""
    _form, first, last = _span(request)
    return _printed(report_of(request.access, own_board(request), first, last), ending)


@page("meetings.keep", methods=BOTH)
def give(request: HttpRequest) -> HttpResponse:
    """Give a report to the board: of which days, by whom, what it says and asks."""
    _form, first, last = _span(request)
    chair = chair_of(own_board(request).pk).leads
    initial = {"since": first, "until": last, "given_by": chair.name if chair else ""}
    form = GivenReportForm(typed(request), initial=initial)
    made: list[SubgroupReport] = []

    def call() -> None:
        given = dict(form.cleaned_data)
        made.append(operations.give_report(by=request.access, form_key=given.pop("form_key"), given=given))

    if sent(request, form, call):
        return redirect("meetings:report-given", made[0].pk)
    back, intro = reverse("meetings:report"), _("Its meetings, decisions and actions are put to it.")
    words = {"title": _("Give a report to the board"), "button": _("Keep it"), "intro": intro}
    return form_page(request, form, back=back, current="report", **words)


@page("meetings.see")
def given(request: HttpRequest, given: int) -> HttpResponse:
    """A report that was given to the board."""
    row = get_object_or_404(given_reports(request.access), pk=given)
    found = with_words(request.access, own_board(request), row)
    return render(request, "meetings/report_given.html", parts(request, "report") | {"report": found, "row": row})


@page("meetings.see")
def given_paper(request: HttpRequest, given: int, ending: str) -> HttpResponse:
    """The same as a PDF or in Word."""
    row = get_object_or_404(given_reports(request.access), pk=given)
    return _printed(with_words(request.access, own_board(request), row), ending)


def _printed(found: Report, ending: str) -> HttpResponse:
    title = _("Report of the subgroup")
    name = f"report-{found.until}.{ending}"
    if ending == "docx":
        return as_a_file(report_word(found, title), name, DOCX)
    return as_a_file(render_pdf(report_html(found, title), title=title), name, "application/pdf", inline=True)
