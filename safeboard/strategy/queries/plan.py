"""Which actions there are, and who may know of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.models import Link
from safeboard.core.roles import Role
from safeboard.core.wall import Reach

from ..models import Action
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
    mine = Q(agency_id=access.agency_id) & (Q(owner=access.person) | _by_role(access))
    return Action.objects.filter(mine | Q(reach=Reach.EVERYBODY))


def _by_role(access: Access) -> Q:
    return Q(owner=None, owner_role__in=sorted(access.roles))


def actions_of(source: models.Model) -> list[Action]:
    """What was raised from a record, by date; no more than the wall lets through in the present scopes."""
    links = Link.objects.filter(
        from_type=source._meta.label_lower, from_id=source.pk, to_type=Action._meta.label_lower, kind="raised"
    )
    found = Action.objects.filter(pk__in=links.values("to_id")).select_related("agency", "owner")
    return list(found.order_by("due_on", "pk"))
