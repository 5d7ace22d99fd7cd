"""Reads of the chronology: by year and kind, as lines with their dates in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.documents.sheets import Column, Table

from ..models import Event


def events_of(access: Access) -> QuerySet[Event]:
    """The lines of the acting board's chronology, oldest first."""
    return Event.objects.filter(board_id=access.board_id or 0)


def years_of(access: Access) -> list[int]:
    """The years in which something was done, newest first."""
    return [day.year for day in events_of(access).dates("on", "year", order="DESC")]


def found(access: Access, *, year: str = "", kinds: Iterable[str] = ()) -> QuerySet[Event]:
    """The lines that fit a year and kinds; all where neither is given."""
    rows = events_of(access)
    if year.isdecimal():
        rows = rows.filter(on__year=int(year))
    return rows.filter(kind__in=list(kinds)) if kinds else rows


def day_said(event: Event) -> str:
    """When it was, as a person says it: '24 and 25 July 2026', 'December 2025', '3 March to 2 April 2026'."""
    if event.month_only:
        return _span(event, "F", "Y")
    if event.until is None or event.until == event.on:
        return date_format(event.on, "j F Y")
    if (event.until - event.on).days == 1 and event.until.month == event.on.month:
        days = {"first": event.on.day, "then": date_format(event.until, "j F Y")}
        return _("%(first)s and %(then)s") % days
    return _span(event, "j F", "Y")


def _span(event: Event, form: str, year: str) -> str:
    until = event.until or event.on
    if (event.on.year, event.on.month) == (until.year, until.month) and form == "F":
        return date_format(event.on, "F Y")
    first = date_format(event.on, form if event.on.year == until.year else f"{form} {year}")
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(until, f"{form} {year}")}


def table_of(events: Iterable[Event], title: str) -> Table:
    """The lines as Brent's table has them: date and event, and the kind."""
    columns = [Column("on", _("Date")), Column("what", _("What was done")), Column("kind", _("Kind"))]
    rows = [{"on": day_said(one), "what": one.what, "kind": str(one.get_kind_display())} for one in events]
    return Table(title, columns, rows)
