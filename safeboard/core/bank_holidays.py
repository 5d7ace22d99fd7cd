"""Bank holidays of England and Wales, worked out (Banking and Financial Dealings Act 1971 and proclamation).

A holiday proclaimed for one year alone is not known here: a clock in working days then shouts a day early, never late.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
MONDAY, SATURDAY = 0, 5


def is_working_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, and no bank holiday."""
    return day.weekday() < SATURDAY and day not in of_year(day.year)


@lru_cache(maxsize=64)
def of_year(year: int) -> frozenset[date]:
    """The bank holidays of a year, with the weekdays that stand in for those on a weekend."""
    easter = easter_sunday(year)
    found = {easter - 2 * DAY, easter + DAY, _monday(date(year, 5, 1)), _monday(date(year, 5, 25))}
    found.add(_monday(date(year, 8, 25)))
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        found.add(_substitute(fixed, found))
    return frozenset(found)


def _monday(first: date) -> date:
    """The first Monday from this day on."""
    return first + (MONDAY - first.weekday()) % 7 * DAY


def _substitute(day: date, taken: set[date]) -> date:
    """The day itself, or the next weekday that is no holiday already."""
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day


def easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
