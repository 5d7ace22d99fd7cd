"""How many lines an answer has by day and by hour: pictures, each with its figures, for the agency's own eyes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.documents.charts import Picture, bar_chart, described
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import shown

from .. import engine
from ..models import Question
from .answer import asked, logs_asked, terms_of

MOST_DAYS = 31
SLIM = 240  # so that bars with their names fit a phone


@dataclass(frozen=True)
class Counted:
    """An answer in figures: the whole, and the pictures, none where there is nothing to draw."""

    total: int
    pictures: list[Picture]


def counted(access: Access, question: Question) -> Counted:
    """The lines of an answer by day (by week where it is long) and by hour of the day."""
    hours = by_hour(question, access)
    total = sum(hours.values())
    return Counted(total, [_by_day(hours), _by_hour_of_day(hours)] if total else [])


def by_hour(question: Question, access: Access | None = None) -> dict[datetime, int]:
    """The lines of an answer by hour, as the archive counts them; ``access``: of the request."""
    answer = engine.archive().ask(asked(terms_of(question), logs_asked(question, access)))
    return {timezone.localtime(hour): count for hour, count in answer.counts(by="hour")}


def _by_day(hours: dict[datetime, int]) -> Picture:
    days: Counter[date] = Counter()
    for hour, count in hours.items():
        days[hour.date()] += count
    first, last = min(days), max(days)
    weekly = (last - first).days > MOST_DAYS
    start = first - timedelta(days=first.weekday()) if weekly else first
    step = timedelta(days=7 if weekly else 1)
    slots = [start + step * n for n in range((last - start) // step + 1)]
    figures = [sum(days[slot + timedelta(days=n)] for n in range(step.days)) for slot in slots]
    names = [_("week of %s") % date_format(slot, "j M Y") if weekly else date_format(slot, "D j M") for slot in slots]
    question = _("In which weeks?") if weekly else _("On which days?")
    return _picture(question, _("Week") if weekly else _("Day"), names, figures)


def _by_hour_of_day(hours: dict[datetime, int]) -> Picture:
    found: Counter[int] = Counter()
    for hour, count in hours.items():
        found[hour.hour] += count
    first, last = min(found), max(found)
    slots = range(first, last + 1)
    return _picture(
        _("At what time of day?"),
        _("Hour"),
        [f"{slot:02d}:00–{slot:02d}:59" for slot in slots],
        [found[slot] for slot in slots],
    )


def _picture(question: str, heading: str, names: list[str], figures: list[int]) -> Picture:
    most = max(range(len(figures)), key=figures.__getitem__)
    answer = _("The most: %(when)s, with %(count)s of %(total)s lines.") % {
        "when": names[most],
        "count": f"{figures[most]:,}",
        "total": f"{sum(figures):,}",
    }
    counts = [shown(figure) for figure in figures]
    drawn = {"title": question, "description": described(names, counts), "unit": _("lines")}
    svg = bar_chart(names, counts, **drawn, across=True, width=SLIM)
    columns = [Column("when", heading), Column("count", _("Lines"), "number")]
    rows = [{"when": name, "count": count} for name, count in zip(names, figures, strict=True)]
    return Picture(question, answer, svg, Table(question, columns, rows, source=_("The filter logs, this question")))
