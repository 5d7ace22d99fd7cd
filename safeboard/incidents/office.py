"""When somebody is there to read: times in office hours, on whole hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from safeboard.library.spoken import Office

HOUR = timedelta(hours=1)


def hour_of(moment: datetime) -> datetime:
    """The full hour before: all that is kept of when somebody wrote to us."""
    return moment.replace(minute=0, second=0, microsecond=0)


def is_open(office: Office, hour: datetime) -> bool:
    """Whether somebody is there in the hour that begins then."""
    local = timezone.localtime(hour)
    return local.isoweekday() in office.days and office.opens <= local.hour < office.closes


def within(office: Office, hours: int, now: datetime) -> datetime:
    """The end of so many office hours, counted from the next full hour after ``now``."""
    hour = hour_of(now) + HOUR
    while True:
        hours -= is_open(office, hour)
        hour += HOUR
        if hours <= 0:
            return hour


def a_day(office: Office) -> int:
    """How many office hours one day of the office has."""
    return office.closes - office.opens
