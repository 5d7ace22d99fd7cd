"""What is laid down again is what was made: the same rows, the same numbers, the same things."""

import pytest
from django.db import connection, transaction

from safeboard.accounts.models import Person
from safeboard.partnership.models import Board
from safeboard.partnership.tests.factories import BoardFactory, PersonFactory
from tests.support.rows import laid_again

pytestmark = pytest.mark.django_db


def rows(*models):
    return [list(model.objects.order_by("pk").values()) for model in models]


def made_and_undone(make, *models):
    with transaction.atomic():
        thing = make()
        found = rows(*models)
        transaction.set_rollback(True)
    return thing, found


@pytest.fixture
def make():
    times = []

    @laid_again
    def make():
        times.append(1)
        return BoardFactory(name="Østmarch ’n’ % %s"), PersonFactory(name='It\'s; "quoted"\nand broken')

    make.times = times
    return make


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere all is made anew each time")
def test_the_second_time_the_same_rows_are_laid_down(make):
    first, second = made_and_undone(make, Board, Person), made_and_undone(make, Board, Person)
    assert first == second
    assert [vars(one)["name"] for one in first[0]] == [vars(one)["name"] for one in second[0]]
    assert len(make.times) == 1


def test_elsewhere_all_is_made_anew(make, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    made_and_undone(make)
    board, person = make()
    assert len(make.times) == 2
    assert [*Board.objects.all(), *Person.objects.all()] == [board, person]


def test_what_stands_there_already_stays_and_all_is_made_beside_it(make):
    made_and_undone(make)
    board = BoardFactory(name="Northmarch")
    make()
    assert Board.objects.count() == 2
    assert Board.objects.get(pk=board.pk).name == "Northmarch"
    assert len(make.times) == 2


def test_what_comes_after_gets_a_number_of_its_own(make):
    made_and_undone(make)
    board, _person = make()
    assert BoardFactory().pk > board.pk
