"""Dates and times of day in forms, each part in a box of its own."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .widgets import DateInput, DateTimeInput

# The first three letters of each month, in English and Welsh.
_ENGLISH, _WELSH = "jan feb mar apr may jun jul aug sep oct nov dec", "ion chw maw ebr mai meh gor aws med hyd tac rha"
MONTHS = {name: number for names in (_ENGLISH, _WELSH) for number, name in enumerate(names.split(), 1)}

# 9:30, 9.30, 0930, 930, 9:30pm, 3 p.m.; minutes have two figures, or '25' would be read as five past two.
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?:([ap])\.?m\.?)?")


def time_of_day(text: str, *, hour_alone: bool = False) -> time | None:
    """A time of day as people write it; None of what is none. ``hour_alone``: '14' will do."""
    found = _TIME.fullmatch(re.sub(r"\s", "", text.lower()))
    if found is None or not (found[2] or found[3] or hour_alone):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0) if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


class DateField(forms.Field):
    """A date in three boxes. ``past`` refuses a later day than today, ``future`` an earlier one.

    Each error says which part is missing or wrong, and the error summary leads to that box.
    """

    widget = DateInput
    default_error_messages = {
        "part": gettext_lazy("“%(label)s” must include a %(missing)s"),
        "day": gettext_lazy("“%(label)s”: the day must be a number from 1 to 31"),
        "month": gettext_lazy("“%(label)s”: the month must be a number from 1 to 12, or its name"),
        "year": gettext_lazy("“%(label)s”: the year must have four numbers"),
        "date": gettext_lazy("“%(label)s” must be a real date: there is no such day in that month"),
        "past": gettext_lazy("“%(label)s” must be today or in the past"),
        "future": gettext_lazy("“%(label)s” must be today or in the future"),
    }
    names = {"day": gettext_lazy("day"), "month": gettext_lazy("month"), "year": gettext_lazy("year")}

    def __init__(self, *, past: bool = False, future: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.past, self.future = past, future

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes hold another date than before."""
        try:
            return self.to_python(data) != self.to_python(self.widget.decompress(initial))
        except ValidationError:
            return True

    def fault(self, code: str, *parts: str, **words: Any) -> ValidationError:
        """The error for a code, knowing the boxes it is about."""
        return ValidationError(
            self.error_messages[code], code=code, params={"label": self.label, "parts": parts, **words}
        )

    def to_python(self, value: Any) -> Any:
        """The date of the boxes; None where all are empty."""
        parts = self._parts(value)
        return None if parts is None else self._date(*parts[:3])

    def _parts(self, value: Any) -> list[str] | None:
        parts = [str(part).strip() if part is not None else "" for part in value or []]
        if not any(parts):
            return None
        missing = [name for name, part in zip(self.names, parts, strict=False) if not part]
        if missing:
            raise self.fault("part", *missing, missing=_(" and ").join(str(self.names[name]) for name in missing))
        return parts

    def _date(self, day: str, month: str, year: str) -> date:
        number = self._number(month, 12) or MONTHS.get(month.lower()[:3] if month.isalpha() else "")
        if number is None:
            raise self.fault("month", "month")
        if not (year.isascii() and year.isdigit() and len(year) == 4 and year > "1899"):
            raise self.fault("year", "year")
        if self._number(day, 31) is None:
            raise self.fault("day", "day")
        try:
            return date(int(year), number, int(day))
        except ValueError:
            raise self.fault("date", "day", "month", "year") from None

    @staticmethod
    def _number(text: str, most: int) -> int | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
        return number if 1 <= number <= most else None

    def validate(self, value: Any) -> None:
        """Required, and on the right side of today."""
        super().validate(value)
        if value is None:
            return
        day = timezone.localtime(value).date() if isinstance(value, datetime) else value
        if self.past and day > timezone.localdate():
            raise self.fault("past", "day", "month", "year")
        if self.future and day < timezone.localdate():
            raise self.fault("future", "day", "month", "year")


class DateTimeField(DateField):
    """A date and a time of day on the wall's clock, given back as an aware time. Reads 9.30, 09:30, 9:30pm, 3pm."""

    widget = DateTimeInput
    default_error_messages = {
        "time": gettext_lazy("“%(label)s”: the time must be like 09:30 or 3:15pm"),
        "past_time": gettext_lazy("“%(label)s” must not be later than now"),
    }
    names = {**DateField.names, "time": gettext_lazy("time")}

    def to_python(self, value: Any) -> Any:
        """The time of the boxes; None where all are empty."""
        parts = self._parts(value)
        if parts is None:
            return None
        return timezone.make_aware(datetime.combine(self._date(*parts[:3]), self._time(parts[3])))

    def _time(self, text: str) -> time:
        found = time_of_day(text)
        if found is None:
            raise self.fault("time", "time")
        return found

    def validate(self, value: Any) -> None:
        """As a date; and with ``past``, not later than now (five minutes are given for a fast clock)."""
        super().validate(value)
        if value is not None and self.past and (value - timezone.now()).total_seconds() > 300:
            raise self.fault("past_time", "time")
