"""The made-up county's subgroup has met twice and meets again."""

from __future__ import annotations

from datetime import date

import pytest

from safeboard.core import wall
from safeboard.meetings.models import Decision, Meeting
from safeboard.web.demonstration import NEIGHBOUR, make_county
from safeboard.web.demonstration.subgroup import make_subgroup


@pytest.mark.django_db
def test_the_subgroup_meets():
    county = make_county(
        area="Testmere", name="Testmere Board", pack="england-2026", size=NEIGHBOUR, seed=1, today=date(2026, 3, 3)
    )
    assert make_subgroup(county) == 3
    with wall.open_for(boards=[county.board.pk]):
        states = Meeting.objects.order_by("starts_at").values_list("state", "approved_on")
        assert [(state, bool(approved)) for state, approved in states] == [
            ("held", True),
            ("held", False),
            ("called", False),
        ]
        assert [one.quorate for one in Decision.objects.all()] == [True, True]
