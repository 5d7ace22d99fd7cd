"""For an inspector or a peer reviewer: what is where, and the packs that the board laid before them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from ..errors import Refused
from ..forms_reports import PackForm
from ..operations import reviewers as writes
from ..queries import reviewers as reads
from .frame import board_of
from .report_frame import BOTH, pressed, sent


@page("insight.guide")
def guide(request: HttpRequest) -> HttpResponse:
    """What is where: every page that this person may open here, with a sentence each."""
    access = request.access
    context = {"rooms": reads.guide(access), "until": reads.inspector_until(access)}
    return render(request, "insight/guide.html", context)


@page("insight.see_packs")
def packs(request: HttpRequest) -> HttpResponse:
    """The packs of the board: for an inspector those that are open."""
    context = {"packs": list(reads.packs_of(request.access)), "may_make": request.access.can("insight.open_pack")}
    return render(request, "insight/packs.html", context)


@page("insight.open_pack", methods=BOTH)
def pack_new(request: HttpRequest) -> HttpResponse:
    """Ask for a pack."""
    board, form = board_of(request.access), PackForm(typed(request))
    if sent(request, form, lambda: writes.ask_for_pack(by=request.access, board=board, **form.cleaned_data)):
        messages.success(request, _("It is being put together. That takes some seconds."))
        return redirect("insight:packs")
    return render(request, "insight/pack_new.html", {"form": form})


@page("insight.see_packs")
def pack(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Open a pack. That it was opened is recorded."""
    row = get_object_or_404(reads.packs_of(request.access), key=pack)
    try:
        content = writes.open_pack(by=request.access, pack=row)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("insight:packs")
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evidence-{row.made_at:%Y-%m-%d}.zip"'
    return response


@page("insight.open_pack", methods=("POST",))
def pack_close(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Close a pack before its last day."""
    row = get_object_or_404(reads.packs_of(request.access), key=pack)
    pressed(request, lambda: writes.close_pack(by=request.access, pack=row), _("Closed. Its content is cleared."))
    return redirect("insight:packs")
