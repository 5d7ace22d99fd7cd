"""Visitors of one process are answered in turn, and nobody waits long for another."""

import threading
from collections.abc import Callable

import pytest

from safeboard.web import turns
from safeboard.web.turns import Turns

PATIENCE = 10


class Desk:
    """An application that says who is being answered, and answers each when told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_end = {name: threading.Event() for name in "abc"}
        self.came = {name: threading.Event() for name in "abc"}
        self.turns = Turns(self._answer)

    def _answer(self, environ, start_response):
        name = environ["name"]
        self.begun.append(name)
        self.came[name].set()
        assert self.may_end[name].wait(PATIENCE)
        return [name.encode()]

    def visit(self, name: str) -> threading.Thread:
        """Somebody comes; they are being answered or stand in the queue when this is over."""
        standing = len(self.turns._waiting)
        visitor = threading.Thread(target=self.turns, args=({"name": name}, None))
        visitor.start()
        wait_until(lambda: self.came[name].is_set() or len(self.turns._waiting) > standing)
        return visitor


def wait_until(so: Callable[[], bool]) -> None:
    looking = threading.Event()
    for _look in range(PATIENCE * 1000):
        if so():
            return
        looking.wait(0.001)
    raise AssertionError("it did not come about")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def unhurried(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", PATIENCE)


def test_visitors_are_answered_one_after_the_other_in_the_order_in_which_they_came(desk, unhurried):
    visitors = [desk.visit(name) for name in "abc"]
    assert desk.begun == ["a"]
    for name in "abc":
        desk.may_end[name].set()
    for visitor in visitors:
        visitor.join(PATIENCE)
    assert desk.begun == ["a", "b", "c"]


def test_nobody_waits_long_for_one_who_waits_for_something_else(desk, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    slow, quick = desk.visit("a"), desk.visit("b")
    desk.may_end["b"].set()
    quick.join(PATIENCE)
    assert desk.begun == ["a", "b"]
    assert (quick.is_alive(), slow.is_alive()) == (False, True)
    desk.may_end["a"].set()
    slow.join(PATIENCE)


def test_one_who_went_without_a_turn_gives_none_away(desk, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    slow, quick = desk.visit("a"), desk.visit("b")
    desk.may_end["b"].set()
    quick.join(PATIENCE)
    monkeypatch.setattr(turns, "LONGEST", PATIENCE)
    third = desk.visit("c")
    assert desk.begun == ["a", "b"]  # the turn is still the first one's
    for name in "ac":
        desk.may_end[name].set()
    slow.join(PATIENCE)
    third.join(PATIENCE)
    assert desk.begun == ["a", "b", "c"]


def test_an_error_gives_the_turn_back(unhurried):
    def broken(environ, start_response):
        raise ConnectionError("the database is away")

    in_turn = Turns(broken)
    for _visit in range(2):
        with pytest.raises(ConnectionError):
            in_turn({}, None)
