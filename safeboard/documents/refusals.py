"""Why an uploaded spreadsheet cannot be read, in words for the person who sent it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024

Record = tuple[int, Sequence[str]]


class UnreadableSheet(ValueError):
    """A file that cannot be imported. Its text is for the person who sent it."""


@dataclass(frozen=True)
class Limits:
    """What is read at most. `unpacked` is for the parts of an XLSX file together."""

    bytes: int = 20 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    rows: int = 20_000
    columns: int = 400


def not_a_sheet(filename: str, reason: str) -> str:
    name = re.sub(r"[^\w .()-]", "", filename)[:80] or _("This file")
    return _(
        "%(name)s is not a spreadsheet that can be imported: %(reason)s. "
        "Save your list as Excel workbook (.xlsx) or CSV and try again."
    ) % {"name": name, "reason": reason}


def protected() -> str:
    return _("This workbook is protected with a password. Save a copy without the password and import the copy.")


def column_name(index: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def formula(cell: str, sheet: str = "") -> str:
    where = _("cell %(cell)s of the sheet '%(sheet)s'") if sheet else _("cell %(cell)s")
    return _(
        "There is a formula in %(where)s. Formulas are not imported, as they can change or fetch things. "
        "Copy the cells and paste them as values, then try again."
    ) % {"where": where % {"cell": cell, "sheet": sheet}}
