"""What was ratified becomes the plan: priorities, objectives, and actions that are followed from then on."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from safeboard.core import links
from safeboard.core.access import Access
from safeboard.core.models import Link

from ..choices import PartKind
from ..models import Action, Document, Objective, Part, Priority, Version
from ..queries.documents import parts_of
from .plan import raise_action
from .plan_chain import wait_for
from .plan_objectives import add_objective, add_priority

PLANNED = "planned"  # the kind of link between a part and what the plan has of it
Row = TypeVar("Row", bound=models.Model)


def plan_from(*, by: Access, document: Document, version: Version) -> None:
    """Bring what is new in a document into the plan. A step of ratifying, within its transaction.

    What the plan has of a part already stays as it is there: the plan has its own life once it began. A part's action
    is tied to it ("raised"), so that the plan shows where it came from.
    """
    parts = parts_of(document)
    planned: dict[int, Action] = {}
    for part in parts:
        if part.kind == PartKind.PRIORITY:
            _priority(by, part)
        elif part.kind == PartKind.OBJECTIVE:
            _objective(by, part)
    for part in parts:
        if part.kind == PartKind.ACTION:
            planned[part.pk] = _action(by, document, part, version)
    for part in parts:
        first = planned.get(part.after_id or 0)
        if part.pk in planned and first is not None and part.pk in _new:
            wait_for(by=by, action=planned[part.pk], first=first)
