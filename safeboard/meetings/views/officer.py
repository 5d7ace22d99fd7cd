"""The e-safety officer: the role, and a year's work by its aspects, on screen and on paper (Checklists appendix A)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf
from safeboard.documents.sheets import workbook

from .. import operations
from ..downloads import XLSX, work_tables
from ..forms.members import WorkForm
from ..models import Work
from ..queries.members import aspects, by_aspect, work_in, years_of_work
from .common import BOTH, as_a_file, form_page, own_board, parts, sent


@page("meetings.see")
def officer(request: HttpRequest) -> HttpResponse:
    """The ten aspects of the role, and what was done under each in a year."""
    asked = request.GET.get("year", "")
    context = _year(request, int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year)
    context["years"] = years_of_work(own_board(request).pk)
    return render(request, "meetings/officer.html", parts(request, "officer") | context)


def _year(request: HttpRequest, year: int) -> dict[str, Any]:
    board = own_board(request)
    if not 1999 < year < 2200:
        raise Http404
    spent = by_aspect(board.pack, work_in(board.pk, year))
    return {"board": board, "year": year, "spent": spent, "minutes": sum(one.minutes for one in spent)}


@page("meetings.see")
def paper(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """A year's work by aspect, as a PDF or a workbook."""
    context = _year(request, year)
    title = _("The e-safety officer’s work in %(year)s") % {"year": year}
    name = f"officer-{year}.{ending}"
    if ending == "xlsx":
        return as_a_file(workbook(work_tables(context["spent"], title), title=title), name, XLSX)
    html = render_to_string("meetings/officer_paper.html", {**context, "title": title})
    return as_a_file(render_pdf(html, title=title), name, "application/pdf", inline=True)


@page("meetings.keep", methods=BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Write down a piece of work."""
    board = own_board(request)
    form = WorkForm(typed(request), aspects=[(one.id, str(one.title)) for one in aspects(board.pack)])
    if sent(request, form, lambda: _log(request, board.pack, form)):
        messages.success(request, _("It is in the log."))
        return redirect("meetings:officer")
    back = reverse("meetings:officer")
    return form_page(request, form, title=_("Write down what was done"), back=back, current="officer")


def _log(request: HttpRequest, pack: str, form: WorkForm) -> Work:
    given = {name: form.cleaned_data[name] for name in ("on", "aspect", "what", "form_key")}
    return operations.log_work(by=request.access, pack=pack, minutes=form.minutes, **given)


@page("meetings.keep", methods=BOTH)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out of the log, after a question."""
    row = get_object_or_404(Work.objects.filter(board_id=request.access.board_id), pk=pk)
    back = f"{reverse('meetings:officer')}?year={row.on.year}"
    if request.method == "POST":
        operations.strike_work(by=request.access, work=row)
        messages.success(request, _("The entry is taken out."))
        return redirect(back)
    context = {
        "question": _("Take this entry out?"),
        "lines": [
            f"{date_format(row.on, 'j F Y')}: {row.what}",
            _("It leaves the log, and what is printed from now on. This cannot be undone."),
        ],
        "button": _("Take it out"),
        "back": back,
    }
    return render(request, "web/ask.html", context)
