from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.documents import suppression
from safeboard.documents.suppression import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SENSITIVE_THRESHOLD,
    SUPPRESSED,
    CannotProtect,
    Count,
    Reason,
    count,
    percentage,
    rounded,
    suppress_linked,
    suppress_series,
    suppress_table,
)

from .attacker import attack

quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
small = st.integers(0, 8) | st.sampled_from([0, 1, 5, 6, 11, 40])


@st.composite
def grids(draw, rows=4, columns=4, cell=small):
    width = draw(st.integers(1, columns))
    return draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=rows))


def words(counts):
    return [c.shown for c in counts]


@pytest.mark.parametrize(
    ("value", "threshold", "seen"),
    [(0, 5, "0"), (1, 5, "c"), (5, 5, "c"), (6, 5, "6"), (10, 10, "c"), (11, 10, "11"), (1234, 5, "1,234")],
)
def test_one_count(value, threshold, seen):
    assert count(value, threshold=threshold).shown == seen


def test_a_hidden_count_holds_no_value_and_does_not_say_why_it_is_hidden():
    table = suppress_table([[3, 20], [30, 40]])
    hidden = [c for row in table.rows for c in row if c.hidden]
    assert len(hidden) == 4
    assert set(hidden) == {Count("c", None, Reason.SUPPRESSED)}


def test_missing_figures_keep_their_sign():
    table = suppress_table([[None, NOT_APPLICABLE, 12], [NOT_AVAILABLE, 9, 7]])
    assert words(table.rows[0]) == [":", "z", "12"]
    assert words(table.row_totals) == ["12", "16"]


def test_a_series_hides_the_smallest_other():
    table = suppress_series([3, 20, 0, 9])
    assert words(table.rows[0]) == ["c", "20", "0", "c"]
    assert table.total.shown == "32"
    assert words(suppress_series([3, 20], total=False).rows[0]) == ["c", "20"]


def test_a_sum_that_leaves_one_way_is_hidden_further():
    """Five and five are small, and ten can only be five and five."""
    assert words(suppress_series([5, 5, 7]).rows[0]) == ["c", "c", "c"]
    assert words(suppress_series([5, 4, 7]).rows[0]) == ["c", "c", "7"]


def test_nought_is_always_shown():
    table = suppress_table([[0, 3], [0, 50]])
    assert [row[0].shown for row in table.rows] == ["0", "0"]
    assert not attack([table], [[[0, 3], [0, 50]]])


def test_nothing_is_hidden_without_need():
    assert suppress_table([[6, 20], [0, 40]]).hidden == 0


def test_the_higher_threshold():
    assert words(suppress_series([8, 30, 40], threshold=SENSITIVE_THRESHOLD).rows[0]) == ["c", "c", "40"]


@pytest.mark.parametrize("cells", [[[-1]], [[True]], [[1.5]], [["3"]], [[1], [1, 2]], [], [[]], [[SUPPRESSED]]])
def test_what_is_no_table_of_counts(cells):
    with pytest.raises(ValueError, match=r"[Cc]ount|table"):
        suppress_table(cells)


def test_a_threshold_that_hides_nothing():
    with pytest.raises(ValueError, match="threshold"):
        suppress_table([[1]], threshold=1)


def without_secondary(monkeypatch):
    monkeypatch.setattr(suppression, "protect", lambda net: ([], net.told))


def test_the_attacker_succeeds_without_the_second_step(monkeypatch):
    truth = [[3, 20, 14], [30, 40, 7], [12, 9, 2]]
    assert not attack([suppress_table(truth)], [truth])
    without_secondary(monkeypatch)
    caught = attack([suppress_table(truth)], [truth])
    assert caught[("", 0, 0, 0)] == 3
    assert caught[("", 0, 2, 2)] == 2


def test_the_attacker_succeeds_on_a_sum_of_small_counts(monkeypatch):
    without_secondary(monkeypatch)
    caught = attack([suppress_series_with_side([5, 5, 7])], [[[5, 5, 7]]])
    assert sorted(caught.values())[:2] == [5, 5]


def suppress_series_with_side(values):
    return suppress_table([values], column_totals=False)


