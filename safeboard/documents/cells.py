"""Text in a cell that no spreadsheet program takes for a formula."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

SIGNS = "=+-@|\u2212"
# Letters to Unicode, nothing to the eye: the fillers of Hangul and Braille.
BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"}
PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?\Z", re.ASCII)
# A call to another program, `program|topic!item`, runs in some programs even behind other text.
CALL = re.compile(r"\w\s*\|.*!", re.DOTALL)
# Places where a program with another separator starts a new cell inside our quotation marks.
SPLITS = re.compile(r"[;\t\r\n\v\f\x85\u2028\u2029]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Plain = str | int | float | bool | Decimal | date | datetime | time | None


def first_visible(text: str) -> str:
    """The first sign a reader or a spreadsheet program would take notice of, in its plain form; '' if none."""
    for character in text:
        if character in BLANK_LETTERS or unicodedata.category(character) in UNSEEN:
            continue
        return unicodedata.normalize("NFKC", character)[:1]
    return ""


def is_formula(text: str) -> bool:
    """Whether some spreadsheet program might take the text for a formula or a call to another program."""
    if text == "-" or PLAIN_NUMBER.match(text):
        return False
    sign = first_visible(text)
    if sign and sign in SIGNS:
        return True
    plain = unicodedata.normalize("NFKC", text)
    return "|" in plain and bool(CALL.search(plain))


def harmless(value: object, *, splits: bool = False) -> Plain:
    """A value that can be put into a cell of any spreadsheet or CSV file.

    Numbers, dates and truth values come back as they are (a number that is none, as None); all else as text
    without control characters. Text that might be run as a formula gets an apostrophe in front, which
    spreadsheet programs take as 'this is text'. Looked through are blanks, tabs, line ends, zero-width and other
    unseen characters, full-width and small forms of the signs. With `splits` (for CSV) the same holds inside
    the text after each semicolon, tab and line end, where a program set to another separator starts a new cell.
    """
    if value is None or isinstance(value, bool | int | date | datetime | time):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    text = str(value)
    guarded = is_formula(text)
    text = CONTROLS.sub("", text)
    if splits and SPLITS.search(text):
        text = guard_parts(text)
    return "'" + text if guarded else text


def guard_parts(text: str) -> str:
    parts, at = [], 0
    for match in SPLITS.finditer(text):
        parts.append(text[at : match.end()])
        at = match.end()
        if is_formula(SPLITS.split(text[at:], maxsplit=1)[0]):
            parts.append("'")
    return "".join([*parts, text[at:]])
