"""The plan handed out: as a PDF, a Word file, a spreadsheet; made by the worker."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared

from ..jobs import make_plan
from ..plan_files import TYPES
from ..queries.plan_list import found
from .plan import wanted_of


@page("strategy.see")
def plan_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The actions that fit the filter of the address, as a file."""
    if ending not in TYPES:
        raise Http404
    access, wanted = request.access, wanted_of(request)
    rows = found(access, wanted).values_list("pk", "title", "state", "due_on", "owner_id", "objective_id")
    today, place = timezone.localdate(), access.place.key
    key = key_of("plan", access.person.pk, place, sorted(wanted.items()), ending, today, list(rows))
    content = prepared(key, make_plan, person=access.person.pk, place=place, wanted=wanted, ending=ending)
    name = f"action-plan-{today.isoformat()}.{ending}"
    return pdf_or_wait(request, content, filename=name, media_type=TYPES[ending])
