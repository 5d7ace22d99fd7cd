"""What a dashboard is narrowed to: some agencies, by kind or by town, and a day by which they were counted.

Only what the board sees of every agency by its name anyway is narrowed: letters, marks of the register and of accepted
answers, actions. Incidents and surveys are counted and protected for all agencies together; of some of them they are
not shown at all, because two filters could be subtracted (docs/adr/0004).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from safeboard.core.access import Access
from safeboard.partnership.models import Board
from safeboard.standards.queries.rounds import agencies_to_ask

from ..models import BoardIndicator, Snapshot, Standing
from .indicators import Course, course, snapshots_of


@dataclass(frozen=True)
class Narrowed:
    """Which agencies (None: all), and by when (None: now). ``snapshots``: those of the board, where they are known."""

    among: frozenset[int] | None = None
    until: datetime | None = None
    snapshots: Sequence[Snapshot] | None = field(default=None, compare=False)

    def snapshots_of(self, access: Access, board_id: int) -> Sequence[Snapshot]:
        """The board's snapshots, the oldest first."""
        return snapshots_of(access, board_id) if self.snapshots is None else self.snapshots


def narrowed(board: Board, snapshots: Sequence[Snapshot], given: dict[str, Any]) -> Narrowed:
    """What a filter asks for. given: kind, town, at (number of a snapshot), each '' where it is left out."""
    kinds, towns = [one for one in [given.get("kind")] if one], [one for one in [given.get("town")] if one]
    among = frozenset(agencies_to_ask(board, kinds=kinds, towns=towns)) if kinds or towns else None
    at = next((one.at for one in snapshots if str(one.pk) == given.get("at")), None)
    return Narrowed(among, at, snapshots)


def courses_among(
    indicators: Iterable[BoardIndicator], snapshots: Sequence[Snapshot], among: Collection[int] | None
) -> list[Course]:
    """The course of each indicator; among some agencies of those alone that count agencies."""
    if among is None:
        return [course(one, snapshots) for one in indicators]
    wanted = [one for one in indicators if one.of_agencies]
    rows = Standing.objects.filter(snapshot__in=[one.pk for one in snapshots], agency_id__in=among)
    marks: dict[int, list[dict[str, str]]] = {}
    for snapshot, said in rows.values_list("snapshot_id", "marks"):
        marks.setdefault(snapshot, []).append(said)
    counted = [
        Snapshot(
            pk=one.pk, at=one.at, values={each.name: _counted(each.name, marks.get(one.pk, [])) for each in wanted}
        )
        for one in snapshots
    ]
    return [course(one, counted) for one in wanted]


def _counted(name: str, marks: Sequence[dict[str, str]]) -> dict[str, int]:
    """How many of these agencies have it, lack it, are not known; empty where it was not counted."""
    found = Counter(one[name] for one in marks if name in one)
    if not found:
        return {}
    has, lacks, unknown = found["yes"], found["no"] + found["partly"], found["unknown"]
    return {"has": has, "lacks": lacks, "unknown": unknown, "whole": has + lacks + unknown}
