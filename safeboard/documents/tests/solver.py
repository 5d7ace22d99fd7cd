"""A reader who works out hidden figures by linear programming. It shares no code with what it attacks.

Every figure is an unknown with the range that is published of it; every total is an equation. The greatest and the
least that a hidden figure can be are found with HiGHS. It is caught where fewer than two whole numbers lie between.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from safeboard.documents.suppression import SuppressedTable

FAR = 1000.0
NEARLY = 1e-6


@dataclass
class Reader:
    """Unknowns with (low, high), and equations as ({name: factor}, sum)."""

    ranges: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    equations: list[tuple[dict[Hashable, int], int]] = field(default_factory=list)
    hidden: list[Hashable] = field(default_factory=list)

    def reads(self, name: Hashable, figure: Any) -> None:
        """Take in a published figure: a number, or that it is hidden; None for one that is not published."""
        plain = getattr(figure, "value", figure)
        sign = getattr(figure, "shown", figure)
        if isinstance(plain, int):
            self.ranges[name] = (plain, plain)
        elif sign == "c":
            self.ranges[name] = (1, FAR)
            self.hidden.append(name)
        else:
            self.ranges[name] = (0, FAR)

    def adds(self, parts: Iterable[Hashable], whole: Hashable) -> None:
        """Know that the parts make the whole."""
        self.equations.append(({**dict.fromkeys(parts, 1), whole: -1}, 0))

    def caught(self) -> dict[Hashable, int]:
        """The hidden figures that can only be one whole number, with it."""
        if not self.hidden:
            return {}
        names = list(self.ranges)
        places = {name: place for place, name in enumerate(names)}
        solver = self._solver(names, places)
        seen = {name: [FAR, 0.0] for name in self.hidden}
        for name in self.hidden:
            for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
                if _two_between(*seen[name]):
                    break
                self._look(solver, places, name, sense, seen)
        return {name: round(low) for name, (low, high) in seen.items() if not _two_between(low, high)}

    def _solver(self, names: Sequence[Hashable], places: dict[Hashable, int]) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", "off")
        low, high = (np.array([self.ranges[name][side] for name in names], dtype=float) for side in (0, 1))
        solver.addVars(len(names), low, high)
        for factors, total in self.equations:
            where = np.array([places[name] for name in factors], dtype=np.int32)
            solver.addRow(total, total, len(where), where, np.array(list(factors.values()), dtype=float))
        return solver

    def _look(
        self,
        solver: highspy.Highs,
        places: dict[Hashable, int],
        name: Hashable,
        sense: Any,
        seen: dict[Any, list[float]],
    ) -> None:
        """Push one figure as far as it goes, and note where every other one stands then."""
        solver.changeColCost(places[name], 1.0)
        solver.changeObjectiveSense(sense)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "what was published contradicts itself"
        values = solver.getSolution().col_value
        for one, (low, high) in seen.items():
            here = values[places[one]]
            seen[one] = [min(low, here), max(high, here)]
        solver.changeColCost(places[name], 0.0)


def _two_between(low: float, high: float) -> bool:
    """Whether two whole numbers lie between."""
    return math.floor(high + NEARLY) > math.ceil(low - NEARLY)


def read_table(reader: Reader, table: SuppressedTable, mark: Hashable = "", *, total: Hashable = None) -> None:
    """Take in a published table with its margins. Tables of the same ``total`` share their column totals."""
    width = len(table.rows[0])
    shared = mark if total is None else total
    for i, row in enumerate(table.rows):
        for j, figure in enumerate(row):
            reader.reads((mark, i, j), figure)
        reader.reads((mark, i, "row"), table.row_totals[i] if table.row_totals else None)
        reader.adds([(mark, i, j) for j in range(width)], (mark, i, "row"))
    if (shared, "all") not in reader.ranges:
        for j in range(width):
            reader.reads((shared, "column", j), table.column_totals[j] if table.column_totals else None)
        reader.reads((shared, "all"), table.total)
        reader.adds([(shared, "column", j) for j in range(width)], (shared, "all"))
    for j in range(width):
        reader.adds([(mark, i, j) for i in range(len(table.rows))], (shared, "column", j))
    reader.adds([(mark, i, "row") for i in range(len(table.rows))], (shared, "all"))
