"""A reader who tries to work out hidden figures. It shares no code with what it attacks.

It holds linear equations over whole numbers and a range for each unknown, narrows the ranges until nothing
moves, and searches what is left. A figure is pinned when the search finds one value only.
"""

from dataclasses import dataclass


@dataclass
class Puzzle:
    """Unknowns with (low, high); equations as ({name: factor}, sum)."""

    ranges: dict
    equations: list

    def know(self, name, value):
        self.ranges[name] = (value, value)


def narrow(ranges, equations):
    """Narrow ranges in place; False where they contradict each other."""
    moved = True
    while moved:
        moved = False
        for factors, total in equations:
            lows = {n: f * ranges[n][0 if f > 0 else 1] for n, f in factors.items()}
            highs = {n: f * ranges[n][1 if f > 0 else 0] for n, f in factors.items()}
            low_sum, high_sum = sum(lows.values()), sum(highs.values())
            for name, factor in factors.items():
                least = total - (high_sum - highs[name])
                most = total - (low_sum - lows[name])
                if factor < 0:
                    least, most = -most, -least
                low, high = max(ranges[name][0], least), min(ranges[name][1], most)
                if low > high:
                    return False
                if (low, high) != ranges[name]:
                    ranges[name] = (low, high)
                    moved = True
                    lows[name], highs[name] = sorted((factor * low, factor * high))
                    low_sum, high_sum = sum(lows.values()), sum(highs.values())
    return True


def solve(ranges, equations):
    """One assignment that satisfies everything, or None."""
    ranges = dict(ranges)
    if not narrow(ranges, equations):
        return None
    open_names = [n for n, (low, high) in ranges.items() if low < high]
    if not open_names:
        return {n: low for n, (low, _) in ranges.items()}
    name = min(open_names, key=lambda n: ranges[n][1] - ranges[n][0])
    low, high = ranges[name]
    middle = (low + high) // 2
    for part in ((low, middle), (middle + 1, high)):
        found = solve({**ranges, name: part}, equations)
        if found:
            return found
    return None


def pinned(puzzle, names):
    """Those of `names` that can have one value only, with that value."""
    first = solve(puzzle.ranges, puzzle.equations)
    assert first is not None, "what was published contradicts itself"
    left, caught = set(names), {}
    while left:
        name = left.pop()
        low, high = puzzle.ranges[name]
        value = first[name]
        other = None
        for part in ((low, value - 1), (value + 1, high)):
            if part[0] <= part[1] and other is None:
                other = solve({**puzzle.ranges, name: part}, puzzle.equations)
        if other is None:
            caught[name] = value
        else:
            left -= {n for n in left if other[n] != first[n]}
    return caught


FAR = 400


def guess(count, true, threshold, told):
    """The range a reader gives a figure. If `told`, he knows whether a hidden one was small."""
    if count is None:
        return (0, FAR)
    if count.value is not None:
        return (count.value, count.value)
    if count.shown in ("z", ":"):
        return (0, 0)
    if not told:
        return (1, FAR)
    return (1, threshold) if true <= threshold else (threshold + 1, FAR)


def number(value):
    return value if isinstance(value, int) else 0


def puzzle_of(tables, truths, *, told=1, mark=""):
    """The puzzle that published tables set, the last row (column totals) being one for all of them.

    `truths` are the real cells; of them the reader learns only which hidden figures were small: of none
    (told=0), of the cells (1), of the totals too (2).
    """
    puzzle, hidden = Puzzle({}, []), []

    def add(name, count, true, told):
        puzzle.ranges[name] = guess(count, true, tables[0].threshold, told)
        if count is not None and count.shown == "c":
            hidden.append(name)

    width = len(truths[0][0])
    columns = [sum(number(row[j]) for row in truths[0]) for j in range(width)]
    for j in range(width):
        shown = tables[0].column_totals[j] if tables[0].column_totals else None
        add((mark, "column", j), shown, columns[j], told > 1)
    add((mark, "all"), tables[0].total, sum(columns), told > 1)
    puzzle.equations.append(({**{(mark, "column", j): 1 for j in range(width)}, (mark, "all"): -1}, 0))
    for t, (table, truth) in enumerate(zip(tables, truths, strict=True)):
        for i, row in enumerate(truth):
            for j, value in enumerate(row):
                add((mark, t, i, j), table.rows[i][j], number(value), told > 0)
            side = table.row_totals[i] if table.row_totals else None
            add((mark, t, i, "row"), side, sum(map(number, row)), told > 1)
            factors = {(mark, t, i, j): 1 for j in range(width)}
            puzzle.equations.append(({**factors, (mark, t, i, "row"): -1}, 0))
        for j in range(width):
            factors = {(mark, t, i, j): 1 for i in range(len(truth))}
            puzzle.equations.append(({**factors, (mark, "column", j): -1}, 0))
        sides = {(mark, t, i, "row"): 1 for i in range(len(truth))}
        puzzle.equations.append(({**sides, (mark, "all"): -1}, 0))
    return puzzle, hidden


def attack(tables, truths, **more):
    """Hidden figures of published tables that a reader can work out."""
    puzzle, hidden = puzzle_of(tables, truths, **more)
    return pinned(puzzle, hidden)


def attack_releases(earlier, later, told=1):
    """Attack two releases of one table, knowing which figures did not change in between.

    Each release is (published table, real cells).
    """
    first, hidden_first = puzzle_of([earlier[0]], [earlier[1]], told=told, mark="earlier")
    second, hidden_second = puzzle_of([later[0]], [later[1]], told=told, mark="later")
    both = Puzzle({**first.ranges, **second.ranges}, first.equations + second.equations)
    true_first, true_second = real_figures(earlier[1]), real_figures(later[1])
    for name, value in true_first.items():
        if true_second[name] == value:
            both.equations.append(({("earlier", *name): 1, ("later", *name): -1}, 0))
    return pinned(both, hidden_first + hidden_second)


def real_figures(cells):
    width = len(cells[0])
    figures = {("column", j): sum(number(row[j]) for row in cells) for j in range(width)}
    figures[("all",)] = sum(figures.values())
    for i, row in enumerate(cells):
        figures[(0, i, "row")] = sum(map(number, row))
        figures.update({(0, i, j): number(v) for j, v in enumerate(row)})
    return figures
