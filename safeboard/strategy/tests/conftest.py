"""Who writes documents, and who reads them, for the tests of this room."""

from __future__ import annotations

import pytest

from .documents import Reader


@pytest.fixture
def officer(cast):
    """The board's officer, with the board's wall open."""
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


@pytest.fixture
def as_lead(cast):
    """A function that does something as an agency's lead, behind the agency's wall."""

    def do(function, name="lead", **given):
        person = getattr(cast, name)
        with cast.wall_of(person):
            return function(by=cast.access_for(person), **given)

    return do


@pytest.fixture
def desk(cast) -> Reader:
    """The board's officer at a browser."""
    return Reader(cast, "board_officer")


@pytest.fixture
def agency_desk(cast) -> Reader:
    """An agency's lead at a browser."""
    return Reader(cast, "lead")
