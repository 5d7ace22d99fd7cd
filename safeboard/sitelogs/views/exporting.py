"""Taking an answer out: a spreadsheet, CSV, an evidence pack that verifies without the product."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared

from ..archive import WrongQuestion
from ..errors import Refused
from ..jobs import handed_out, make_export
from ..models import Question
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
    """An answer as a file, for who asked; a long one the worker makes. That it was taken is on record before the first
    byte of it."""
    question = _asked(request, pk, kind)
    try:
        look = asking.may_run(by=request.access, question=question, what=kind)
        content = exporting.exported(request.access, question, kind, at_once=True)
    except exporting.Longer:
        return redirect("sitelogs:export-made", pk=pk, kind=kind, look=look.number)
    except exporting.NotTaken as why:
        return _not_taken(request, pk, why)
    except (Refused, WrongQuestion) as why:
        return refused(request, why, back=reverse("sitelogs:question", args=[pk]))
    return _file(request, pk, kind, content)


@page("sitelogs.ask")
def export_made(request: HttpRequest, pk: int, kind: str, look: int) -> HttpResponse:
    """A page that waits while the worker makes a file; then the file, once. ``look``: the entry that says it was
    taken."""
    question = _asked(request, pk, kind)
    if not exporting.taken_out(request.access, question, kind, look):
        return redirect("sitelogs:take", pk=pk)
    key = key_of("filter-logs", pk, kind, look)
    about = {"question": pk, "person": request.access.person.pk, "place": request.access.place.key, "kind": kind}
    try:
        asking.still_runs(by=request.access, question=question)
        content = prepared(key, make_export, **about)
        return _file(request, pk, kind, content if content is None else handed_out(key, content))
    except exporting.NotTaken as why:
        return _not_taken(request, pk, why)
    except Refused as why:
        return refused(request, why, back=reverse("sitelogs:question", args=[pk]))


def _asked(request: HttpRequest, pk: int, kind: str) -> Question:
    if kind not in TYPES:
        raise Http404("no such kind of file")
    return may_take(request, pk)


def _not_taken(request: HttpRequest, pk: int, why: exporting.NotTaken) -> HttpResponse:
    messages.warning(request, str(why))
    return redirect("sitelogs:take", pk=pk)


def _file(request: HttpRequest, pk: int, kind: str, content: bytes | None) -> HttpResponse:
    media, ending = TYPES[kind]
    name = _("filter-logs-question") + f"-{pk}.{ending}"
    return pdf_or_wait(request, content, filename=name, media_type=media)
