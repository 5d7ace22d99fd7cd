"""Reads of the dashboards: the board's, an agency's, the meeting's. From snapshots alone, so that they are quick."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.library import queries as library
from safeboard.meetings.choices import MeetingState
from safeboard.meetings.models import Meeting
from safeboard.standards.queries import surveys as staff
from safeboard.strategy import queries as strategy
from safeboard.strategy.choices import UNFINISHED
from safeboard.strategy.models import Action

from ..models import BoardIndicator, Snapshot, Standing
from .indicators import Course, indicators_of, said
from .narrowing import Narrowed, courses_among
from .standings import PARTS, Cell, Row, cells, counts_by_part, heat, moved

MARKS = {
    "yes": gettext_lazy("In place"),
    "partly": gettext_lazy("In part"),
    "no": gettext_lazy("Missing"),
    "unknown": gettext_lazy("Not known"),
}
OVERDUE_SHOWN = 5
SHOWN = ("key", "title", "due_on", "agency__name")  # of an overdue action
COUNTS_SHOWN = 6  # of an agency
ON_A_SHEET = 12  # agencies on the sheet for a meeting, and indicators
QUARTER_AGO = timedelta(days=91)  # where no meeting was held yet


def latest_snapshot(board_id: int) -> Snapshot | None:
    """The last snapshot of a board."""
    return Snapshot.objects.filter(board_id=board_id).first()


@dataclass(frozen=True)
class Overdue:
    """Actions whose day has passed: how many, and the longest overdue of them."""

    many: int
    rows: list[Action]


def overdue(access: Access, among: Collection[int] | None = None) -> Overdue:
    """The actions that this place knows of and that are late, the longest first; of those agencies alone. One query."""
    today = timezone.localdate()
    rows: list[Any] = _late(access, today) if among is None else [*_late_among(access, today, among)[:OVERDUE_SHOWN]]
    return Overdue(rows[0].many if rows else 0, rows)


@built_once
def _late(access: Access, today: date) -> QuerySet[Action]:
    return _late_among(access, today)[:OVERDUE_SHOWN]


def _late_among(access: Access, today: date, among: Collection[int] | None = None) -> QuerySet[Action]:
    late = strategy.visible_to(access).filter(state__in=UNFINISHED, due_on__lt=today)
    late = late if among is None else late.filter(agency_id__in=among)
    late = late.select_related("agency").only(*SHOWN).annotate(many=Window(Count("pk")))
    return late.order_by(F("due_on").asc(), "pk")


# Since the last meeting ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """From when, and what changed since, a sentence each."""

    at: datetime
    meeting: Meeting | None
    changes: list[str]


@built_once
def _last_meeting(access: Access, board_id: int, until: datetime) -> QuerySet[Meeting]:
    held = Meeting.objects.filter(board_id=board_id, starts_at__lt=until).exclude(state=MeetingState.CANCELLED)
    return held.only("title", "starts_at").order_by("-starts_at")[:1]


@built_once
def _last_snapshot(access: Access, board_id: int, until: datetime) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(board_id=board_id, at__lte=until)[:1]


def since_last_meeting(
    access: Access,
    latest: Snapshot | None,
    indicators: Sequence[BoardIndicator] | None = None,
    narrowed: Narrowed | None = None,
) -> Since:
    """What changed since the subgroup met last before the count; in three months, where it never did."""
    board_id, moment = access.board_id or 0, (narrowed and narrowed.until) or timezone.now()
    meeting = next(iter(_last_meeting(access, board_id, moment)), None)
    at = meeting.starts_at if meeting else moment - QUARTER_AGO
    return Since(at, meeting, changes_since(access, board_id, at, latest, indicators, narrowed))


def changes_since(
    access: Access,
    board_id: int,
    at: datetime,
    latest: Snapshot | None,
    indicators: Sequence[BoardIndicator] | None = None,
    narrowed: Narrowed | None = None,
) -> list[str]:
    """Indicators that moved, agencies whose letters changed, and surveys that were counted, in sentences."""
    narrowed = narrowed or Narrowed()
    before = next(iter(_last_snapshot(access, board_id, at)), None)
    changes: list[str] = []
    if before is not None and latest is not None and before.pk != latest.pk:
        if narrowed.among is None:
            changes += _moved(indicators_of(access, board_id) if indicators is None else indicators, before, latest)
        changes += moved(before, latest, narrowed.among)
    counted = _counted(access, board_id, at, narrowed.until or timezone.now())
    return changes + [_("Survey counted: %(title)s") % {"title": title} for title in counted]


@built_once
def _counted(access: Access, board_id: int, since: datetime, until: datetime) -> QuerySet[staff.SurveyResult, str]:
    rows = staff.SurveyResult.objects.filter(board_id=board_id, counted_at__gte=since, counted_at__lte=until)
    return rows.values_list("title", flat=True)


def _moved(rows: Iterable[BoardIndicator], before: Snapshot, latest: Snapshot) -> list[str]:
    pairs = [(one, before.of(one.name), latest.of(one.name)) for one in rows]
    return [_change(one, then, now) for one, then, now in pairs if then and now and _figures(then) != _figures(now)]


def _change(one: BoardIndicator, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What an indicator is and was: how many agencies more or fewer, or both in full where that tells nothing."""
    words = _("%(title)s: %(now)s (before: %(then)s)")
    said_of = {"now": said(one, now), "then": said(one, then)}
    if "whole" in now and now["whole"] == then.get("whole") and now["has"] != then["has"]:
        words = _("%(title)s: %(now)s of %(whole)s agencies, %(then)s before")
        said_of = {"now": now["has"], "then": then["has"], "whole": now["whole"]}
    return words % (said_of | {"title": one.title})


