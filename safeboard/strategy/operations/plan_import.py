"""Import of a plan that was written elsewhere: look first, then all or nothing."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import file_key, place_key
from safeboard.partnership.models import Agency, Board

from ..errors import Refused
from ..models import Objective, PlanImport, Priority
from ..plan_reading import as_json, from_json, read_plan
from ..queries.plan_import import planned
from .plan import raise_action
from .plan_objectives import add_objective, add_priority


class NotImported(Refused):
    """Nothing was imported. ``why``: refused (rows are), done (it was), changed (the plan is; look again)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def read_import(*, by: Access, content: bytes, filename: str, form_key: uuid.UUID | None = None) -> PlanImport:
    """Read a file and keep what it would add to the acting board's plan; nothing is changed yet.

    The same form sent twice is one.
    Raises UnreadableSheet with words for the person where the file as a whole cannot be taken.
    """
    require(by, "strategy.plan")
    key = file_key(place_key(form_key, by), content)
    known = PlanImport.objects.filter(key=key).first()
    if known is not None:
        return known
    reading = read_plan(content, filename)
    row = PlanImport(
        key=key,
        board_id=by.board_id or 0,
        filename=filename[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=by.person,
    )
    row.found = {"read": as_json(reading), **_looked(by, as_json(reading))}
    row.save()
    history.record(by=by, verb="strategy.import_read", obj=row, facts=_counts(row.found))
    return row


def _looked(by: Access, read: dict[str, Any]) -> dict[str, Any]:
    entries, faults = planned(by, from_json(read))
    text = json.dumps(entries, sort_keys=True)
    return {"entries": entries, "faults": faults, "fingerprint": hashlib.sha256(text.encode()).hexdigest()}


def _counts(found: dict[str, Any]) -> dict[str, int]:
    return {**Counter(entry["state"] for entry in found["entries"]), "refused": len(found["faults"])}


def run_import(*, by: Access, row: PlanImport) -> PlanImport:
    """Add what the preview showed, whole or not at all. The same file a second time adds nothing.

    Raises NotImported: where rows are refused, where it was done before, or where the plan, the agencies or the people
    changed since: then the preview is made anew and nothing else is written.
    """
    try:
        return _run(by=by, row=row)
    except NotImported as error:
        if error.why == "changed":
            row.found = {**row.found, **_looked(by, row.found["read"])}
            row.save(update_fields=["found"])
        raise


@transaction.atomic
def _run(*, by: Access, row: PlanImport) -> PlanImport:
    require(by, "strategy.plan")
    board = Board.objects.select_for_update().get(pk=by.board_id or 0)  # two imports follow one another
    held = PlanImport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.done_at:
        raise NotImported("done")
    now = _looked(by, held.found["read"])
    if now["faults"]:
        raise NotImported("refused")
    if now["fingerprint"] != held.found["fingerprint"]:
        raise NotImported("changed")
    headings: dict[str, Any] = {}
    for entry in now["entries"]:
        if entry["state"] == "added":
            _add(by, board, entry, _objective(by, board, entry, headings))
    held.done_at = timezone.now()
    held.save(update_fields=["done_at"])
    history.record(by=by, verb="strategy.imported", obj=held, facts=_counts(now))
    return held


def _objective(by: Access, board: Board, entry: dict[str, Any], made: dict[str, Any]) -> Objective | None:
    """The objective that an entry stands under: one that is there, else made once for all its entries."""
    if entry["objective_id"]:
        return Objective.objects.get(pk=entry["objective_id"])
    if not entry["objective"]:
        return None
    priority = _priority(by, entry, made)
    key = f"objective {priority.pk if priority else 0} {entry['objective'].casefold()}"
    if key not in made:
        number = (
            entry["number"] if priority and not priority.objectives.filter(number=entry["number"]).exists() else None
        )
        made[key] = add_objective(
            by=by, title=entry["objective"], priority=priority, number=number, measure=entry["measure"]
        )
    return made[key]


def _priority(by: Access, entry: dict[str, Any], made: dict[str, Any]) -> Priority | None:
    if entry["priority_id"]:
        return Priority.objects.get(pk=entry["priority_id"])
    if not entry["priority"]:
        return None
    key = f"priority {entry['priority'].casefold()}"
    if key not in made:
        taken = Priority.objects.filter(board_id=by.board_id or 0, number=entry["area"] or 0).exists()
        made[key] = add_priority(by=by, title=entry["priority"], number=None if taken else entry["area"])
    return made[key]


def _add(by: Access, board: Board, entry: dict[str, Any], objective: Objective | None) -> None:
    due_on = date.fromisoformat(entry["due"])
    raise_action(
        by=by,
        title=entry["action"],
        board=board,
        agency=Agency.objects.get(pk=entry["agency_id"]) if entry["agency_id"] else None,
        owner=Person.objects.get(pk=entry["owner_id"]) if entry["owner_id"] else None,
        owner_role=entry["owner_role"],
        starts_on=min(timezone.localdate(), due_on),
        due_on=due_on,
        cost=Decimal(entry["cost"]) if entry["cost"] else None,
        objective=objective,
    )
