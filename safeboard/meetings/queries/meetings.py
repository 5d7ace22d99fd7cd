"""Meetings: the calendar, an agenda as somebody may read it, who came, whether enough were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.strategy.models import Action

from ..choices import VOTING, Answer, Came, MeetingState
from ..models import AgendaItem, Attendance, Decision, Interest, Meeting, Member, MinuteClash, Paper
from ..rules import is_quorate
from .members import Reader, chair_of, members, reader_of
from .raised import raised_from
from .terms import Quorum, in_force, leads, quorum_of

FIRST_LOOK = timedelta(days=90)  # what the standing items of a first meeting look back on


def meetings(access: Access) -> QuerySet[Meeting]:
    """The meetings of the board acted for; none elsewhere."""
    if access.board_id is None or not access.can("meetings.see"):
        return Meeting.objects.none()
    return Meeting.objects.filter(board_id=access.board_id).select_related("board", "chaired_by", "approved_in")


def coming(access: Access) -> QuerySet[Meeting]:
    """Those that are not over, the next first."""
    live = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
    return meetings(access).filter(ends_at__gte=timezone.now(), state__in=live).order_by("starts_at", "pk")


def past(access: Access) -> QuerySet[Meeting]:
    """Those that are over, and those that are cancelled, the latest first; each with its number of decisions."""
    over = Q(ends_at__lt=timezone.now()) | Q(state=MeetingState.CANCELLED)
    return meetings(access).filter(over).annotate(decided=Count("decisions")).order_by("-starts_at", "-pk")


def before(meeting: Meeting) -> Meeting | None:
    """The last meeting that was held before this one."""
    held = Meeting.objects.filter(board_id=meeting.board_id, starts_at__lt=meeting.starts_at)
    return held.exclude(state=MeetingState.CANCELLED).exclude(pk=meeting.pk).order_by("-starts_at").first()


def after(meeting: Meeting) -> Meeting | None:
    """The next one after this: it approves its minutes."""
    later = Meeting.objects.filter(board_id=meeting.board_id, starts_at__gt=meeting.starts_at)
    return later.exclude(state=MeetingState.CANCELLED).order_by("starts_at").first()


def since(meeting: Meeting) -> date:
    """From which day on the standing items of a meeting tell: the last one, or three months ago."""
    last = before(meeting)
    return last.day if last else meeting.day - FIRST_LOOK


@dataclass(frozen=True)
class Attended:
    """Who was asked and who came, and whether that is a quorum."""

    rows: list[Attendance]
    quorum: Quorum
    present: int
    led: bool

    @property
    def noted(self) -> bool:
        """Whether anybody's coming was noted."""
        return any(row.came for row in self.rows)

    @property
    def quorate(self) -> bool:
        return is_quorate(self.present, self.quorum.needed, led=self.led, needs_lead=self.quorum.needs_lead)

    @property
    def came(self) -> list[Attendance]:
        return [row for row in self.rows if row.came in (Came.PRESENT, Came.DEPUTY)]

    @property
    def apologies(self) -> list[Attendance]:
        """Those who said that they would not come, a deputy or not, and did not."""
        return [row for row in self.rows if row.answer == Answer.APOLOGIES and row.came != Came.PRESENT]

    @property
    def away(self) -> list[Attendance]:
        """Those who did not come and had said nothing."""
        return [row for row in self.rows if row.came == Came.AWAY and row.answer != Answer.APOLOGIES]


def sitting_at(meeting: Meeting) -> list[Member]:
    """Who had a seat on the day of a meeting."""
    return members(meeting.board_id, meeting.day)


