"""What was raised from records of this room in the action plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from safeboard.core.models import Link
from safeboard.strategy.models import Action
from safeboard.strategy.queries.plan_list import SEALED

Key = tuple[str, int]


def raised_from(sources: Iterable[models.Model]) -> dict[Key, list[Action]]:
    """The actions that were raised from these records, by (label, id): two queries, however many there are."""
    by_label: dict[str, list[int]] = {}
    for one in sources:
        by_label.setdefault(one._meta.label_lower, []).append(one.pk)
    wanted = models.Q(pk=0)  # nothing, which is asked for too: a page makes as many queries with few rows as with many
    for label, pks in by_label.items():
        wanted |= models.Q(from_type=label, from_id__in=pks)
    links = Link.objects.filter(wanted, to_type=Action._meta.label_lower, kind="raised").order_by("pk")
    ties = {to: (label, source) for label, source, to in links.values_list("from_type", "from_id", "to_id")}
    found: dict[Key, list[Action]] = {}
    rows = Action.objects.filter(pk__in=[0, *ties]).select_related("agency", "owner").defer(*SEALED)
    for row in rows.order_by("pk"):
        found.setdefault(ties[row.pk], []).append(row)
    return found
