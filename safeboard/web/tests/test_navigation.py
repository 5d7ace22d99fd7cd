"""The navigation: what it shows hangs on who looks and where they are, also where a process has kept it."""

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from safeboard.core.access import Access, Place, PlaceKind
from safeboard.core.roles import Role
from safeboard.web.context import safeboard

AGENCY, BOARD = Place(PlaceKind.AGENCY, 1, "Thornmere School"), Place(PlaceKind.BOARD, 1, "Wexcombe")
PATHS = ("/", "/incidents/", "/incidents/calendar/", "/incidents/12/", "/logs/", "/plan/", "/help/")


def shown(place: Place | None, role: Role, path: str) -> str:
    request = RequestFactory().get(path)
    request.access = Access(person=None, place=place, roles=frozenset({role}))
    return render_to_string("web/_navigation.html", safeboard(request), request=None)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["process"].clear()
    yield
    caches["process"].clear()


def test_what_a_process_keeps_is_shown_to_nobody_for_whom_it_would_be_another():
    ways = [(place, role, path) for place in (AGENCY, BOARD, None) for role in Role for path in PATHS]
    kept = [shown(*way) for way in ways]
    for way, navigation in zip(ways, kept, strict=True):
        caches["process"].clear()
        assert shown(*way) == navigation, way
    assert len(set(kept)) > len(Role)


def test_it_is_kept_in_the_language_it_was_made_in(monkeypatch):
    english = shown(AGENCY, Role.STAFF, "/")
    monkeypatch.setattr(
        "django.utils.translation.trans_real.DjangoTranslation.gettext", lambda self, text: text.upper()
    )
    with translation.override("cy"):
        other = shown(AGENCY, Role.STAFF, "/")
    assert "Report an incident" in english
    assert "REPORT AN INCIDENT" in other


def test_without_a_place_there_is_none():
    assert shown(None, Role.STAFF, "/").strip() == ""
