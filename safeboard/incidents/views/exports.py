"""Taking incidents out of the service: what, as what, and why; then the file, for a day."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from safeboard.core.kept import typed
from safeboard.core.page import page

from ..choices import ExportKind
from ..errors import Refused
from ..forms.register import ExportForm
from ..jobs import print_records
from ..models import Export
from ..operations import exports
from ..queries.exports import MOST, table, taken
from ..queries.listing import choosing
from .frame import BOTH
from .listing import chosen, table_file

KEPT = timedelta(days=1)
REFRESH = 3  # seconds between looks of the waiting page


@page("incidents.export", methods=BOTH)
def export(request: HttpRequest) -> HttpResponse:
    """Choose what of the listed incidents is taken out, and say why."""
    asked = chosen(request)
    rows = taken(request.access, asked.rows)
    form = ExportForm(typed(request), initial={"form_key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        most = max(MOST.values()) + 1
        incidents = list(rows.only("pk", "agency_id", "allegation")[:most])
        try:
            made = exports.make_export(by=request.access, incidents=incidents, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            if made.kind == ExportKind.RECORDS and made.ready_at is None:
                print_records.enqueue(export=made.pk, agency=made.agency_id)
            return redirect("incidents:export-made", export=made.pk)
    context = {"form": form, "tags": asked.filter.tags(), "total": rows.count(), "query": request.GET.urlencode()}
    return render(request, "incidents/export.html", context)


@page("incidents.export")
def made(request: HttpRequest, export: int) -> HttpResponse:
    """The export that was made: how far it is, and the file once it is there."""
    row = _find(request, export)
    waits = row.ready_at is None and row.failed_at is None
    context = {"export": row, "waits": waits, "done": exports.progress(row) if waits else row.count}
    response = render(request, "incidents/export_made.html", context)
    if waits:
        response["Refresh"] = str(REFRESH)
    return response


@page("incidents.export")
def file(request: HttpRequest, export: int) -> HttpResponse:
    """The file of an export, for whoever made it, within a day. That it was taken is recorded."""
    row = _find(request, export)
    name = f"incidents-{timezone.localtime(row.made_at).date().isoformat()}"
    if row.kind != ExportKind.RECORDS:
        settings = dict(choosing(request.access).settings)
        response = table_file(table(request.access, row, settings), row.kind, name)
    else:
        content = exports.kept_file(row)
        if content is None:
            return redirect("incidents:export-made", export=row.pk)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    exports.taken_away(by=request.access, export=row)
    return response


def _find(request: HttpRequest, pk: int) -> Export:
    """The person's own export of the last day; 404 for every other."""
    rows = Export.objects.filter(agency_id=request.access.own_agency, made_by=request.access.person)
    row = rows.filter(made_at__gte=timezone.now() - KEPT, pk=pk).select_related("made_by").first()
    if row is None:
        raise Http404("no such export")
    return row
