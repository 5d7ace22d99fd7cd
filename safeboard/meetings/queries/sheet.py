"""Everything of one meeting, read once: what its pages, its papers and its record are made of."""

from __future__ import annotations

from dataclasses import dataclass

from safeboard.core.access import Access

from ..models import AgendaItem, Attendance, Decision, Interest, Meeting, Member, Paper
from .members import Reader, everybody, reader_of


@dataclass(frozen=True)
class Sheet:
    """A meeting and its rows; papers without their content."""

    meeting: Meeting
    seats: list[Member]
    attendances: list[Attendance]
    items: list[AgendaItem]
    interests: list[Interest]
    decisions: list[Decision]
    papers: list[Paper]

    @property
    def sitting(self) -> list[Member]:
        """Who had a seat on the day of the meeting."""
        return [one for one in self.seats if one.sits_on(self.meeting.day)]

    def reader(self, access: Access) -> Reader:
        """What somebody may read of it."""
        return reader_of(access, self.seats, self.interests)


def sheet_of(meeting: Meeting) -> Sheet:
    """Read a meeting, in six queries however long it is."""
    people = Attendance.objects.filter(meeting=meeting).select_related("member__agency", "member__stands_for")
    papers = Paper.objects.filter(meeting=meeting).select_related("item", "added_by").defer("content")
    return Sheet(
        meeting,
        everybody(meeting.board_id),
        list(people.order_by("pk")),
        list(AgendaItem.objects.filter(meeting=meeting).select_related("minuted_by").order_by("order", "pk")),
        list(Interest.objects.filter(meeting=meeting).select_related("member").order_by("pk")),
        list(Decision.objects.filter(meeting=meeting).order_by("number")),
        list(papers),
    )
