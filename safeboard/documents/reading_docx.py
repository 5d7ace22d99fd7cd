"""The tables of a Word file that somebody uploaded, as text.

A cell that was joined downwards stands in each row that it covers, as a reader understands it. A row that is one cell
from edge to edge is a heading between the rows, and is given as that one cell. Other cells joined side by side are
refused with their place: it would not be clear which heading they belong to.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from .damaged import DAMAGED
from .refusals import MEGABYTE, Limits, UnreadableSheet

MOST_PARTS = 2_000
# What is raised beside them where the parts of a Word file do not fit together; the parsers' errors are SyntaxErrors.
UNFITTING = (AttributeError, TypeError, SyntaxError)
LIST_PARAGRAPH = "List"


def is_word(data: bytes) -> bool:
    """Whether these bytes are a Word file (.docx), by their content."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_tables(file: BinaryIO, *, limits: Limits | None = None) -> list[list[list[str]]]:
    """The tables of a Word file, each as rows of texts. Points of a list begin with '• ', lines end with a line end.

    Raises UnreadableSheet, in words for the sender, for what is too large, damaged, has macros, or joins cells side by
    side.
    """
    limits = limits or Limits()
    data = file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        most = f"{limits.bytes / MEGABYTE:g}"
        raise UnreadableSheet(_("This file is larger than %(most)s MB. Leave out its pictures.") % {"most": most})
    try:
        _inspect(data, limits)
        return list(_tables(data, limits))
    except UnreadableSheet:
        raise
    except (*DAMAGED, *UNFITTING):
        raise UnreadableSheet(
            _("This Word file is damaged and cannot be opened. Open it in Word, save it under another name, try again.")
        ) from None


def _inspect(data: bytes, limits: Limits) -> None:
    """Refuse what unpacks to too much, is locked, has macros, or declares XML entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
            raise UnreadableSheet(
                _("This Word file unpacks to far more than a plan needs. Copy the table into a new one.")
            )
        if any("vbaproject" in part.filename.casefold() for part in parts):
            raise UnreadableSheet(
                _("This Word file has macros in it. Save it as a Word document (.docx) without them.")
            )
        for part in parts:
            if part.filename.casefold().endswith((".xml", ".rels")):
                _refuse_entities(archive, part)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        with archive.open(part) as stream:
            next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)
    except DefusedXmlException:
        raise UnreadableSheet(
            _("This file was not made by a word processor: it declares its own XML entities.")
        ) from None


def _tables(data: bytes, limits: Limits) -> Iterator[list[list[str]]]:
    from docx import Document  # heavy

    rows = 0
    for number, table in enumerate(Document(io.BytesIO(data)).tables, 1):
        rows += len(table.rows)
        if rows > limits.rows:
            raise UnreadableSheet(_("The tables of this file have more rows than can be read. Split the file."))
        yield [_row(row, number, place) for place, row in enumerate(table.rows, 1)]


def _row(row: Any, table: int, place: int) -> list[str]:
    cells = row.cells
    apart = len({id(cell._tc) for cell in cells})
    if apart == 1 and len(cells) > 1:
        return [_text(cells[0])]
    if apart < len(cells):
        words = _("In table %(table)s, row %(row)s, cells are joined side by side. Split them, and try again.")
        raise UnreadableSheet(words % {"table": table, "row": place})
    return [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    lines = []
    for paragraph in cell.paragraphs:
        words = " ".join(paragraph.text.split())
        properties = paragraph._p.pPr
        listed = paragraph.style.name.startswith(LIST_PARAGRAPH) or (
            properties is not None and properties.numPr is not None
        )
        if words:
            lines.append(f"• {words}" if listed else words)
    return "\n".join(lines)
