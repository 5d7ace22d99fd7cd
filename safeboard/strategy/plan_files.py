"""The plan on paper: as a PDF with its time line over pages, as a Word file, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.times import exact
from safeboard.documents.sheets import Column, Table, workbook

from .gantt import SHEET, gantt, scale_of
from .models import Action, Objective
from .queries.figures import Figures, Key, figures_of, key_of
from .queries.plan_counts import counts
from .queries.plan_list import found, lines_of, waits_of
from .queries.plan_standing import seen_as, standing, whose

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def made(access: Access, wanted: Mapping[str, Any], ending: str) -> bytes:
    """The actions that fit the filter, as this person may read them now, as a file of that ending (see TYPES)."""
    title = _("Action plan: %(place)s") % {"place": access.place.name if access.place else ""}
    actions = list(found(access, {**wanted, "sort": wanted.get("sort") or "objective"}))
    plan = Plan(access, actions, title)
    return {"xlsx": plan.sheet, "docx": plan.word, "pdf": plan.pdf}[ending]()


@dataclass(frozen=True)
class Group:
    """The actions under one heading, and what is said of the objective above them."""

    heading: str
    notes: tuple[str, ...]
    rows: list[list[str]]


class Plan:
    """Actions to be printed: with what each waits for, and the figures of their objectives as they are now."""

    def __init__(self, access: Access, actions: Sequence[Action], title: str) -> None:
        self.access, self.actions, self.title = access, actions, title
        self.waits = waits_of(access, actions)
        objectives = {one.objective_id: one.objective for one in actions if one.objective}
        self.figures: dict[Key, Figures] = {}
        for board in {one.board_id for one in objectives.values()}:
            keys = [key_of(one) for one in objectives.values() if one.board_id == board]
            self.figures |= figures_of(access, board, keys)

    def sheet(self) -> bytes:
        """The spreadsheet."""
        return workbook([self.table()], title=self.title)

    def table(self) -> Table:
        """A column for each thing that is said of an action."""
        columns = [
            Column("priority", _("Priority")),
            Column("objective", _("Objective")),
            Column("measure", _("How we shall know")),
            Column("indicator", _("Indicator")),
            Column("action", _("Action")),
            Column("agency", _("Agency")),
            Column("who", _("Who sees to it")),
            Column("starts", _("Begins"), "date"),
            Column("due", _("Expected by"), "date"),
            Column("first", _("First expected by"), "date"),
            Column("waits", _("Waits for")),
            Column("state", _("How it stands")),
            Column("done", _("Done on"), "date"),
            Column("cost", _("Cost in pounds"), "number"),
        ]
        return Table(self.title, columns, [self._row(one) for one in self.actions], source=_said_today())

    def _row(self, one: Action) -> dict[str, Any]:
        objective = one.objective
        return {
            "priority": str(objective.priority or "") if objective else "",
            "objective": str(objective) if objective else "",
            "measure": objective.measure if objective else "",
            "indicator": self._indicator(objective),
            "action": one.title,
            "agency": one.agency.name if one.agency else "",
            "who": (one.owner.name if one.owner else str(one.get_owner_role_display())),
            "starts": one.starts_on,
            "due": one.due_on,
            "first": one.first_due_on,
            "waits": "; ".join(self.waits.get(one.pk, ())),
            "state": standing(one).word,
            "done": one.done_on,
            "cost": one.cost,
        }

    def _indicator(self, objective: Objective | None) -> str:
        known = self.figures.get(key_of(objective)) if objective else None
        return known.said if known else ""

    def groups(self) -> list[Group]:
        """The actions under the headings of their objectives, in the order in which they come."""
        groups: dict[int | None, Group] = {}
        for one in self.actions:
            if one.objective_id not in groups:
                heading = str(one.objective) if one.objective else _("Under no objective")
                groups[one.objective_id] = Group(heading, self._notes(one.objective), [])
            groups[one.objective_id].rows.append(self._cells(one))
        return list(groups.values())

    def _notes(self, objective: Objective | None) -> tuple[str, ...]:
        """How one will know that an objective is reached: its measure, its indicator."""
        measure = objective.measure if objective else ""
        told = [(_("How we shall know: %(words)s"), measure), (_("Indicator: %(words)s"), self._indicator(objective))]
        return tuple(label % {"words": words} for label, words in told if words)

    def _cells(self, one: Action) -> list[str]:
        """Action, who, by when, what it waits for, how it stands: as the tables of Word and PDF have them."""
        due = exact(one.due_on)
        if one.due_on != one.first_due_on:
            due = _("%(day)s (first %(first)s)") % {"day": due, "first": exact(one.first_due_on)}
        return [one.title, whose(one), due, "; ".join(self.waits.get(one.pk, ())), standing(one).word]

    def word(self) -> bytes:
        """The Word file."""
        from safeboard.documents.word import Paper  # heavy

        paper = Paper(self.title)
        paper.title(self.title, [_said_today()])
        paper.text(_summary(self.access))
        for group in self.groups():
            paper.heading(group.heading, 2)
            for note in group.notes:
                paper.text(note)
            paper.table(_heads(), group.rows, widths=(5.4, 3.4, 2.6, 3.2, 2))
        return paper.content()

    def pdf(self) -> bytes:
        """The PDF, with the time line."""
        from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

        context = {
            "title": self.title,
            "as_at": _said_today(),
            "summary": _summary(self.access),
            "heads": _heads(),
            "groups": self.groups(),
            "sheets": _sheets(self.access, list(self.actions)),
        }
        return render_pdf(render_to_string("strategy/paper/plan.html", context), title=self.title, lang="en-GB")


def _said_today() -> str:
    return _("as it stood on %(day)s") % {"day": exact(timezone.localdate())}


def _heads() -> list[str]:
    return [_("Action"), _("Who"), _("Expected by"), _("Waits for"), _("How it stands")]


def _summary(access: Access) -> str:
    """How the whole plan stands, in a sentence."""
    words = _("%(red)s overdue, %(amber)s at risk, %(green)s on time, %(done)s done.")
    return words % counts(access)


def _sheets(access: Access, actions: list[Action]) -> list[SafeString]:
    """The time line cut into pictures of a page each, all drawn to one scale."""
    today, lines = timezone.localdate(), lines_of(access, [seen_as(one) for one in actions])
    scale = scale_of(lines, today)
    cut = [lines[place : place + SHEET] for place in range(0, len(lines), SHEET)]
    return [
        gantt(part, today=today, title=_("Time line, page %(n)s") % {"n": n}, scale=scale, prefix=f"gantt-{n}")
        for n, part in enumerate(cut, 1)
    ]
