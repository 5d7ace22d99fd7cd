"""Tables as spreadsheets: XLSX for people, CSV for machines."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from .cells import harmless
from .suppression import Count, Percentage, Reason

if TYPE_CHECKING:
    import xlsxwriter

Kind = Literal["text", "number", "date", "percent"]
MOST_ROWS = 1_000_000
LONGEST_CELL = 32_767
# The same tables give the same bytes: the file's own date is no news to anybody.
CREATED = datetime(2000, 1, 1)
FORMATS = {"number": {"num_format": "#,##0.##########"}, "date": {"num_format": "d mmmm yyyy"}}
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f']+")


@dataclass(frozen=True)
class Column:
    """A column: the key of its values, its heading, and what kind they are. Percentages are in hundredths."""

    key: str
    heading: str
    kind: Kind = "text"
    places: int = 0


@dataclass(frozen=True)
class Table:
    """What is shown in a page, a chart's figures or a spreadsheet.

    A row is a dictionary by column key; a missing key is an empty cell. Values are text, numbers, dates, or
    `Count` and `Percentage`. `note` says what a reader must know, `source` where the figures are from. A `plain`
    table has its headings in the first row of the sheet, so that it can be filled in and read back.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[dict]
    note: str = ""
    source: str = ""
    plain: bool = False

    def cells(self) -> list[list[object]]:
        """Values row by row, in the order of the columns."""
        return [[row.get(column.key) for column in self.columns] for row in self.rows]

    def signs(self) -> str:
        """What the letters in place of figures mean, of those that occur."""
        reasons = {getattr(value, "reason", None) for row in self.cells() for value in row}
        meanings = {
            Reason.SUPPRESSED: _("c: not shown, so that no child can be identified"),
            Reason.NOT_APPLICABLE: _("z: not applicable"),
            Reason.NOT_AVAILABLE: _(":: not available"),
        }
        return "; ".join(text for reason, text in meanings.items() if reason in reasons)

    def lines(self) -> list[str]:
        """What stands above the headings."""
        if self.plain:
            return []
        source = _("Source: %(source)s") % {"source": self.source} if self.source else ""
        return [line for line in (self.title, self.note, self.signs(), source) if line]


def plain_value(value: object, *, splits: bool = False) -> object:
    """What goes into a cell. What is hidden goes as its sign."""
    if isinstance(value, Count | Percentage):
        return value.shown if value.value is None else value.value
    value = harmless(value, splits=splits)
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        end = _(" … [cut: a cell holds no more]")
        return value[: LONGEST_CELL - len(end)] + end
    return value


def check(tables: Sequence[Table]) -> None:
    if not tables:
        raise ValueError("A workbook needs at least one table.")
    for table in tables:
        if not table.columns or len(table.rows) > MOST_ROWS:
            raise ValueError(f"A sheet holds at least one column and at most {MOST_ROWS:,} rows: {table.title}")


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """Names that every program takes: 31 characters, no forbidden signs, none twice."""
    names: list[str] = []
    for table in tables:
        base = FORBIDDEN_IN_NAME.sub(" ", table.title).strip()[:31].strip() or _("Table")
        name, n = base, 1
        while name.casefold() in {other.casefold() for other in [*names, "history"]}:
            n += 1
            name = f"{base[: 28 - len(str(n))]} ({n})"
        names.append(name)
    return names


@dataclass
class Styles:
    book: "xlsxwriter.Workbook"
    made: dict = field(default_factory=dict)

    def __call__(self, **wanted: object) -> object:
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(wanted)
        return self.made[key]

    def cell(self, column: Column) -> object:
        if column.kind == "percent":
            return self(num_format="0%" if not column.places else f"0.{'0' * column.places}%")
        if column.kind in FORMATS:
            return self(**FORMATS[column.kind], align="right" if column.kind == "number" else "left")
        return self(text_wrap=True, valign="top")


def workbook(tables: Sequence[Table], *, title: str) -> bytes:
    """Tables as an XLSX file, a sheet each. ValueError where a sheet would be empty of columns or too long.

    The same tables give the same bytes. There is no author, formula, link or hidden sheet in it.
    """
    import xlsxwriter  # heavy

    check(tables)
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "default_date_format": "d mmmm yyyy",
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": str(harmless(title)), "author": "", "company": "", "created": CREATED})
        styles = Styles(book)
        for table, name in zip(tables, sheet_names(tables), strict=True):
            write_sheet(book.add_worksheet(name), table, styles)
    return buffer.getvalue()


def write_sheet(sheet: object, table: Table, styles: Styles) -> None:
    lines = table.lines()
    for number, line in enumerate(lines):
        style = styles(bold=True, font_size=14) if number == 0 else styles(italic=True)
        sheet.write_string(number, 0, str(plain_value(line)), style)
    top = len(lines)
    heading_style = styles(bold=True, text_wrap=True, valign="top", bottom=1)
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, str(plain_value(column.heading)), heading_style)
        sheet.set_column(place, place, width(table, column))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, row in enumerate(table.cells(), top + 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            write_cell(sheet, (number, place), column, plain_value(value), styles)


def write_cell(sheet: object, at: tuple[int, int], column: Column, value: object, styles: Styles) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float | Decimal):
        if abs(value) >= 10**15:  # more figures than a spreadsheet keeps: a reference, not a quantity
            sheet.write_string(*at, str(value))
        else:
            figure = value / 100 if column.kind == "percent" else value
            sheet.write_number(*at, float(figure) if isinstance(figure, Decimal) else figure, styles.cell(column))
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value, styles(num_format="d mmmm yyyy hh:mm", align="left"))
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, styles(num_format="d mmmm yyyy", align="left"))
    else:
        style = styles(align="right") if column.kind in ("number", "percent") else styles.cell(column)
        sheet.write_string(*at, str(value), style)


def width(table: Table, column: Column) -> int:
    """Characters: as wide as the first five hundred values need, between 8 and 60."""
    lengths = [len(str(column.heading)) * 2 // 3 + 2]
    for row in table.rows[:500]:
        value = plain_value(row.get(column.key))
        lengths.append(18 if isinstance(value, date) else len(str(value if value is not None else "")) + 2)
    return max(8, min(60, max(lengths)))


def csv_bytes(table: Table) -> bytes:
    """A table as CSV: headings, then rows, in UTF-8 with the mark that spreadsheet programs look for.

    Dates are written 2026-03-31; percentages in hundredths without the sign.
    """
    return csv_of(table.columns, table.rows)


def csv_of(columns: Sequence[Column], rows: Iterable[dict]) -> bytes:
    """The same of rows that are read one after the other, so that a long table is never in memory but as its file."""
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([plain_value(column.heading, splits=True) for column in columns])
    for row in rows:
        values = [plain_value(row.get(column.key), splits=True) for column in columns]
        writer.writerow([v.isoformat() if isinstance(v, date) else v for v in values])
    text.detach()
    return file.getvalue()
