"""The time line of a chronology as a picture: a row a kind, a mark a line. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .choices import EventKind
from .models import Event

LEFT, WIDTH, TOP, ROW = 190, 900, 34, 40
# Marks that can be told apart without colour, by the order of the kinds: a shape of 12 units about the origin.
SHAPES = (
    "M-6,-6h12v12h-12z",
    "M0,-7L7,6H-7z",
    "M0,-7L7,0L0,7L-7,0z",
    "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0z",
    "M-7,-5H7L0,7z",
    "M-2,-7h4v5h5v4h-5v5h-4v-5h-5v-4h5z",
)


def draw(events: Sequence[Event], title: str) -> SafeString:
    """An SVG of the lines, between the first day and the last; '' for none."""
    if not events:
        return format_html("{}", "")
    first = min(one.on for one in events).replace(day=1)
    last = max(one.until or one.on for one in events)
    kinds = [kind for kind in EventKind if any(one.kind == kind for one in events)]
    height = TOP + ROW * len(kinds) + 10
    words = _("%(n)s lines between %(first)s and %(last)s. The table below says each.")
    said = words % {"n": len(events), "first": date_format(first, "F Y"), "last": date_format(last, "F Y")}
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'class="app-picture__svg app-picture__svg--wide" aria-labelledby="timeline-title timeline-desc" '
        'font-family="inherit" font-size="14">'
        '<title id="timeline-title">{}</title><desc id="timeline-desc">{}</desc>{}{}</svg>',
        LEFT + WIDTH + 20,
        height,
        LEFT + WIDTH + 20,
        height,
        title,
        said,
        _months(first, last, height),
        format_html_join("", "{}", ((_row(kind, at, events, first, last),) for at, kind in enumerate(kinds))),
    )


def _x(day: date, first: date, last: date) -> float:
    length = max((last - first).days, 1)
    return round(LEFT + WIDTH * min(max((day - first).days, 0), length) / length, 1)


def _months(first: date, last: date, height: int) -> SafeString:
    """A line for each month, or each quarter or year where there are many, with its name."""
    length = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if length <= 12 else 3 if length <= 36 else 12
    marks = []
    for at in range(0, length + 1, step):
        year, month = divmod(first.year * 12 + first.month - 1 + at, 12)
        day = date(year, month + 1, 1)
        name = date_format(day, "M Y" if at == 0 or month < step else "M") if step < 12 else str(year)
        marks.append((_x(day, first, last), TOP - 8, height - 6, _x(day, first, last) + 3, name))
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="#b1b4b6"/><text x="{3}" y="20" fill="#0b0c0c">{4}</text>',
        marks,
    )


def _row(kind: EventKind, at: int, events: Sequence[Event], first: date, last: date) -> SafeString:
    middle = TOP + ROW * at + ROW // 2
    shape = SHAPES[list(EventKind).index(kind) % len(SHAPES)]
    marks = [
        (_x(one.on, first, last), middle, _x(one.until or one.on, first, last) - _x(one.on, first, last), shape)
        for one in events
        if one.kind == kind
    ]
    drawn = format_html_join(
        "",
        '<g transform="translate({},{})"><rect x="0" y="-3" width="{}" height="6" fill="#12436d"/>'
        '<path d="{}" fill="#12436d" stroke="#ffffff" stroke-width="1"/></g>',
        marks,
    )
    return format_html(
        '<text x="0" y="{}" fill="#0b0c0c">{}</text><line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#b1b4b6" '
        'stroke-dasharray="2 4"/>{}',
        middle + 5,
        kind.label,
        LEFT,
        LEFT + WIDTH,
        middle,
        middle,
        drawn,
    )
