"""People in an incident."""

from __future__ import annotations

import uuid

from django.db import transaction

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.sealed import blind_index
from safeboard.partnership import queries as partnership

from ..choices import Kin, Part
from ..models import Incident, Involved
from ..rules import words_only
from .allegation import raise_allegation
from .duties import pass_on


def matching_account(*, agency_id: int, name: str) -> Person | None:
    """The one person of the agency who bears this name, so that they are kept from the record; None if not one."""
    wanted = blind_index(name)
    found = [person for person in partnership.people_of(agency_id) if blind_index(person.name) == wanted]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def add_involved(
    *,
    by: Access,
    incident: Incident,
    kin: str,
    part: str,
    name: str = "",
    birth_date: str = "",
    detail: str = "",
    person: Person | None = None,
    form_key: uuid.UUID | None = None,
    tell: bool = True,
    name_index: str = "",
) -> Involved:
    """Add somebody to an incident and give them back. A member of staff of the same name is tied to their account.

    The same form sent twice is one person.

    A concern about staff makes the incident an allegation, which only the few may know (Harrow 5.2; Checklists).
    ``tell``: whether those who owe something because of it are told; a new report has its own message.
    ``name_index``: the digest of a name that nobody here was told, so that it is kept from whoever bears it.
    """
    require(by, "incidents.note", incident)
    words_only(name, detail)
    sent = _sent_before(incident, form_key)
    if sent:
        return sent
    if person is None and kin == Kin.STAFF and name:
        person = matching_account(agency_id=incident.agency_id, name=name)
    row = Involved.objects.create(
        agency_id=incident.agency_id,
        incident=incident,
        kin=kin,
        part=part,
        name=name,
        name_index=blind_index(name) if name.strip() else name_index,
        birth_date=birth_date,
        detail=detail,
        person=person,
        added_by=by.person,
    )
    if kin == Kin.STAFF and part == Part.CONCERN and not incident.allegation:
        incident.allegation = True
        incident.save(update_fields=["allegation"])
    facts = {"involved": row.pk, "kin": kin, **({"form": str(form_key)} if form_key else {})}
    history.record(by=by, verb="incidents.person_added", obj=incident, facts=facts)
    if part == Part.CONCERN:
        pass_on(by=by, incident=incident)
        raise_allegation(by=by, incident=incident, tell=tell)
    return row


def _sent_before(incident: Incident, form_key: uuid.UUID | None) -> Involved | None:
    """Whoever was added by this very form before."""
    if form_key is None:
        return None
    Incident.objects.select_for_update().values_list("pk").get(pk=incident.pk)  # two at once: one waits
    entry = history.of(incident).filter(verb="incidents.person_added", facts__form=str(form_key)).first()
    return Involved.objects.filter(incident=incident, pk=entry.facts["involved"]).first() if entry else None


@transaction.atomic
def connect_account(*, by: Access, involved: Involved, person: Person | None) -> Involved:
    """Say which account somebody involved has (or that they have none): a subject's account sees nothing of it."""
    require(by, "incidents.change", involved.incident)
    involved.person = person
    involved.save(update_fields=["person"])
    history.record(
        by=by,
        verb="incidents.account_connected",
        obj=involved.incident,
        facts={"involved": involved.pk, "person": person.pk if person else None},
    )
    if involved.part == Part.CONCERN:
        pass_on(by=by, incident=involved.incident)
    return involved
