"""Who holds which role where, and who was invited."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.access import Place
from safeboard.core.roles import PlaceKind, Role

from ..models import Agency, Board, Invitation, Membership, Seat
from ..rules import LEADERS_OF_BOARD, MAY_GIVE, Where
from .access import current


@dataclass(frozen=True)
class Member:
    """A person in a place with all roles that they hold there; ``memberships`` in the order of ``roles``."""

    person: Person
    roles: tuple[Role, ...]
    memberships: tuple[Membership, ...]

    @property
    def ends(self) -> date | None:
        """The last day of the role that ends first, where one does."""
        return min((m.ends for m in self.memberships if m.ends), default=None)


def in_place(place: Place) -> Q:
    """The condition that a membership or an invitation is of this place."""
    if place.kind == PlaceKind.AGENCY:
        return Q(agency_id=place.id)
    if place.kind == PlaceKind.BOARD:
        return Q(board_id=place.id)
    return Q(agency__isnull=True, board__isnull=True)


def members_of_place(place: Place, *, roles: Iterable[Role] | None = None) -> list[Member]:
    """The people who hold a role (one of ``roles``) in a place today, by name."""
    rows = Membership.objects.filter(current(), in_place(place)).select_related("person")
    if roles is not None:
        rows = rows.filter(role__in=list(roles))
    found: dict[int, list[Membership]] = {}
    for row in rows.order_by("person__name", "person_id", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return [
        Member(person=held[0].person, roles=tuple(Role(m.role) for m in held), memberships=tuple(held))
        for held in found.values()
    ]


def who_gives(role: Role, place: Place) -> list[Person]:
    """The people of a place who may give this role there, and a later last day of it, by name."""
    where = Where.OWN_BOARD if place.is_board else Where.OWN_AGENCY
    giving = [held for held, table in MAY_GIVE.items() if role in table.get(where, ())]
    return [one.person for one in members_of_place(place, roles=giving)]


def invitations_of_place(place: Place, *, roles: Iterable[Role] | None = None) -> QuerySet[Invitation]:
    """The invitations to a place that were neither used nor withdrawn, newest first; those that ran out too."""
    rows = Invitation.objects.filter(in_place(place), used_at__isnull=True, withdrawn_at__isnull=True)
    if roles is not None:
        rows = rows.filter(role__in=list(roles))
    return rows.select_related("invited_by", "agency", "board").order_by("-made_at", "-pk")


def holders(agency_id: int, role: str) -> QuerySet[Person]:
    """The people who hold a role in an agency today and may sign in, by name: owners of duties, readers of notices."""
    held = Membership.objects.filter(current(), agency_id=agency_id, role=role).values("person_id")
    return Person.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")


def agencies_with(role: str) -> set[int]:
    """The ids of the agencies in which somebody who may sign in holds the role today."""
    held = Membership.objects.filter(current(), role=role, person__is_active=True, agency__isnull=False)
    return set(held.values_list("agency_id", flat=True))


def possible_duty_points(board: Board) -> list[Agency]:
    """The agencies of a board with a designated officer: only there would somebody read what is sent in."""
    seated = Seat.objects.filter(board=board, until__isnull=True).values("agency_id")
    officers = agencies_with(Role.DESIGNATED_OFFICER)
    return [one for one in Agency.objects.filter(pk__in=seated).order_by("name") if one.pk in officers]


def substitutes(agency_id: int, *, without: Iterable[int] = ()) -> list[Person]:
    """Who stands in where the lead or the designated officer is concerned: the head, governor or trustee.

    ``without`` are the ids of people who must not be chosen, such as the subject of an allegation.
    """
    return list(holders(agency_id, Role.RESPONSIBLE_PERSON).exclude(pk__in=list(without)))


def board_is_unled(board_id: int) -> bool:
    """Whether nobody who may sign in manages the board or is its officer today."""
    return not Membership.objects.filter(
        current(), board_id=board_id, role__in=LEADERS_OF_BOARD, person__is_active=True
    ).exists()


def secret_digest(secret: str) -> str:
    """What is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(secret: str) -> Invitation | None:
    """The invitation with that secret, in whatever state. Nothing tells a wrong secret from a missing invitation."""
    wanted = secret_digest(secret)
    found = Invitation.objects.filter(secret_digest=wanted).select_related("agency", "board", "invited_by").first()
    if found is None or not hmac.compare_digest(found.secret_digest, wanted):
        return None
    return found


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation can still be used."""
    return invitation.used_at is None and invitation.withdrawn_at is None and invitation.runs_out_at > timezone.now()


def public_people(agency: Agency) -> list[Member]:
    """The people of an agency whom its boards may know by name: its lead and its designated officer."""
    place = Place(PlaceKind.AGENCY, agency.pk, agency.name)
    return members_of_place(place, roles=(Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER))


def roles_outside(member: Member, place: Place, shown: Iterable[Role]) -> list[Role]:
    """The roles that a person holds in a place beyond those shown, which a change must leave as they are."""
    held = Membership.objects.filter(current(), in_place(place), person=member.person)
    return [Role(role) for role in held.exclude(role__in=list(shown)).values_list("role", flat=True)]


def led_boards() -> set[int]:
    """The ids of the boards that somebody who may sign in manages, or is the officer of, today."""
    rows = Membership.objects.filter(current(), role__in=LEADERS_OF_BOARD, person__is_active=True)
    return set(rows.values_list("board_id", flat=True))
