import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from safeboard.documents.releases import suppress_again
from safeboard.documents.suppression import CannotProtect, suppress_table

from .attacker import attack_releases


@st.composite
def two_releases(draw):
    """True counts, and the same with a few changes."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(st.integers(0, 8) | st.sampled_from([0, 12, 40]), min_size=width, max_size=width)
    before = draw(st.lists(row, min_size=height, max_size=height))
    after = [list(r) for r in before]
    for _ in range(draw(st.integers(0, 3))):
        i, j = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        after[i][j] = max(0, after[i][j] + draw(st.integers(-2, 6)))
    return before, after


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(two_releases(), st.booleans(), st.booleans())
def test_two_releases_do_not_give_each_other_away(truths, sides, bottoms):
    before, after = truths
    published = suppress_table(before, row_totals=sides, column_totals=bottoms)
    try:
        again = suppress_again(after, before=before, published=published)
    except CannotProtect:
        assume(False)
    told = min(published.told, again.told)
    assert attack_releases((published, before), (again, after), told=told) == {}


def test_the_attacker_succeeds_where_each_release_is_made_alone():
    """Nothing was small in the row before; one report more shows itself by subtraction unless more is hidden."""
    before, after = [[0, 20, 14], [30, 40, 17]], [[1, 20, 14], [30, 40, 17]]
    published = suppress_table(before)
    alone = suppress_table(after)
    assert attack_releases((published, before), (alone, after))
    again = suppress_again(after, before=before, published=published)
    assert attack_releases((published, before), (again, after)) == {}
    assert again.row_totals[0].hidden
    assert again.rows[0][1].shown == "20"


def test_the_same_figures_again_are_shown_the_same():
    truth = [[3, 20, 14], [30, 40, 7]]
    published = suppress_table(truth)
    assert suppress_again(truth, before=truth, published=published) == published


def test_what_was_hidden_stays_hidden():
    before, after = [[3, 20], [30, 40]], [[9, 26], [36, 46]]
    published = suppress_table(before)
    assert suppress_table(after).hidden == 0
    assert suppress_again(after, before=before, published=published).hidden == 4


def test_a_release_that_would_undo_the_first_is_refused():
    before, after = [[1], [11], [9]], [[0], [11], [9]]
    published = suppress_table(before, row_totals=False)
    with pytest.raises(CannotProtect, match="Wait for more figures"):
        suppress_again(after, before=before, published=published)


def test_other_rows_are_no_later_release():
    with pytest.raises(ValueError, match="rows and columns"):
        suppress_again([[1, 2]], before=[[1], [2]], published=suppress_table([[1], [2]]))