def attended(meeting: Meeting, sitting: Sequence[Member] | None = None) -> Attended:
    """Everybody with a seat on the day and every guest, with what they answered and whether they came."""
    sitting = sitting_at(meeting) if sitting is None else sitting
    kept = list(Attendance.objects.filter(meeting=meeting).select_related("member__agency", "member__stands_for"))
    of = {row.member_id: row for row in kept if row.member_id}
    rows = [
        of.pop(one.pk) if one.pk in of else Attendance(board_id=meeting.board_id, meeting=meeting, member=one)
        for one in sitting
    ]
    rows += [*of.values(), *(row for row in kept if row.member_id is None)]
    votes = {voter.pk for row in rows if (voter := _votes(row))}
    led = any(row.member and row.came == Came.PRESENT and leads(row.member) for row in rows)
    return Attended(rows, quorum_of(in_force(meeting.board_id), sitting), len(votes), led)


def _votes(row: Attendance) -> Member | None:
    """The voting member who is there in this row: themselves, or by a deputy."""
    member = row.member
    if member is None or row.came not in (Came.PRESENT, Came.DEPUTY):
        return None
    voter = member.stands_for or member
    return voter if voter.part in VOTING else None


@dataclass(frozen=True)
class Shown:
    """One item of an agenda as somebody may read it. Where they may not, only that there is one."""

    number: int
    item: AgendaItem
    open: bool
    papers: list[Paper]
    decisions: list[Decision]
    actions: list[Action]
    interests: list[Interest]
    clashes: list[MinuteClash]


def agenda(access: Access, meeting: Meeting, reader: Reader | None = None) -> list[Shown]:
    """The items in their order with papers, decisions, actions and interests, as far as this person may read them."""
    reader = reader or reader_of(access)
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("minuted_by"))
    papers = papers_of(reader, meeting)
    decisions = list(Decision.objects.filter(meeting=meeting))
    interests = list(Interest.objects.filter(meeting=meeting).select_related("member"))
    clashes = list(MinuteClash.objects.filter(item__meeting=meeting, settled_at__isnull=True).select_related("by"))
    actions = raised_from([*items, *decisions])
    found = []
    for number, item in enumerate(items, 1):
        may = reader.may_read(item)
        decided = [one for one in decisions if may and one.item_id == item.pk]
        sources: list[models.Model] = [item, *decided] if may else []
        done = [action for one in sources for action in actions.get((one._meta.label_lower, one.pk), [])]
        found.append(
            Shown(
                number,
                item,
                may,
                [one for one in papers if one.item_id == item.pk],
                decided,
                done,
                [one for one in interests if one.item_id == item.pk and (may or one.member_id in reader.seats)],
                [one for one in clashes if may and one.item_id == item.pk],
            )
        )
    return found


def papers_of(reader: Reader, meeting: Meeting) -> list[Paper]:
    """The papers of a meeting that somebody may read, in the order of the agenda; their content is not loaded."""
    rows = Paper.objects.filter(meeting=meeting).select_related("item", "added_by").defer("content")
    return [one for one in rows if may_read_paper(reader, one)]


def may_read_paper(reader: Reader, paper: Paper) -> bool:
    """Whether a paper is open to somebody, who may have left the room for its item."""
    return reader.may_read(paper.item) and (reader.confidential or not paper.confidential)


def general_interests(meeting: Meeting) -> list[Interest]:
    """The interests that were declared about no item in particular."""
    return list(Interest.objects.filter(meeting=meeting, item__isnull=True).select_related("member"))


def who_chairs(meeting: Meeting, sitting: Sequence[Member] | None = None) -> tuple[Member | None, str]:
    """Who chairs a meeting, and why it is not the chair: '' where it is."""
    if meeting.chaired_by is not None:
        return meeting.chaired_by, ""
    found = chair_of(meeting.board_id, sitting_at(meeting) if sitting is None else sitting)
    return found.leads, found.vacant


def to_approve(access: Access, meeting: Meeting) -> list[Meeting]:
    """Earlier meetings whose minutes wait to be approved at this one, the oldest first."""
    wanted = {"state": MeetingState.HELD, "approved_on__isnull": True}
    waiting = meetings(access).filter(starts_at__lt=meeting.starts_at, **wanted)
    return list(waiting.exclude(pk=meeting.pk).order_by("starts_at"))
