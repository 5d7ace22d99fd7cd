"""What was raised from records of this room in the action plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.models import Link
from safeboard.strategy.models import Action
from safeboard.strategy.queries.plan_list import SEALED

from ..models import AgendaItem, Decision

Key = tuple[str, int]
Items = Callable[..., QuerySet[AgendaItem]]


def raised_under(access: Access, items: Items, *given: Any) -> dict[Key, list[Action]]:
    """The actions that were raised from items of agendas and from decisions under them, by (label, id). Two queries.

    ``items`` is a function of a module: it gives the items for the access and what is ``given``.
    """
    ties = {to: (label, source) for label, source, to in _ties(access, items, *given)}
    found: dict[Key, list[Action]] = {}
    for row in _actions(access, items, *given):
        found.setdefault(ties[row.pk], []).append(row)
    return found


@built_once
def _ties(access: Access, items: Items, *given: Any) -> QuerySet[Link, tuple[str, int, int]]:
    return _links(items(access, *given)).order_by("pk").values_list("from_type", "from_id", "to_id")


@built_once
def _actions(access: Access, items: Items, *given: Any) -> QuerySet[Action]:
    rows = Action.objects.filter(pk__in=_links(items(access, *given)).values("to_id"))
    return rows.select_related("agency", "owner").defer(*SEALED).order_by("pk")


def _links(items: QuerySet[AgendaItem]) -> QuerySet[Link]:
    items = items.order_by()
    decisions = Decision.objects.filter(item__in=items.values("pk")).order_by()
    wanted = Q(from_type=AgendaItem._meta.label_lower, from_id__in=items.values("pk"))
    wanted |= Q(from_type=Decision._meta.label_lower, from_id__in=decisions.values("pk"))
    return Link.objects.filter(wanted, to_type=Action._meta.label_lower, kind="raised")
