"""What goes up to the board: decisions, actions and attendance between two days; nothing confidential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.db.models import Count, Q, QuerySet

from safeboard.core.access import Access
from safeboard.partnership.models import Board
from safeboard.strategy.models import Action

from ..choices import Came, MeetingState
from ..models import AgendaItem, Attendance, Decision, Meeting, Paper, SubgroupReport
from .meetings import meetings
from .raised import raised_from


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
    span = meetings(access).filter(state=MeetingState.HELD, starts_at__date__gte=since, starts_at__date__lte=until)
    rows = list(span.order_by("starts_at"))
    pks = [one.pk for one in rows]
    open_items = AgendaItem.objects.filter(meeting__in=pks, confidential=False)
    items = list(open_items.defer("minute"))
    decisions = list(Decision.objects.filter(item__in=[one.pk for one in items]).select_related("item"))
    actions = raised_from([*items, *decisions])
    attended = _attended(pks)
    held = []
    for row in rows:
        decided = [one for one in decisions if one.meeting_id == row.pk]
        sources: list[models.Model] = [one for one in items if one.meeting_id == row.pk]
        sources += decided
        done = [action for one in sources for action in actions.get((one._meta.label_lower, one.pk), [])]
        came, asked = attended.get(row.pk, (0, 0))
        held.append(Held(row, came, asked, decided, done))
    papers = Paper.objects.filter(meeting__in=pks, kind="received", confidential=False, item__confidential=False)
    others = papers.filter(item__report__isnull=True).defer("content").select_related("meeting")
    received = SubgroupReport.objects.filter(item__meeting__in=pks, item__confidential=False).order_by("pk")
    return Report(board, since, until, held, list(received), list(others))


def given_reports(access: Access) -> QuerySet[SubgroupReport]:
    """The reports that the subgroup of the board acted for gave to its board, the latest first."""
    if access.board_id is None or not access.can("meetings.see"):
        return SubgroupReport.objects.none()
    return SubgroupReport.objects.filter(board_id=access.board_id, item__isnull=True)


def with_words(access: Access, board: Board, row: SubgroupReport) -> Report:
    """A report that was given: what was done in its days, with what it says and asks."""
    return replace(report_of(access, board, row.since, row.until), words=row)


def _attended(pks: list[int]) -> dict[int, tuple[int, int]]:
    there = Q(came__in=(Came.PRESENT, Came.DEPUTY))
    rows = Attendance.objects.filter(meeting__in=pks, member__isnull=False).order_by().values("meeting")
    found = rows.annotate(came_count=Count("pk", filter=there), asked=Count("pk"))
    return {row["meeting"]: (row["came_count"], row["asked"]) for row in found}
