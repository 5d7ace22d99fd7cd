"""The plan on paper: as a PDF with its time line over pages, as a Word file, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.times import exact
from safeboard.documents.sheets import Column, Table, workbook
from safeboard.documents.word import Paper

from .gantt import SHEET, gantt, scale_of
from .models import Action
from .queries.plan_list import counts, found, lines_of, standing, whose

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Groups = list[tuple[str, list[Action]]]


def made(access: Access, wanted: Mapping[str, Any], ending: str) -> bytes:
    """The actions that fit the filter, as this person may read them now, as a file of that ending (see TYPES)."""
    title = _("Action plan: %(place)s") % {"place": access.place.name if access.place else ""}
    actions = list(found(access, {**wanted, "sort": wanted.get("sort") or "objective"}))
    if ending == "xlsx":
        return workbook([table_of(actions, title)], title=title)
    if ending == "docx":
        return _word(access, actions, title)
    return _pdf(access, actions, title)


def table_of(actions: Sequence[Action], title: str) -> Table:
    """The actions as a table, a column for each thing that is said of one."""
    columns = [
        Column("priority", _("Priority")),
        Column("objective", _("Objective")),
        Column("action", _("Action")),
        Column("agency", _("Agency")),
        Column("who", _("Who sees to it")),
        Column("starts", _("Begins"), "date"),
        Column("due", _("Expected by"), "date"),
        Column("first", _("First expected by"), "date"),
        Column("state", _("How it stands")),
        Column("done", _("Done on"), "date"),
        Column("cost", _("Cost in pounds"), "number"),
    ]
    return Table(title, columns, [_row(one) for one in actions], source=_said_today())


def _row(one: Action) -> dict[str, Any]:
    objective = one.objective
    return {
        "priority": str(objective.priority or "") if objective else "",
        "objective": str(objective) if objective else "",
        "action": one.title,
        "agency": one.agency.name if one.agency else "",
        "who": (one.owner.name if one.owner else str(one.get_owner_role_display())),
        "starts": one.starts_on,
        "due": one.due_on,
        "first": one.first_due_on,
        "state": standing(one).word,
        "done": one.done_on,
        "cost": one.cost,
    }


def _said_today() -> str:
    return _("as it stood on %(day)s") % {"day": exact(timezone.localdate())}


def _groups(actions: Iterable[Action]) -> Groups:
    """The actions under the headings of their objectives, in the order in which they come."""
    groups: dict[str, list[Action]] = {}
    for one in actions:
        groups.setdefault(str(one.objective) if one.objective else _("Under no objective"), []).append(one)
    return list(groups.items())


def _cells(one: Action) -> list[str]:
    """Action, who, by when, how it stands: as the tables of Word and PDF have them."""
    due = exact(one.due_on)
    if one.due_on != one.first_due_on:
        due = _("%(day)s (first %(first)s)") % {"day": due, "first": exact(one.first_due_on)}
    return [one.title, whose(one), due, standing(one).word]


def _heads() -> list[str]:
    return [_("Action"), _("Who"), _("Expected by"), _("How it stands")]


def _summary(access: Access) -> str:
    """How the whole plan stands, in a sentence."""
    words = _("%(red)s overdue, %(amber)s at risk, %(green)s on time, %(done)s done.")
    return words % counts(access)


def _word(access: Access, actions: list[Action], title: str) -> bytes:
    paper = Paper(title)
    paper.title(title, [_said_today()])
    paper.text(_summary(access))
    for heading, rows in _groups(actions):
        paper.heading(heading, 2)
        paper.table(_heads(), [_cells(one) for one in rows], widths=(7, 4.4, 3, 2.2))
    return paper.content()


def _pdf(access: Access, actions: list[Action], title: str) -> bytes:
    from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

    context = {
        "title": title,
        "as_at": _said_today(),
        "summary": _summary(access),
        "heads": _heads(),
        "groups": [(heading, [_cells(one) for one in rows]) for heading, rows in _groups(actions)],
        "sheets": _sheets(actions),
    }
    return render_pdf(render_to_string("strategy/paper/plan.html", context), title=title, lang="en-GB")


def _sheets(actions: list[Action]) -> list[SafeString]:
    """The time line cut into pictures of a page each, all drawn to one scale."""
    today, lines = timezone.localdate(), lines_of(actions)
    scale = scale_of(lines, today)
    cut = [lines[place : place + SHEET] for place in range(0, len(lines), SHEET)]
    return [
        gantt(part, today=today, title=_("Time line, page %(n)s") % {"n": n}, scale=scale, prefix=f"gantt-{n}")
        for n, part in enumerate(cut, 1)
    ]
