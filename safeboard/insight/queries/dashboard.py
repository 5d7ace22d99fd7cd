"""Reads of the dashboards: the board's, an agency's, the meeting's. From snapshots alone, so that they are quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.shapes.standards import Pies
from safeboard.meetings.choices import MeetingState
from safeboard.meetings.models import Meeting
from safeboard.standards.queries import surveys as staff
from safeboard.strategy import queries as strategy
from safeboard.strategy.choices import UNFINISHED
from safeboard.strategy.models import Action

from ..models import BoardIndicator, Snapshot, Standing
from .indicators import Course, courses, said, snapshots_of

PARTS = {
    Pies.POLICIES.value: gettext_lazy("Policies"),
    Pies.INFRASTRUCTURE.value: gettext_lazy("Infrastructure"),
    Pies.EDUCATION.value: gettext_lazy("Education"),
    Pies.STANDARDS.value: gettext_lazy("Standards"),
}
LETTERS = {
    "R": gettext_lazy("something is missing"),
    "A": gettext_lazy("something is there in part"),
    "?": gettext_lazy("something is not known"),
    "G": gettext_lazy("all is in place"),
    "–": gettext_lazy("nothing is counted here"),
}
WORST = "RA?G–"
CLASSES = {"R": "red", "A": "amber", "?": "unknown", "G": "green", "–": "nothing"}
MARKS = {
    "yes": gettext_lazy("In place"),
    "partly": gettext_lazy("In part"),
    "no": gettext_lazy("Missing"),
    "unknown": gettext_lazy("Not known"),
}
OVERDUE_SHOWN = 10
ON_A_SHEET = 12  # agencies on the sheet for a meeting, and indicators
QUARTER_AGO = timedelta(days=91)  # where no meeting was held yet


@dataclass(frozen=True, slots=True)
class Cell:
    """A letter with the class of its ground, and what it means."""

    letter: str
    ground: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """An agency's letters by part."""

    agency_id: int
    name: str
    cells: tuple[Cell, ...]
    letters: str


def _cells() -> dict[str, Cell]:
    return {letter: Cell(letter, CLASSES[letter], str(words)) for letter, words in LETTERS.items()}


def legend() -> list[Cell]:
    """The letters, the worst first."""
    cells = _cells()
    return [cells[letter] for letter in WORST]


def latest_snapshot(board_id: int) -> Snapshot | None:
    """The last snapshot of a board."""
    return Snapshot.objects.filter(board_id=board_id).first()


def heat(snapshot: Snapshot) -> list[Row]:
    """How each agency stands in each part, the worst first. One query."""
    cells = _cells()
    found = Standing.objects.filter(snapshot=snapshot).values_list("agency_id", "agency__name", "letters")
    rows = []
    for agency, name, letters in found:
        line = "".join(letters.get(part, "–") for part in PARTS)
        rows.append(Row(agency, name, tuple(cells[letter] for letter in line), line))
    return sorted(rows, key=lambda row: (*(-row.letters.count(letter) for letter in "RA?"), row.name))


def counts_by_part(snapshot: Snapshot) -> list[tuple[str, list[tuple[Cell, int]]]]:
    """For each part how many agencies stand where."""
    cells = _cells()
    return [
        (str(title), [(cells[letter], snapshot.standing.get(part, {}).get(letter, 0)) for letter in WORST])
        for part, title in PARTS.items()
    ]


@dataclass(frozen=True)
class Overdue:
    """Actions whose day has passed: how many, and the longest overdue of them."""

    many: int
    rows: list[Action]


def overdue(access: Access) -> Overdue:
    """The actions that this place knows of and that are late. Two queries."""
    late = strategy.visible_to(access).filter(state__in=UNFINISHED, due_on__lt=timezone.localdate())
    rows = late.select_related("agency", "owner").order_by(F("due_on").asc(), "pk")[:OVERDUE_SHOWN]
    return Overdue(late.count(), list(rows))


# Since the last meeting ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """From when, and what changed since, a sentence each."""

    at: datetime
    meeting: Meeting | None
    changes: list[str]


def last_meeting(board_id: int) -> Meeting | None:
    """The last meeting that was held."""
    held = Meeting.objects.filter(board_id=board_id, starts_at__lt=timezone.now())
    return held.exclude(state=MeetingState.CANCELLED).order_by("-starts_at").first()


def snapshot_before(board_id: int, moment: datetime) -> Snapshot | None:
    """The last snapshot that was taken by then."""
    return Snapshot.objects.filter(board_id=board_id, at__lte=moment).first()