def _figures(value: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(value.get(name) for name in ("has", "lacks", "unknown", "whole", "figure"))


# An agency ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ours:
    """How an agency stands in one of its boards."""

    board: str
    at: datetime
    parts: list[tuple[str, Cell]]
    marks: list[tuple[str, str, str]]  # name of the measure, the mark, the mark in words
    days: list[datetime]  # of the last counts, the oldest first
    past: list[tuple[str, list[Cell]]]  # by part, its letter at each of them
    differ: list[staff.Beside]  # where staff do not say what their lead says
    agree: list[staff.Beside]  # all other questions


def ours(access: Access) -> list[Ours]:
    """How the acting agency stands in each of its boards, and its staff beside its lead."""
    rows = Standing.objects.filter(agency_id=access.own_agency).select_related("board").order_by("board_id", "-at")
    by_board: dict[int, list[Standing]] = {}
    for row in rows:
        by_board.setdefault(row.board_id, []).append(row)
    return [_ours(access, found[:COUNTS_SHOWN]) for found in by_board.values()]


def _ours(access: Access, rows: Sequence[Standing]) -> Ours:
    row, shown = rows[0], cells()
    titles = measure_titles(row.board.pack) | row.titles
    result = staff.latest_staff_result(access, row.board_id)
    beside = staff.beside_leads(access, result) if result else []
    return Ours(
        row.board.name,
        row.at,
        [(str(title), shown[row.letters.get(part, "–")]) for part, title in PARTS.items()],
        [(titles.get(name, name), mark, str(MARKS[mark])) for name, mark in row.marks.items()],
        [one.at for one in reversed(rows)],
        [(str(title), [shown[one.letters.get(part, "–")] for one in reversed(rows)]) for part, title in PARTS.items()],
        [one for one in beside if one.differ],
        [one for one in beside if not one.differ],
    )


def measure_titles(pack: str) -> dict[str, str]:
    """What the pack's indicators are called in an agency, by name: it cannot read the board's own."""
    return {one.id: str(getattr(one, "ours", None) or one.title) for one in library.items(pack, "indicators")}


# The board ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Board:
    """What the board's dashboard and the meeting's sheet are made of."""

    latest: Snapshot | None
    courses: list[Course]
    rows: list[Row]
    parts: list[tuple[str, list[tuple[Cell, int]]]]
    overdue: Overdue
    since: Since
    differ: list[staff.Beside]


def of_board(access: Access, narrowed: Narrowed | None = None) -> Board:
    """All of it, or of some agencies, as counted by some day. The queries do not grow with the agencies."""
    board_id, narrowed = access.board_id or 0, narrowed or Narrowed()
    known = narrowed.snapshots_of(access, board_id)
    snapshots = [one for one in known if narrowed.until is None or one.at <= narrowed.until]
    latest = snapshots[-1] if snapshots else None
    indicators = indicators_of(access, board_id)
    result = staff.latest_staff_result(access, board_id)
    beside = staff.beside_leads(access, result) if result else []
    return Board(
        latest,
        courses_among(indicators, snapshots, narrowed.among),
        heat(access, latest, narrowed.among) if latest else [],
        counts_by_part(latest, narrowed.among) if latest else [],
        overdue(access, narrowed.among),
        since_last_meeting(access, latest, indicators, narrowed),
        [one for one in beside if one.differ and (narrowed.among is None or one.agency_id in narrowed.among)],
    )
