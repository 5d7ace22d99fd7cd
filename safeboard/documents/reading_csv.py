"""CSV as people have it: in several encodings, with several separators."""

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .refusals import Limits, Record, UnreadableSheet, not_a_sheet

SEPARATORS = ",;\t"
LONGEST_CELL = 1_000_000
GUESSED_FROM = 100_000  # characters of the first line


def decoded(data: bytes) -> str:
    """The text, in UTF-8 or UTF-16 where it is that, else in the Windows code page for Western Europe."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return tried(data, "utf-16")
    start = data[:2000]
    if start.count(0) > len(start) // 4:
        even, odd = start[::2].count(0), start[1::2].count(0)
        return tried(data, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return tried(data, "cp1252")


def tried(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSheet(
            _("The letters in this file cannot be read. Save it as CSV UTF-8, or as .xlsx, and try again.")
        ) from None


def separator_of(text: str) -> str:
    """The separator that cuts the first line into most cells, and leaves no quotation mark inside one."""
    line = next((one for one in text.splitlines() if one.strip(SEPARATORS + " \"'")), "")

    def fit(separator: str) -> tuple[bool, int]:
        cells = next(csv.reader([line[:GUESSED_FROM]], delimiter=separator), [])
        return not any('"' in cell for cell in cells), len(cells)

    return max(SEPARATORS, key=fit)


def csv_records(data: bytes, limits: Limits) -> Iterator[Record]:
    """Rows with their numbers. A row whose cell holds line ends counts once, as in a spreadsheet program."""
    text = decoded(data)
    odd = sum(text.count(chr(n)) for n in range(1, 32) if n not in (9, 10, 11, 12, 13, 26, 31))
    if odd > 10 and odd * 100 > len(text):
        raise UnreadableSheet(not_a_sheet("", _("it is not made of text")))
    skip = 0
    separator = ""
    if text[:4].casefold() == "sep=" and text[5:6] in ("\r", "\n"):
        separator, skip = text[4], 1
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    rest = text[6:] if skip else text
    reader = csv.reader(lines, delimiter=separator or separator_of(rest), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > skip:
                yield number, cells
    except csv.Error:
        raise UnreadableSheet(
            _(
                "Row %(row)s cannot be read: a quotation mark is missing or stands in the middle of a cell, "
                "or the cell is too long. Mend the row and try again."
            )
            % {"row": number + 1}
        ) from None
