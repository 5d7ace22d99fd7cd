"""Reads of incidents. Everything begins with ``visible_to``."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role
from safeboard.core.sealed import blind_index
from safeboard.library import queries as library
from safeboard.partnership.models import Setting

from ..choices import Images, Owner, Part
from ..models import Draft, Duty, Incident, Involved
from ..rules import ALLEGATION_ROLES, CASE_ROLES

# Which role of a person answers for which owner of a duty.
OWNING_ROLES = {
    Role.DESIGNATED_OFFICER: Owner.DESIGNATED_OFFICER,
    Role.AGENCY_LEAD: Owner.AGENCY_LEAD,
    Role.RESPONSIBLE_PERSON: Owner.RESPONSIBLE_PERSON,
    Role.ALLEGATIONS_OFFICER: Owner.HR,
}


def about(access: Access) -> QuerySet[Involved, Any]:
    """The ids of the incidents whose concern is about this person: by account, or by the same name."""
    same = Q(person=access.person)
    if access.person and access.person.name:
        same |= Q(name_index=blind_index(access.person.name))
    return Involved.objects.filter(same, part=Part.CONCERN).values("incident_id")


def visible_where(access: Access, *, of: str = "") -> Q:
    """The condition of ``visible_to`` for rows that hang on an incident: ``of`` is the way there, such as 'incident__'.

    What is about the person, or owed by them, is looked up once and not for every row.
    """
    one = of.removesuffix("__") or "pk"
    seen = Q(**{f"{of}reported_by": access.person}) if access.person else Q(pk__in=[])
    if Role.RESPONSIBLE_PERSON in access.roles:
        passed = Duty.objects.filter(owner=Owner.RESPONSIBLE_PERSON, dropped_at__isnull=True)
        seen |= Q(**{f"{one}__in": passed.values("incident_id")})
    ordinary, grave = bool(access.roles & {*CASE_ROLES, Role.INSPECTOR}), bool(access.roles & set(ALLEGATION_ROLES))
    if ordinary and grave:
        seen = Q()
    elif ordinary or grave:
        seen |= Q(**{f"{of}allegation": grave})
    return seen & ~Q(**{f"{one}__in": about(access)})


def visible_to(access: Access) -> QuerySet[Incident]:
    """The incidents of the own agency that this person may know of.

    Staff: their own reports. Lead and designated officer: all but allegations. Allegations: the few who may know
    (designated officer, responsible person, officer for allegations), and who reported it. The responsible person:
    also what they owe something of, because nobody else was left. The subject of a concern: nothing of it, whatever
    their role. An agency's inspector: all but allegations, to read.
    """
    return Incident.objects.filter(visible_where(access))


def find(access: Access, pk: int) -> Incident:
    """One incident that this person may know of. Raises Incident.DoesNotExist (a page answers 404)."""
    found = _found(access, pk)
    if not found:
        raise Incident.DoesNotExist
    return found[0]


@built_once
def _found(access: Access, pk: int) -> QuerySet[Incident]:
    return visible_to(access).filter(pk=pk).select_related("setting", "reported_by", "concluded_by")


def drafts_of(access: Access) -> QuerySet[Draft]:
    """The person's own reports that are not sent yet, newest first."""
    return Draft.objects.filter(owner=access.person, sent__isnull=True).order_by("-changed_at")


def find_draft(access: Access, key: UUID) -> Draft:
    """The person's own report by its key, sent or not. Raises Draft.DoesNotExist."""
    return Draft.objects.select_related("sent").get(owner=access.person, form_key=key)


def usual_setting(access: Access) -> int | None:
    """Where this person reported from last, or the agency's only setting, where it is open; else None."""
    is_open = Setting.objects.filter(agency_id=access.agency_id or 0, closed_on__isnull=True)
    mine = Incident.objects.filter(reported_by=access.person, setting__in=is_open.values("pk"))
    last = mine.order_by("-pk").values_list("setting_id", flat=True).first()
    if last:
        return last
    only = list(is_open.values_list("pk", flat=True)[:2])
    return only[0] if len(only) == 1 else None


def images_for(pack: str, scenario: str, answer: str) -> str:
    """The answer to 'about images of children', never less than the kind of incident says by itself (PCA 1978 s.1)."""
    kinds = library.items(pack, "incident-kinds") if pack in library.packs() else []
    grave = any(kind.id == scenario and getattr(kind, "concern", None) == "images" for kind in kinds)
    return Images.MAYBE if grave and answer == Images.NO else answer


def open_duties() -> QuerySet[Duty]:
    """Duties that are still owed, whatever their clock."""
    return Duty.objects.filter(done_at__isnull=True, dropped_at__isnull=True)


def owed_by(access: Access) -> QuerySet[Duty]:
    """What this person owes in this agency, late first: by name, by the role they hold, or as the reporter."""
    owners = [owner for role, owner in OWNING_ROLES.items() if role in access.roles]
    mine = Q(person=access.person) | Q(person__isnull=True, owner__in=owners)
    known = visible_where(access, of="incident__")
    return open_duties().filter(mine, known).select_related("incident").order_by("due_at", "pk")


def overdue(now: datetime) -> QuerySet[Duty]:
    """Duties whose time has passed; the caller opens the wall."""
    return open_duties().filter(due_at__lt=now)
