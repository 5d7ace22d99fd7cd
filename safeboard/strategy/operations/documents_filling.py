"""A document filled from a template of a pack: its words, and proposals of who and by when."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.shapes.strategy import Aim, Named, Proposed, Strategy
from safeboard.partnership.queries import pack_of

from ..choices import PartKind
from ..models import Document, Part
from .plan_objectives import indicator_of


class Filling:
    """Writes the parts of a template into a document."""

    def __init__(self, document: Document, by: Access) -> None:
        self.document, self.by = document, by
        self.order = 0
        self.actions: dict[str, Part] = {}
        self.indicators = dict(library.choices(pack_of(by), "indicators"))  # a template may be another pack's

    def fill(self, item: Strategy) -> None:
        """All parts of the template, in order."""
        for kind, texts in (("position", item.position), ("purpose", item.purpose), ("audience", item.audience)):
            self.texts(kind, texts)
        self.named("driver", item.drivers)
        self.named("plan", item.plans)
        for aim in item.objectives:
            self.aim(aim)
        for area in item.priorities:
            top = self.add(PartKind.PRIORITY, title=area.title, text=area.text)
            for action in area.actions:
                self.action(action, top)
            for aim in area.objectives:
                self.aim(aim, top)
        for chapter in item.chapters:
            head = self.add(PartKind.CHAPTER, title=chapter.title)
            for words in chapter.paragraphs:
                self.add(PartKind.PARAGRAPH, parent=head, text=words)
        self.texts("monitoring", item.monitoring)
        self.named("term", item.terms)
        self.texts("plain", item.plain)
        self.texts("children", item.children)

    def add(self, kind: str, *, parent: Part | None = None, title: Any = "", text: Any = "", **more: Any) -> Part:
        """One part at the end."""
        self.order += 1
        document = self.document
        given = {"title": str(title or ""), "text": str(text or ""), "order": self.order, "changed_by": self.by.person}
        return Part.objects.create(
            board_id=document.board_id, document=document, kind=kind, parent=parent, **given, **more
        )

    def texts(self, kind: str, texts: Iterable[Any]) -> None:
        """Paragraphs: those of the pages for others stand in one part, to be measured together."""
        if kind in (PartKind.PLAIN, PartKind.CHILDREN):
            whole = "\n".join(map(str, texts))
            if whole:
                self.add(kind, text=whole)
            return
        for words in texts:
            self.add(kind, text=words)

    def named(self, kind: str, rows: Sequence[Named]) -> None:
        """Drivers, plans, terms."""
        for row in rows:
            self.add(kind, title=row.title, text=row.text)

    def aim(self, aim: Aim, parent: Part | None = None) -> None:
        """An objective with its actions."""
        name = aim.indicator if aim.indicator in self.indicators else ""
        part = self.add(
            PartKind.OBJECTIVE,
            parent=parent,
            title=aim.title,
            measure=str(aim.measure or ""),
            **indicator_of(self.by, name or ""),
        )
        for action in aim.actions:
            self.action(action, part)

    def action(self, action: Proposed, parent: Part) -> None:
        """An action, with its role, and its date counted from the day from which the document is in force."""
        assert self.document.starts_on is not None
        due_on = months_on(self.document.starts_on, action.months)
        after = self.actions.get(action.after or "")
        self.actions[action.id] = self.add(
            PartKind.ACTION, parent=parent, title=action.title, owner_role=action.role, due_on=due_on, after=after
        )


def months_on(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
