"""Which figures must be hidden so that the hidden ones cannot be worked out: the search behind `suppression`.

A table with its totals is laid out as one matrix, the totals as its last row and column. With the sign of
the totals turned, every row and column sums to nought, so whatever a reader cannot tell apart differs by
closed walks that go from row to column and back, adding one and taking one in turn. A hidden figure is safe
when such a walk leads through it and every figure on the walk is hidden and has room for the step. For one
table this is exact: where there is no walk, the figure can be worked out. Tables that share their column
totals are walked together: a walk that shifts a unit from one shared total to another must exist in every
table. That errs on the safe side: it may hide one figure more than needed, never one fewer.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, IntEnum

HOP = 1
CELL, TOTAL, GRAND = 1_000_000, 3_000_000, 6_000_000
FAR = 1 << 60


class Told(IntEnum):
    """What a reader is granted to know beyond what is published."""

    NOTHING = 0
    CELLS = 1  # which of the hidden cells are small
    ALL = 2  # which of the hidden totals are small, too


class State(Enum):
    SHOWN = "shown"
    FIXED = "fixed"  # cannot be hidden: a nought, or published already
    SMALL = "small"  # hidden because it is small
    COVER = "cover"  # hidden to protect another
    ABSENT = "absent"  # a total that is not published at all


HIDDEN = (State.SMALL, State.COVER)


@dataclass
class Figure:
    """One figure of a table: its true value, what hiding it costs, its state, and how it may be walked."""

    value: int
    sign: int
    weight: int
    state: State
    steps: tuple[bool, bool] = (True, True)  # may rise, may fall, as far as an earlier release is concerned
    threshold: int = 0  # its own, where it is not that of its table
    known: tuple[int, int] = (0, FAR)  # what a reader is granted to know of it from elsewhere

    @property
    def hidden(self) -> bool:
        return self.state in HIDDEN

    def bounds(self, threshold: int, told: Told) -> tuple[int, int]:
        """What a reader may know about the figure when it is hidden, or would come to be hidden."""
        low, high = self.published_bounds(self.threshold or threshold, told)
        return max(low, self.known[0]), min(high, self.known[1])

    def published_bounds(self, threshold: int, told: Told) -> tuple[int, int]:
        """The same as far as the table itself tells."""
        if self.state is State.ABSENT:
            return 0, FAR
        if told < (Told.CELLS if self.weight == CELL else Told.ALL):
            return 1, FAR
        return (1, threshold) if self.value <= threshold else (threshold + 1, FAR)

    def cost(self, up: bool, threshold: int, told: Told) -> int | None:
        """What a step along this figure costs: nothing if hidden, more if it must be hidden, None if barred.

        `up` is the direction in the signed matrix.
        """
        if self.state is State.FIXED:
            return None
        rises = up == (self.sign > 0)
        if not self.steps[0 if rises else 1]:
            return None
        low, high = self.bounds(threshold, told)
        if not low <= self.value + (1 if rises else -1) <= high:
            return None
        return self.weight + self.value if self.state is State.SHOWN else 0


Place = tuple[int, int]
Node = tuple[str, int]


@dataclass
class Walk:
    cost: int
    steps: list[tuple[int, Place]]  # table, place in its matrix


@dataclass
class Net:
    """Tables with the same columns whose column totals (the last row) are one and the same list."""

    tables: list[list[list[Figure]]]
    threshold: int
    told: Told = Told.ALL
    _ways: dict = field(default_factory=dict, repr=False)

    @property
    def width(self) -> int:
        return len(self.tables[0][0])

    def bottom(self, table: int) -> int:
        return len(self.tables[table]) - 1

    def at(self, table: int, place: Place) -> Figure:
        return self.tables[table][place[0]][place[1]]

    def cost(self, table: int, place: Place, up: bool) -> int | None:
        return self.at(table, place).cost(up, self.threshold, self.told)

    def hide(self, walk: Walk) -> None:
        for table, place in walk.steps:
            figure = self.at(table, place)
            if figure.state is State.SHOWN:
                figure.state = State.COVER
        self.forget()

    def forget(self) -> None:
        """Drop what was worked out about ways, after a change of states."""
        self._ways.clear()

    def neighbours(self, table: int, node: Node, barred: Place | None) -> Iterator[tuple[int, Node, Place]]:
        """Steps inside a table that leave its totals row alone."""
        kind, n = node
        if kind == "row":
            for j in range(self.width):
                cost = None if (n, j) == barred else self.cost(table, (n, j), True)
                if cost is not None:
                    yield cost, ("col", j), (n, j)
        else:
            for i in range(self.bottom(table)):
                cost = None if (i, n) == barred else self.cost(table, (i, n), False)
                if cost is not None:
                    yield cost, ("row", i), (i, n)

    def ways(self, table: int, start: int) -> dict[int, Walk]:
        """The cheapest walk from column `start` to every other column of a table, totals row left alone."""
        key = (table, start)
        if key not in self._ways:
            done: dict[Node, Walk] = {}
            heap: list = [(0, 0, ("col", start), [])]
            count = 0
            while heap:
                cost, _, node, steps = heapq.heappop(heap)
                if node in done:
                    continue
                done[node] = Walk(cost, steps)
                for more, after, place in self.neighbours(table, node, None):
                    if after not in done:
                        count += 1
                        heapq.heappush(heap, (cost + more, count, after, [*steps, (table, place)]))
            self._ways[key] = {n: walk for (kind, n), walk in done.items() if kind == "col" and n != start}
        return self._ways[key]

    def hop(self, table: int | None, start: int, end: int) -> Walk | None:
        """Shift a unit between two shared totals, in every table but the one given."""
        bottom = self.bottom(0)
        first, second = self.cost(0, (bottom, start), False), self.cost(0, (bottom, end), True)
        if first is None or second is None:
            return None
        walk = Walk(first + second + HOP, [(0, (bottom, start)), (0, (bottom, end))])
        for other in range(len(self.tables)):
            if other != table:
                way = self.ways(other, end).get(start)
                if way is None:
                    return None
                walk = Walk(walk.cost + way.cost, walk.steps + way.steps)
        return walk

    def through_total(self, column: int, up: bool) -> Walk | None:
        """The cheapest closed walk through a shared total."""
        found = []
        for other in range(self.width):
            if other != column:
                found.append(self.hop(None, other, column) if up else self.hop(None, column, other))
        return min((w for w in found if w), key=lambda w: w.cost, default=None)

    def through(self, table: int, place: Place, up: bool) -> Walk | None:
        """The cheapest closed walk through a figure, or None if there is none at all."""
        if self.cost(table, place, up) is None:
            return None
        if place[0] == self.bottom(table):
            return self.through_total(place[1], up)
        row, col = ("row", place[0]), ("col", place[1])
        start, goal = (col, row) if up else (row, col)
        done: set[tuple[Node, bool]] = set()
        heap: list = [(0, 0, start, False, [(table, place)])]
        count = 0
        while heap:
            cost, _, node, hopped, steps = heapq.heappop(heap)
            if node == goal:
                return Walk(cost, steps)
            if (node, hopped) in done:
                continue
            done.add((node, hopped))
            for more, after, where in self.neighbours(table, node, place):
                if (after, hopped) not in done:
                    count += 1
                    heapq.heappush(heap, (cost + more, count, after, hopped, [*steps, (table, where)]))
            if node[0] == "col" and not hopped:
                for end in range(self.width):
                    walk = self.hop(table, node[1], end) if end != node[1] else None
                    if walk and (("col", end), True) not in done:
                        count += 1
                        item = (cost + walk.cost, count, ("col", end), True, steps + walk.steps)
                        heapq.heappush(heap, item)
        return None

    def cheapest(self, table: int, place: Place) -> Walk | None:
        walks = [self.through(table, place, up) for up in (True, False)]
        return min((w for w in walks if w), key=lambda w: w.cost, default=None)

    def places(self) -> Iterator[tuple[int, Place]]:
        """Every figure once, the shared totals with the first table."""
        for t, table in enumerate(self.tables):
            for i in range(len(table) - (1 if t else 0)):
                for j in range(self.width):
                    yield t, (i, j)

    def short_cut(self, table: int, place: Place) -> Walk | None:
        """A walk of four hidden figures, which is what nearly every hidden figure of a large table has."""
        i, j = place
        alone = len(self.tables) == 1
        rows = len(self.tables[table]) if alone else self.bottom(table)
        if i >= rows:
            return None
        for up in (True, False):
            if self.cost(table, place, up) != 0:
                continue
            others = [k for k in range(self.width) if k != j and self.cost(table, (i, k), not up) == 0]
            for m in range(rows) if others else ():
                if m != i and self.cost(table, (m, j), not up) == 0:
                    for k in others:
                        if self.cost(table, (m, k), up) == 0:
                            return Walk(0, [])
        return None


def cover(net: Net) -> list[tuple[int, Place]]:
    """Hide what must be hidden beside the small figures; give back those that cannot be protected."""
    exposed = []
    for table, place in list(net.places()):
        if not net.at(table, place).hidden:
            continue
        walk = net.short_cut(table, place) or net.cheapest(table, place)
        if walk is None:
            exposed.append((table, place))
        else:
            net.hide(walk)
    return exposed


def protect(net: Net) -> tuple[list[tuple[int, Place]], Told]:
    """Hide what must be hidden, against the reader who is granted most as far as that can be done.

    Gives back what cannot be protected even against a reader who is told nothing, and what he may be told.
    """
    exposed: list[tuple[int, Place]] = []
    for told in sorted(Told, reverse=True):
        net.told = told
        net.forget()
        exposed = cover(net)
        if not exposed:
            break
    return exposed, net.told
