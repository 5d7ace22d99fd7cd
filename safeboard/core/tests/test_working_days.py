"""Working days: weekends and England's bank holidays do not count, whatever the clocks do."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from safeboard.core import times
from safeboard.core.bank_holidays import easter_sunday, is_working_day, of_year

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("start", "days", "wanted"),
    [
        (datetime(2026, 11, 20, 15, 0), 1, datetime(2026, 11, 23, 15, 0)),  # Friday to Monday
        (datetime(2026, 11, 21, 10, 0), 1, datetime(2026, 11, 23, 10, 0)),  # from a Saturday
        (datetime(2026, 11, 23, 9, 30), 3, datetime(2026, 11, 26, 9, 30)),
        (datetime(2026, 4, 2, 12, 0), 1, datetime(2026, 4, 7, 12, 0)),  # over Easter
        (datetime(2026, 12, 24, 16, 0), 1, datetime(2026, 12, 29, 16, 0)),  # Boxing Day is kept on the Monday
        (datetime(2026, 11, 23, 9, 30), 0, datetime(2026, 11, 23, 9, 30)),
    ],
)
def test_working_days_after(start, days, wanted):
    moment = times.working_days_after(start.replace(tzinfo=LONDON), days)
    assert moment == wanted.replace(tzinfo=LONDON)
    assert times.working_days_after(start, days) == wanted


def test_the_time_of_day_stays_when_the_clocks_change():
    friday = datetime(2026, 10, 23, 9, 0, tzinfo=LONDON)  # summer time ends on the Sunday
    assert times.working_days_after(friday, 1) == datetime(2026, 10, 26, 9, 0, tzinfo=LONDON)


def test_days_are_counted_forwards():
    with pytest.raises(ValueError, match="forwards"):
        times.working_days_after(datetime(2026, 1, 5), -1)


def test_a_length_of_time_is_plain_or_in_working_days():
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=LONDON)
    assert times.after(friday, timedelta(hours=4)) - friday == timedelta(hours=4)
    assert times.after(friday, timedelta(days=1), working_days=True) - friday == timedelta(days=3)


def test_the_bank_holidays_of_a_year():
    assert sorted(of_year(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
    ]
    assert [day.day for day in sorted(of_year(2027)) if day.month == 12] == [27, 28]
    assert date(2028, 1, 3) in of_year(2028)
    assert not is_working_day(date(2026, 11, 22))


def test_easter():
    assert [easter_sunday(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
