"""The W3C's extended form: the file says at its top what its columns are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from .base import Clock, Form, UnknownForm

PARTS = {
    "c-ip": "address",
    "cs-username": "user",
    "cs-method": "method",
    "cs-uri": "url",
    "cs-host": "host",
    "cs-uri-stem": "path",
    "cs-uri-query": "query",
    "sc-status": "status",
    "sc-bytes": "bytes",
    "sc-filter-result": "what",
    "x-filter-result": "what",
    "s-action": "code",
    "sc-filter-category": "category",
    "cs-categories": "category",
    "x-reason": "reason",
}
CELL = r'(?:"[^"]*"|[^ \t]+)'
DENIED = ("denied", "blocked", "policy_denied")


def fields_of(lines: Sequence[str]) -> list[str] | None:
    """The columns that ``#Fields:`` names; None where no line does."""
    for line in lines:
        if line.lower().startswith("#fields:"):
            return shlex.split(line.split(":", 1)[1].lower())
    return None


def w3c(fields: Sequence[str]) -> Form:
    """The form of a file with these columns. Raises UnknownForm where time, device or address is missing."""
    names = {PARTS.get(name, name) for name in fields}
    if not {"date", "time", "address"} <= names or not ({"url", "host"} & names):
        raise UnknownForm("The columns of this W3C log lack date, time, c-ip or cs-uri (or cs-host).")
    seen: set[str] = set()
    cells = []
    for at, name in enumerate(fields):
        part = PARTS.get(name, "")
        if name == "date" and at + 1 < len(fields) and fields[at + 1] == "time":
            cells.append(r"(?P<time>\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d)(?:\.\d+)?")
        elif name == "time" and at and fields[at - 1] == "date":
            continue
        elif part and part not in seen:
            seen.add(part)
            cells.append(f"(?P<{part}>{CELL})")
        else:
            cells.append(CELL)
    if "(?P<time>" not in "".join(cells):
        raise UnknownForm("In this W3C log the columns date and time do not follow each other.")
    pattern = "^" + r"[ \t]".join(cells) + r"[ \t]*$"
    re.compile(pattern)
    return Form(
        "w3c",
        "W3C extended",
        pattern,
        Clock.UTC,
        time_format="%Y-%m-%d %H:%M:%S",
        denied=DENIED,
        remark="#",
        options={"fields": list(fields)},
    )
