"""Which actions there are, and who may know of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from safeboard.accounts.models import Person
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.models import Link
from safeboard.core.roles import Role
from safeboard.core.wall import Reach
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from ..models import Action, Objective
from ..rules import AGENCY_LEADERS


def visible_to(access: Access) -> QuerySet[Action]:
    """The actions that this person may know of in the place acted in.

    A board's people: all that reached the board. An agency's leaders and inspector: those asked of it and its own;
    everybody there: what is theirs to do, and what the board does under an objective.
    """
    if access.board_id is not None:
        return Action.objects.filter(board_id=access.board_id)
    if access.agency_id is None or access.person is None:
        return Action.objects.none()
    if access.roles & {*AGENCY_LEADERS, Role.INSPECTOR}:
        return Action.objects.filter(Q(agency_id=access.agency_id) | Q(reach=Reach.EVERYBODY))
    return Action.objects.filter(mine(access) | Q(reach=Reach.EVERYBODY))


def mine(access: Access) -> Q:
    """The condition that an action of this place is the acting person's: by name, or by a role that they hold there."""
    here = Q(agency_id=access.agency_id) if access.agency_id else Q(agency=None, board_id=access.board_id)
    by_role = Q(owner=None, owner_role__in=sorted(access.roles))
    return here & (Q(owner=access.person) | by_role)


def actions_of(source: models.Model) -> list[Action]:
    """What was raised from a record, by date; no more than the wall lets through in the present scopes."""
    links = Link.objects.filter(
        from_type=source._meta.label_lower, from_id=source.pk, to_type=Action._meta.label_lower, kind="raised"
    )
    found = Action.objects.filter(pk__in=links.values("to_id")).select_related("agency", "owner")
    return list(found.order_by("due_on", "pk"))


def objectives_of(access: Access) -> QuerySet[Objective]:
    """The objectives that hold in the plans that this place reads, in their order."""
    rows = Objective.objects.filter(retired_on=None).select_related("priority")
    return rows.filter(board_id=access.board_id) if access.board_id else rows


@built_once
def agencies_asked(access: Access) -> QuerySet[Agency, str]:
    """The names of the agencies that have an action in the acting board's plan."""
    asked = visible_to(access).filter(agency__isnull=False).order_by().values("agency_id")
    return Agency.objects.filter(pk__in=asked).order_by("name").values_list("name", flat=True)


@built_once
def objectives_named(access: Access) -> QuerySet[Objective, tuple[Any, ...]]:
    """The objectives of ``objectives_of`` for a list of choices: key, title, number, number of the priority."""
    return objectives_of(access).values_list("key", "title", "number", "priority__number")


def may_be_asked(access: Access) -> QuerySet[Agency]:
    """The agencies that sit in the acting board, by name."""
    return Agency.objects.filter(pk__in=partnership.agencies_in(access.board_id or 0)).order_by("name")


def people_here(access: Access) -> QuerySet[Person]:
    """The people who may see to an action of the place acted in, by name."""
    if access.agency_id is not None:
        return partnership.people_of(access.agency_id)
    members = partnership.members_of_place(access.place) if access.place else []
    kept = [one.person.pk for one in members if set(one.roles) - {Role.INSPECTOR} and one.person.is_active]
    return Person.objects.filter(pk__in=kept).order_by("name")
