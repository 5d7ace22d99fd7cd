"""What the queue's worker does for the strategy room."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.documents.prepared import keep
from safeboard.partnership import queries as partnership

from .plan_files import made


@task()
def make_plan(key: str, person: int, place: str, wanted: dict[str, Any], ending: str) -> None:
    """Make a file of the plan as its reader may know it now, and keep it under ``key``; nothing where they may not."""
    access = partnership.access_of(Person.objects.get(pk=person), chosen=place)
    if access.place is None or access.place.key != place or not access.can("strategy.see"):
        return
    with wall.open_for(**partnership.scopes(access)):
        keep(key, made(access, wanted, ending))
