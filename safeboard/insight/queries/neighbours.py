"""A board beside others: what each said of a quarter, and the spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from safeboard.library import queries as library
from safeboard.partnership.models import Board

from ..exchanging import figure_of
from ..models import Baseline, Neighbour, NeighbourFigures
from ..quarters import Quarter

FEWEST_FOR_SPREAD = 3  # boards whose figure is known


@dataclass(frozen=True)
class Beside:
    """An indicator: our figure, those of the others in the order of ``Comparison.others``, and the spread of all."""

    title: str
    ours: int | str
    theirs: tuple[int | str, ...]

    @property
    def known(self) -> list[int]:
        """The figures that are known, the lowest first."""
        return sorted(one for one in (self.ours, *self.theirs) if isinstance(one, int))

    @property
    def spread(self) -> tuple[int, float, int] | None:
        """Lowest, middle, highest; None of fewer than three boards."""
        known = self.known
        return (known[0], median(known), known[-1]) if len(known) >= FEWEST_FOR_SPREAD else None


@dataclass(frozen=True)
class Comparison:
    """One quarter, board beside board."""

    quarter: Quarter
    others: tuple[Neighbour, ...]
    rows: tuple[Beside, ...]


def quarters_of(board: Board) -> list[Baseline]:
    """The frozen quarters of a board, the newest first."""
    return list(Baseline.objects.filter(board=board))


def neighbours_of(board: Board) -> list[Neighbour]:
    """The other boards whose key is known, by name."""
    return list(Neighbour.objects.filter(board=board))


def comparison(board: Board, wanted: Quarter | None = None) -> Comparison | None:
    """A quarter of which another board's figures are there: the one wanted, else the newest; None without any."""
    rows = NeighbourFigures.objects.filter(board=board).select_related("neighbour")
    if wanted is not None:
        rows = rows.filter(year=wanted.year, quarter=wanted.number)
    found = list(rows)
    if not found:
        return None
    quarter = wanted or Quarter(found[0].year, found[0].quarter)
    given = [one for one in found if (one.year, one.quarter) == (quarter.year, quarter.number)]
    own = Baseline.objects.filter(board=board, year=quarter.year, quarter=quarter.number).first()
    return Comparison(quarter, tuple(one.neighbour for one in given), tuple(_rows(board, own, given)))


def _rows(board: Board, own: Baseline | None, given: Sequence[NeighbourFigures]) -> list[Beside]:
    theirs = [{one["name"]: one for one in row.figures} for row in given]
    titles = {item.id: str(item.title) for item in library.items(board.pack, "indicators")}
    for one in theirs:
        titles = {**{name: figure["title"] for name, figure in one.items()}, **titles}
    ours: Mapping[str, Any] = own.values if own else {}
    shown = [name for name in titles if any(name in one for one in theirs)]
    return [
        Beside(
            titles[name],
            figure_of(ours[name]) if name in ours else ":",
            tuple(one[name]["figure"] if name in one else ":" for one in theirs),
        )
        for name in shown
    ]
