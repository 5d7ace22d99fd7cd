"""The list of incidents and its download."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from safeboard.core.page import page
from safeboard.documents import sheets

from ..forms.listing import ListFilter
from ..operations.looks import list_downloaded
from ..queries import listing, sheet

PAGE = 50
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@page("incidents.list")
def incident_list(request: HttpRequest) -> HttpResponse:
    """The incidents that the person may know of: filtered, sorted, fifty a page."""
    choosing = listing.choosing(request.access)
    form = ListFilter(request.GET, choosing)
    wanted = form.wanted()
    sort = request.GET.get("sort", "")
    rows = listing.found(request.access, wanted, sort)
    paginator = Paginator(rows, PAGE)
    shown = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "chosen": bool(wanted),
        "sort": sort if sort.removeprefix("-") in listing.SORTS else "",
        "page_obj": shown,
        "total": paginator.count,
        "can_report": request.access.can("incidents.report"),
        "rows": listing.rows_of(shown.object_list, dict(choosing.settings)),
    }
    return render(request, "incidents/list.html", context)


@page("incidents.list")
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file: reference, dates, kinds and status, no case text. The download is recorded."""
    if kind not in TYPES:
        raise Http404
    choosing = listing.choosing(request.access)
    rows = listing.found(request.access, ListFilter(request.GET, choosing).wanted(), request.GET.get("sort", ""))
    table = sheet.table(rows, dict(choosing.settings))
    body = sheets.csv_bytes(table) if kind == "csv" else sheets.workbook([table], title=table.title)
    list_downloaded(by=request.access, rows=len(table.rows), kind=kind)
    response = HttpResponse(body, content_type=TYPES[kind])
    name = f"incidents-{timezone.localdate().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
