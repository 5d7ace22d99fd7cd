"""Everything of one meeting, read once: what its pages, its papers and its record are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from safeboard.core.access import Access, job_access
from safeboard.core.built import built_once

from ..models import AgendaItem, Attendance, Decision, Interest, Meeting, Member, Paper
from .members import Reader, reader_of, seats


@dataclass(frozen=True)
class Sheet:
    """A meeting and its rows."""

    meeting: Meeting
    seats: list[Member]
    attendances: list[Attendance]
    items: list[AgendaItem]
    interests: list[Interest]
    decisions: list[Decision]
    read_by: Access

    @cached_property
    def papers(self) -> list[Paper]:
        """The papers without their content, read where somebody asks for them."""
        return list(_papers(self.read_by, self.meeting.pk))

    @property
    def sitting(self) -> list[Member]:
        """Who had a seat on the day of the meeting."""
        return [one for one in self.seats if one.sits_on(self.meeting.day)]

    def reader(self, access: Access) -> Reader:
        """What somebody may read of it."""
        return reader_of(access, self.seats, self.interests)


def sheet_of(meeting: Meeting, access: Access | None = None) -> Sheet:
    """Read a meeting, in five queries however long it is, and one for its papers; ``access``: of the request."""
    by = access or job_access("meetings.sheet")
    return Sheet(
        meeting,
        seats(by, meeting.board_id),
        _attendances(by, meeting.pk),
        _items(by, meeting.pk),
        _interests(by, meeting.pk),
        _decisions(by, meeting.pk),
        by,
    )


@built_once
def _attendances(_access: Access, meeting: int) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(meeting_id=meeting)
    return rows.select_related("member__agency", "member__stands_for").order_by("pk")


@built_once
def _items(_access: Access, meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting_id=meeting).select_related("minuted_by", "report").order_by("order", "pk")


@built_once
def _interests(_access: Access, meeting: int) -> QuerySet[Interest]:
    return Interest.objects.filter(meeting_id=meeting).select_related("member").order_by("pk")


@built_once
def _decisions(_access: Access, meeting: int) -> QuerySet[Decision]:
    return Decision.objects.filter(meeting_id=meeting).order_by("number")


@built_once
def _papers(_access: Access, meeting: int) -> QuerySet[Paper]:
    return Paper.objects.filter(meeting_id=meeting).select_related("item", "added_by").defer("content")
