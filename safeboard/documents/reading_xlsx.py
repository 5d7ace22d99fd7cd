"""XLSX workbooks, looked through before they are opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from .damaged import DAMAGED
from .joined_cells import Joined
from .refusals import Limits, Record, UnreadableSheet, column_name, formula, not_a_sheet, protected

MOST_PARTS = 2_000
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z0-9:$]{2,40})["']""")
# What openpyxl raises beside them where the parts of a workbook do not fit together.
UNFITTING = (
    InvalidFileException,
    TypeError,
    AttributeError,
    SyntaxError,  # the parsers' ParseError is one
    AssertionError,
)


def damaged() -> UnreadableSheet:
    return UnreadableSheet(
        _("This workbook is damaged and cannot be opened. Open it in Excel, save it under another name, try again.")
    )


def xlsx_records(data: bytes, limits: Limits, across: set[int] | None = None) -> Iterator[Record]:
    """Rows of the one visible sheet, with their numbers, every cell as text.

    Without ``across`` merged cells are refused; else they are read, and it is filled with the rows of headings.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inspect(archive, limits)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet = only_sheet(book)
            joined = Joined(sheet.title, allowed=across is not None).take(merged_cells(archive, sheet))
        if across is not None:
            across.update(joined.across)
        yield from sheet_records(sheet, limits, joined)
    except UnreadableSheet:
        raise
    except (*DAMAGED, *UNFITTING):
        raise damaged() from None


def inspect(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what is no workbook, or unpacks to too much, or has macros or entities."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSheet(protected())
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/workbook") for n in names):
        kind = _("it is an OpenDocument file") if "content.xml" in names else _("it is an archive of other files")
        raise UnreadableSheet(not_a_sheet("", kind))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
        raise UnreadableSheet(
            _("This workbook unpacks to far more than a list of this kind needs. Copy the rows into a new workbook.")
        )
    if any("vbaproject" in name.casefold() for name in names) or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise UnreadableSheet(
            _("This workbook has macros in it. Save it as Excel workbook (.xlsx), which drops them, and try again.")
        )
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            refuse_entities(archive, part)


def refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A document type stands before the first element, so that is as far as is read."""
    try:
        with archive.open(part) as stream:
            next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)
    except DefusedXmlException:
        raise UnreadableSheet(
            _("This workbook was not made by a spreadsheet program: it declares its own XML entities.")
        ) from None
    except ParseError:
        raise damaged() from None


def only_sheet(book: openpyxl.Workbook) -> object:
    """The sheet to read. Hidden sheets are refused, as nobody who checks the file would see them."""
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            raise UnreadableSheet(
                _("The sheet '%(sheet)s' is hidden. Show it and check it, or delete it, and try again.")
                % {"sheet": sheet.title}
            )
    filled = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        if any(value is not None for row in sheet.iter_rows(values_only=True) for value in row):
            filled.append(sheet)
    if len(filled) > 1:
        raise UnreadableSheet(
            _("This workbook has %(count)s sheets with something in them. Leave the one to import, and try again.")
            % {"count": len(filled)}
        )
    if not filled:
        raise UnreadableSheet(_("This file is empty: there are no headings and no rows in it."))
    return filled[0]


def merged_cells(archive: zipfile.ZipFile, sheet: object) -> Iterator[str]:
    """Where cells are merged, such as A2:A5."""
    with archive.open(sheet._worksheet_path) as stream:
        left = b""
        while chunk := stream.read(1 << 20):
            text = left + chunk
            end = 0
            for found in MERGED.finditer(text):
                yield found.group(1).decode()
                end = found.end()
            left = text[max(end, len(text) - 200) :]


def sheet_records(sheet: object, limits: Limits, joined: Joined) -> Iterator[Record]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if len(cells) > limits.columns * 40:
            raise damaged()
        values = []
        for place, cell in enumerate(cells):
            if cell.data_type == "f":
                raise UnreadableSheet(formula(f"{column_name(place)}{number}", sheet.title))
            values.append(as_text(cell.value))
        values = joined.read(number, values)
        if any(values):
            yield number, values


def as_text(value: object) -> str:
    """A cell as text: dates as 2026-03-31, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    return str(value)
