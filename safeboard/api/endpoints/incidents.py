"""Incidents and what is owed: read, reported, added to."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Path, Query, Status

from safeboard.incidents import operations, queries
from safeboard.incidents.errors import Refused
from safeboard.incidents.forms import whole
from safeboard.incidents.models import Incident
from safeboard.incidents.operations.looks import looked
from safeboard.incidents.queries import filtering
from safeboard.incidents.queries.story import CaseFile

from .. import cursors
from ..choices import Scope
from ..door import Endpoints, access_of, endpoint
from ..problems import KEPT, Refusal
from ..schemas import (
    TEXTS,
    DutyOut,
    DutyPage,
    Filter,
    IncidentOut,
    IncidentPage,
    NoteIn,
    NoteOut,
    ReportIn,
    ReportOut,
    duty_out,
    incident_out,
    line_out,
)
from ..sending import KEY, own_key

INCIDENTS = Endpoints(tags=["Incidents"])
Pk = Annotated[int, Path(ge=1, le=2**63 - 1, description="The number of the incident, as the list gives it (id)")]


@INCIDENTS.get("/incidents", response={200: IncidentPage}, summary="List incidents")
@endpoint("incidents.list", scope=Scope.INCIDENTS_READ, query=Filter)
def incident_list(request: HttpRequest, given: Query[Filter]) -> dict[str, Any]:
    """The incidents that the token's maker may know of, the newest first: kinds, dates and status, no case text.

    Concerns about the maker of the token never show, nor do allegations unless the maker is one of the few who may
    know.
    """
    access = access_of(request)
    rows = filtering.found(access, given.wanted()).select_related("setting")
    after = cursors.read(given.cursor)
    if after:
        at, pk = after
        rows = rows.filter(Q(reported_at__lt=at) | Q(reported_at=at, pk__lt=pk))
    found = list(rows.defer(*TEXTS)[: given.limit + 1])
    more = len(found) > given.limit
    found = found[: given.limit]
    following = cursors.write(found[-1].reported_at, found[-1].pk) if more else None
    return {"incidents": [line_out(one) for one in found], "next_cursor": following}


@INCIDENTS.get("/incidents/{pk}", response={200: IncidentOut}, summary="Read one incident")
@endpoint("incidents.see", scope=Scope.INCIDENTS_READ)
def incident(request: HttpRequest, pk: Pk) -> dict[str, Any]:
    """One incident with the people, notes, duties and referrals that the token's maker may read. Files never leave.

    Each reading is an entry of the incident's history.
    """
    access = access_of(request)
    found = queries.find(access, pk)
    looked(by=access, incident=found)
    return incident_out(CaseFile(access, found))


@INCIDENTS.post("/incidents", response={201: ReportOut, 200: ReportOut}, summary="Report an incident")
@endpoint("incidents.report", scope=Scope.INCIDENTS_REPORT)
def report(request: HttpRequest, given: ReportIn, key: str | None = KEY) -> Status:
    """Report an incident in the name of the token's maker, by the same rules as the form.

    Words only: there is no field for a file, and a text that holds one is refused. Whoever handles such reports is
    told. Sent again with the same Idempotency-Key it is answered 200 with the incident that was made the first time.
    """
    access = access_of(request)
    read = whole.read(access, given.answers(), [one.answers() for one in given.people])
    if read.errors:
        raise Refusal(422, KEPT, [{"field": field, "problem": problem} for field, problem in read.errors])
    form_key = own_key(request, key)
    before = Incident.objects.filter(form_key=form_key, reported_by=access.person).exists() if key else False
    try:
        made = operations.report(
            by=access, fields=read.answers.fields(), people=read.answers.involved(), form_key=form_key
        )
    except Refused as why:
        raise Refusal(422, KEPT, [{"field": "body", "problem": str(why)}]) from None
    return Status(200 if before else 201, {"id": made.pk, "reference": made.reference, "images": made.images})


@INCIDENTS.post("/incidents/{pk}/notes", response={201: NoteOut}, summary="Add a note")
@endpoint("incidents.note", scope=Scope.INCIDENTS_REPORT)
def note(request: HttpRequest, pk: Pk, given: NoteIn, key: str | None = KEY) -> Status:
    """Add to the story of an incident. A note cannot be altered afterwards, nor added to a concluded incident."""
    access = access_of(request)
    found = queries.find(access, pk)
    try:
        made = operations.add_note(
            by=access, incident=found, text=given.text, kind=given.kind, at=given.at, form_key=own_key(request, key)
        )
    except Refused as why:
        raise Refusal(422, KEPT, [{"field": "body", "problem": str(why)}]) from None
    return Status(201, {"id": made.pk, "at": made.at})


@INCIDENTS.get("/duties", response={200: DutyPage}, summary="List what is owed")
@endpoint("incidents.list", scope=Scope.INCIDENTS_READ)
def duties(request: HttpRequest) -> dict[str, list[DutyOut]]:
    """What the token's maker owes, the most late first; at most 500. Titles are the chart's, never case text."""
    owed = queries.owed_by(access_of(request))[:500]
    return {"duties": [duty_out(one) for one in owed]}
