"""Rounds: which there are, where each agency stands (late first), and whether it was reached at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.outbox.choices import State as MessageState
from safeboard.outbox.models import Message
from safeboard.partnership.models import Board, Seat, Setting

from ..choices import RoundState, Stand
from ..models import Moderation, Round, RoundAgency

OWED = (Stand.NOT_STARTED, Stand.PART_DONE, Stand.RETURNED)
ORDER = {  # among those that are not late
    Stand.NOT_STARTED: 1,
    Stand.PART_DONE: 2,
    Stand.RETURNED: 3,
    Stand.SUBMITTED: 4,
    Stand.ACCEPTED: 5,
}


@built_once
def rounds_of(access: Access) -> QuerySet[Round]:
    """The rounds of the board acted for, newest first, each with its counts."""
    return _counted(access)


def _counted(access: Access) -> QuerySet[Round]:
    owed = Q(agencies__stand__in=OWED)
    rows = Round.objects.filter(board_id=access.board_id or 0).annotate(
        count=Count("agencies"),
        owed=Count("agencies", filter=owed),
        to_read=Count("agencies", filter=Q(agencies__stand=Stand.SUBMITTED)),
        accepted=Count("agencies", filter=Q(agencies__stand=Stand.ACCEPTED)),
    )
    return rows.defer("chosen").order_by("-due_on", "-pk")  # hundreds of ids, which no list shows


def round_of(access: Access, pk: int) -> Round | None:
    """One of them, or None."""
    return next(iter(_round(access, pk)), None)


@built_once
def _round(access: Access, pk: int) -> QuerySet[Round]:
    return Round.objects.filter(board_id=access.board_id or 0, pk=pk)


class Line(NamedTuple):
    """An agency in a round, as the page of the round shows it."""

    pk: int
    agency: str
    kind: str
    stand: Stand
    asked: int
    answered: int
    to_confirm: int
    gaps: int
    score: int | None
    submitted_at: datetime | None
    late_days: int
    delivered: bool
    told: bool

    @property
    def submitted_on(self) -> date | None:
        """The day on which it was sent to the board."""
        return timezone.localdate(self.submitted_at) if self.submitted_at else None

    @property
    def far(self) -> str:
        """How many of its questions are answered, in words."""
        return _("%(n)s of %(of)s") % {"n": self.answered, "of": self.asked}

    @property
    def late(self) -> bool:
        """Whether it owes its return since a day that has passed."""
        return self.late_days > 0

    @property
    def order(self) -> tuple[int, int, str]:
        """Late first, the longest first; then not started, part done, sent back, sent, accepted."""
        return (0 if self.late else ORDER[self.stand], -self.late_days, self.agency)


FIELDS = (
    "pk", "agency__name", "stand", "asked", "answered", "to_confirm", "gaps", "score", "submitted_at", "reached",
    "nobody", "written", "agency_id",
)  # fmt: skip


def lines_of(access: Access, round_: Round, *, today: date | None = None) -> list[Line]:
    """Every agency of a round, late first. Three queries, however many there are."""
    today = today or timezone.localdate()
    late_by = max((today - round_.due_on).days, 0) if round_.is_open else 0
    rows = _places(access, round_.pk)
    told = {row[0]: json.loads(row[11]) for row in rows if row[2] in OWED}  # of the others nobody asks
    failed = _failed(chain.from_iterable(told.values()))
    kinds = dict(_kinds(access, round_.board_id))
    return sorted((_line(row, told, failed, kinds, late_by) for row in rows), key=lambda line: line.order)


@built_once
def _places(access: Access, round_id: int) -> QuerySet[RoundAgency, Any]:
    rows = RoundAgency.objects.filter(round_id=round_id)
    rows = rows.annotate(reached=Q(told_at__isnull=False), written=Cast("told", TextField()))
    return rows.values_list(*FIELDS)


@built_once
def _kinds(access: Access, board_id: int) -> QuerySet[Seat, tuple[int, str]]:
    return Seat.objects.filter(board_id=board_id).values_list("agency_id", "kind")


def _line(row: tuple, told: Mapping[int, list[int]], failed: set[int], kinds: Mapping[int, str], late_by: int) -> Line:
    pk, name, stand, asked, answered, to_confirm, gaps, score, submitted, reached, nobody, _written, agency = row
    owed = pk in told
    delivered = not owed or (not nobody and (not told[pk] or not set(told[pk]) <= failed))
    return Line(
        pk=pk,
        agency=name,
        kind=kinds.get(agency, ""),
        stand=Stand(stand),
        asked=asked,
        answered=answered,
        to_confirm=to_confirm,
        gaps=gaps,
        score=score,
        submitted_at=submitted,
        late_days=late_by if owed else 0,
        delivered=delivered,
        told=reached,
    )


def _failed(numbers: Iterable[int]) -> set[int]:
    """Which of these messages could not be posted."""
    wanted = set(numbers)
    if not wanted:
        return set()
    failed = Message.objects.filter(state=MessageState.FAILED, about_type=RoundAgency._meta.label_lower)
    return set(failed.values_list("pk", flat=True)) & wanted


def place_of(access: Access, pk: int) -> RoundAgency | None:
    """An agency's place in a round of the board acted for, or None."""
    return next(iter(_place(access, pk)), None)


@built_once
def _place(access: Access, pk: int) -> QuerySet[RoundAgency]:
    rows = RoundAgency.objects.filter(round__board_id=access.board_id or 0, pk=pk)
    return rows.select_related("round", "of", "submission__by", "agency", "decided_by")


def views_of(access: Access, place: RoundAgency) -> dict[str, Moderation]:
    """The board's last other view of each answer, by question."""
    return {row.question: row for row in _views(access, place.pk)}


@built_once
def _views(access: Access, place_id: int) -> QuerySet[Moderation]:
    return Moderation.objects.filter(place_id=place_id).select_related("by").order_by("pk")


def accepted_values(access: Access, place: RoundAgency, values: dict[str, str]) -> dict[str, str]:
    """The values of a submission as the board holds them: its own view, where it has another."""
    return values | {name: row.value for name, row in views_of(access, place).items()}


# --- who can be asked ------------------------------------------------------------------------------------------


def agencies_to_ask(board: Board, *, kinds: Iterable[str] = (), towns: Iterable[str] = ()) -> list[int]:
    """The ids of the agencies of a board: all, or those of these kinds, or with a setting in one of these towns."""
    rows = Seat.objects.filter(board=board, until__isnull=True)
    wanted_kinds, wanted_towns = list(kinds), list(towns)
    if wanted_kinds:
        rows = rows.filter(kind__in=wanted_kinds)
    if wanted_towns:
        there = Setting.objects.filter(closed_on__isnull=True, town__in=wanted_towns).values("agency_id")
        rows = rows.filter(agency_id__in=there)
    return sorted(rows.values_list("agency_id", flat=True))


# --- on the home page -------------------------------------------------------------------------------------------


@built_once
def rounds_to_look_at(access: Access, today: date) -> QuerySet[Round]:
    """The board's open rounds in which a return waits to be read, or something is late."""
    rows = _counted(access).filter(state=RoundState.SENT)
    return rows.filter(Q(to_read__gt=0) | Q(owed__gt=0, due_on__lt=today))


def owed_by(agency_id: int) -> QuerySet[RoundAgency]:
    """What an agency owes to open rounds, the nearest day first."""
    rows = RoundAgency.objects.filter(agency_id=agency_id, round__state=RoundState.SENT, stand__in=OWED)
    return rows.select_related("round__board", "of").order_by("round__due_on", "pk")
