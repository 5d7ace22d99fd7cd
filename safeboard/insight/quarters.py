"""Quarters of the calendar year, from midnight to midnight as the clock shows here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Quarter:
    """The first quarter of a year is January to March. ValueError for a quarter that is not 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4) or not 1900 <= self.year <= 9998:
            raise ValueError("A quarter is 1 to 4 of a year.")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def running(cls) -> Quarter:
        """The quarter of today."""
        return cls.of(timezone.localdate())

    def back(self, steps: int = 1) -> Quarter:
        """The quarter so many before this one."""
        whole = self.year * 4 + self.number - 1 - steps
        return Quarter(whole // 4, whole % 4 + 1)

    @property
    def starts(self) -> datetime:
        """Its first moment."""
        return timezone.make_aware(datetime.combine(date(self.year, self.number * 3 - 2, 1), time()))

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return self.back(-1).starts

    @property
    def has_ended(self) -> bool:
        return self.ends <= timezone.now()

    @property
    def short(self) -> str:
        """'Jan–Mar 2026'."""
        names = (_("Jan–Mar"), _("Apr–Jun"), _("Jul–Sep"), _("Oct–Dec"))
        return f"{names[self.number - 1]} {self.year}"

    @property
    def year_to(self) -> str:
        """The four quarters that end with this one: 'year to September 2026'."""
        names = (_("March"), _("June"), _("September"), _("December"))
        return _("year to %(month)s %(year)s") % {"month": names[self.number - 1], "year": self.year}

    def __str__(self) -> str:
        """'January to March 2026'."""
        names = (_("January to March"), _("April to June"), _("July to September"), _("October to December"))
        return f"{names[self.number - 1]} {self.year}"
