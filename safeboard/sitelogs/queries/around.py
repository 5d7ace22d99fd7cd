"""One line as it came, and what the same computer asked for shortly before and after."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Question
from .answer import MINUTES, Line, line_of, row_at

LONGEST = 4000  # signs of a raw line that are shown; the evidence holds all of it


@dataclass(frozen=True)
class Around:
    """A line, its raw text, and the lines around it, newest first."""

    line: Line
    raw: str
    lines: list[Line]
    segment: str
    number: int


def lines_around(question: Question, ref: str) -> Around | None:
    """What ``ref`` names in this answer; None where it is not in it."""
    found = row_at(question, ref)
    if found is None:
        return None
    answer, row, names = found
    raw = answer.raw(row)
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    near = [line_of(one, names) for one in answer.around(row, minutes=MINUTES)]
    shown = sorted(near, key=lambda one: one.at, reverse=True)
    return Around(line_of(row, names), text[:LONGEST], shown, row.segment, row.line)
