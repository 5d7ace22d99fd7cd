"""The meeting of the subgroup that these tests are about, and the officer who looks after it."""

import pytest

from safeboard.meetings.tests.factories import planned, subgroup


@pytest.fixture
def by(cast):
    return cast.access_for(cast.board_officer)


@pytest.fixture
def meeting(cast):
    subgroup(cast)
    return planned(cast)


@pytest.fixture
def opened(cast, meeting):
    with cast.wall_of(cast.board_officer):
        yield
