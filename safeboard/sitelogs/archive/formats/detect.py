"""Which form a file is in: found by trying each on a sample, and told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .base import Form, UnknownForm
from .csvs import Columns
from .proxies import FORMS
from .w3c import fields_of, w3c

SAMPLE = 400
LEAST = 0.3  # share of the sample that must be readable


@dataclass(frozen=True)
class Found:
    """A form, and how many lines of the sample it reads."""

    form: Form
    readable: int
    tried: int


@lru_cache(maxsize=64)
def expression(pattern: str) -> re.Pattern[str]:
    """The compiled expression of a form."""
    return re.compile(pattern)


def names() -> list[str]:
    """The names that ``--format`` takes."""
    return ["auto", *(form.name for form in FORMS), "e2guardian-squid", "w3c", "csv"]


def detect(lines: Sequence[str]) -> Found:
    """The form that reads most of the sample. Raises UnknownForm where none reads enough of it."""
    sample = [line.rstrip("\r") for line in lines[:SAMPLE]]
    forms = list(FORMS)
    if fields := fields_of(sample):
        forms.insert(0, w3c(fields))
    tried = [line for line in sample if line.strip() and not line.startswith("#")]
    counts = [(sum(bool(expression(form.pattern).match(line)) for line in tried), form) for form in forms]
    readable, best = max(counts, key=lambda count: count[0])
    if not readable or readable < len(tried) * LEAST:
        raise UnknownForm(
            "The lines are in none of the known forms. If this is a table, say which column holds what; "
            "else name the form."
        )
    return Found(best, readable, len(tried))


def form_named(name: str, lines: Sequence[str] = (), columns: Columns | None = None) -> Form:
    """The form of that name; W3C takes its columns from ``lines``, a table from ``columns``. Raises UnknownForm."""
    if name == "csv":
        if columns is None:
            raise UnknownForm("For a table, say which column holds what.")
        return columns.form()
    if name == "w3c":
        fields = fields_of(lines)
        if not fields:
            raise UnknownForm("No line “#Fields:” at the top says what the columns of this W3C log are.")
        return w3c(fields)
    wanted = {"e2guardian-squid": "squid"}.get(name, name)
    for form in FORMS:
        if form.name == wanted:
            return form
    raise UnknownForm(f"“{name}” is not a form: {', '.join(names())}.")
