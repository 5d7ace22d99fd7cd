"""Random tables with their margins are attacked by linear programming: no hidden figure can be only one number."""

from __future__ import annotations

import random

import pytest

from safeboard.documents import suppression
from safeboard.documents.releases import suppress_again
from safeboard.documents.suppression import CannotProtect, suppress_linked, suppress_table

from .solver import Reader, read_table

EVERYDAY, NIGHTLY = 2000, 10_000
CELLS = (0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 41)


def random_table(chance, *, rows=None, width=None):
    """True counts, small ones among them."""
    height, across = rows or chance.randint(1, 5), width or chance.randint(1, 4)
    return [[chance.choice(CELLS) for _ in range(across)] for _ in range(height)]


def dealt_again(chance, cells):
    """Another table of the same matters: the same column totals, dealt to other rows."""
    height = chance.randint(2, 3)
    columns = []
    for total in (sum(column) for column in zip(*cells, strict=True)):
        cuts = sorted(chance.randint(0, total) for _ in range(height - 1))
        columns.append([b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)])
    return [list(row) for row in zip(*columns, strict=True)]


def whole_table(chance):
    """A table with its margins, all of them or some."""
    sides, bottoms = chance.choice([(True, True), (True, True), (True, False), (False, True)])
    table = suppress_table(random_table(chance), row_totals=sides, column_totals=bottoms)
    reader = Reader()
    read_table(reader, table)
    return reader


def two_filters(chance):
    """The same matters filtered in two ways, under one total: what one hides the other must not show."""
    first = random_table(chance, rows=chance.randint(2, 4), width=chance.randint(1, 3))
    tables = suppress_linked([first, dealt_again(chance, first)], row_totals=chance.random() < 0.5)
    reader = Reader()
    for number, table in enumerate(tables):
        read_table(reader, table, number, total="both")
    return reader


def two_releases(chance):
    """A table, and the same after a few changes, of which the reader knows which figures moved."""
    before = random_table(chance)
    after = [list(row) for row in before]
    for _ in range(chance.randint(0, 3)):
        row = chance.choice(after)
        place = chance.randrange(len(row))
        row[place] = max(0, row[place] + chance.randint(-2, 6))
    published = suppress_table(before)
    try:
        again = suppress_again(after, before=before, published=published)
    except CannotProtect:
        return Reader()
    reader = Reader()
    read_table(reader, published, "before")
    read_table(reader, again, "after")
    for i, row in enumerate(before):
        for j, value in enumerate(row):
            if after[i][j] == value:
                reader.equations.append(({("before", i, j): 1, ("after", i, j): -1}, 0))
    return reader


def attacked(many, seed):
    """What a reader works out of so many random publications: six of ten whole tables, two each of the others."""
    chance = random.Random(seed)
    kinds = [whole_table] * 6 + [two_filters] * 2 + [two_releases] * 2
    found = []
    for number in range(many):
        kind = kinds[number % len(kinds)]
        caught = kind(chance).caught()
        if caught:
            found.append((kind.__name__, number, caught))
    return found


@pytest.mark.parametrize("part", range(2))
def test_no_hidden_figure_can_be_only_one_number(part):
    assert attacked(EVERYDAY // 2, 2026 + part) == []


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(4))
def test_no_hidden_figure_can_be_only_one_number_at_length(part):
    assert attacked(NIGHTLY // 4, 90_000 + part) == []


def test_the_reader_succeeds_where_only_small_counts_are_hidden(monkeypatch):
    monkeypatch.setattr(suppression, "protect", lambda net: ([], net.told))
    found = attacked(60, 1)
    assert len(found) > 20
    assert {kind for kind, _number, _caught in found} >= {"whole_table", "two_filters"}


def test_the_reader_finds_the_true_number():
    reader = Reader()
    for name, figure in (("a", "c"), ("b", 20), ("all", 23)):
        reader.reads(name, figure)
    reader.adds(["a", "b"], "all")
    assert reader.caught() == {"a": 3}
