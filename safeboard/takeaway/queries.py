"""Who hears of it when everything of a place is taken away."""

from __future__ import annotations

from django.db.models import QuerySet

from safeboard.accounts.models import Person
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

ANSWERING = (Role.RESPONSIBLE_PERSON, Role.AGENCY_LEAD, Role.ESAFETY_OFFICER, Role.BOARD_MANAGER)


def told_of_taking(by: Access) -> QuerySet[Person]:
    """The others who answer for the place acted in, by name."""
    place = {"agency_id": by.agency_id} if by.agency_id else {"board_id": by.board_id}
    held = Membership.objects.filter(partnership.current(), role__in=ANSWERING, **place).values("person_id")
    others = Person.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")
    return others.exclude(pk=by.person.pk) if by.person else others
