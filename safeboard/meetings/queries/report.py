"""What goes up to the board: decisions, actions and attendance between two days; nothing confidential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.partnership.models import Board
from safeboard.strategy.models import Action

from ..choices import Came, MeetingState
from ..models import AgendaItem, Attendance, Decision, Meeting, Paper, SubgroupReport
from .meetings import meetings
from .raised import Key, raised_under


@dataclass(frozen=True)
class Held:
    """A meeting in the report: how many came of how many."""

    meeting: Meeting
    came: int
    asked: int
    decisions: list[Decision]
    actions: list[Action]


@dataclass(frozen=True)
class Report:
    """What the subgroup did between two days; ``words``: what it says of that and asks, where it was given."""

    board: Board
    since: date
    until: date
    held: list[Held]
    received: list[SubgroupReport]
    papers: list[Paper]
    words: SubgroupReport | None = None

    @property
    def decisions(self) -> int:
        return sum(len(one.decisions) for one in self.held)

    @property
    def actions(self) -> int:
        return sum(len(one.actions) for one in self.held)


def report_of(access: Access, board: Board, since: date, until: date) -> Report:
    """The report of the meetings held in that time. What is confidential is counted nowhere in it: it goes further."""
    rows = _held(access, since, until)
    decisions = _decisions(access, since, until)
    sources: dict[int, list[Key]] = {}
    for pk, meeting in _items(access, since, until):
        sources.setdefault(meeting, []).append((AgendaItem._meta.label_lower, pk))
    for one in decisions:
        sources.setdefault(one.meeting_id, []).append((Decision._meta.label_lower, one.pk))
    actions = raised_under(access, _open_items, since, until)
    attended = {meeting: (came, asked) for meeting, came, asked in _attended(access, since, until)}
    held = []
    for row in rows:
        decided = [one for one in decisions if one.meeting_id == row.pk]
        done = [action for key in sources.get(row.pk, []) for action in actions.get(key, [])]
        came, asked = attended.get(row.pk, (0, 0))
        held.append(Held(row, came, asked, decided, done))
    return Report(board, since, until, held, _received(access, since, until), _papers(access, since, until))


def given_reports(access: Access) -> QuerySet[SubgroupReport]:
    """The reports that the subgroup of the board acted for gave to its board, the latest first."""
    if access.board_id is None or not access.can("meetings.see"):
        return SubgroupReport.objects.none()
    return SubgroupReport.objects.filter(board_id=access.board_id, item__isnull=True)


def with_words(access: Access, board: Board, row: SubgroupReport) -> Report:
    """A report that was given: what was done in its days, with what it says and asks."""
    return replace(report_of(access, board, row.since, row.until), words=row)


def _span(access: Access, since: date, until: date) -> QuerySet[Meeting]:
    rows = meetings(access).select_related(None)
    return rows.filter(state=MeetingState.HELD, starts_at__date__gte=since, starts_at__date__lte=until)


def _open_items(access: Access, since: date, until: date) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting__in=_span(access, since, until), confidential=False)


@built_once
def _held(access: Access, since: date, until: date) -> QuerySet[Meeting]:
    return _span(access, since, until).order_by("starts_at")


@built_once
def _items(access: Access, since: date, until: date) -> QuerySet[AgendaItem, tuple[int, int]]:
    return _open_items(access, since, until).values_list("pk", "meeting_id")


@built_once
def _decisions(access: Access, since: date, until: date) -> QuerySet[Decision]:
    return Decision.objects.filter(item__in=_open_items(access, since, until).order_by())


@built_once
def _attended(access: Access, since: date, until: date) -> QuerySet[Attendance, tuple[int, int, int]]:
    """How many of those with a seat came, and how many they were, by the meeting."""
    rows = Attendance.objects.filter(meeting__in=_span(access, since, until), member__isnull=False)
    there = Count("pk", filter=Q(came__in=(Came.PRESENT, Came.DEPUTY)))
    found = rows.order_by().values("meeting").annotate(came_count=there, asked=Count("pk"))
    return found.values_list("meeting", "came_count", "asked")


@built_once
def _received(access: Access, since: date, until: date) -> QuerySet[SubgroupReport]:
    rows = SubgroupReport.objects.filter(item__meeting__in=_span(access, since, until), item__confidential=False)
    return rows.order_by("pk")


@built_once
def _papers(access: Access, since: date, until: date) -> QuerySet[Paper]:
    """The reports that were received as papers alone."""
    open_to_all = {"confidential": False, "item__confidential": False, "item__report__isnull": True}
    rows = Paper.objects.filter(meeting__in=_span(access, since, until), kind="received", **open_to_all)
    return rows.defer("content").select_related("meeting")