@quick
@given(grids(), st.booleans(), st.booleans(), st.sampled_from([2, 5, 10]))
def test_no_hidden_figure_can_be_worked_out(truth, sides, bottoms, threshold):
    table = suppress_table(truth, row_totals=sides, column_totals=bottoms, threshold=threshold)
    assert table.told > 0
    assert attack([table], [truth], told=table.told) == {}


@quick
@given(grids(rows=3, columns=3, cell=st.integers(0, 8)))
def test_every_small_count_is_hidden_and_every_nought_shown(truth):
    table = suppress_table(truth)
    for seen, value in zip((c for row in table.rows for c in row), (v for r in truth for v in r), strict=True):
        assert seen.shown == "c" if 1 <= value <= 5 else seen.shown in ("c", str(value))
        assert value or seen.shown == "0"


def test_every_table_of_two_by_two():
    """All of them with the telling values, not a sample."""
    for a, b, c, d in product([0, 1, 5, 6, 7], repeat=4):
        truth = [[a, b], [c, d]]
        assert attack([suppress_table(truth)], [truth]) == {}, truth


@st.composite
def linked(draw):
    """Tables with the same column totals: each dealt out afresh from the same sums."""
    sums = draw(st.lists(st.integers(0, 25), min_size=1, max_size=3))
    tables = []
    for _ in range(draw(st.integers(2, 3))):
        columns = []
        height = 3
        for total in sums:
            cuts = sorted(draw(st.lists(st.integers(0, total), min_size=height - 1, max_size=height - 1)))
            columns.append([b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)])
        tables.append([list(row) for row in zip(*columns, strict=True)])
    return tables


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(linked(), st.booleans())
def test_linked_tables_do_not_give_each_other_away(truths, sides):
    tables = suppress_linked(truths, row_totals=sides)
    assert attack(tables, truths, told=tables[0].told) == {}
    assert len({t.column_totals for t in tables}) == 1


def test_apart_linked_tables_give_each_other_away():
    """A quarter's total that one table hides and another shows is no secret."""
    by_kind, by_agency = [[2, 30], [2, 0]], [[4, 15], [0, 15]]
    tables = suppress_linked([by_kind, by_agency])
    assert {t.column_totals[0].shown for t in tables} == {"c"}
    assert attack(tables, [by_kind, by_agency]) == {}


def test_where_a_reader_who_is_told_too_much_cannot_be_held_off():
    """Five ones against one five: told that all are small, their total can only be five."""
    truths = [[[1, 9]] * 5, [[5, 45]]]
    tables = suppress_linked(truths)
    assert tables[0].told == 0
    assert attack(tables, truths, told=0) == {}
    assert attack(tables, truths, told=1) != {}


def test_linked_tables_must_add_up():
    with pytest.raises(ValueError, match="Table 2"):
        suppress_linked([[[1, 2]], [[1, 3]]])


def test_a_table_of_three_hundred_agencies_is_quick():
    truth = [[(i * 7 + j * 3) % 11 for j in range(8)] for i in range(300)]
    table = suppress_table(truth)
    assert table.column_totals[0].value == sum(row[0] for row in truth)


@pytest.mark.parametrize(("value", "seen"), [(0, "0"), (3, "c"), (6, "10"), (14, "10"), (15, "20"), (1004, "1,000")])
def test_public_totals(value, seen):
    assert rounded(value).shown == seen


def test_rounding_keeps_what_is_hidden():
    table = suppress_table([[3, 20], [30, 41]]).with_rounded_totals()
    assert words(table.row_totals) == ["20", "70"]
    assert table.total.value == 90
    assert rounded(SUPPRESSED) is SUPPRESSED


def test_percentages_follow_their_counts():
    assert percentage(Count("7", 7), Count("16", 16)).shown == "44%"
    assert percentage(Count("1", 1), Count("8", 8), places=1).value == Decimal("12.5")
    assert percentage(SUPPRESSED, Count("8", 8)).shown == "c"
    assert percentage(Count("8", 8), SUPPRESSED).reason is Reason.SUPPRESSED
    assert percentage(Count("0", 0), Count("0", 0)).shown == "z"
    assert percentage(count(None), Count("8", 8)).shown == ":"


def test_what_cannot_be_protected_is_refused(monkeypatch):
    monkeypatch.setattr(suppression, "protect", lambda net: ([(0, (0, 0))], net.told))
    with pytest.raises(CannotProtect):
        suppress_table([[1]])
