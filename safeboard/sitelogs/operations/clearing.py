"""Who may ask: the training in the law and the head's signature under the agreement, both with their day (Leeds)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership

from ..errors import Refused
from ..models import Clearance
from ..rules import ASKING


@transaction.atomic
def clear(*, by: Access, person: Person, trained_on: date, training: str, signed_on: date, signed_by: str) -> Clearance:
    """Record that somebody may ask. Nobody but the head does so for themselves. What stood before is ended.

    Raises Refused for days to come, for somebody who holds no role that asks, and for oneself.
    """
    require(by, "sitelogs.clear")
    if max(trained_on, signed_on) > timezone.localdate():
        raise Refused(_("Both days must be today or in the past."))
    if person not in possible(by):
        raise Refused(_("Only people who look after the network, handle cases or answer for the agency may ask."))
    if by.person is None:
        raise PermissionDenied("somebody has to answer for it")
    if by.person == person and Role.RESPONSIBLE_PERSON not in by.roles:
        raise Refused(_("Nobody records this for themselves. Ask the head."))
    for row in Clearance.objects.filter(agency_id=by.own_agency, person=person, ended_at=None):
        end_clearance(by=by, clearance=row)
    row = Clearance.objects.create(
        agency_id=by.own_agency,
        person=person,
        trained_on=trained_on,
        training=training,
        signed_on=signed_on,
        signed_by=signed_by,
        made_by=by.person,
    )
    facts = {"person": person.pk, "trained_on": trained_on.isoformat(), "signed_on": signed_on.isoformat()}
    history.record(by=by, verb="sitelogs.cleared", obj=row, facts=facts, digests={"signed_by": signed_by})
    return row


@transaction.atomic
def end_clearance(*, by: Access, clearance: Clearance) -> Clearance:
    """End somebody's leave to ask: at once, for every question."""
    require(by, "sitelogs.clear", clearance)
    if clearance.ended_at is None:
        clearance.ended_at, clearance.ended_by = timezone.now(), by.person
        clearance.save(update_fields=["ended_at", "ended_by"])
        history.record(by=by, verb="sitelogs.clearance_ended", obj=clearance, facts={"person": clearance.person_id})
    return clearance


def possible(by: Access) -> list[Person]:
    """The people of the own agency who hold a role that may ask."""
    if by.place is None:
        return []
    return [member.person for member in partnership.members_of_place(by.place, roles=ASKING)]
