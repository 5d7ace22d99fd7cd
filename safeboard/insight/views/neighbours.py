"""Pages of a board beside others: giving a quarter's file, taking one in, comparing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safeboard.core import keys, uploads
from safeboard.core.page import page

from ..exchanging import NotTaken
from ..forms import FileForm
from ..models import Baseline
from ..operations import give_file, take_in
from ..queries import neighbours as reads
from .frame import board_of, parts


def _may_upload(request: HttpRequest, **_named: Any) -> bool:
    return request.user.is_authenticated and request.access.can("insight.exchange")


@page("insight.picture")
def neighbours(request: HttpRequest) -> HttpResponse:
    """The newest quarter, board beside board; what can be given."""
    board = board_of(request.access)
    context = {
        "found": reads.comparison(board),
        "known": reads.neighbours_of(board),
        "quarters": reads.quarters_of(board)[:4],
        "may": request.access.can("insight.exchange"),
        "fingerprint": keys.fingerprint(),
        "parts": parts(request, "neighbours"),
    }
    return render(request, "insight/neighbours.html", context)


@page("insight.exchange", methods=("POST",))
def give(request: HttpRequest, baseline: int) -> HttpResponse:
    """The file of a frozen quarter."""
    board = board_of(request.access)
    row = get_object_or_404(Baseline, board=board, pk=baseline)
    content = give_file(by=request.access, board=board, baseline=row)
    response = HttpResponse(content, content_type="application/json")
    name = f"{slugify(board.name)}-{row.year}-q{row.quarter}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("insight.exchange", methods=("GET", "POST"), uploads=_may_upload)
def take(request: HttpRequest) -> HttpResponse:
    """Take in the file of another board."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and uploads.too_large(request):
        form.add_error("file", _("The file is too large: it is no file of indicators. Nothing was taken in."))
    elif form.is_valid():
        given = form.cleaned_data
        try:
            row = take_in(
                by=request.access,
                board=board_of(request.access),
                content=given["file"].read(),
                told=given["fingerprint"],
            )
        except NotTaken as why:
            form.add_error("file", str(why))
        else:
            messages.success(request, _("The figures of %(name)s are here.") % {"name": row.neighbour})
            return redirect("insight:neighbours")
    return render(request, "insight/neighbours_take.html", {"form": form, "parts": parts(request, "neighbours")})
