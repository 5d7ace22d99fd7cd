"""Meetings: the calendar, an agenda as somebody may read it, who came, whether enough were there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.strategy.models import Action

from ..choices import VOTING, Answer, Came, MeetingState
from ..models import AgendaItem, Attendance, Decision, Interest, Meeting, Member, MinuteClash, Paper
from ..rules import is_quorate
from .members import Reader, chair_of
from .raised import raised_under
from .sheet import Sheet
from .terms import Quorum, in_force, leads, quorum_of

MOST_WAITING = 12  # minutes that one meeting is asked to approve
FIRST_LOOK = timedelta(days=90)  # what the standing items of a first meeting look back on


def meetings(access: Access) -> QuerySet[Meeting]:
    """The meetings of the board acted for; none elsewhere."""
    if access.board_id is None or not access.can("meetings.see"):
        return Meeting.objects.none()
    return Meeting.objects.filter(board_id=access.board_id).select_related("board", "chaired_by", "approved_in")


def find_meeting(access: Access, pk: int) -> Meeting | None:
    """A meeting of the board acted for; None for any other."""
    return next(iter(_meeting(access, pk)), None)


@built_once
def _meeting(access: Access, pk: int) -> QuerySet[Meeting]:
    return meetings(access).filter(pk=pk)


def coming(access: Access) -> list[Meeting]:
    """Those that are not over, the next first."""
    return _coming(access, timezone.now())


@built_once
def _coming(access: Access, now: datetime) -> QuerySet[Meeting]:
    return meetings(access).filter(_ahead(now)).order_by("starts_at", "pk")


def _ahead(now: datetime) -> Q:
    return Q(ends_at__gte=now, state__in=(MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD))


def _over(now: datetime) -> Q:
    return Q(ends_at__lt=now) | Q(state=MeetingState.CANCELLED)


def past(access: Access) -> QuerySet[Meeting]:
    """Those that are over, and those that are cancelled, the latest first; each with its number of decisions."""
    return _over_by(access, timezone.now())


def _over_by(access: Access, now: datetime) -> QuerySet[Meeting]:
    rows = meetings(access).filter(_over(now)).annotate(decided=Count("decisions"))
    return rows.order_by("-starts_at", "-pk")


def past_page(access: Access, number: str | None, size: int) -> Page[Meeting]:
    """A page of them. Two queries. ``number``: as the address has it."""
    now = timezone.now()
    page: Page[Any] = Paginator(range(sum(_past_count(access, now))), size).get_page(number)
    page.object_list = _past(access, (max(page.start_index() - 1, 0), size), now)
    return page


@built_once
def _past_count(access: Access, now: datetime) -> QuerySet[Meeting, int]:
    rows = meetings(access).filter(_over(now)).order_by().values("board_id")
    return rows.annotate(many=Count("pk")).values_list("many", flat=True)


@built_once
def _past(access: Access, part: tuple[int, int], now: datetime) -> QuerySet[Meeting]:
    start, size = part
    return _over_by(access, now).select_related(None)[start : start + size]


def next_meeting(access: Access, now: datetime) -> Meeting | None:
    """The first of those to come."""
    return next(iter(_next(access, now)), None)


def last_meeting(access: Access, now: datetime) -> Meeting | None:
    """The last of those that are over or cancelled."""
    return next(iter(_last(access, now)), None)


@built_once
def _next(access: Access, now: datetime) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(_ahead(now), board_id=access.board_id or 0).only("title", "starts_at")
    return rows.order_by("starts_at", "pk")[:1]


@built_once
def _last(access: Access, now: datetime) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(_over(now), board_id=access.board_id or 0).only("title", "starts_at")
    return rows.order_by("-starts_at", "-pk")[:1]


def before(meeting: Meeting) -> Meeting | None:
    """The last meeting that was held before this one."""
    held = Meeting.objects.filter(board_id=meeting.board_id, starts_at__lt=meeting.starts_at)
    return held.exclude(state=MeetingState.CANCELLED).exclude(pk=meeting.pk).order_by("-starts_at").first()


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


def attended(sheet: Sheet) -> Attended:
    """Everybody with a seat on the day and every guest, with what they answered and whether they came."""
    meeting, sitting = sheet.meeting, sheet.sitting
    of = {row.member_id: row for row in sheet.attendances if row.member_id}
    rows = [
        of.pop(one.pk) if one.pk in of else Attendance(board_id=meeting.board_id, meeting=meeting, member=one)
        for one in sitting
    ]
    rows += [*of.values(), *(row for row in sheet.attendances if row.member_id is None)]
    votes = {voter.pk for row in rows if (voter := _votes(row))}
    led = any(row.member and row.came == Came.PRESENT and leads(row.member) for row in rows)
    return Attended(rows, quorum_of(in_force(meeting.board_id, sheet.read_by), sitting), len(votes), led)


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

    @property
    def taken(self) -> bool:
        """Whether anything was taken down under it."""
        return bool(self.decisions or self.actions or self.interests)


def agenda(access: Access, sheet: Sheet, *, with_papers: bool = True) -> list[Shown]:
    """The items in their order with papers, decisions, actions and interests, as far as this person may read them."""
    reader, papers = sheet.reader(access), papers_of(access, sheet) if with_papers else []
    actions = raised_under(access, _items_of, sheet.meeting.pk)
    found = []
    for number, item in enumerate(sheet.items, 1):
        may = reader.may_read(item)
        decided = [one for one in sheet.decisions if may and one.item_id == item.pk]
        sources: list[models.Model] = [item, *decided] if may else []
        done = [action for one in sources for action in actions.get((one._meta.label_lower, one.pk), [])]
        told = [one for one in sheet.interests if one.item_id == item.pk and (may or one.member_id in reader.seats)]
        found.append(Shown(number, item, may, [one for one in papers if one.item_id == item.pk], decided, done, told))
    return found


def _items_of(_access: Access, meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting_id=meeting)


def open_clashes(meeting: Meeting) -> dict[int, list[MinuteClash]]:
    """The second texts that nobody has settled, by the item."""
    found: dict[int, list[MinuteClash]] = {}
    for one in MinuteClash.objects.filter(item__meeting=meeting, settled_at__isnull=True).select_related("by"):
        found.setdefault(one.item_id, []).append(one)
    return found


def papers_of(access: Access, sheet: Sheet) -> list[Paper]:
    """The papers of a meeting that somebody may read, in the order of the agenda; their content is not loaded."""
    reader = sheet.reader(access)
    return [one for one in sheet.papers if may_read_paper(reader, one)]


def may_read_paper(reader: Reader, paper: Paper) -> bool:
    """Whether a paper is open to somebody, who may have left the room for its item."""
    return reader.may_read(paper.item) and (reader.confidential or not paper.confidential)


def general_interests(sheet: Sheet) -> list[Interest]:
    """The interests that were declared about no item in particular."""
    return [one for one in sheet.interests if one.item_id is None]


def who_chairs(sheet: Sheet) -> tuple[Member | None, str]:
    """Who chairs a meeting, and why it is not the chair: '' where it is."""
    if sheet.meeting.chaired_by is not None:
        return sheet.meeting.chaired_by, ""
    found = chair_of(sheet.meeting.board_id, sheet.sitting)
    return found.leads, found.vacant


def to_approve(access: Access, meeting: Meeting) -> list[Meeting]:
    """Earlier meetings whose minutes wait to be approved at this one, the oldest first; of many, the first dozen."""
    return _waiting(access, meeting.starts_at, meeting.pk) if access.can("meetings.see") else []


@built_once
def _waiting(access: Access, until: datetime, besides: int) -> QuerySet[Meeting]:
    wanted = {"board_id": access.board_id or 0, "state": MeetingState.HELD, "approved_on__isnull": True}
    rows = Meeting.objects.filter(starts_at__lt=until, **wanted).exclude(pk=besides).order_by("starts_at")
    return rows.only("title", "starts_at")[:MOST_WAITING]
