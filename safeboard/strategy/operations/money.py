"""What the plan needs of people's time and money, and what was given and used (Toolkit s2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key

from ..errors import Refused
from ..models import Resource
from .plan import changed_fields

FIELDS = ("objective", "year", "means", "title", "source", "asked", "committed", "spent")


@transaction.atomic
def keep_resource(*, by: Access, given: Mapping[str, Any], resource: Resource | None = None) -> Resource:
    """Write down what is needed, or change it. given: FIELDS, amounts in days or pounds; form_key: twice is one.

    Raises Refused for an amount below nought, or an objective of another board.
    """
    require(by, "strategy.plan")
    values = {name: given[name] for name in FIELDS if name in given}
    _check(by, values)
    if resource is None:
        new = {"board_id": by.board_id, "changed_by": by.person, **values}
        row, made = Resource.objects.get_or_create(key=place_key(given.get("form_key"), by), defaults=new)
        if made:
            history.record(by=by, verb="strategy.resource", obj=row, facts=_facts(row))
        return row
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    changed = changed_fields(row, values)
    if changed:
        row.changed_by, row.changed_at = by.person, timezone.now()
        row.save()
        history.record(by=by, verb="strategy.resource_changed", obj=row, facts={"fields": changed, **_facts(row)})
    return row


def _facts(row: Resource) -> dict[str, Any]:
    amounts = {name: str(getattr(row, name)) for name in ("asked", "committed", "spent")}
    return {"year": row.year, "means": row.means, **amounts}


def _check(by: Access, values: Mapping[str, Any]) -> None:
    if any((values.get(name) or 0) < 0 for name in ("asked", "committed", "spent")):
        raise Refused(_("An amount cannot be below nought."))
    objective = values.get("objective")
    if objective is not None and objective.board_id != by.board_id:
        raise Refused(_("That objective is not in this plan any more. Choose another one."))


@transaction.atomic
def remove_resource(*, by: Access, resource: Resource) -> None:
    """Take a line out that was written by mistake. The history keeps its amounts."""
    require(by, "strategy.plan")
    row = Resource.objects.select_for_update(of=("self",)).filter(pk=resource.pk).first()
    if row is not None:
        history.record(by=by, verb="strategy.resource_removed", obj=row, facts=_facts(row))
        row.delete()
