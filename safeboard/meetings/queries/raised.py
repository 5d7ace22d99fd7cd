"""What was raised from records of this room in the action plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from safeboard.core.models import Link
from safeboard.strategy.models import Action

Key = tuple[str, int]


def raised_from(sources: Iterable[models.Model]) -> dict[Key, list[Action]]:
    """The actions that were raised from these records, by (label, id): two queries, however many there are."""
    by_label: dict[str, list[int]] = {}
    for one in sources:
        by_label.setdefault(one._meta.label_lower, []).append(one.pk)
    wanted = models.Q(pk__in=[])
    for label, pks in by_label.items():
        wanted |= models.Q(from_type=label, from_id__in=pks)
    links = list(Link.objects.filter(wanted, to_type=Action._meta.label_lower, kind="raised").order_by("pk"))
    rows = Action.objects.filter(pk__in=[link.to_id for link in links]).select_related("agency", "owner")
    actions = {row.pk: row for row in rows} if links else {}
    found: dict[Key, list[Action]] = {}
    for link in links:
        if link.to_id in actions:
            found.setdefault((link.from_type, link.from_id), []).append(actions[link.to_id])
    return found
