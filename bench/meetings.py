"""Sixty meetings of a board's subgroup, written straight to the database, for the pages of the subgroup."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.meetings.models import AgendaItem, Attendance, Decision, Meeting, Member
from safeboard.partnership.models import Board

MEETINGS, ITEMS, MEMBERS = 60, 12, 15


def make_meetings(board: Board) -> tuple[int, int]:
    """Fifteen members and sixty meetings of twelve items, held and minuted; gives a short one and a long one."""
    with wall.open_for(boards=[board.pk]):
        since = timezone.localdate() - timedelta(days=4000)
        parts = ["chair", "deputy-chair"] + ["core"] * (MEMBERS - 2)
        members = [Member(board=board, part=part, name=f"Member {n}", since=since) for n, part in enumerate(parts)]
        Member.objects.bulk_create(members)
        meetings = [_meeting(board, number) for number in range(MEETINGS + 1)]
        Meeting.objects.bulk_create(meetings)
        short, *long = meetings
        for one in long:
            _filled(one, members)
    return short.pk, long[0].pk


def _meeting(board: Board, number: int) -> Meeting:
    starts = timezone.now() - timedelta(days=60 * (number + 1))
    return Meeting(
        board=board, title=f"Meeting {number}", starts_at=starts, ends_at=starts + timedelta(hours=2), state="held"
    )


def _filled(meeting: Meeting, members: list[Member]) -> None:
    shared = {"board_id": meeting.board_id, "meeting": meeting}
    items = [AgendaItem(**shared, order=n, title=f"Item {n}", minute="It was talked over." * 20) for n in range(ITEMS)]
    AgendaItem.objects.bulk_create(items)
    Attendance.objects.bulk_create(Attendance(**shared, member=one, came="present") for one in members)
    Decision.objects.bulk_create(
        Decision(**shared, item=item, number=number, text="It is done.") for number, item in enumerate(items, 1)
    )


def pages_of(cookie: str, board: Board) -> dict[str, dict[str, object]]:
    """Who asks for the pages of the subgroup: one person who runs that board."""
    short, long = make_meetings(board)
    one = lambda pk: reverse("meetings:meeting", args=[pk])  # noqa: E731
    return {
        "the subgroup": {"askers": [(cookie, reverse("meetings:subgroup"))]},
        "list of sixty meetings": {"askers": [(cookie, reverse("meetings:meetings"))]},
        "one meeting": {"askers": [(cookie, one(long))], "few": (cookie, one(short))},
        "report of a year": {"askers": [(cookie, reverse("meetings:report"))]},
    }
