"""The list of incidents and its download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.page import page
from safeboard.documents import sheets

from ..forms.listing import ListFilter
from ..models import Incident, SavedView
from ..operations.looks import list_downloaded
from ..queries import filtering, listing, sheet
from ..queries.saved import views_for
from ..queries.searching import places
from .saved import address_of
from .searching import kept_words

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Chosen:
    """The list as its address has it: the filter, what it finds, in which order."""

    choosing: listing.Choosing
    access: Access
    filter: ListFilter
    wanted: dict[str, Any]
    sort: str

    @property
    def rows(self) -> QuerySet[Incident]:
        """All incidents that it finds."""
        return filtering.found(self.access, self.wanted, self.sort)

    @property
    def words(self) -> str:
        return self.wanted.get("words", "")


def chosen(request: HttpRequest) -> Chosen:
    """Read the address of the list, with the words that are kept for it."""
    choosing = listing.choosing(request.access)
    form = ListFilter(request.GET, choosing, kept_words(request, request.GET.get("search", "")))
    wanted, sort = form.wanted(), request.GET.get("sort", "")
    known = sort if sort.removeprefix("-") in filtering.SORTS else ""
    return Chosen(choosing, request.access, form, wanted, known)


@page("incidents.list")
def incident_list(request: HttpRequest) -> HttpResponse:
    """The incidents that the person may know of: filtered, sorted, fifty a page."""
    views = views_for(request.access)
    first = next((view for view in views if view.is_default), None)
    if first and not request.GET:
        return redirect(address_of(request, first))
    asked = chosen(request)
    if request.GET.get("search") and not asked.words:
        messages.info(request, _("The words of this search are not kept any more. Type them again."))
    shown = listing.page_of(request.access, asked.wanted, asked.sort, request.GET.get("page"))
    incidents = list(shown.object_list)
    where = places(request.access, [one["pk"] for one in incidents], asked.words) if asked.words else {}
    context = {
        "filter": asked.filter,
        "chosen": bool(asked.wanted),
        "tags": _tags(request, asked),
        "words": asked.words,
        "sort": asked.sort,
        "page_obj": shown,
        "total": shown.paginator.count,
        "can": {name: request.access.can(f"incidents.{name}") for name in ("report", "export")},
        "rows": listing.rows_of(request.access, incidents, dict(asked.choosing.settings), where),
        "views": _links(request, views),
    }
    return render(request, "incidents/list.html", context)


def _tags(request: HttpRequest, asked: Chosen) -> list[dict[str, str]]:
    """What was chosen, each with the address of the list without it."""
    return [
        {"label": tag.label, "value": tag.value, "href": _without(request, tag.name)} for tag in asked.filter.tags()
    ]


def _without(request: HttpRequest, name: str) -> str:
    given = request.GET.copy()
    for one in (name, "page", "view"):
        given.pop(one, None)
    return f"?{given.urlencode() or 'view=all'}"


def _links(request: HttpRequest, views: list[SavedView]) -> list[dict[str, Any]]:
    """The saved views: name, number, whether the list shows this one, whether it is shared."""
    now = request.GET.get("view", "")
    return [{"name": view.name, "pk": view.pk, "current": now == str(view.pk), "shared": view.shared} for view in views]


@page("incidents.list")
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file: reference, dates, kinds and status, no case text. The download is recorded."""
    if kind not in TYPES:
        raise Http404
    asked = chosen(request)
    table = sheet.table(asked.rows, dict(asked.choosing.settings))
    list_downloaded(by=request.access, rows=len(table.rows), kind=kind)
    return table_file(table, kind, f"incidents-{timezone.localdate().isoformat()}")


def table_file(table: sheets.Table, kind: str, name: str) -> HttpResponse:
    """A table as a file to be saved."""
    body = sheets.csv_bytes(table) if kind == "csv" else sheets.workbook([table], title=table.title)
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
