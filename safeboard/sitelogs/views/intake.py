"""A file of lines through the browser: uploaded, looked over, taken in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.uploads import too_large

from .. import queries
from ..choices import Layout
from ..forms.columns import LookOverForm, start_of
from ..forms.keeping import UploadForm
from ..models import Intake
from ..operations import taking
from ..queries.preview import preview
from .frame import BOTH, frame, saved


def takes_logs(request: HttpRequest, **_named: Any) -> bool:
    """Files are received here by whoever keeps the logs: they are text, and are never shown but as text."""
    return bool(request.access.can("sitelogs.keep"))


@page("sitelogs.keep", methods=BOTH, uploads=takes_logs)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file of lines; what it would become is shown next."""
    logs = queries.logs_of(request.access)
    form = UploadForm(typed(request), request.FILES or None, logs=logs)
    made: list[Intake] = []

    def stage() -> None:
        file, given = form.cleaned_data["file"], form.cleaned_data
        named = {name: given[name] for name in ("log", "layout", "form_key")}
        made.append(taking.stage(by=request.access, name=file.name, content=file.read(), **named))

    if request.method == "POST" and too_large(request):
        form.add_error("file", _("The file is larger than 20 MB; nothing of it was kept. Take it in by the command."))
    elif request.method == "POST" and form.is_valid() and saved(form, stage):
        return redirect("sitelogs:upload-check", key=made[0].key)
    heading, back = _("Upload a file of lines"), reverse("sitelogs:state")
    context = frame(request, "state", form=form, heading=heading, button=_("Look it over"), back=back, takes_file=True)
    return render(request, "sitelogs/one_form.html", context)


def _waiting(request: HttpRequest, key: uuid.UUID) -> Intake:
    rows = Intake.objects.filter(agency_id=request.access.agency_id, key=key, taken_at=None)
    row = rows.select_related("log__setting", "made_by").first()
    if row is None:
        raise Http404("no such upload")
    if row.made_by_id != request.access.person.pk:
        raise PermissionDenied("somebody else uploaded it")
    return row


@page("sitelogs.keep", methods=BOTH)
def look_over(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How the file reads, and the yes. A table's columns are said here and kept with the filter."""
    row = _waiting(request, key)
    kept = dict(row.log.columns)
    first = preview(row, Layout.CSV if row.layout == Layout.CSV else row.layout, kept or None)
    form = LookOverForm(typed(request), titles=first.titles, start=start_of(kept, first.guess, row.layout))
    seen = first
    if form.is_bound and form.is_valid():
        layout, columns = form.cleaned_data["layout"], form.columns()
        seen = preview(row, layout, columns)
        call = lambda: taking.take(by=request.access, intake=row, layout=layout, columns=columns)  # noqa: E731
        if request.POST.get("go") == "take" and not seen.fault and saved(form, call):
            return _taken(request, row)
    context = frame(request, "state", form=form, intake=row, seen=seen)
    return render(request, "sitelogs/look_over.html", context)


def _taken(request: HttpRequest, row: Intake) -> HttpResponse:
    row = Intake.objects.defer("content").get(pk=row.pk)
    words = ngettext("%(n)s line was taken in.", "%(n)s lines were taken in.", row.lines) % {"n": f"{row.lines:,}"}
    if row.again:
        words = _("These lines had been taken in before: nothing was added.")
    messages.success(request, words)
    return redirect("sitelogs:state")


@page("sitelogs.keep", methods=("POST",))
def discard(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Throw an upload away that was not taken in."""
    taking.discard(by=request.access, intake=_waiting(request, key))
    messages.success(request, _("The file was thrown away."))
    return redirect("sitelogs:state")
