"""A process beside this one: what it makes, what it cannot make, what it wants to know, and its end."""

import sys

import pytest

from safeboard.core.beside import Beside

MAKER = """
from multiprocessing.connection import Connection
from safeboard.core.beside import answer, wanted
line = Connection(0)
calls = {"half": lambda n: 1 / n, "name": lambda key: "Mx " + wanted(line, key), "end": lambda: exit(1)}
answer(line, calls, idle=60)
"""


class NotMade(Exception):
    """It cannot be made."""


@pytest.fixture
def maker():
    """One that makes what MAKER says, and asks for names."""
    made = Beside("none", patience=20, failed=NotMade, give={"a": "Ash", "b": "Birch"}.get)
    made.command = [sys.executable, "-c", MAKER]
    yield made
    made.stop()


def test_it_makes_what_is_asked_for_and_asks_for_what_it_wants(maker):
    assert (maker.ask("half", 2), maker.ask("name", key="a"), maker.ask("name", "b")) == (0.5, "Mx Ash", "Mx Birch")


def test_what_cannot_be_made_is_told_and_the_next_is_made_by_the_same_process(maker):
    with pytest.raises(NotMade, match="division by zero"):
        maker.ask("half", 0)
    with pytest.raises(NotMade, match="nothing"):
        maker.ask("nothing")
    before = maker.process
    assert (maker.ask("half", 4), maker.process is before) == (0.25, True)


def test_where_it_ends_in_the_middle_twice_that_is_told_and_whoever_asks_next_is_answered(maker):
    with pytest.raises(NotMade, match="twice"):
        maker.ask("end")
    assert maker.ask("half", 8) == 0.125
