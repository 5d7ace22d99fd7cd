"""What an uploaded file would become, before it is taken in: how its lines are written, and the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import engine
from ..archive.addresses import text_of as address_of
from ..archive.formats import Columns, Form, UnknownForm, WrongColumns, detect, form_named, guessed_columns
from ..archive.formats.csvs import cells_of
from ..archive.text import text_of
from ..choices import Layout
from ..models import Intake
from ..terms import inert

SAMPLE = 400  # lines that are tried
SHOWN = 5


@dataclass(frozen=True)
class Preview:
    """A file looked over. ``fault``: why it cannot be taken in as it is said to be written; '' where it can.

    ``titles``: the cells of the first line, where it may be a table; ``guess``: which column seems to hold what.
    """

    title: str
    fault: str
    readable: int
    tried: int
    rows: list[dict[str, Any]]
    wrong: list[tuple[int, str]]
    titles: list[str]
    guess: dict[str, int]
    needs_zone: bool


def preview(intake: Intake, layout: str, columns: Mapping[str, Any] | None) -> Preview:
    """The file of an intake, read as ``layout`` says; a table with ``columns``. It never raises for what is in it."""
    lines = text_of(engine.beginning(bytes(intake.content))).splitlines()[:SAMPLE]
    titles, guess = _table(lines, str((columns or {}).get("delimiter", ",")))
    try:
        form = _form(layout, lines, columns)
    except (UnknownForm, WrongColumns) as why:
        return Preview("", str(why), 0, len(lines), [], [], titles, guess, False)
    read = engine.archive().look_over("\n".join([*lines, ""]).encode(), form, intake.log.zone, SHOWN)
    fault = "" if read.readable else _("Not one of its first lines can be read in this way.")
    return Preview(
        form.title,
        fault,
        read.readable,
        read.tried,
        [_row(row) for row in read.rows],
        read.wrong,
        titles,
        guess,
        form.needs_zone,
    )


def _form(layout: str, lines: list[str], columns: Mapping[str, Any] | None) -> Form:
    if layout == Layout.AUTO:
        return detect(lines).form
    return form_named(layout, lines, Columns(**columns) if columns else None)


def _table(lines: list[str], delimiter: str) -> tuple[list[str], dict[str, int]]:
    """The cells of the first line, and what they seem to mean."""
    if not lines:
        return [], {}
    cells = cells_of(lines[:1], delimiter)
    return (cells[0], guessed_columns(lines[0], delimiter)) if cells else ([], {})


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    at = datetime.fromtimestamp(row["moment"] / 1000, tz=UTC)
    return {
        "at": timezone.localtime(at),
        "address": address_of(row["address"]),
        "user": row["user"],
        "url": inert(row["url"] or row["host"]),
        "category": row["category"],
        "blocked": row["blocked"],
    }
