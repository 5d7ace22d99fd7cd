"""Links between records of rooms that may not import each other, shown on both ends (the golden thread)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from .access import Access
from .history import record
from .models import Link


def connect(*, by: Access, source: models.Model, target: models.Model, kind: str) -> Link:
    """Tie ``target`` to the ``source`` it came from. The same link twice is one link. Needs a transaction."""
    link, made = Link.objects.get_or_create(
        from_type=source._meta.label_lower,
        from_id=source.pk,
        to_type=target._meta.label_lower,
        to_id=target.pk,
        kind=kind,
    )
    if made:
        record(by=by, verb="core.linked", obj=source, facts={"kind": kind, "to": f"{link.to_type}:{link.to_id}"})
    return link


def links_of(obj: models.Model) -> QuerySet[Link]:
    """All links that begin or end at this record."""
    label = obj._meta.label_lower
    return Link.objects.filter(Q(from_type=label, from_id=obj.pk) | Q(to_type=label, to_id=obj.pk))
