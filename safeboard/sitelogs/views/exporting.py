"""Taking an answer out: a spreadsheet, CSV, an evidence pack that verifies without the product."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.page import page

from ..archive import WrongQuestion
from ..errors import Refused
from ..operations import asking
from ..queries import exporting
from .answer import may_take
from .frame import refused

TYPES = {
    "sheet": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "pack": ("application/zip", "zip"),
}


@page("sitelogs.ask", methods=("POST",))
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An answer as a file, for who asked. That it was taken is on record before the first byte of it."""
    if kind not in TYPES:
        raise Http404("no such kind of file")
    question = may_take(request, pk)
    try:
        asking.may_run(by=request.access, question=question, what=kind)
        content = exporting.exported(request.access, question, kind)
    except exporting.NotTaken as why:
        messages.warning(request, str(why))
        return redirect("sitelogs:take", pk=pk)
    except (Refused, WrongQuestion) as why:
        return refused(request, Refused(str(why)), back=reverse("sitelogs:question", args=[pk]))
    media, ending = TYPES[kind]
    response = HttpResponse(content, content_type=media)
    name = _("filter-logs-question") + f"-{pk}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
