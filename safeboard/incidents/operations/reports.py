"""Writing and sending a report (Toolkit s5, the minimum record)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.partnership import queries as partnership

from ..models import Draft, Incident
from ..rules import words_only
from .people import add_involved

SEALED = ("narrative", "where", "address", "actions", "evidence")


@transaction.atomic
def save_draft(*, by: Access, draft: Draft | None, step: str, answers: Mapping[str, Any]) -> Draft:
    """Keep what was typed so far; the writer's alone. Later answers replace those of the same name."""
    require(by, "incidents.report")
    draft = draft or Draft(agency_id=by.agency_id, owner=by.person, answers={})
    draft.step = step
    draft.answers = {**draft.answers, **answers}
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, by: Access, draft: Draft) -> None:
    """Throw away a report that was not sent."""
    history.record(by=by, verb="incidents.draft_discarded", obj=draft)
    draft.delete()


def _next_serial(agency_id: int, year: int) -> int:
    partnership.lock_agency(agency_id)  # two reports at once get two numbers
    last = Incident.objects.filter(agency_id=agency_id, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


@transaction.atomic
def report(
    *,
    by: Access,
    fields: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]] = (),
    form_key: uuid.UUID | None = None,
    draft: Draft | None = None,
) -> Incident:
    """Make an incident of a report and give it back. The same form sent twice gives the same incident.

    fields: scenario, classification, strand, images, allegation, how_found, happened_on, happened_at, setting,
    narrative, where, address, actions, evidence. people: keyword arguments of ``add_involved`` each.
    """
    require(by, "incidents.report")
    form_key = draft.form_key if draft else form_key or uuid.uuid4()
    sent = Incident.objects.filter(agency_id=by.agency_id, form_key=form_key, reported_by=by.person).first()
    if sent:
        return sent
    words_only(*(fields.get(name, "") for name in SEALED))
    now = timezone.now()
    year = timezone.localtime(now).year
    incident = Incident.objects.create(
        agency_id=by.agency_id,
        year=year,
        serial=_next_serial(by.agency_id, year),
        pack=partnership.pack_of(by),
        reported_by=by.person,
        reported_at=now,
        changed_at=now,
        form_key=form_key,
        **fields,
    )
    history.record(
        by=by,
        verb="incidents.reported",
        obj=incident,
        facts={"scenario": incident.scenario, "images": incident.images, "allegation": incident.allegation},
        digests={name: getattr(incident, name) for name in SEALED if getattr(incident, name)},
    )
    for person in people:
        add_involved(by=by, incident=incident, **person)
    if draft:
        draft.sent, draft.answers = incident, {}
        draft.save()
    return incident
