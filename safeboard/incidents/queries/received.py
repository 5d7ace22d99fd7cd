"""Referrals to this agency: who may know of them, and who deals with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeboard.accounts.models import Person
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.core.sealed import blind_index
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership

from ..choices import Kin, Part, ReceivedState
from ..models import Incident, Involved, Received, ReceivedSubject
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .handling import Subjects, subjects
from .outside import summary
from .visible import visible_to

PARTS = ("summary", "narrative", "actions")
OPEN = (ReceivedState.NEW, ReceivedState.ACKNOWLEDGED)


def received_by(access: Access) -> QuerySet[Received]:
    """The referrals to the agency that this person may know of, newest first.

    Before there is an incident: lead and designated officer, all but concerns about staff; those, the few who may
    know; and who took the call. Afterwards whoever may know of the incident. The subject: nothing of it (Harrow 5.2).
    """
    seen = Q(recorded_by=access.person) if access.person else Q(pk__in=[])
    if access.roles & set(CASE_ROLES):
        seen |= Q(allegation=False)
    if access.roles & set(ALLEGATION_ROLES):
        seen |= Q(allegation=True)
    mine = (Q(incident__isnull=True) & seen) | Q(incident__in=visible_to(access).values("pk"))
    return Received.objects.filter(mine).exclude(_is_subject(access)).order_by("-at", "-pk")


def _is_subject(access: Access) -> Exists:
    same = Q(person=access.person)
    if access.person and access.person.name:
        same |= Q(name_index=blind_index(access.person.name))
    return Exists(ReceivedSubject.objects.filter(same, received=OuterRef("pk")))


def find_received(access: Access, pk: int) -> Received:
    """One referral to the agency that this person may know of. Raises Received.DoesNotExist (a page answers 404)."""
    return received_by(access).select_related("incident", "recorded_by").get(pk=pk)


def waiting_of(access: Access) -> QuerySet[Received]:
    """Those that wait for somebody here, for whoever deals with them; the longest waiting first."""
    if not access.roles & {*CASE_ROLES, *ALLEGATION_ROLES}:
        return Received.objects.none()
    return received_by(access).filter(state__in=OPEN).order_by("look_due_at", "pk")


def subjects_of(received: Received) -> Subjects:
    """Whom the concern of a received referral is about, as they can be known again."""
    rows = list(ReceivedSubject.objects.filter(received=received))
    accounts = frozenset(row.person_id for row in rows if row.person_id)
    return Subjects(accounts, frozenset({row.name_index for row in rows} - {""}), frozenset())


def receivers(agency_id: int, *, allegation: bool, about: Subjects) -> list[Person]:
    """Who in an agency may know of a referral to it, each once; never whom it is about."""
    roles: Iterable[Role] = ALLEGATION_ROLES if allegation else CASE_ROLES
    found = {one.pk: one for role in roles for one in partnership.holders(agency_id, role) if not about.has(one)}
    return list(found.values())


def last_receivers(agency_id: int, about: Subjects) -> list[Person]:
    """Who is told where nobody looked at it for a day: the responsible person, never whom it is about."""
    return [one for one in partnership.holders(agency_id, Role.RESPONSIBLE_PERSON) if not about.has(one)]


def about_staff_of(agency_id: int, incident: Incident) -> bool:
    """Whether whom the concern is about works in that agency: by account, or by the same name."""
    about = subjects(incident)
    return any(about.has(person) for person in partnership.people_of(agency_id))


def packet(
    access: Access, incident: Incident, *, parts: Iterable[str], people: Iterable[int], message: str, about_them: bool
) -> dict[str, Any]:
    """Exactly what another agency is shown of an incident: what was chosen, and nothing else.

    That it is about images of children goes with every referral: there nothing can be attached (PCA 1978 s.1).
    """
    wanted = set(parts)
    found: dict[str, Any] = {
        "from": access.place.name if access.place else "",
        "reference": incident.reference,
        "message": message,
        "images": incident.images,
        "about_staff": about_them or incident.allegation,
    }
    if "summary" in wanted:
        found["summary"] = _summary(incident)
    if "narrative" in wanted:
        found["narrative"] = incident.narrative
    if "actions" in wanted:
        found["actions"] = incident.actions
    rows = Involved.objects.filter(incident=incident, pk__in=list(people))
    named = [_person(row) for row in rows]
    return found | ({"people": named} if named else {})


def _summary(incident: Incident) -> dict[str, str]:
    words = summary(incident)
    return {
        "kind": library.label(incident.pack, "incident-kinds", incident.scenario),
        "classification": words["classification"],
        "happened": words["happened"],
        "how_found": words["how_found"],
        "scenario": incident.scenario,
        "aspect": incident.classification,
        "on": incident.happened_on.isoformat(),
    }


def _person(row: Involved) -> dict[str, str]:
    return {"name": row.name, "kin": row.kin, "part": row.part, "birth_date": row.birth_date}


def people_in_words(packet: dict[str, Any]) -> list[dict[str, str]]:
    """The people of a packet with their parts in words, for the page."""
    return [
        {
            "name": one["name"],
            "birth_date": one["birth_date"],
            "kin": str(Kin(one["kin"]).label),
            "part": str(Part(one["part"]).label),
        }
        for one in packet.get("people", ())
    ]


def unseen(now: datetime) -> QuerySet[Received]:
    """Referrals that nobody acknowledged in their time; the caller opens the wall."""
    return Received.objects.filter(state=ReceivedState.NEW, look_due_at__lt=now)
