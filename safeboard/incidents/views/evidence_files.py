"""Files of evidence: added, taken out with a reason, removed on police instruction; refused unread where it must be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.text import tidy
from safeboard.core.uploads import refused, too_large
from safeboard.partnership import queries as partnership

from .. import operations, queries
from ..errors import Refused
from ..forms.casework import WhyForm
from ..forms.evidence import FileForm, RemovalForm
from ..models import EvidenceFile, EvidenceItem, Incident
from ..queries.evidence import files_of
from .evidence import item_of
from .frame import BOTH, find, frame, onwards, saved


def takes_files(request: HttpRequest, pk: int, item: int) -> bool:
    """Whether a file may be received here: asked before its first byte is kept (PCA 1978 s.1)."""
    incident = queries.visible_to(request.access).filter(pk=pk).first()
    return incident is not None and request.access.can("incidents.add_file", incident)


@page("incidents.evidence", methods=BOTH, uploads=takes_files)
def add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Add a file to a piece of evidence."""
    incident = find(request, pk, "incidents.evidence")
    row = item_of(incident, item)
    if incident.refuses_files:
        return _no_files(request, incident)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and _added(request, row, form):
        return redirect("incidents:evidence-item", pk=pk, item=item)
    context = frame(request, incident, "evidence") | {"form": form, "item": row}
    return render(request, "incidents/evidence_file_add.html", context)


def _added(request: HttpRequest, item: EvidenceItem, form: FileForm) -> bool:
    """Add the file of the form; False, with the reason in the form, where it was not."""
    if too_large(request):
        form.errors.clear()
        form.add_error("file", _("The file is larger than 5 MB. Nothing was added."))
    elif refused(request):
        form.errors.clear()
        form.add_error("file", _("This incident takes no files now. The file was refused unread; no copy was kept."))
    if not form.is_valid():
        return False
    upload, key = form.cleaned_data["file"], form.cleaned_data["form_key"]
    try:
        operations.add_file(by=request.access, item=item, name=tidy(upload.name), content=upload.read(), form_key=key)
    except Refused as why:
        form.add_error("file", _("%(why)s Nothing was added.") % {"why": why})
        return False
    messages.success(request, _("The file is added. It is encrypted."))
    return True


def _no_files(request: HttpRequest, incident: Incident, why: Refused | None = None) -> HttpResponse:
    """What to do instead of adding a file, or opening one."""
    lines = partnership.contact_lines(request.access, setting_id=incident.setting_id)
    context = frame(request, incident, "evidence") | {
        "came": request.method == "POST" and refused(request),
        "why": why,
        "sealed": files_of(incident).filter(sealed_off_at__isnull=False, removed_at__isnull=True).count(),
        "officer": lines.get("designated-officer"),
    }
    status = 403 if request.method == "POST" or why else 200
    return render(request, "incidents/evidence_no_files.html", context, status=status)


@page("incidents.evidence", methods=BOTH)
def take_out(request: HttpRequest, pk: int, item: int, file: int) -> HttpResponse:
    """One file, to keep, for who says why: never shown in the browser. The look is recorded."""
    incident = find(request, pk, "incidents.evidence")
    row = _file_of(incident, item, file)
    if row.sealed_off_at or incident.refuses_files:
        return _no_files(request, incident, Refused(_("This file is sealed. Nobody can open it.")))
    form = WhyForm(typed(request), label=_("Why do you need it?"), hint=_("The reason stays with the record."))
    content: list[bytes] = []
    call = lambda: content.append(operations.take_out(by=request.access, file=row, **form.cleaned_data))  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        return as_a_file(content[0], row.name)
    context = frame(request, incident, "evidence") | {"form": form, "file": row}
    return render(request, "incidents/evidence_file.html", context)


@page("incidents.remove_file", methods=BOTH)
def remove(request: HttpRequest, pk: int, item: int, file: int) -> HttpResponse:
    """Record that the police instructed that a sealed file goes, and remove it."""
    incident = find(request, pk, "incidents.remove_file")
    row = _file_of(incident, item, file)
    if row.removed_at or not row.sealed_off_at:
        messages.info(request, _("Only a file that is sealed can be removed, and only once."))
        return redirect("incidents:evidence-item", pk=pk, item=item)
    form = RemovalForm(typed(request))
    call = lambda: operations.remove_file(by=request.access, file=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("The file is removed. Who instructed it stays on the record."))
        return onwards(request, incident, "evidence-item", item=item)
    context = frame(request, incident, "evidence") | {"form": form, "file": row}
    return render(request, "incidents/evidence_file_removed.html", context)


def _file_of(incident: Incident, item: int, file: int) -> EvidenceFile:
    return get_object_or_404(files_of(incident), item_id=item, pk=file)


def as_a_file(content: bytes, name: str) -> HttpResponse:
    """Bytes to be saved, that no browser shows, runs or guesses at."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
