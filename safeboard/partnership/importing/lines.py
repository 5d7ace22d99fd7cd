"""What both layouts of spreadsheet give: lines about an agency and a setting, and faults with row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from safeboard.core.text import has_control_characters, tidy
from safeboard.library import queries as library

from ..choices import Known
from ..models import Agency, Setting

HTML = re.compile(r"<\s*[a-zA-Z/!?]")
TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: its number in the sheet, the column's heading, and the reason."""

    row: int
    column: str
    reason: str


@dataclass
class Line:
    """One row as it was understood. Empty values are left out: an import never takes anything away.

    ``agency``: name, reference, kind, gives_technology, reaches_children. ``setting``: fields of Setting, or None.
    """

    row: int
    agency: dict[str, str]
    setting: dict[str, str] | None = None
    note: str = ""

    def as_json(self) -> list[Any]:
        """The line as kept with the run."""
        return [self.row, self.agency, self.setting, self.note]


@dataclass
class Reading:
    """All lines of a sheet; those that could not be understood are faults. ``closed``: rows of closed places."""

    layout: str
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    closed: int = 0


@dataclass
class Cells:
    """The cells of one row by heading. Each reader notes a fault where a cell cannot be taken, and gives ''."""

    row: int
    values: Mapping[str, str]
    faults: list[Fault]

    def fault(self, column: str, reason: str) -> str:
        """Note a fault and give the empty text."""
        self.faults.append(Fault(self.row, column, reason))
        return ""

    def text(self, column: str, *, longest: int) -> str:
        """A text of at most ``longest`` characters, tidied."""
        raw = self.values.get(column, "")
        if HTML.search(raw):
            return self.fault(column, _("There is HTML in this cell. Write it as plain text."))
        if TURNS_TEXT.search(raw):
            return self.fault(column, _("There is a hidden sign in this cell that turns text round. Type it afresh."))
        if has_control_characters(raw):
            return self.fault(column, _("There is a control character in this cell. Type it afresh."))
        value = " ".join(tidy(raw).split())
        if len(value) > longest:
            reason = _("This is %(long)s characters long; at most %(most)s fit.")
            return self.fault(column, reason % {"long": f"{len(value):,}", "most": longest})
        return value

    def choice(self, column: str, names: Mapping[str, str], *, unknown: str) -> str:
        """The id of one of the ``names`` (folded name to id); '' where the cell is empty."""
        value = self.text(column, longest=200)
        if not value:
            return ""
        found = names.get(fold(value))
        return found or self.fault(column, unknown % {"value": value[:80]})


def fold(text: str) -> str:
    """A name without the differences that do not matter."""
    return " ".join(text.replace("\u2019", "'").casefold().split())


def kind_names(pack: str, kind: str) -> dict[str, str]:
    """Folded ids and titles (in every language) of a pack's items to their ids."""
    names: dict[str, str] = {}
    for item in library.items(pack, kind):
        for name in (item.id, *item.title.root.values()):
            names.setdefault(fold(name), item.id)
    return names


def _setting_kinds(pack: str) -> list[Any]:
    return list(library.items(pack, "setting-kinds"))


def register_names(pack: str) -> dict[str, str]:
    """Folded names of types and groups in Get Information About Schools to the ids of setting kinds."""
    return {fold(name): item.id for item in _setting_kinds(pack) for name in item.matches}


def answer_names(choices: type[TextChoices]) -> dict[str, str]:
    """Folded words for an answer to its value."""
    names = {fold(str(label)): value for value, label in choices.choices} | {value: value for value in choices.values}
    return {**names, "y": "yes", "n": "no", "don't know": "unknown"} if choices is Known else names


def longest(model: type[Agency | Setting], name: str) -> int:
    """How many characters a field holds."""
    field: Any = model._meta.get_field(name)
    return int(field.max_length or 0)
