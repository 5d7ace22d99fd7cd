"""What was ratified becomes the plan: priorities, objectives, and actions that are followed from then on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safeboard.core import links
from safeboard.core.access import Access
from safeboard.core.models import Link

from ..choices import PartKind
from ..errors import Refused
from ..models import Action, Document, Objective, Part, Priority, Version, WaitsFor
from ..queries.documents import parts_of
from ..queries.plan import actions_of
from .plan import raise_action
from .plan_objectives import add_objective, add_priority

PLANNED = "planned"  # the kind of link between a part and what the plan has of it


def plan_from(*, by: Access, document: Document, version: Version) -> list[Action]:
    """Bring what is new in a document into the plan, and give the new actions. A step of ratifying.

    What the plan has of a part already stays as it is there: the plan has its own life once it began. Each action is
    tied to the part that it came from ("raised"). What serves a whole priority stands under an objective of its name.
    """
    return _Planning(by, document, version).all()


class _Planning:
    def __init__(self, by: Access, document: Document, version: Version) -> None:
        self.by, self.document, self.version = by, document, version
        self.parts = parts_of(document)
        self.priorities: dict[int, Priority] = {}
        self.objectives: dict[int, Objective] = {}

    def all(self) -> list[Action]:
        """Priorities, then objectives, then actions, then which waits for which."""
        for part in self.of(PartKind.PRIORITY):
            self.priorities[part.pk] = self.known(part, Priority) or self.priority(part)
        for part in self.of(PartKind.OBJECTIVE):
            self.objectives[part.pk] = self.known(part, Objective) or self.objective(part)
        actions, new = {}, []
        for part in self.of(PartKind.ACTION):
            raised = actions_of(part)
            actions[part.pk] = raised[0] if raised else self.action(part)
            new += [] if raised else [part]
        for part in new:
            if part.after_id in actions:
                WaitsFor.objects.get_or_create(action=actions[part.pk], first=actions[part.after_id])
        return [actions[part.pk] for part in new]

    def of(self, kind: str) -> list[Part]:
        """The parts of a kind, in order."""
        return [part for part in self.parts if part.kind == kind]

    def known(self, part: Part, model: type[Any]) -> Any:
        """What the plan has of a part already, or None."""
        link = Link.objects.filter(
            from_type=part._meta.label_lower, from_id=part.pk, to_type=model._meta.label_lower, kind=PLANNED
        ).first()
        return model.objects.filter(pk=link.to_id, retired_on=None).first() if link else None

    def priority(self, part: Part) -> Priority:
        """A priority of the plan."""
        return self.tied(part, add_priority(by=self.by, title=part.title, form_key=part.key))

    def objective(self, part: Part) -> Objective:
        """An objective of the plan, under its priority where it has one."""
        above = self.priorities.get(part.parent_id or 0)
        given: dict[str, Any] = {"measure": part.measure[:500], "indicator": part.indicator}
        try:
            made = add_objective(by=self.by, title=part.title, priority=above, **given, form_key=part.key)
        except Refused as why:
            raise Refused(_("“%(title)s”: %(why)s") % {"title": part.title, "why": why}) from why
        return self.tied(part, made)

    def tied(self, part: Part, row: Any) -> Any:
        """What was made, tied to its part."""
        links.connect(by=self.by, source=part, target=row, kind=PLANNED)
        return row

    def under(self, part: Part) -> Objective | None:
        """The objective that an action serves; one of the priority's own name where it serves all of it."""
        above = part.parent
        if above is None or above.kind == PartKind.OBJECTIVE:
            return self.objectives.get(part.parent_id or 0)
        return self.known(above, Objective) or self.tied(
            above, add_objective(by=self.by, title=above.title, priority=self.priorities.get(above.pk))
        )

    def action(self, part: Part) -> Action:
        """An action of the plan. Raises Refused, naming it, where nobody there can see to it."""
        assert part.due_on is not None
        try:
            return raise_action(
                by=self.by,
                title=part.title,
                why=part.text,
                board=self.document.board,
                agency=part.agency,
                owner=part.owner,
                owner_role=part.owner_role,
                due_on=part.due_on,
                source=part,
                source_title=self.document.title,
                source_url=self.version.url,
                objective=self.under(part),
                form_key=part.key,
            )
        except Refused as why:
            raise Refused(_("“%(title)s”: %(why)s") % {"title": part.title, "why": why}) from why
