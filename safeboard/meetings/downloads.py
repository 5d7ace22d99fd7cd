"""What leaves this room as a spreadsheet or a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from safeboard.documents.sheets import Column, Table
from safeboard.outbox.operations import link

from .choices import MeetingState
from .models import Meeting
from .queries.members import Spent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def work_tables(spent: Sequence[Spent], title: str) -> list[Table]:
    """A year's work: the hours under each aspect, and everything that was done."""
    hours = [
        Column("number", _("No."), "number"),
        Column("aspect", _("Aspect")),
        Column("times", _("Entries"), "number"),
    ]
    rows = [
        {"number": one.number, "aspect": str(one.aspect.title), "times": len(one.rows), "hours": one.minutes / 60}
        for one in spent
    ]
    done = [Column("aspect", _("Aspect")), Column("on", _("Date"), "date"), Column("what", _("What was done"))]
    each = [
        {"aspect": str(one.aspect.title), "on": row.on, "what": row.what, "hours": row.minutes / 60}
        for one in spent
        for row in sorted(one.rows, key=lambda row: row.on)
    ]
    last = Column("hours", _("Hours"), "number")
    return [Table(title, [*hours, last], rows), Table(_("What was done"), [*done, last], each)]


def calendar_of(meetings: Iterable[Meeting], *, asks: bool = False) -> bytes:
    """Meetings as an iCalendar file (RFC 5545); ``asks``: as an invitation, or its taking back.

    A calendar that has them already follows what changed: each bears its key and counts its changes. Nobody else's
    address stands in it.
    """
    found = Calendar()
    found.add("prodid", "-//Safeboard//meetings//EN")
    found.add("version", "2.0")
    rows = list(meetings)
    gone = bool(rows) and all(one.state == MeetingState.CANCELLED for one in rows)
    found.add("method", "CANCEL" if asks and gone else "PUBLISH")
    for one in rows:
        found.add_component(_event(one))
    return found.to_ical()


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.key}@safeboard")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("url", link(f"/subgroup/meetings/{meeting.pk}/"))
    if meeting.where:
        event.add("location", meeting.where)
    return event
