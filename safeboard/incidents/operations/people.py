"""People in an incident."""

from __future__ import annotations

from django.db import transaction

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.sealed import blind_index
from safeboard.partnership import queries as partnership

from ..choices import Kin, Part
from ..models import Incident, Involved
from ..rules import words_only


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
) -> Involved:
    """Add somebody to an incident and give them back. A member of staff of the same name is tied to their account.

    A concern about staff makes the incident an allegation, which only the few may know (Harrow 5.2; Checklists).
    """
    require(by, "incidents.note", incident)
    words_only(name, detail)
    if person is None and kin == Kin.STAFF and name:
        person = matching_account(agency_id=incident.agency_id, name=name)
    row = Involved.objects.create(
        agency_id=incident.agency_id,
        incident=incident,
        kin=kin,
        part=part,
        name=name,
        name_index=blind_index(name) if name.strip() else "",
        birth_date=birth_date,
        detail=detail,
        person=person,
    )
    if kin == Kin.STAFF and part == Part.CONCERN and not incident.allegation:
        incident.allegation = True
        incident.save(update_fields=["allegation"])
    history.record(by=by, verb="incidents.person_added", obj=incident, facts={"involved": row.pk, "kin": kin})
    return row


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
    return involved
