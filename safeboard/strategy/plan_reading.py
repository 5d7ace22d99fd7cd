"""Understanding an action plan that was written elsewhere: a spreadsheet, or the tables of a Word file.

Columns are known by their headings, in the words of Annex G of the Toolkit, of Bromley's table, or of our own.
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.text import has_control_characters, tidy
from safeboard.documents.reading import read_rows
from safeboard.documents.reading_docx import is_word, read_tables
from safeboard.documents.refusals import UnreadableSheet

MOST_ROWS = 500
EARLIEST, FARTHEST = 2000, 20  # the first year, and years from now: further off the year was mistyped
HEADINGS: dict[str, tuple[str, ...]] = {
    "priority": ("priority", "key area", "area", "strand", "theme"),
    "objective": ("objective", "objectives", "outcome", "aim"),
    "measure": ("measure", "success measure", "success criteria", "how we shall know", "performance measure"),
    "action": (
        *("action", "actions", "action required", "actions required", "activity", "activities", "task", "tasks"),
        "what is to be done",
    ),
    "who": (
        "responsibility of",
        "responsible",
        "responsibility",
        "lead",
        "lead officer",
        "owner",
        "who",
        "by whom",
        "led by",
    ),
    "due": (
        "expected completion date",
        "expected by",
        "by when",
        "due",
        "due date",
        "target date",
        "timescale",
        "timeline",
        "deadline",
        "completion date",
        "when",
        "date",
    ),
    "cost": ("cost", "cost in pounds", "budget", "resources in pounds"),
}
NEEDED = ("action", "due")
POINT = re.compile(r"^\s*(?:[•▪◦*–-]|\(?\d{1,2}[.)])\s+")
NUMBERED = re.compile(r"^(\d{1,3})(?:\.(\d{1,3}))?[.):]?\s+(?=\S)")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y", "%d %B %y", "%d %b %y")
MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%B %y", "%b %y")
SPAN = re.compile(r"\s*[–-]\s*|\s+to\s+")  # from one month to another: what counts is the end
LONGEST = {"priority": 200, "objective": 300, "measure": 500, "action": 200, "who": 200}


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: its number, the column, and the reason."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Line:
    """An action as it was understood. ``number`` and ``area`` are the objective's and the priority's own numbers."""

    row: int
    priority: str
    area: int | None
    objective: str
    number: int | None
    measure: str
    action: str
    who: str
    due: str
    cost: str


@dataclass
class Reading:
    """All lines of a file, and the faults of those that could not be understood."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_plan(content: bytes, filename: str) -> Reading:
    """The plan in these bytes. Raises UnreadableSheet, in words for the sender, where the file cannot be taken."""
    records = list(_of_word(content) if is_word(content) else _of_sheet(content, filename))
    if len(records) > MOST_ROWS:
        words = _("This plan has more than %(most)s rows. Split it into several files and import them one by one.")
        raise UnreadableSheet(words % {"most": MOST_ROWS})
    reading, above = Reading(), {"priority": "", "objective": ""}
    for number, record in records:
        _understand(number, record, above, reading)
    if not reading.lines and not reading.faults:
        raise UnreadableSheet(_("There is no action in this file: the column of actions is empty."))
    return reading


