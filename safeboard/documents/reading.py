"""Reading the spreadsheets that people upload: CSV in the encodings they come in, and XLSX.

Everything comes back as text, as a person would read it in the sheet, with the row numbers that person sees.
What could be misread, or could do harm, is refused whole, with the place and what to do about it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from .cells import first_visible
from .reading_csv import csv_records
from .refusals import MEGABYTE, Limits, Record, UnreadableSheet, column_name, formula, not_a_sheet, protected

MOST_ABOVE = 20  # rows of title and notes above the headings
FIGURE = re.compile(r"[-+£$€]?\d[\d,. /:-]*%?\Z")


@dataclass(frozen=True)
class Row:
    """A row under the headings. `number` is the one at the edge of the sheet when a person opens it."""

    number: int
    values: tuple[str, ...]
    across: bool = False  # one cell joined over several columns: a heading for the rows below


@dataclass(frozen=True)
class Sheet:
    """Headings as they were written, and the rows that are not empty, each as long as the header."""

    header: tuple[str, ...]
    rows: list[Row]

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """Rows by heading, each with its number."""
        return [(row.number, dict(zip(self.header, row.values, strict=True))) for row in self.rows]


def default_limits() -> Limits:
    """The limits in the settings (`IMPORT_LIMITS`, a dictionary of `Limits`' fields), or ours."""
    return Limits(**getattr(settings, "IMPORT_LIMITS", {}))


def read_rows(
    file: BinaryIO,
    *,
    filename: str,
    limits: Limits | None = None,
    is_header: Callable[[Sequence[str]], bool] | None = None,
    joined: bool = False,
) -> Sheet:
    """Read an uploaded spreadsheet. What it is is found from its content, not from its name.

    `file` is open for reading in binary, at its start. UnreadableSheet says in plain words why it is refused.
    `is_header` knows the headings below a title: without it they are in the first row; where none of the first rows
    is one, the sheet is empty. `joined`: whether merged cells are read where that is clear.
    """
    limits = limits or default_limits()
    data = bounded(file, limits)
    kind = kind_of(data, filename)
    if kind == "zip":
        from .reading_xlsx import xlsx_records  # heavy: openpyxl brings 25 MB

        across: set[int] | None = set() if joined else None
        sheet = assemble(xlsx_records(data, limits, across), limits, is_header)
        rows = [replace(row, across=row.number in (across or ())) for row in sheet.rows]
        return replace(sheet, rows=rows)
    return assemble(csv_records(data, limits), limits, is_header)


def bounded(file: BinaryIO, limits: Limits) -> bytes:
    """The file's content, unless it is too large, which is found out before all of it is read."""
    size = getattr(file, "size", None)
    data = b"" if size and size > limits.bytes else file.read(limits.bytes + 1)
    if (size and size > limits.bytes) or len(data) > limits.bytes:
        raise UnreadableSheet(
            _("This file is larger than %(most)s MB. Split it into several files and import them one by one.")
            % {"most": f"{limits.bytes / MEGABYTE:g}"}
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSheet(_("This file is empty. Check that you saved it before you chose it here."))
    return data


OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"SQLite format 3", "SQLite"),
)


def kind_of(data: bytes, filename: str) -> str:
    """'zip' or 'text', by the first bytes; UnreadableSheet for what is neither."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableSheet(protected())
        raise UnreadableSheet(
            _("This file is in the old Excel format (.xls). Open it, save it as Excel workbook (.xlsx), try again.")
        )
    name = next((name for start, name in OTHER_KINDS if data.startswith(start)), "")
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg")):
        name = "HTML / XML"
    elif start.startswith((b"{", b"[")) and data.rstrip().endswith((b"}", b"]")):
        name = "JSON"
    if name:
        raise UnreadableSheet(not_a_sheet(filename, _("its content is %(kind)s") % {"kind": name}))
    return "text"


def assemble(
    records: Iterable[Record], limits: Limits, is_header: Callable[[Sequence[str]], bool] | None = None
) -> Sheet:
    """Find the headings and check them, then take the rows below."""
    header: tuple[str, ...] = ()
    above = 0
    rows: list[Row] = []
    for number, cells in records:
        values = [clean(cell, number, place) for place, cell in enumerate(cells)]
        while values and not values[-1]:
            values.pop()
        if not values:
            continue
        if not header:
            if is_header and not is_header(values):
                above += 1
                if above == MOST_ABOVE:
                    return Sheet((), [])
                continue
            header = headings(values, number, limits)
            continue
        if len(values) > len(header):
            where = {"cell": f"{column_name(len(values) - 1)}{number}"}
            raise UnreadableSheet(
                _("Cell %(cell)s has something in it, but its column has no heading. Add one or clear it.") % where
            )
        if len(rows) == limits.rows:
            raise UnreadableSheet(
                _("This file has more than %(most)s rows. Split it into several files and import them one by one.")
                % {"most": f"{limits.rows:,}"}
            )
        rows.append(Row(number, tuple(values + [""] * (len(header) - len(values)))))
    if above and not header:
        return Sheet((), [])
    if not header:
        raise UnreadableSheet(_("This file is empty: there are no headings and no rows in it."))
    if not rows:
        raise UnreadableSheet(_("This file has headings but no rows below them, so there is nothing to import."))
    return Sheet(header, rows)


def clean(text: str, number: int, place: int) -> str:
    where = {"cell": f"{column_name(place)}{number}"}
    if "\x00" in text:
        raise UnreadableSheet(
            _("Cell %(cell)s holds a character (NUL) that does not belong in text. Type the cell afresh.") % where
        )
    text = text.strip(" \t\r\n\xa0\ufeff\u200b")
    if text[:1] and first_visible(text) == "=":
        raise UnreadableSheet(formula(where["cell"]))
    return text


def headings(values: list[str], number: int, limits: Limits) -> tuple[str, ...]:
    """The header row, if it is one."""
    if len(values) > limits.columns:
        raise UnreadableSheet(
            _("This file has more than %(most)s columns. Delete those you do not need.") % {"most": limits.columns}
        )
    if sum(bool(FIGURE.match(v)) for v in values) * 2 >= len(values):
        raise UnreadableSheet(
            _("Row %(row)s holds figures where headings are looked for. Add a row of headings above the rows.")
            % {"row": number}
        )
    for place, value in enumerate(values):
        if not value:
            raise UnreadableSheet(
                _("Column %(column)s has no heading in row %(row)s. Type one, or delete the column.")
                % {"column": column_name(place), "row": number}
            )
    seen: dict[str, int] = {}
    for place, value in enumerate(values):
        key = " ".join(value.casefold().split())
        if key in seen:
            columns = {"first": column_name(seen[key]), "second": column_name(place), "heading": value[:80]}
            raise UnreadableSheet(
                _("Columns %(first)s and %(second)s have the same heading, '%(heading)s'. Rename or delete one.")
                % columns
            )
        seen[key] = place
    return tuple(values)
