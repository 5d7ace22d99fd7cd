"""The chronology: what was done, by date, as a table, a time line, and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from ..chronology_files import as_file
from ..forms.chronology import ChronologyFilter, EventForm
from ..models import Event
from ..operations.chronology import change_event, delete_event, write_event
from ..queries.chronology import day_said, events_of, found, years_of
from ..timeline import draw
from .documents_frame import BOTH, pressed, sent

PAGE = 50


@page("strategy.chronology")
def chronology(request: HttpRequest) -> HttpResponse:
    """What was done, filtered by year and kind, with the time line."""
    form = ChronologyFilter(request.GET, years=years_of(request.access))
    wanted = _wanted(form)
    rows = list(found(request.access, **wanted))
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "chosen": any(wanted.values()),
        "total": len(rows),
        "page_obj": shown,
        "rows": [(one, day_said(one)) for one in shown.object_list],
        "picture": draw(rows, _("What was done, by date")),
        "may_keep": request.access.can("strategy.keep_chronology"),
        "query": request.GET.urlencode(),
    }
    return render(request, "strategy/chronology.html", context)


def _wanted(form: ChronologyFilter) -> dict[str, Any]:
    given = form.cleaned_data if form.is_valid() else {}
    return {"year": given.get("year", ""), "kinds": given.get("kind", [])}


@page("strategy.chronology")
def chronology_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The same lines as a PDF, a Word file or a spreadsheet."""
    form = ChronologyFilter(request.GET, years=years_of(request.access))
    rows = list(found(request.access, **_wanted(form)))
    assert request.access.place is not None
    return as_file(request, rows, place=request.access.place.name, ending=ending)


@page("strategy.keep_chronology", methods=BOTH)
def event_new(request: HttpRequest) -> HttpResponse:
    """A line by hand."""
    form = EventForm(typed(request))
    if sent(request, form, lambda: write_event(by=request.access, **form.cleaned_data)):
        messages.success(request, _("Written down."))
        return redirect("strategy:chronology")
    return render(request, "strategy/event.html", {"form": form, "heading": _("Write down what was done")})


@page("strategy.keep_chronology", methods=BOTH)
def event(request: HttpRequest, event: UUID) -> HttpResponse:
    """Put a line right that was written by hand."""
    row = _by_hand(request, event)
    form = EventForm(typed(request), event=row)
    if sent(request, form, lambda: change_event(by=request.access, event=row, **form.given())):
        messages.success(request, _("Saved."))
        return redirect("strategy:chronology")
    return render(request, "strategy/event.html", {"form": form, "event": row, "heading": _("Put this line right")})


@page("strategy.keep_chronology", methods=("POST",))
def event_delete(request: HttpRequest, event: UUID) -> HttpResponse:
    """Take away a line that was written by hand."""
    row = _by_hand(request, event)
    pressed(request, lambda: delete_event(by=request.access, event=row), _("The line is gone."))
    return redirect("strategy:chronology")


def _by_hand(request: HttpRequest, key: UUID) -> Event:
    row = get_object_or_404(events_of(request.access), key=key)
    require(request.access, "strategy.keep_chronology", row)
    if row.by_itself:
        raise Http404
    return row