def _columns(header: Iterable[str]) -> dict[str, int]:
    """Which column of a heading row says what; the first one that fits."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        folded = " ".join(heading.casefold().replace(":", " ").split())
        name = next((name for name, words in HEADINGS.items() if folded in words), None)
        if name is not None:
            found.setdefault(name, place)
    return found


def _is_header(row: Iterable[str]) -> bool:
    """Whether a row names the columns that a plan needs."""
    return not _lacking(_columns(row))


def _lacking(found: Mapping[str, int]) -> bool:
    return any(name not in found for name in NEEDED)


def _of_sheet(content: bytes, filename: str) -> Iterable[tuple[int, dict[str, str]]]:
    sheet = read_rows(io.BytesIO(content), filename=filename, is_header=_is_header, joined=True)
    found = _columns(sheet.header)
    if _lacking(found):
        raise UnreadableSheet(_no_columns())
    for row in sheet.rows:
        filled = [text for text in row.values if text.strip()]
        if len(filled) == 1 and (row.across or _is_section(filled[0], found)):
            yield row.number, _section(filled[0], found)
        elif not _is_header(row.values):
            yield row.number, {name: row.values[place] for name, place in found.items()}


def _section(text: str, found: Mapping[str, int]) -> dict[str, str]:
    """A heading between the rows: the objective of those below, their priority where a column names the objectives."""
    return {"priority" if "objective" in found else "objective": text}


def _is_section(text: str, found: Mapping[str, int]) -> bool:
    """Whether the only words of a row are a heading for those below: numbered, where no column names what is above."""
    return not {"priority", "objective"} & set(found) and NUMBERED.match(" ".join(text.split())) is not None


def _of_word(content: bytes) -> Iterable[tuple[int, dict[str, str]]]:
    """Rows of every table with the headings of a plan, counted through; a repeated heading is left out."""
    number, known = 0, False
    for table in read_tables(io.BytesIO(content)):
        found = _columns(table[0]) if table else {}
        if _lacking(found):
            continue
        known = True
        for row in table[1:]:
            number += 1
            if len(row) == 1 < len(table[0]):
                yield number, _section(row[0], found)
            elif not _is_header(row):
                yield number, {name: row[place] for name, place in found.items() if place < len(row)}
    if not known:
        raise UnreadableSheet(_no_columns())


def _no_columns() -> str:
    return _(
        "No heading row names the actions and the day by which each is expected. Use the headings of the template."
    )


def _understand(number: int, record: Mapping[str, str], above: dict[str, str], reading: Reading) -> None:
    """One row: one action, or as many as its cell lists. An empty priority or objective is that of the row above."""
    cells = {name: _clean(number, name, record.get(name, ""), reading) for name in HEADINGS}
    if cells["priority"] and cells["priority"] != above["priority"]:
        above.update(priority=cells["priority"], objective="")
    above["objective"] = cells["objective"] or above["objective"]
    if not cells["action"]:
        return
    due = _day(cells["due"])
    if due and not EARLIEST <= int(due[:4]) <= timezone.localdate().year + FARTHEST:
        reading.faults.append(
            Fault(number, _("Expected by"), _("%(day)s is too far away. Check the year.") % {"day": due})
        )
    if not due:
        reading.faults.append(Fault(number, _("Expected by"), _no_day(cells["due"])))
    area, priority = _numbered(above["priority"])
    inner, objective = _numbered(above["objective"])
    for action in _points(cells["action"]):
        given = {"priority": priority, "objective": objective, "measure": cells["measure"], "action": action}
        for name in LONGEST:
            if len(given.get(name, "")) > LONGEST[name]:
                words = _("This is %(long)s characters long; at most %(most)s fit. Shorten it.")
                said = {"long": len(given[name]), "most": LONGEST[name]}
                reading.faults.append(Fault(number, name.capitalize(), words % said))
        cost = _cost(number, cells["cost"], reading)
        who = " ".join(cells["who"].split())
        line = Line(number, priority, area, objective, inner, cells["measure"], action, who, due, cost)
        reading.lines.append(line)


def _numbered(text: str) -> tuple[int | None, str]:
    """A number before a heading, and the heading without it: '2.1 To ensure' gives 1, '3. Training' gives 3."""
    text = " ".join(text.split())
    found = NUMBERED.match(text)
    if not found:
        return None, text
    return int(found.group(2) or found.group(1)), text[found.end() :]


def _clean(number: int, name: str, raw: str, reading: Reading) -> str:
    if has_control_characters(raw.replace("\n", " ").replace("\t", " ")):
        fault = Fault(number, name.capitalize(), _("There is a control character in this cell. Type it afresh."))
        reading.faults.append(fault)
        return ""
    return str(tidy(raw, lines=True)).strip()


def _points(cell: str) -> list[str]:
    """The actions of a cell: one for each point of a list, else one for the whole cell."""
    lines = [line for line in cell.splitlines() if line.strip()]
    if len(lines) > 1 and all(POINT.match(line) for line in lines):
        return [" ".join(POINT.sub("", line).split()) for line in lines]
    return [" ".join(POINT.sub("", " ".join(lines)).split())]


def _day(text: str) -> str:
    """A day as 2026-03-31; of a month alone its last day, of a span its end; '' where it is none."""
    text = " ".join(text.replace(",", " ").split())
    last = SPAN.split(text)[-1]
    return _one_day(text) or (_one_day(last) if last != text else "")


def _one_day(text: str) -> str:
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text)
    for shape in DAYS:
        try:
            return datetime.strptime(text, shape).date().isoformat()
        except ValueError:
            continue
    for shape in MONTHS:
        try:
            first = datetime.strptime(text, shape).date()
        except ValueError:
            continue
        return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]).isoformat()
    return ""


def _no_day(text: str) -> str:
    if not text:
        return _("There is no date. Write the day by which it is expected, such as 31 March 2027.")
    return _("“%(text)s” is no date. Write a day, such as 31 March 2027, or a month with its year.") % {
        "text": text[:60]
    }


def _cost(number: int, text: str, reading: Reading) -> str:
    plain = text.replace("£", "").replace(",", "").strip()
    if not plain:
        return ""
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < 10**8 or amount != round(amount, 2):
        reading.faults.append(Fault(number, _("Cost"), _("This is no amount of pounds, such as 1,200 or 99.50.")))
        return ""
    return str(amount)


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as it is kept with its import."""
    return {
        "lines": [vars(line) for line in reading.lines],
        "faults": [[fault.row, fault.column, fault.reason] for fault in reading.faults],
    }


def from_json(kept: Mapping[str, Any]) -> Reading:
    """The reading that was kept."""
    return Reading([Line(**line) for line in kept["lines"]], [Fault(*fault) for fault in kept["faults"]])
