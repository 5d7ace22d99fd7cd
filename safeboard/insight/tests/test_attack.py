"""Somebody with a role in two boards lays both pictures side by side and tries to work out a hidden figure.

The attacker is the one that also attacks documents.suppression, and shares no code with it.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.documents.tests.attacker import FAR, Puzzle, pinned
from safeboard.insight.counting import Line
from safeboard.insight.measuring import incident_figure
from safeboard.insight.models import Release
from safeboard.insight.protecting import released

TABLES = ("kinds", "classifications", "agencies")
SIZES = {"kinds": 4, "classifications": 3, "agencies": 2}
SENSITIVE = ("kinds", 3)


@st.composite
def part(draw):
    """What a group of agencies reported: counts for each table, all of the same sum."""
    count = draw(st.integers(0, 9) | st.sampled_from([0, 3, 14, 30]))
    return {
        name: [draw(st.integers(0, size - 1)) for _ in range(count)] for name, size in SIZES.items()
    }  # fmt: skip


def tally(chosen):
    return {name: [chosen[name].count(place) for place in range(size)] for name, size in SIZES.items()}


def threshold(name, place):
    return 10 if (name, place) == SENSITIVE else 5


def picture(own, shared, *, blind=False, before=None):
    """What a board publishes; `blind` as if no other board knew its shared agencies."""
    lines = {
        name: [
            Line(str(n), a + b, 0 if blind else b, threshold(name, n))
            for n, (a, b) in enumerate(zip(own[name], shared[name], strict=True))
        ]
        for name in TABLES
    }
    return released(lines, before)


def puzzle_of(boards, shared, *, knows_shared):
    """The puzzle that the published pictures of several boards set. A board is (published, own counts)."""
    puzzle, hidden = Puzzle({}, []), []
    for name in TABLES:
        for n, value in enumerate(shared[name]):
            puzzle.ranges["shared", name, n] = (value, value) if knows_shared else (0, FAR)
    for mark, (published, _own) in enumerate(boards):
        if published is None:
            continue
        put(puzzle, hidden, (mark, "total"), published["total"])
        for name in TABLES:
            for n, (_id, figure) in enumerate(published[name]):
                put(puzzle, hidden, (mark, name, n), figure)
                puzzle.ranges[mark, "own", name, n] = (0, FAR)
                parts = {(mark, "own", name, n): 1, ("shared", name, n): 1, (mark, name, n): -1}
                puzzle.equations.append((parts, 0))
            sums = {(mark, name, n): 1 for n in range(SIZES[name])}
            puzzle.equations.append(({**sums, (mark, "total"): -1}, 0))
    return puzzle, hidden


def put(puzzle, hidden, name, figure):
    puzzle.ranges[name] = (1, FAR) if figure == "c" else (figure, figure)
    if figure == "c":
        hidden.append(name)


EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@EXAMPLES
@given(part(), part(), part(), st.booleans())
def test_two_pictures_do_not_give_each_other_away(own_a, shared, own_b, knows):
    own_a, shared, own_b = tally(own_a), tally(shared), tally(own_b)
    boards = [(picture(own, shared), own) for own in (own_a, own_b)]
    puzzle, hidden = puzzle_of(boards, shared, knows_shared=knows)
    assert pinned(puzzle, hidden) == {}


@EXAMPLES
@given(part(), part())
def test_small_counts_are_never_shown(own, shared):
    own, shared = tally(own), tally(shared)
    published = picture(own, shared)
    if published is None:
        return
    for name in TABLES:
        for n, (_id, figure) in enumerate(published[name]):
            true = own[name][n] + shared[name][n]
            assert figure in ("c", true)
            assert figure == "c" or not 1 <= true <= threshold(name, n)


@EXAMPLES
@given(part(), st.integers(0, 6))
def test_the_rounded_total_of_the_running_quarter_gives_nothing_away(own, later):
    """The reader saw the rounded total on a day before the quarter ended, `later` reports before its end."""
    own = tally(own)
    nothing = {name: [0] * size for name, size in SIZES.items()}
    total = sum(own["kinds"])
    then = max(0, total - later)
    before = "c" if 1 <= then <= 5 else (then + 5) // 10 * 10
    published = picture(own, nothing, before=before)
    puzzle, hidden = puzzle_of([(published, own)], nothing, knows_shared=True)
    if published is not None and published["total"] == "c":
        low = {"c": 1, 0: 0}.get(before, max(6, before - 5 if before != "c" else 1))
        puzzle.ranges[0, "total"] = (max(1, low), FAR)
        assert pinned(puzzle, hidden) == {}
        high = {"c": 5, 0: 0}[before] if before in ("c", 0) else before + 4  # a nought is shown as it is
        if total <= high:
            puzzle.ranges[0, "total"] = (max(1, low), high)
            assert pinned(puzzle, hidden) == {}


def test_the_attacker_succeeds_where_boards_are_made_without_regard_to_each_other():
    """What was hidden to cover a small count is shown by the other board, whose agencies are nearly the same."""
    shared = {"kinds": [3, 8, 20, 0], "classifications": [31, 0, 0], "agencies": [31, 0]}
    own_a = {"kinds": [0, 0, 0, 0], "classifications": [0, 0, 0], "agencies": [0, 0]}
    own_b = {"kinds": [9, 0, 6, 0], "classifications": [15, 0, 0], "agencies": [15, 0]}
    blind = [(picture(own, shared, blind=True), own) for own in (own_a, own_b)]
    puzzle, hidden = puzzle_of(blind, shared, knows_shared=True)
    assert pinned(puzzle, hidden)
    made = [(picture(own, shared), own) for own in (own_a, own_b)]
    puzzle, hidden = puzzle_of(made, shared, knows_shared=True)
    assert pinned(puzzle, hidden) == {}


def test_ten_or_fewer_are_hidden_where_it_is_about_sexual_harm():
    own = {"kinds": [30, 0, 20, 8], "classifications": [40, 18, 0], "agencies": [58, 0]}
    nothing = {name: [0] * size for name, size in SIZES.items()}
    published = picture(own, nothing)
    assert published["kinds"][3] == ["3", "c"]
    assert published["classifications"][1] == ["1", 18]
    assert [figure for _id, figure in published["kinds"]].count("c") == 2


class Year:
    """An indicator of the year, as far as counting it needs."""

    definition = {"incidents": "kinds", "yearly": True}


@EXAMPLES
@given(st.lists(part(), min_size=4, max_size=4))
def test_a_snapshot_says_no_more_than_the_releases_that_it_adds_up(quarters):
    """Whatever figure it shows can be added up by anybody from figures that were shown."""
    nothing = {name: [0] * size for name, size in SIZES.items()}
    released_ones = [picture(tally(one), nothing) or {"withheld": True} for one in quarters]
    rows = [Release(year=2026, quarter=number, tables=one) for number, one in enumerate(released_ones, 1)]
    found = incident_figure(rows, Year())
    for line, figure in [("total", found["figure"]), *found["rows"]]:
        parts = [one.get("total") if line == "total" else dict(one.get("kinds", [])).get(line) for one in released_ones]
        known = all(isinstance(plain, int) for plain in parts)
        assert isinstance(figure, int) == known
        assert not known or figure == sum(parts)
