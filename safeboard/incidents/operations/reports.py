"""Writing and sending a report (Toolkit s5, the minimum record)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import because, history
from safeboard.core.access import Access, require
from safeboard.partnership import queries as partnership

from ..choices import Images
from ..errors import Refused
from ..models import Draft, Incident
from ..queries import images_for
from ..rules import born_after, words_only
from .allegation import raise_allegation
from .duties import raise_first_look, tell_of_report
from .intake import tie_alerts
from .people import add_involved
from .told import raise_written_record

SEALED = ("narrative", "where", "address", "actions", "evidence")


@transaction.atomic
def save_draft(
    *,
    by: Access,
    draft: Draft | None,
    step: str,
    answers: Mapping[str, Any],
    form_key: uuid.UUID | None = None,
) -> Draft:
    """Keep what was typed so far; the writer's alone. Later answers replace those of the same name.

    ``form_key`` makes the first page, sent twice, one draft. Raises FilesRefused where an answer carries a file,
    Refused where the report was sent meanwhile, PermissionDenied where the draft is somebody else's.
    """
    require(by, "incidents.report")
    words_only(*_texts(answers))
    if draft is None:
        defaults: dict[str, Any] = {"agency_id": by.own_agency, "answers": {}}
        draft, _made = Draft.objects.get_or_create(
            form_key=form_key or uuid.uuid4(), owner=by.person, defaults=defaults
        )
    draft = _own(by, draft)
    draft.step = step
    draft.answers = {**draft.answers, **answers}
    draft.save()
    return draft


def _texts(answers: Mapping[str, Any]) -> list[str]:
    inner = [value for one in answers.values() if isinstance(one, Mapping) for value in one.values()]
    return [value for value in (*answers.values(), *inner) if isinstance(value, str)]


def _own(by: Access, draft: Draft) -> Draft:
    """The own draft as it is now, not sent yet, held until the transaction ends."""
    held = _locked(by, draft)
    if held.sent_id:
        raise Refused(_("This report was sent already. What you changed since then was not added to it."))
    return held


def _locked(by: Access, draft: Draft) -> Draft:
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if by.person is None or held.owner_id != by.person.pk:
        raise PermissionDenied("incidents.report")
    return held


@transaction.atomic
def discard_draft(*, by: Access, draft: Draft) -> None:
    """Throw away a report that was not sent. Raises as save_draft does."""
    draft = _own(by, draft)
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
    narrative, where, address, actions, evidence. people: keyword arguments of ``add_involved`` each. Raises Refused
    for dates that cannot be. Whoever handles such reports gets a message without case text.
    """
    require(by, "incidents.report")
    draft = _locked(by, draft) if draft else None
    form_key = draft.form_key if draft else form_key or uuid.uuid4()
    sent = Incident.objects.filter(agency_id=by.own_agency, form_key=form_key, reported_by=by.person).first()
    if sent:
        return sent
    words_only(*(fields.get(name, "") for name in SEALED))
    _possible(fields["happened_on"], people)
    now = timezone.now()
    pack = partnership.pack_of(by)
    images = images_for(pack, fields["scenario"], fields.get("images", Images.NO))
    year = timezone.localtime(now).year
    incident = Incident.objects.create(
        agency_id=by.own_agency,
        year=year,
        serial=_next_serial(by.own_agency, year),
        pack=pack,
        reported_by=by.person,
        reported_at=now,
        changed_at=now,
        form_key=form_key,
        **{**fields, "images": images},
    )
    history.record(
        by=by,
        verb="incidents.reported",
        obj=incident,
        facts={"scenario": incident.scenario, "images": incident.images, "allegation": incident.allegation},
        digests={name: getattr(incident, name) for name in SEALED if getattr(incident, name)},
    )
    for person in people:
        add_involved(by=by, incident=incident, tell=False, **person)
    if draft:
        came_from = because.reason(by, draft.answers.get(because.FIELD, ""))
        because.tie(by=by, reason=came_from, target=incident, kind="found")
        draft.sent, draft.answers, draft.step = incident, {}, ""
        draft.save()
        tie_alerts(by=by, draft=draft, incident=incident)
    raise_allegation(by=by, incident=incident, tell=False)
    tell_of_report(by=by, incident=incident)
    raise_first_look(by=by, incident=incident)
    if draft and draft.due_at:
        raise_written_record(by=by, incident=incident, due_at=draft.due_at)
    return incident


def _possible(happened_on: date, people: Sequence[Mapping[str, Any]]) -> None:
    if happened_on > timezone.localdate():
        raise Refused(_("The day it happened must be today or in the past."))
    if any(born_after(person.get("birth_date", ""), happened_on) for person in people):
        raise Refused(_("A date of birth is later than the day it happened. Look at both dates again."))
