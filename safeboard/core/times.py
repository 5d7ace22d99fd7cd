"""Times as a person says them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from html import escape

from django.utils import formats, timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .bank_holidays import is_working_day

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def exact(moment: datetime | date) -> str:
    """'3 March 2026', with ', 17:40' where there is a time of day."""
    language = translation.get_language()
    if not isinstance(moment, datetime):
        return _said_day(moment, language)
    return _said_minute(_local(moment).replace(second=0, microsecond=0, tzinfo=None), language)


@lru_cache(maxsize=4096)
def _said_minute(local: datetime, language: str | None) -> str:
    """A local minute in words, worked out once for each language: a page says the same minutes again and again."""
    return _("%(date)s, %(time)s") % {"date": _said_day(local.date(), language), "time": f"{local:%H:%M}"}


@lru_cache(maxsize=4096)
def _said_day(moment: date, language: str | None) -> str:
    """A day in words, worked out once for each day and language: lists say the same days again and again."""
    return formats.date_format(moment, "j F Y")


def said(moment: datetime | date, *, now: datetime | None = None) -> str:
    """How long ago or ahead, and when: '3 hours ago, at 14:40', 'tomorrow, 09:00', '3 March 2026, 17:40'."""
    now = _local(now or timezone.now())
    days = (_day(moment) - now.date()).days
    if not isinstance(moment, datetime):
        return _near_day(days) or exact(moment)
    clock = _local(moment).strftime("%H:%M")
    gap = moment - now
    if abs(gap) < MINUTE:
        return _("just now")
    if days == 0 or abs(gap) < 6 * HOUR:
        words = _("in %(long)s, at %(time)s") if gap > timedelta() else _("%(long)s ago, at %(time)s")
        return words % {"long": long(abs(gap)), "time": clock}
    near = _near_day(days)
    return _("%(date)s, %(time)s") % {"date": near, "time": clock} if near else exact(moment)


def due(moment: datetime | date, *, now: datetime | None = None) -> str:
    """When something is owed: 'due in 3 hours, by 17:40', 'due today', 'late by 2 days, since 1 March 2026'."""
    now = _local(now or timezone.now())
    days = (_day(moment) - now.date()).days
    timed = isinstance(moment, datetime)
    if (timed and moment < now) or (not timed and days < 0):
        gap = now - moment if timed else timedelta(days=-days)
        return _("late by %(long)s, since %(time)s") % {"long": long(gap), "time": exact(moment)}
    if not timed:
        return _("due %(day)s") % {"day": _near_day(days)} if days < 2 else _ahead(days, exact(moment))
    gap = moment - now
    if _local(moment).time() == time.min:
        return _by_midnight(gap, days - 1, _day(moment) - timedelta(days=1))
    clock = _local(moment).strftime("%H:%M")
    if days == 0 or gap < 6 * HOUR:
        return _("due in %(long)s, by %(time)s") % {"long": long(gap), "time": clock}
    if days == 1:
        return _("due tomorrow, by %(time)s") % {"time": clock}
    return _ahead(days, exact(moment))


def is_late(moment: datetime | date, *, now: datetime | None = None) -> bool:
    """Whether that moment, or that whole day, has passed."""
    now = now or timezone.now()
    return moment < now if isinstance(moment, datetime) else moment < _local(now).date()


def long(gap: timedelta) -> str:
    """A length of time in its largest unit, rounded down: '40 minutes', '3 hours', '2 days', '5 weeks'."""
    minutes, hours, days = int(gap / MINUTE), int(gap / HOUR), gap.days
    if hours < 1:
        return ngettext("%(count)s minute", "%(count)s minutes", max(minutes, 1)) % {"count": max(minutes, 1)}
    if hours < 24:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if days < 29:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 92:
        return ngettext("%(count)s week", "%(count)s weeks", days // 7) % {"count": days // 7}
    if days < 730:
        return ngettext("%(count)s month", "%(count)s months", days // 30) % {"count": days // 30}
    return ngettext("%(count)s year", "%(count)s years", days // 365) % {"count": days // 365}


def element(moment: datetime | date, kind: str = "") -> SafeString:
    """A time as markup, the exact one in it: ``kind`` "due" (late ones are marked), "exact", else how near it is."""
    plain = exact(moment)
    words = plain if kind == "exact" else due(moment) if kind == "due" else said(moment)
    at = _local(moment).isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    late = " sb-when--late" if kind == "due" and is_late(moment) else ""
    return SafeString(f'<time class="sb-when{late}" datetime="{at}" title="{escape(plain)}">{escape(words)}</time>')


def after(start: datetime, length: timedelta, *, working_days: bool = False) -> datetime:
    """The moment so long after ``start``; with ``working_days`` the days of ``length`` are working days."""
    return working_days_after(start, length.days) if working_days else start + length


def working_days_after(start: datetime, days: int) -> datetime:
    """The same time of day, so many working days later: Monday to Friday without England's bank holidays.

    The day of ``start`` does not count, whatever day it is. Raises ValueError for fewer days than none.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    local = _local(start)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    moved = datetime.combine(day, local.time())
    return timezone.make_aware(moved) if timezone.is_aware(start) else moved


def _by_midnight(gap: timedelta, days: int, day: date) -> str:
    """At the end of a day so many days ahead: 'tomorrow, by 00:00' would be read as the night after."""
    if days < 1:
        return _("due in %(long)s, by midnight") % {"long": long(gap)}
    if days == 1:
        return _("due by the end of tomorrow")
    return _ahead(days, _("the end of %(date)s") % {"date": exact(day)})


def _ahead(days: int, when: str) -> str:
    return _("due in %(long)s, by %(time)s") % {"long": long(timedelta(days=days)), "time": when}


def _near_day(days: int) -> str:
    if not -1 <= days <= 1:
        return ""
    return _("today") if not days else _("tomorrow") if days > 0 else _("yesterday")


def _day(moment: datetime | date) -> date:
    return _local(moment).date() if isinstance(moment, datetime) else moment


def _local(moment: datetime) -> datetime:
    """In the one time zone of the service; Django looks at every time whether a thread has one of its own."""
    return moment.astimezone(timezone.get_default_timezone()) if timezone.is_aware(moment) else moment
