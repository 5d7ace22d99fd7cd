"""Reads of incidents. Everything begins with ``visible_to``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeboard.core.access import Access
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


def is_subject(access: Access) -> Exists:
    """The condition that the concern of an incident is about this person: by account, or by the same name."""
    about = Involved.objects.filter(incident=OuterRef("pk"), part=Part.CONCERN)
    same = Q(person=access.person)
    if access.person and access.person.name:
        same |= Q(name_index=blind_index(access.person.name))
    return Exists(about.filter(same))


def visible_to(access: Access) -> QuerySet[Incident]:
    """The incidents of the own agency that this person may know of.

    Staff: their own reports. Lead and designated officer: all but allegations. Allegations: the few who may know
    (designated officer, responsible person, officer for allegations), and who reported it. The subject of a
    concern: nothing of it, whatever their role. An agency's inspector: all but allegations, to read.
    """
    seen = Q(reported_by=access.person) if access.person else Q(pk__in=[])
    if access.roles & {*CASE_ROLES, Role.INSPECTOR}:
        seen |= Q(allegation=False)
    if access.roles & set(ALLEGATION_ROLES):
        seen |= Q(allegation=True)
    return Incident.objects.filter(seen).exclude(is_subject(access))


def find(access: Access, pk: int) -> Incident:
    """One incident that this person may know of. Raises Incident.DoesNotExist (a page answers 404)."""
    return visible_to(access).select_related("setting", "reported_by", "concluded_by").get(pk=pk)


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
    return (
        open_duties()
        .filter(mine, incident__in=visible_to(access).values("pk"))
        .select_related("incident")
        .order_by("due_at", "pk")
    )


def overdue(now: datetime) -> QuerySet[Duty]:
    """Duties whose time has passed; the caller opens the wall."""
    return open_duties().filter(due_at__lt=now)
