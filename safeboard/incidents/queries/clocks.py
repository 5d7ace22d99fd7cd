"""The calendar of clocks: everything of the incidents one may know of that has a time, by day.

What has a clock of its own registers a source here: duties, answers that nobody owes a duty for, lessons.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access

from ..choices import WAITING, DutyKind
from ..models import Incident, Referral
from .lessons import lessons_of, owed
from .visible import open_duties, owed_by, visible_to

MOST = 500  # rows of one source on one page
LAST_MINUTE = time(23, 59)
NAMES = ("incident__year", "incident__serial", "incident_id")


@dataclass(frozen=True)
class Clock:
    """Something with a time: what, of which incident (its reference), and where one does it. No case text."""

    at: datetime
    what: str
    about: str
    url: str
    whole_day: bool = False  # owed by the end of a day, at no hour of it

    @property
    def owed(self) -> datetime | date:
        """By when, as one says it: the day alone where there is no hour."""
        return timezone.localtime(self.at).date() if self.whole_day else self.at


@dataclass(frozen=True)
class Asked:
    """What a source is asked for: for whom, from when until when (excluded), theirs alone or all they may know of."""

    access: Access
    start: datetime
    end: datetime
    mine: bool

    @property
    def incidents(self) -> QuerySet[Incident]:
        return visible_to(self.access)


Source = Callable[[Asked], Iterable[Clock]]
SOURCES: list[Source] = []


def clock_rows(source: Source) -> Source:
    """Register a source of the calendar: it gives what falls into the time asked for, open things alone."""
    SOURCES.append(source)
    return source


@clock_rows
def duties(asked: Asked) -> Iterator[Clock]:
    """What is owed."""
    all_open = open_duties().filter(incident__in=asked.incidents.values("pk"))
    rows = owed_by(asked.access) if asked.mine else all_open
    rows = rows.filter(due_at__gte=asked.start, due_at__lt=asked.end).order_by("due_at", "pk")
    for one in rows.select_related("incident").only("title", "due_at", *NAMES)[:MOST]:
        url = f"{reverse('incidents:duties', args=[one.incident_id])}#duty-{one.pk}"
        yield Clock(one.due_at, one.title, one.incident.reference, url)


@clock_rows
def answers(asked: Asked) -> Iterator[Clock]:
    """Answers that are awaited, where no duty says so already."""
    said = open_duties().filter(kind=DutyKind.ANSWER, referral=OuterRef("pk"))
    rows = Referral.objects.filter(~Exists(said), incident__in=asked.incidents.values("pk"), state__in=WAITING)
    rows = rows.filter(answer_due_at__gte=asked.start, answer_due_at__lt=asked.end)
    if asked.mine:
        rows = rows.filter(sent_by=asked.access.person)
    for one in (
        rows.select_related("incident").only("to_name", "answer_due_at", *NAMES).order_by("answer_due_at")[:MOST]
    ):
        url = reverse("incidents:referral", args=[one.incident_id, one.pk])
        what = _("Answer due from %(who)s") % {"who": one.to_name}
        yield Clock(one.answer_due_at or asked.end, what, one.incident.reference, url)


@clock_rows
def lessons(asked: Asked) -> Iterator[Clock]:
    """Lessons to be done, and to be looked back on, by the end of their day."""
    rows = owed(lessons_of(asked.access), timezone.localtime(asked.end).date())
    if asked.mine:
        rows = rows.filter(owner=asked.access.person)
    fields = ("key", "due_on", "done_on", "look_on", "looked_on")
    for one in rows.select_related(None).only(*fields).order_by("pk")[:MOST]:
        at = timezone.make_aware(datetime.combine(one.owed_on, LAST_MINUTE))
        if asked.start <= at < asked.end:
            what = _("Look back: did it work?") if one.done_on else _("What was learned is to be done")
            yield Clock(at, what, _("Lesson"), reverse("incidents:lesson", args=[one.key]), whole_day=True)


def clocks(access: Access, start: datetime, end: datetime, *, mine: bool) -> list[Clock]:
    """Every clock in that time, the soonest first."""
    asked = Asked(access, start, end, mine)
    return sorted((row for source in SOURCES for row in source(asked)), key=lambda row: (row.at, row.about, row.what))


@dataclass(frozen=True)
class Day:
    """A day of the calendar with its clocks; ``inside``: it belongs to the month or week that is shown."""

    day: date
    inside: bool
    today: bool
    clocks: list[Clock]


@dataclass(frozen=True)
class Span:
    """A month or a week: its first day, the first of the one before and of the one after, and all days shown."""

    first: date
    before: date
    after: date
    days: list[date]
    title: str

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it, and is not of the weeks around a month."""
        return self.first <= day < self.after


def month_of(day: date) -> Span:
    """The month that a day is in, in whole weeks from Monday."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    title = times.exact(first).partition(" ")[2]
    return Span(
        first, (first - timedelta(days=1)).replace(day=1), after, [one for week in weeks for one in week], title
    )


def week_of(day: date) -> Span:
    """The week that a day is in, from Monday."""
    first, week = day - timedelta(days=day.weekday()), timedelta(days=7)
    title = _("Week of %(day)s") % {"day": times.exact(first)}
    return Span(first, first - week, first + week, [first + timedelta(days=number) for number in range(7)], title)


def days_of(access: Access, span: Span, *, mine: bool) -> list[Day]:
    """The days of a month or week, each with its clocks."""
    by_day: dict[date, list[Clock]] = defaultdict(list)
    for row in clocks(access, _midnight(span.days[0]), _midnight(span.days[-1] + timedelta(days=1)), mine=mine):
        by_day[timezone.localtime(row.at).date()].append(row)
    today = timezone.localdate()
    return [Day(day, span.holds(day), day == today, by_day[day]) for day in span.days]


def late(access: Access, *, mine: bool) -> list[Clock]:
    """What is late, whatever month is shown: the longest first."""
    return clocks(access, timezone.make_aware(datetime(1, 1, 2)), timezone.now(), mine=mine)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
