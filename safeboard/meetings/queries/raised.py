"""What was raised from records of this room in the action plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from safeboard.core.models import Link
from safeboard.strategy.models import Action

Key = tuple[str, int]


def raised_from(sources: Iterable[models.Model]) -> dict[Key, list[Action]]:
    """The actions that were raised from these records, by (label, id): one query, however many there are."""
    by_label: dict[str, list[int]] = {}
    for one in sources:
        by_label.setdefault(one._meta.label_lower, []).append(one.pk)
    if not by_label:
        return {}
    wanted = models.Q(pk__in=[])
    for label, pks in by_label.items():
        wanted |= models.Q(from_type=label, from_id__in=pks)
    links = Link.objects.filter(wanted, to_type=Action._meta.label_lower, kind="raised")
    own = links.filter(to_id=models.OuterRef("pk")).order_by("pk")
    rows = Action.objects.filter(pk__in=links.values("to_id")).select_related("agency", "owner").order_by("pk")
    found: dict[Key, list[Action]] = {}
    for row in rows.annotate(
        from_type=models.Subquery(own.values("from_type")[:1]), from_id=models.Subquery(own.values("from_id")[:1])
    ):
        found.setdefault((row.from_type, row.from_id), []).append(row)
    return found
