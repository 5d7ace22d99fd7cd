"""One line as it came, and what the same computer asked for shortly before and after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from .. import engine
from ..archive import Row
from ..archive.sealing import Altered
from ..archive.visits import likely_visits
from ..models import Question
from ..terms import inert
from .answer import MINUTES, Line, line_of, row_at

ADDRESS = re.compile(r"\S*://\S*")
LONGEST = 4000  # signs of a raw line that are shown; the evidence holds all of it


@dataclass(frozen=True)
class Around:
    """A line, its raw text, and the lines around it, newest first. ``fault``: why there is no raw text."""

    line: Line
    raw: str
    fault: str
    lines: list[Line]
    segment: str
    number: int

    @property
    def shown_raw(self) -> str:
        """The raw text with every web address in it made inert, and nothing else changed."""
        return ADDRESS.sub(lambda found: inert(found.group()), self.raw)


class Seen:
    """The lines around, in place of the archive: what a device asked for just before is among them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def before(self, row: Row, gap: timedelta) -> list[Row]:
        """What stands there so long before."""
        return [one for one in self.rows if row.time - gap <= one.time < row.time]


def lines_around(question: Question, ref: str) -> Around | None:
    """What ``ref`` names in this answer; None where it is not in it."""
    found = row_at(question, ref)
    if found is None:
        return None
    row, names = found
    raw, fault = _raw(row)
    near = engine.archive().around(row, MINUTES)[::-1]
    visits = likely_visits(near, Seen(near))  # type: ignore[arg-type]
    lines = [_hinted(one, names, (one.segment, one.line) in visits) for one in near]
    return Around(line_of(row, names), raw[:LONGEST], fault, lines, row.segment, row.line)


def _hinted(row: Row, names: dict[str, str], visit: bool) -> Line:
    return replace(line_of(row, names), hint=_("Likely a visit") if visit else "")


def _raw(row: Row) -> tuple[str, str]:
    try:
        return engine.archive().raw(row).decode("utf-8", "replace"), ""
    except Altered:
        return "", _("The evidence of this line was changed since it was taken in. Tell whoever runs this service.")
    except LookupError:
        return "", _("The evidence of this line was disposed of when its time had come.")
