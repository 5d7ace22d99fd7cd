"""A trend written down as SVG, and its figures as rows of a table: by hand, because a page has a dozen of them.

Numbers are our own; every word is escaped.
"""

from __future__ import annotations

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from safeboard.documents.suppression import NOT_AVAILABLE

from .drawing import Level, Text, Trend, trend
from .queries.indicators import Course, Point

ENDS = ("start", "end")  # on which side the words of the moments end
INK, QUIET, LINE = "#0b0c0c", "#505a5f", "#12436d"


def drawn(course: Course) -> SafeString:
    """The drawing of a course; a sentence where it was counted once, and nothing where it was not, or is not known."""
    found = trend(course)
    if found is None:
        return format_html('<p class="govuk-body-s">{}</p>', course.only) if course.only else mark_safe("")
    label = escape(f"{course.indicator.title}: {course.said}")
    parts = [
        f'<svg class="sb-trend" viewBox="0 0 {found.wide} {found.high}" role="img" aria-label="{label}">',
        f'<rect width="{found.wide}" height="{found.high}" fill="#ffffff"/>',
        _across(found, found.bottom, INK, "1"),
        *(_word(one, "end") for one in found.scale),
        *(_word(one, anchor) for anchor, one in zip(ENDS, found.moments, strict=True)),
        _level(found, found.target, INK, "7 4", _("target %(figure)s"), bold=True),
        _level(found, found.baseline, QUIET, "2 4", _("baseline %(figure)s")),
        f'<path d="{found.path}" stroke="{LINE}" stroke-width="2.5" fill="none"/>' if found.path else "",
        *_marks(found),
        _sign(found.last.x, found.last.y, found.last.words) if found.last else "",
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  the words in it are escaped, the rest are numbers


def rows(course: Course) -> SafeString:
    """The figures of a course, a row each: when, and how much."""
    return mark_safe(  # noqa: S308  the words in it are escaped
        "".join(
            f'<tr><th scope="row" class="govuk-table__header">{escape(one.label)}</th>'
            f'<td class="govuk-table__cell govuk-table__cell--numeric">{escape(_figure(one))}</td></tr>'
            for one in course.points
        )
    )


def _figure(point: Point) -> str:
    return _("not known") if point.count.reason is NOT_AVAILABLE else point.count.shown


def _across(found: Trend, y: float, colour: str, width: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{found.left} {y}H{found.right}" stroke="{colour}" stroke-width="{width}"{dashed} fill="none"/>'


def _word(one: Text, anchor: str) -> str:
    words = escape(one.words)
    return f'<text x="{one.x}" y="{one.y}" font-size="13" text-anchor="{anchor}" fill="{INK}">{words}</text>'


def _level(found: Trend, level: Level | None, colour: str, dashes: str, words: str, *, bold: bool = False) -> str:
    if level is None:
        return ""
    said, weight = escape(words % {"figure": f"{level.figure:,}"}), ' font-weight="bold"' if bold else ""
    text = f'<text x="{found.right}" y="{level.text_y}" dx="5" dy="4" font-size="13"{weight} fill="{INK}">{said}</text>'
    return _across(found, level.y, colour, "1.5", dashes) + text


def _marks(found: Trend) -> list[str]:
    """A ring for each figure, or the sign in its place."""
    return [
        _sign(one.x, one.y, one.sign)
        if one.sign
        else f'<circle cx="{one.x}" cy="{one.y}" r="4" fill="#ffffff" stroke="{LINE}" stroke-width="2"/>'
        for one in found.marks
    ]


def _sign(x: float, y: float, words: str) -> str:
    shown = escape(words)
    return f'<text x="{x}" y="{y}" font-size="15" font-weight="bold" text-anchor="middle" fill="{INK}">{shown}</text>'
