"""Every route, method by method, asked by every kind of person: each answer is the one of the table."""

from __future__ import annotations

import pytest

from tests.architecture import expected, gaps
from tests.architecture.addresses import routes
from tests.architecture.conftest import Watch
from tests.architecture.matrix import THOROUGH, asked
from tests.architecture.viewers import KINDS

pytestmark = pytest.mark.django_db
# Of the other agency one is enough: the rest are there for what they have written.
TWICE = {"other_staff", "other_designated_officer"}
EVERYBODY = ["anonymous", "no_factor", *(name for name in KINDS if name not in TWICE)]


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_route_answers_as_the_table_says(watch: Watch, name: str):
    viewer, whole = watch.viewers[name], name in THOROUGH
    wrong = [one for route in routes() for one in asked(watch.browser, watch.world, route, viewer, thorough=whole)]
    assert wrong == [], "\n".join(wrong)


def test_no_line_of_the_table_is_stale():
    there = {route.name: route for route in routes()}
    assert sorted(set(expected.ROUTES) - set(there)) == [], "there is no such route: take it out of expected.py"
    assert sorted(gaps.SHOWN_TO_ANYBODY - set(there) - {"openid_connect_login", "openid_connect_callback"}) == []
