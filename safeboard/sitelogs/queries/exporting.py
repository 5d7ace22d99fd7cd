"""An answer as a file: spreadsheet and CSV with harmless cells, and the evidence pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import history, keys
from safeboard.core.access import Access
from safeboard.core.models import Checkpoint
from safeboard.documents.pack import signed_pack
from safeboard.documents.sheets import Column, Table, csv_bytes, csv_of, workbook

from .. import engine
from ..archive import Row
from ..models import Question
from ..terms import inert, said
from .answer import rows_of, terms_of, words_of
from .evidence import evidence_of

MOST = {"sheet": 20_000, "csv": 200_000, "pack": 20_000}
AT_ONCE = 2_000  # lines of a file that is made while the person waits; longer ones the worker makes
GIVEN_ALREADY = gettext_lazy("This file was handed out already, and is not kept. Take the answer out again.")


class NotTaken(Exception):
    """An answer that cannot be taken out as this file; the message says why, and what to do."""


class TooMuch(NotTaken):
    """It has more lines than such a file holds."""


class Longer(Exception):
    """It has more lines than are made into a file while a person waits; nothing was made."""


class DoesNotHold(NotTaken):
    """The evidence that an answer rests on was changed; the message names the first wrong segment."""


def taken_out(access: Access, question: Question, kind: str, number: int) -> bool:
    """Whether that entry of the history says that this person took the answer out as this kind of file."""
    mine = history.of(question).filter(number=number, verb="sitelogs.looked", facts__what=kind)
    return access.person is not None and mine.filter(person_id=access.person.pk).exists()


def exported(access: Access, question: Question, kind: str, *, at_once: bool = False) -> bytes:
    """The bytes of a file. Raises NotTaken; with ``at_once`` also Longer, where the worker is to make it."""
    most = min(MOST[kind], AT_ONCE) if at_once else MOST[kind]
    found, names = rows_of(question, most=most)
    found = _at_most(most, found, kind)
    if kind == "csv":
        return csv_of(_columns(), (_cells(row, names) for row in found))
    rows = list(found)
    table = table_of(question, rows, names)
    if kind == "sheet":
        return workbook([table], title=table.title)
    return pack_of(access, question, rows, table)


def _at_most(most: int, rows: Iterable[Row], kind: str) -> Iterator[Row]:
    """So many rows. Raises Longer where the worker may take more, and TooMuch where nobody may."""
    for number, row in enumerate(rows, 1):
        if number > most:
            raise Longer if most < MOST[kind] else _too_much(most)
        yield row


def _too_much(most: int) -> TooMuch:
    words = _("The answer has more than %(most)s lines: too many for this file. Nothing was taken. Ask for fewer days.")
    return TooMuch(words % {"most": f"{most:,}"})


def _columns() -> list[Column]:
    return [
        Column("at", _("When (United Kingdom)")),
        Column("where", _("Setting")),
        Column("address", _("Device")),
        Column("user", _("Signed in as")),
        Column("url", _("Web address, made harmless")),
        Column("passed", _("Blocked or allowed")),
        Column("category", _("Category")),
        Column("reason", _("Reason")),
        Column("segment", _("Segment")),
        Column("line", _("Line"), "number"),
    ]


def table_of(question: Question, rows: list[Row], names: dict[str, str]) -> Table:
    """The answer as a table; addresses are inert, and a line names a device."""
    cells = [_cells(row, names) for row in rows]
    note = _("Rests on: %(ground)s. A line names a device, never a child.") % {
        "ground": question.authority.get_ground_display()
    }
    title = _("Answer to question %(n)s") % {"n": question.pk}
    source = said(terms_of(question), names.values())
    return Table(title, _columns(), cells, note=note, source=source)


def _cells(row: Row, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": f"{timezone.localtime(row.time):%Y-%m-%d %H:%M:%S}",
        "where": names.get(row.setting, row.setting),
        "address": row.address,
        "user": row.user,
        "url": inert(row.url or row.host),
        "passed": _("blocked") if row.blocked else _("allowed"),
        "category": row.category,
        "reason": row.reason,
        "segment": row.segment,
        "line": row.line,
    }


def pack_of(access: Access, question: Question, rows: list[Row], table: Table) -> bytes:
    """The evidence pack of an answer: raw lines, manifest lines of their segments, history, checkpoint, verify.py."""
    fault = engine.first_fault({row.segment for row in rows})
    if fault:
        raise DoesNotHold(_("The evidence behind this answer does not hold: %(fault)s") % {"fault": fault})
    history.checkpoint()
    now, mark = timezone.now(), Checkpoint.objects.first()
    said_ = words_of(question)
    files = {
        "answer.csv": csv_bytes(table),
        "README.txt": render_to_string(
            "sitelogs/paper/pack_readme.txt",
            {"question": question, "words": said_, "now": now, "fingerprint": keys.fingerprint(), "count": len(rows)},
        ).encode(),
        **evidence_of(rows),
    }
    about = {
        "question": question.pk,
        "asks": said_,
        "authority": str(question.authority.get_ground_display()),
        "agency": access.place.name if access.place else "",
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "lines": len(rows),
        "history": [
            {"says": history.canonical(entry), "hash": entry.hash}
            for entry in history.of(question).select_related(None).order_by("number")
        ],
        "checkpoint": _signed(mark) if mark else None,
    }
    return signed_pack(files, about)


def _signed(mark: Checkpoint) -> dict[str, Any]:
    at = mark.at.astimezone(UTC).isoformat()
    return {"number": mark.number, "hash": mark.hash, "at": at, "signature": mark.signature}
