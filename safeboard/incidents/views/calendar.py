"""The calendar of clocks: what is due by day, late first."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from safeboard.core.page import page

from ..queries import clocks

YEARS = range(2000, 2101)


@page("incidents.list")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month or a week: one's own clocks, or, for those who read whole incidents, all that one may know of."""
    reads = request.access.can("incidents.read")
    mine = not reads or request.GET.get("whose") != "all"
    weekly = request.GET.get("by") == "week"
    span = (clocks.week_of if weekly else clocks.month_of)(_day(request.GET.get("day", "")))
    days = clocks.days_of(request.access, span, mine=mine)
    context = {
        "span": span,
        "days": days,
        "late": clocks.late(request.access, mine=mine),
        "now": timezone.now(),
        "count": sum(len(day.clocks) for day in days if day.inside),
        "weekly": weekly,
        "mine": mine,
        "may_see_all": reads,
    }
    return render(request, "incidents/calendar.html", context)


def _day(text: str) -> date:
    """The day of the address; today where there is none that can be shown."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if day.year in YEARS else timezone.localdate()
