"""The months of the agencies' annual returns, and asking for those of a month."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.page import page

from ..errors import Refused
from ..forms_reports import MonthsForm, options
from ..operations import months as writes
from ..queries import reports as reads
from .frame import board_of

A_PAGE = 100


@page("insight.see_report")
def months(request: HttpRequest) -> HttpResponse:
    """Each agency's month, who returned and who is late; where they can be set."""
    board, year = board_of(request.access), timezone.localdate().year
    rows = reads.months_of(board, year)
    clock = reads.returns_clock(board)
    form = MonthsForm(rows=(), by_clock=clock is None or clock.on)
    this, shown = timezone.localdate().month, Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, options(row.month)) for row in shown.object_list],
        "page_obj": shown,
        "year": year,
        "clock": clock,
        "form": form,
        "may_write": request.access.can("insight.write_report"),
        "months": [(n, reads.named(n)) for n in sorted({row.month for row in rows if row.month and row.month >= this})],
    }
    return render(request, "insight/report_months.html", context)


@page("insight.write_report", methods=("POST",))
def months_set(request: HttpRequest) -> HttpResponse:
    """Keep the months."""
    board = board_of(request.access)
    rows = reads.months_of(board, timezone.localdate().year)
    form = MonthsForm(request.POST, rows=[row for row in rows if f"month-{row.agency.pk}" in request.POST])
    if form.is_valid():
        writes.set_months(by=request.access, board=board, months=form.months(), by_clock=form.cleaned_data["by_clock"])
        messages.success(request, _("Kept."))
    else:
        messages.error(request, _("A month was not one of the list, so nothing was changed. Choose it again."))
    return redirect("insight:months")


@page("insight.send_returns", methods=("POST",))
def months_send(request: HttpRequest) -> HttpResponse:
    """Ask the agencies of a month for their returns."""
    given = request.POST.get("month", "")
    month = int(given) if given.isdecimal() and 1 <= int(given) <= 12 else 0
    if not month:
        raise Http404
    board, today = board_of(request.access), timezone.localdate()
    try:
        row = writes.send_returns(by=request.access, board=board, year=today.year, month=month)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("insight:months")
    messages.success(request, _("Sent. Each agency has it among its returns."))
    return redirect("standards:round", row.pk)
