"""The plan as a Gantt picture: an SVG of our own, with presentation attributes alone, and its table.

Each bar says in a word how its action stands; the ground of a bar says the same, for whoever sees colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.times import exact
from safeboard.documents.charts import Picture
from safeboard.documents.sheets import Column, Table
from safeboard.library.measure import width

FONT = "Inter, 'Inter Print', Arial, 'Liberation Sans', sans-serif"
INK, GRID, PAPER, TODAY = "#0b0c0c", "#d5dbdc", "#ffffff", "#801650"
GROUNDS = {"red": "#f4cdc6", "yellow": "#ffe9a8", "green": "#cce2d8", "blue": "#d2e2f1", "grey": "#e8ebec"}
HEAD, BAR, TYPE = 44, 14, 13
SHEET = 24  # rows of a picture on paper
HALO = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000)  # months between those that are named


@dataclass(frozen=True)
class Frame:
    """How a picture is laid out: its width, where the days begin and end, a row, the middle of its bar, its months.

    Where the days begin at the left edge, the name and the word stand above the bar.
    """

    wide: int
    left: int
    right: int
    row: int
    bar: int
    months: int  # names of months that fit

    @property
    def above(self) -> bool:
        """Whether the name stands above the bar, and not beside it."""
        return self.left < TYPE


BROAD = Frame(1120, 330, 110, 26, 13, 10)
SLIM = Frame(352, 2, 4, 46, 32, 4)  # fits a phone as it is


@dataclass(frozen=True)
class Line:
    """One action in the picture: its name, days, word and colour, milestones (day, reached), what it waits for."""

    key: int
    name: str
    who: str
    starts_on: date
    due_on: date
    first_due_on: date
    word: str
    colour: str
    milestones: tuple[tuple[date, bool, str], ...] = ()
    waits: tuple[int, ...] = ()


@dataclass
class Scale:
    """From days to places in the picture."""

    first: date
    last: date
    frame: Frame = BROAD

    def __call__(self, day: date) -> float:
        """How far to the right a day begins."""
        whole = max(1, (self.last - self.first).days)
        room = self.frame.wide - self.frame.left - self.frame.right
        return self.frame.left + room * (day - self.first).days / whole

    def months(self) -> list[date]:
        """The first days of the months to be named: so many that their names do not touch."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        step = next(one for one in STEPS if (last - first) / one <= self.frame.months)
        begin = -(-first // step) * step
        return [date(month // 12, month % 12 + 1, 1) for month in range(begin, last + 1, step)]


def scale_of(lines: Sequence[Line], today: date, frame: Frame = BROAD) -> Scale:
    """From the month of the earliest day to the month after the last one; today is always on it."""
    days = [today, *(one.starts_on for one in lines), *(max(one.due_on, one.first_due_on) for one in lines)]
    first, last = min(days).replace(day=1), max(days)
    after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Scale(first, after, frame)


def gantt(
    lines: Sequence[Line], *, today: date, title: str, scale: Scale | None = None, prefix: str = "gantt"
) -> SafeString:
    """The picture of these actions as an SVG element with a title and a description; every text in it is escaped."""
    scale = scale or scale_of(lines, today)
    wide, row = scale.frame.wide, scale.frame.row
    high = HEAD + row * max(1, len(lines)) + 8
    places = {one.key: HEAD + row * number for number, one in enumerate(lines)}
    ids = f'aria-labelledby="{escape(prefix)}-title {escape(prefix)}-desc"'
    across = (*_arrows(lines, places, scale), _today(scale, today, high))  # below names that stand above bars
    count = ngettext("%(n)s action by its days.", "%(n)s actions by their days.", len(lines)) % {"n": f"{len(lines):,}"}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" class="sb-gantt__svg" {ids} font-family="{escape(FONT)}" font-size="{TYPE}" fill="{INK}">',
        f'<title id="{escape(prefix)}-title">{escape(title)}</title>',
        f'<desc id="{escape(prefix)}-desc">{escape(count)} {escape(_("The table says the same."))}</desc>',
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
        *_months(scale, high),
        *(across if scale.frame.above else ()),
        *(_row(one, places[one.key], scale) for one in lines),
        *(() if scale.frame.above else across),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  every text of it is escaped


def _months(scale: Scale, high: int) -> Iterable[str]:
    for day in scale.months():
        x = scale(day)
        yield f'<path d="M{x:.1f},{HEAD - 14}V{high}" stroke="{GRID}"/>'
        yield f'<text x="{x + 3:.1f}" y="{HEAD - 18}" font-size="12">{escape(_month(day))}</text>'


@lru_cache(maxsize=512)
def _month(day: date) -> str:
    return date_format(day, "M Y")


def _row(one: Line, top: int, scale: Scale) -> str:
    left, right, frame = scale(one.starts_on), scale(one.due_on + timedelta(days=1)), scale.frame
    middle, ground = top + frame.bar, GROUNDS.get(one.colour, GROUNDS["grey"])
    late = _first_date(one, scale, middle)
    flags = "".join(_flag(scale(day), middle, reached) for day, reached, _title in one.milestones)
    return (
        f'<path d="M0,{top + frame.row}H{frame.wide}" stroke="{GRID}"/>{_name(one, top, frame)}'
        f'<rect x="{left:.1f}" y="{middle - BAR / 2:.1f}" width="{max(3.0, right - left):.1f}" height="{BAR}" rx="2" '
        f'fill="{ground}" stroke="{INK}"/>{late}{flags}'
        f"{_word(one, top, max(left + 3, right) + 6, frame)}"
    )


def _name(one: Line, top: int, frame: Frame) -> str:
    """What it is called: beside the days, or above them, with room for its word."""
    room = frame.wide - width(one.word, TYPE) - 24 if frame.above else frame.left - 14
    y = top + 17.5 if frame.above else top + frame.bar + 4.5
    x = 2 if frame.above else 4
    return f'<text x="{x}" y="{y:.1f}"{_halo(frame)}>{escape(fitting(one.name, room))}</text>'


def _word(one: Line, top: int, x: float, frame: Frame) -> str:
    """How it stands: behind its bar, or at the end of the line above it."""
    place = f'x="{x:.1f}" y="{top + frame.bar + 4.5:.1f}"'
    if frame.above:
        place = f'x="{frame.wide - 4}" y="{top + 17.5}" text-anchor="end"'
    return f'<text {place} font-size="12" font-weight="bold"{HALO}>{escape(one.word)}</text>'


def _halo(frame: Frame) -> str:
    """Words that stand on lines have a rim."""
    return HALO if frame.above else ""


def _first_date(one: Line, scale: Scale, middle: float) -> str:
    """Where it was moved: a dashed line at the day that it was first expected by."""
    if one.first_due_on == one.due_on:
        return ""
    x = scale(one.first_due_on + timedelta(days=1))
    return f'<path d="M{x:.1f},{middle - 11:.1f}v22" stroke="{INK}" stroke-width="1.5" stroke-dasharray="3 2"/>'


def _flag(x: float, middle: float, reached: bool) -> str:
    """A milestone: a diamond, filled where it was reached."""
    fill = INK if reached else PAPER
    return f'<path d="M{x:.1f},{middle - 6:.1f}l6,6l-6,6l-6,-6z" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'


def _arrows(lines: Sequence[Line], places: Mapping[int, int], scale: Scale) -> Iterable[str]:
    """From the end of what an action waits for to its own beginning, where both are in the picture."""
    frame = scale.frame
    ends = {one.key: scale(one.due_on + timedelta(days=1)) for one in lines}
    for one in lines:
        for first in one.waits:
            if first in places:
                x, y = ends[first] - 4, places[first] + frame.bar + BAR / 2
                to, foot = scale(one.starts_on), places[one.key] + frame.bar
                below = frame.row - frame.bar - BAR / 2
                way = f"V{foot:.1f}" if to > x + 5 else f"v{below}H{to - 9:.1f}V{foot:.1f}"
                yield (
                    f'<path d="M{x:.1f},{y:.1f}{way}H{to:.1f}" fill="none" stroke="{INK}"/>'
                    f'<path d="M{to:.1f},{foot:.1f}l-5,-3.5v7z"/>'
                )


def _today(scale: Scale, today: date, high: int) -> str:
    x = scale(today)
    return (
        f'<path d="M{x:.1f},16V{high}" stroke="{TODAY}" stroke-width="2"/>'
        f'<text x="{x + 4:.1f}" y="12" font-size="12" font-weight="bold" fill="{TODAY}">{escape(_("today"))}</text>'
    )


@lru_cache(maxsize=4096)
def fitting(text: str, room: float) -> str:
    """A text on one line of so much room, cut with a sign where it is longer."""
    if width(text, TYPE) <= room:
        return text
    fits, longest = 0, len(text)  # so many letters do, and no more than so many
    while fits < longest:
        middle = (fits + longest + 1) // 2
        if width(text[:middle].rstrip() + "…", TYPE) <= room:
            fits = middle
        else:
            longest = middle - 1
    return text[:fits].rstrip() + "…"


def picture(lines: Sequence[Line], *, today: date) -> Picture:
    """The picture with its question, its answer in a sentence, and its table."""
    question = _("What is done when?")
    return Picture(question, _answer(lines), gantt(lines, today=today, title=question), table(lines))


def slim(lines: Sequence[Line], *, today: date) -> SafeString:
    """The same picture for a phone: names above the bars."""
    title = _("What is done when?")
    return gantt(lines, today=today, title=title, scale=scale_of(lines, today, SLIM), prefix="gantt-slim")


def _answer(lines: Sequence[Line]) -> str:
    late = sum(one.colour == "red" for one in lines)
    if not late:
        return _("Nothing here is overdue or unanswered.")
    return ngettext(
        "%(n)s action here is overdue or unanswered.", "%(n)s actions here are overdue or unanswered.", late
    ) % {"n": f"{late:,}"}


def table(lines: Sequence[Line]) -> Table:
    """The same in words: from, expected, first expected, who, how it stands, milestones."""
    columns = [
        Column("name", _("Action")),
        Column("who", _("Who")),
        Column("starts", _("From"), "date"),
        Column("due", _("Expected by"), "date"),
        Column("first", _("First expected by"), "date"),
        Column("word", _("How it stands")),
        Column("milestones", _("Milestones")),
        Column("waits", _("Waits for")),
    ]
    names = {one.key: one.name for one in lines}
    rows = [
        {
            "name": one.name,
            "who": one.who,
            "starts": one.starts_on,
            "due": one.due_on,
            "first": one.first_due_on,
            "word": one.word,
            "milestones": "; ".join(_milestone(*each) for each in one.milestones),
            "waits": "; ".join(names.get(first, _("an action that is not in this list")) for first in one.waits),
        }
        for one in lines
    ]
    return Table(_("Actions by their days"), columns, rows)


def _milestone(day: date, reached: bool, title: str) -> str:
    words = _("%(title)s, %(day)s, reached") if reached else _("%(title)s, %(day)s")
    return words % {"title": title, "day": exact(day)}