def since_last_meeting(access: Access, latest: Snapshot | None) -> Since:
    """What changed since the subgroup met last; in the last three months, where it never did."""
    board_id = access.board_id or 0
    meeting = last_meeting(board_id)
    at = meeting.starts_at if meeting else timezone.now() - QUARTER_AGO
    return Since(at, meeting, changes_since(board_id, at, latest))


def changes_since(board_id: int, at: datetime, latest: Snapshot | None) -> list[str]:
    """Indicators that moved, agencies whose letters changed, and surveys that were counted, in sentences."""
    before = snapshot_before(board_id, at)
    changes: list[str] = []
    if before is not None and latest is not None and before.pk != latest.pk:
        changes += _moved(board_id, before, latest)
        changes += _agencies_moved(before, latest)
    counted = staff.SurveyResult.objects.filter(board_id=board_id, counted_at__gte=at)
    changes += [_("Survey counted: %(title)s") % {"title": one.title} for one in counted]
    return changes


def _moved(board_id: int, before: Snapshot, latest: Snapshot) -> list[str]:
    rows = BoardIndicator.objects.filter(board_id=board_id, retired_at__isnull=True)
    pairs = [(one, before.of(one.name), latest.of(one.name)) for one in rows]
    return [
        _("%(title)s: %(now)s (before: %(then)s)")
        % {"title": one.title, "now": said(one, now), "then": said(one, then)}
        for one, then, now in pairs
        if then and now and _figures(then) != _figures(now)
    ]


def _figures(value: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(value.get(name) for name in ("has", "lacks", "unknown", "whole", "figure"))


def _agencies_moved(before: Snapshot, latest: Snapshot) -> list[str]:
    """How many agencies stand better or worse in a part than they did."""
    rows = Standing.objects.filter(snapshot__in=[before, latest]).values_list("snapshot_id", "agency_id", "letters")
    then: dict[int, dict[str, str]] = {}
    now: dict[int, dict[str, str]] = {}
    for snapshot, agency, letters in rows:
        (then if snapshot == before.pk else now)[agency] = letters
    changes = []
    for part, title in PARTS.items():
        steps = [
            WORST.index(now[agency].get(part, "–")) - WORST.index(letters.get(part, "–"))
            for agency, letters in then.items()
            if agency in now
        ]
        better, worse = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
        if better or worse:
            words = {"part": title, "better": better, "worse": worse}
            changes.append(_("%(part)s: %(better)s agencies stand better, %(worse)s worse") % words)
    return changes


# An agency ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ours:
    """How an agency stands in one of its boards."""

    board: str
    at: datetime
    parts: list[tuple[str, Cell]]
    marks: list[tuple[str, str, str]]  # name of the measure, the mark, the mark in words
    before: Mapping[str, str]
    beside: list[staff.Beside]


def ours(access: Access) -> list[Ours]:
    """How the acting agency stands in each of its boards, and its staff beside its lead."""
    rows = Standing.objects.filter(agency_id=access.own_agency).select_related("board").order_by("board_id", "-at")
    by_board: dict[int, list[Standing]] = {}
    for row in rows:
        by_board.setdefault(row.board_id, []).append(row)
    return [_ours(access, found[0], found[1] if len(found) > 1 else None) for found in by_board.values()]


def _ours(access: Access, row: Standing, before: Standing | None) -> Ours:
    cells = _cells()
    titles = measure_titles(row.board.pack) | row.titles
    result = staff.latest_staff_result(row.board_id)
    return Ours(
        row.board.name,
        row.at,
        [(str(title), cells[row.letters.get(part, "–")]) for part, title in PARTS.items()],
        [(titles.get(name, name), mark, str(MARKS[mark])) for name, mark in row.marks.items()],
        before.letters if before else {},
        staff.beside_leads(access, result) if result else [],
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


def of_board(access: Access) -> Board:
    """All of it. The number of queries does not grow with the agencies."""
    board_id = access.board_id or 0
    snapshots = snapshots_of(board_id)
    latest = snapshots[-1] if snapshots else None
    result = staff.latest_staff_result(board_id)
    return Board(
        latest,
        courses(board_id, snapshots),
        heat(latest) if latest else [],
        counts_by_part(latest) if latest else [],
        overdue(access),
        since_last_meeting(access, latest),
        [one for one in staff.beside_leads(access, result) if one.differ] if result else [],
    )
