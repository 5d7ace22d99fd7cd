"""Every route, method by method, asked by every kind of person: each answer is the one of the table."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, resolve

from safeboard.web import trimmed
from tests.architecture import expected, gaps
from tests.architecture.addresses import routes
from tests.architecture.conftest import Watch
from tests.architecture.matrix import THOROUGH, asked
from tests.architecture.viewers import KINDS

pytestmark = pytest.mark.django_db
# Of the other agency one is enough: the rest are there for what they have written.
TWICE = {"other_staff", "other_designated_officer"}
EVERYBODY = ["anonymous", "no_factor", *(name for name in KINDS if name not in TWICE)]
CUTTERS = ["lead", "staff", "infrastructure", "inspector", "board_officer", "board_inspector", "administrator"]


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_route_answers_as_the_table_says(watch: Watch, name: str):
    viewer, whole = watch.viewers[name], name in THOROUGH
    wrong = [one for route in routes() for one in asked(watch.browser, watch.world, route, viewer, thorough=whole)]
    assert wrong == [], "\n".join(wrong)


def test_no_line_of_the_table_is_stale():
    there = {route.name: route for route in routes()}
    assert sorted(set(expected.ROUTES) - set(there)) == [], "there is no such route: take it out of expected.py"
    assert sorted(gaps.SHOWN_TO_ANYBODY - set(there) - {"openid_connect_login", "openid_connect_callback"}) == []


def cut_short() -> list[str]:
    """The beginnings of addresses that are no page's, without gaps: what is left of one that was cut short."""
    return [f"/{one}" for one in trimmed.beginnings() if "<" not in one and not _answers(f"/{one}")]


def _answers(path: str) -> bool:
    try:
        mark = getattr(resolve(path).func, "page_mark", None)
    except Resolver404:
        return False
    assert mark is None or "GET" in mark.methods, f"{path} takes what a form sends alone: give it another address"
    return True


@pytest.mark.parametrize("name", CUTTERS)
def test_an_address_cut_short_leads_to_a_page_that_the_person_may_open(watch: Watch, name: str):
    viewer, led = watch.viewers[name], {}
    for path in cut_short():
        answer = watch.browser.ask(viewer, "GET", path)
        if path.removeprefix("/").startswith(trimmed.LEFT):
            assert answer.status == 404, path
        else:
            led.setdefault(answer.location, path)
    astray = [f"{led[to]}: {to}" for to in led if not to or watch.browser.ask(viewer, "GET", to).status != 200]
    assert astray == [], "say where it leads in web/navigation.py (under), or give it a page:\n" + "\n".join(astray)


def test_no_address_that_is_left_alone_is_stale():
    assert [one for one in trimmed.LEFT if not any(cut.startswith(f"/{one}") for cut in cut_short())] == []
