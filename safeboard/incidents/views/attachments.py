"""Files on an incident: attached, listed, taken out; refused unread where it may be about images of children."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.core.text import tidy
from safeboard.core.uploads import refused, too_large
from safeboard.partnership import queries as partnership

from .. import operations, queries
from ..errors import Refused
from ..forms.attachments import AttachForm
from ..models import Incident


def takes_files(request: HttpRequest, pk: int) -> bool:
    """Whether a file may be received here: asked before its first byte is kept (PCA 1978 s.1)."""
    incident = queries.visible_to(request.access).filter(pk=pk).first()
    return incident is not None and request.access.can("incidents.attach", incident)


def _handled(request: HttpRequest, pk: int) -> Incident:
    """The incident, for whoever handles it: 404 where they may not know of it, 403 where they do not handle it."""
    try:
        incident = queries.find(request.access, pk)
    except Incident.DoesNotExist:
        raise Http404("no such incident") from None
    if not request.access.can("incidents.read_files", incident):
        raise PermissionDenied("incidents.read_files")
    return incident


@page("incidents.read_files", methods=("GET", "POST"), uploads=takes_files)
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The incident's files, and the form to attach one."""
    incident = _handled(request, pk)
    if incident.refuses_attachments:
        return _refusal(request, incident)
    form = AttachForm(request.POST, request.FILES) if request.method == "POST" else AttachForm()
    if request.method == "POST" and _attached(request, incident, form):
        return redirect("incidents:attach", pk=pk)
    context = {
        "incident": incident,
        "form": form,
        "files": incident.attachments.defer("content").select_related("added_by"),
        "may_attach": request.access.can("incidents.attach", incident),
    }
    return render(request, "incidents/attachments.html", context)


def _attached(request: HttpRequest, incident: Incident, form: AttachForm) -> bool:
    """Attach the file of the form; False, with the reason in the form, where it was not."""
    if too_large(request):
        form.errors.clear()
        form.add_error("file", _("The file is larger than 5 MB. Nothing was attached."))
    elif refused(request):
        form.errors.clear()
        form.add_error("file", _("This incident takes no files now. The file was refused unread; no copy was kept."))
    if not form.is_valid():
        return False
    upload = form.cleaned_data["file"]
    try:
        operations.attach(by=request.access, incident=incident, name=tidy(upload.name), content=upload.read())
    except Refused as why:
        form.add_error("file", _("%(why)s Nothing was attached.") % {"why": why})
        return False
    messages.success(request, _("The file was attached."))
    return True


def _refusal(request: HttpRequest, incident: Incident, why: Refused | None = None) -> HttpResponse:
    """What to do instead of attaching."""
    lines = partnership.contact_lines(request.access, setting_id=incident.setting_id)
    came = request.method == "POST" and refused(request)
    context = {
        "incident": incident,
        "came": came,
        "why": why,
        "sealed": incident.attachments.filter(sealed_off_at__isnull=False).count(),
        "officer": lines.get("designated-officer"),
    }
    status = 403 if request.method == "POST" or why else 200
    return render(request, "incidents/attachments_refused.html", context, status=status)


@page("incidents.read_files")
def download(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """One file, to keep: never shown in the browser. The look is recorded."""
    incident = _handled(request, pk)
    found = incident.attachments.defer("content").select_related("incident").filter(pk=file).first()
    if found is None:
        raise Http404("no such file")
    try:
        content = operations.read_attachment(by=request.access, attachment=found)
    except Refused as why:
        return _refusal(request, incident, why)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
