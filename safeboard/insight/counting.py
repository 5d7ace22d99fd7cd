"""Counting: true counts of a board's agencies, which live in memory only until they are protected.

Whoever calls opens the wall for the casework of the board's agencies first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from safeboard.documents.suppression import NOT_APPLICABLE, SENSITIVE_THRESHOLD, THRESHOLD, Cell
from safeboard.incidents import queries as incidents
from safeboard.incidents.models import Incident
from safeboard.library import queries as library
from safeboard.partnership.models import Board, Seat

from .choices import FEWEST_AGENCIES, JOINED, OTHER, TABLES
from .quarters import Quarter


@dataclass(frozen=True)
class Seated:
    """The agencies of a board: the line of the table each counts in, and which sit in other boards too."""

    lines: Mapping[int, str]
    shared: frozenset[int]
    empty: tuple[str, ...]  # kinds of agency that nobody in the board is of

    @property
    def order(self) -> list[str]:
        """The lines of the table, those without an agency last."""
        return [*dict.fromkeys(self.lines.values()), *self.empty]

    @property
    def too_few(self) -> bool:
        """Whether the board's figures would be those of one or two agencies."""
        return len(self.lines) - len(self.shared) < FEWEST_AGENCIES


@dataclass(frozen=True)
class Line:
    """One count before it is protected: its id, how much of it agencies of several boards reported, its threshold."""

    id: str
    count: Cell
    shared: int = 0
    threshold: int = THRESHOLD


def seated(board: Board) -> Seated:
    """The board's agencies by line of the table.

    A kind of agency with fewer than FEWEST_AGENCIES that are the board's own shares a line with others. An agency that
    ever sat in another board counts as shared: that board's released quarters hold its figures.
    """
    kinds = [name for name, _title in library.choices(board.pack, "agency-kinds")]
    rows = Seat.objects.filter(board=board, until__isnull=True).values_list("agency_id", "kind")
    kind_of = {agency: kind if kind in kinds else OTHER for agency, kind in rows}
    elsewhere = Seat.objects.filter(agency_id__in=rows.values("agency_id")).exclude(board=board)
    shared = frozenset(elsewhere.values_list("agency_id", flat=True))
    own = Counter(kind for agency, kind in kind_of.items() if agency not in shared)
    present = [kind for kind in (*kinds, OTHER) if kind in kind_of.values()]
    joined = _joined(present, own)
    line = {kind: JOINED.join(joined) if kind in joined else kind for kind in present}
    lines = {agency: line[kind] for agency, kind in sorted(kind_of.items(), key=lambda pair: present.index(pair[1]))}
    return Seated(lines, shared, tuple(kind for kind in kinds if kind not in present))


def _joined(present: list[str], own: Mapping[str, int]) -> list[str]:
    """The kinds that share a line, so that no line is that of one or two agencies."""
    few = {kind for kind in present if own.get(kind, 0) < FEWEST_AGENCIES}
    rest = sorted((kind for kind in present if kind not in few), key=lambda kind: (own[kind], present.index(kind)))
    while few and rest and sum(own.get(kind, 0) for kind in few) < FEWEST_AGENCIES:
        few.add(rest.pop(0))
    return [kind for kind in present if kind in few]


def reported(board: Board, quarter: Quarter, agencies: Seated) -> dict[str, list[Line]]:
    """The lines of the three tables of a quarter, by the day of the report. All add up to the same total."""
    found = Incident.objects.filter(reported_at__gte=quarter.starts, reported_at__lt=quarter.ends).order_by()
    groups = found.values_list("agency_id", "scenario", "classification").annotate(Count("pk"))
    kinds, sensitive = _kinds(board.pack)
    aspects = [one.id for one in library.items(board.pack, "classifications") if one.group == "aspect"]
    counts = {name: Counter() for name in TABLES}
    shared = {name: Counter() for name in TABLES}
    for agency, scenario, classification, count in groups:
        ids = (scenario if scenario in kinds else OTHER, classification if classification in aspects else OTHER)
        for name, one in zip(TABLES, (*ids, agencies.lines[agency]), strict=True):
            counts[name][one] += count
            shared[name][one] += count if agency in agencies.shared else 0
    rows = dict(zip(TABLES, ([*kinds, OTHER], [*aspects, OTHER], agencies.order), strict=True))
    return {
        name: [
            Line(
                one,
                NOT_APPLICABLE if name == "agencies" and one in agencies.empty else counts[name][one],
                shared[name][one],
                SENSITIVE_THRESHOLD if name == "kinds" and one in sensitive else THRESHOLD,
            )
            for one in rows[name]
        ]
        for name in TABLES
    }


def _kinds(pack: str) -> tuple[list[str], set[str]]:
    """The kinds of incident of a pack, and those about sexual harm. What the pack does not know counts as such."""
    kinds = library.items(pack, "incident-kinds")
    return [kind.id for kind in kinds], {OTHER, *(kind.id for kind in kinds if getattr(kind, "concern", None))}


def total(quarter: Quarter) -> int:
    """How many incidents were reported in a quarter so far."""
    return Incident.objects.filter(reported_at__gte=quarter.starts, reported_at__lt=quarter.ends).count()


def overdue(agencies: Seated) -> list[Line]:
    """Duties whose time has passed, by kind of agency."""
    late = incidents.overdue(timezone.now()).order_by().values_list("agency_id").annotate(Count("pk"))
    return _by_kind(agencies, late)


def _by_kind(agencies: Seated, groups: Iterable[tuple[int, int]]) -> list[Line]:
    counts: Counter[str] = Counter()
    for agency, count in groups:
        counts[agencies.lines[agency]] += count
    return [Line(one, NOT_APPLICABLE if one in agencies.empty else counts[one]) for one in agencies.order]
