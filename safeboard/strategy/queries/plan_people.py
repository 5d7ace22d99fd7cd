"""Who answers for an action: a person, whoever holds a role, or whoever leads the place."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeboard.accounts.models import Person
from safeboard.core.access import Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

from ..choices import UNFINISHED
from ..models import Action
from ..rules import BOARD_LEADERS


def place_of(action: Action) -> Place:
    """Where an action is to be done: the agency that it names, else the board."""
    if action.agency_id is not None:
        return Place(PlaceKind.AGENCY, action.agency_id, "")
    return Place(PlaceKind.BOARD, action.board_id, "")


def answering(action: Action) -> list[Person]:
    """Who is told of an action: its owner, else who holds its role, else who leads the place; active people alone.

    An agency's are its lead, else its designated officer, else the head, governor or trustee.
    """
    members = partnership.members_of_place(place_of(action))
    active = [one for one in members if one.person.is_active]
    owner = [one.person for one in active if one.person.pk == action.owner_id]
    if owner:
        return owner
    if action.owner_role:
        held = [one.person for one in active if action.owner_role in one.roles]
        if held:
            return held
    return leaders(action)


def leaders(action: Action) -> list[Person]:
    """Who leads the place in which an action is to be done."""
    active = [one for one in partnership.members_of_place(place_of(action)) if one.person.is_active]
    if action.agency_id is None:
        return [one.person for one in active if set(BOARD_LEADERS) & set(one.roles)]
    for role in (Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON):
        held = [one.person for one in active if role in one.roles]
        if held:
            return held
    return []


def orphaned() -> QuerySet[Action]:
    """Actions still owed whose owner holds no role any more where they are to be done, or may not sign in."""
    held = Membership.objects.filter(partnership.current(), person_id=OuterRef("owner_id"), person__is_active=True)
    there = Exists(held.filter(agency_id=OuterRef("agency_id"))) & Q(agency__isnull=False)
    in_board = Exists(held.filter(board_id=OuterRef("board_id"))) & Q(agency__isnull=True)
    rows = Action.objects.filter(state__in=UNFINISHED, owner__isnull=False)
    return rows.exclude(there | in_board).select_related("owner")
