"""Time and money of the plan: by objective and year, with a picture of the gap; kept, changed, exported."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.sheets import workbook

from ..forms.money import ResourceForm
from ..models import Resource
from ..money_picture import picture
from ..operations.money import FIELDS, keep_resource, remove_resource
from ..plan_files import TYPES
from ..queries.money import said, sides, tables, year_name, year_of, years
from ..queries.plan import objectives_of
from .plan_common import BOTH, form_page, parts, sent


def _year(request: HttpRequest) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= 2100 else year_of()


@page("strategy.money")
def money(request: HttpRequest) -> HttpResponse:
    """What was asked, committed and spent in a year."""
    board, year = request.access.board_id, _year(request)
    found = sides(board, year)
    context = {
        "parts": parts(request, "money"),
        "year": year,
        "year_name": year_name(year),
        "years": [(one, year_name(one)) for one in years(board)],
        "sides": [(side, picture(side, year), [_said(row) for one in side.sums for row in one.rows]) for side in found],
        "may_plan": request.access.can("strategy.plan"),
    }
    return render(request, "strategy/money.html", context)


def _said(row: Resource) -> dict[str, Any]:
    amounts = {name: said(getattr(row, name), row.means) for name in ("asked", "committed", "spent")}
    return {"row": row, **amounts}


@page("strategy.plan", methods=BOTH)
def resource_new(request: HttpRequest) -> HttpResponse:
    """Write down what is needed."""
    form = ResourceForm(typed(request), objectives=objectives_of(request.access), initial={"year": _year(request)})
    if sent(request, form, lambda: keep_resource(by=request.access, given=form.cleaned_data)):
        return redirect("strategy:money")
    return form_page(request, form, heading=_("Add time or money"), button=_("Add it"), back="strategy:money")


@page("strategy.plan", methods=BOTH)
def resource_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a line."""
    row = get_object_or_404(Resource, key=key, board_id=request.access.board_id)
    initial = {name: getattr(row, name) for name in FIELDS}
    form = ResourceForm(typed(request), objectives=objectives_of(request.access), initial=initial)
    if sent(request, form, lambda: keep_resource(by=request.access, resource=row, given=form.cleaned_data)):
        return redirect("strategy:money")
    return form_page(request, form, heading=_("Change a line"), button=_("Keep the change"), back="strategy:money")


@page("strategy.plan", methods=("POST",))
def resource_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a line out."""
    row = get_object_or_404(Resource, key=key, board_id=request.access.board_id)
    remove_resource(by=request.access, resource=row)
    return redirect("strategy:money")


@page("strategy.money")
def money_file(request: HttpRequest, year: int) -> HttpResponse:
    """A year's time and money as a spreadsheet."""
    title = _("Time and money, %(year)s") % {"year": year_name(year)}
    content = workbook(tables(sides(request.access.board_id, year), year), title=title)
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="time-and-money-{year_name(year)}.xlsx"'
    return response
