"""Import of a plan: choose a file, look at what it would add, then all or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import uploads
from safeboard.core.page import page
from safeboard.documents.reading import UnreadableSheet
from safeboard.documents.sheets import Column, Table, workbook

from ..forms.plan_objectives import ImportForm
from ..models import PlanImport
from ..operations.plan_import import NotImported, read_import, run_import
from ..plan_files import TYPES
from .plan_common import BOTH

ON_A_PAGE = 50


def _may_upload(request: HttpRequest, **_named: Any) -> bool:
    return request.user.is_authenticated and request.access.can("strategy.plan")


@page("strategy.plan", methods=BOTH, uploads=_may_upload)
def plan_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; see those that were read before."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*posted)
    if request.method == "POST" and uploads.too_large(request):
        form.add_error("file", _("The file is larger than 20 MB. Nothing was changed."))
    elif form.is_valid():
        file, key = form.cleaned_data["file"], form.cleaned_data["form_key"]
        try:
            row = read_import(by=request.access, content=file.read(), filename=file.name, form_key=key)
            return redirect("strategy:plan-import-look", row.key)
        except UnreadableSheet as why:
            form.add_error("file", str(why))
    runs = PlanImport.objects.filter(board_id=request.access.board_id).defer("found").select_related("made_by")[:10]
    return render(request, "strategy/plan_imports.html", {"form": form, "runs": runs})


@page("strategy.plan")
def plan_import_look(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the file would add, what is there already, what is refused."""
    row = get_object_or_404(PlanImport, key=key, board_id=request.access.board_id)
    entries, faults = row.found["entries"], row.found["faults"]
    shown = Paginator(faults or entries, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": row,
        "faults": faults,
        "page_obj": shown,
        "rows": shown.object_list if faults else [(one, date.fromisoformat(one["due"])) for one in shown.object_list],
        "added": sum(entry["state"] == "added" for entry in entries),
        "same": sum(entry["state"] == "same" for entry in entries),
    }
    return render(request, "strategy/plan_import.html", context)


@page("strategy.plan", methods=("POST",))
def plan_import_run(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add the whole of it, or nothing."""
    row = get_object_or_404(PlanImport, key=key, board_id=request.access.board_id)
    words = {
        "refused": _("Nothing was added: rows are refused. Put them right in the file and choose it again."),
        "done": _("This file was added already. Nothing was changed a second time."),
        "changed": _("The plan was changed since you looked, so nothing was added yet. Look at it again."),
    }
    try:
        run_import(by=request.access, row=row)
        messages.success(request, _("Added. The plan holds everything that is listed here."))
    except NotImported as why:
        messages.warning(request, words[why.why])
    return redirect("strategy:plan-import-look", row.key)


@page("strategy.plan")
def plan_import_template(request: HttpRequest) -> HttpResponse:
    """An empty spreadsheet with the headings."""
    headings = (_("Priority"), _("Objective"), _("Measure"), _("Action"), _("Responsible"), _("Expected by"), _("Cost"))
    columns = [Column(str(number), heading) for number, heading in enumerate(headings)]
    response = HttpResponse(
        workbook([Table(_("Action plan"), columns, [], plain=True)], title=_("Action plan")),
        content_type=TYPES["xlsx"],
    )
    response["Content-Disposition"] = 'attachment; filename="action-plan-template.xlsx"'
    return response
