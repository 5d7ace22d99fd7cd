"""Import: choose a file, look at what it would change, then all or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import uploads
from safeboard.core.page import page
from safeboard.documents.reading import UnreadableSheet

from .. import operations
from ..downloads import guide_download, template_download
from ..forms import ImportForm
from ..importing.preview import GROUPS, group_of, in_words
from ..models import ImportRun
from .common import own_board

ON_A_PAGE = 50


def _may_upload(request: HttpRequest, **_named: Any) -> bool:
    return request.user.is_authenticated and request.access.can("partnership.import")


@page("partnership.import", methods=("GET", "POST"), uploads=_may_upload)
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet; see those that were read before."""
    board = own_board(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and uploads.too_large(request):
        form.add_error("file", _("The file is larger than 20 MB. Nothing was changed. Split it, or leave out areas."))
    elif form.is_valid():
        file, key = form.cleaned_data["file"], form.cleaned_data["form_key"]
        try:
            run = operations.read_import(by=request.access, board=board, file=file, filename=file.name, form_key=key)
            return redirect("partnership:import", run.pk)
        except UnreadableSheet as error:
            form.add_error("file", str(error))
    runs = ImportRun.objects.filter(board=board).defer("plan").select_related("made_by").order_by("-pk")[:10]
    return render(request, "partnership/imports.html", {"form": form, "runs": runs, "board": board})


@page("partnership.import")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be added, changed, left alone and refused."""
    run = get_object_or_404(ImportRun, pk=pk, board=own_board(request))
    groups = {name: group_of(run, name) for name in GROUPS}
    shown = request.GET.get("show") or next((name for name in GROUPS if groups[name]), "same")
    if shown not in groups:
        raise Http404
    found = Paginator(groups[shown], ON_A_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"text": f"{label} ({len(groups[name]):,})", "href": f"?show={name}", "current": name == shown}
        for name, label in GROUPS.items()
    ]
    context = {
        "run": run,
        "page": found,
        "rows": found.object_list if shown == "refused" else in_words(run, found.object_list),
        "shown": shown,
        "tabs": tabs,
        "refused": len(groups["refused"]),
        "changes": len(groups["added"]) + len(groups["changed"]),
    }
    return render(request, "partnership/import.html", context)


@page("partnership.import", methods=("POST",))
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Import now: the whole of it, or nothing."""
    found = get_object_or_404(ImportRun.objects.defer("plan"), pk=pk, board=own_board(request))
    words = {
        "refused": _("Nothing was imported: rows are refused. Put them right in the file and choose it again."),
        "done": _("This was imported already. Nothing was changed a second time."),
        "changed": _(
            "The register was changed since you looked, so nothing was imported yet. "
            "Below stands what the file would change now: look at it, then import."
        ),
    }
    try:
        operations.run_import(by=request.access, run=found)
        messages.success(request, _("Imported. The register holds everything that is listed here."))
    except operations.NotImported as error:
        messages.warning(request, words[error.why])
    return redirect("partnership:import", pk)


@page("partnership.import")
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """The empty template."""
    return template_download(ending)


@page("partnership.import")
def guide(request: HttpRequest) -> HttpResponse:
    """How to fill it in."""
    return guide_download(own_board(request).pack)
