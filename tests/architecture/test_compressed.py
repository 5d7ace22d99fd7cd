"""What comes compressed shows no word of a field that is classified as confidential, to whoever may open it."""

from __future__ import annotations

import re

import pytest

from safeboard.core.privacy import classified
from safeboard.web.compressed import PAGES, ROOMS
from tests.architecture.addresses import routes
from tests.architecture.conftest import Watch
from tests.architecture.matrix import targets
from tests.architecture.planting import SEALED
from tests.architecture.test_models import ours

pytestmark = pytest.mark.django_db
PLANTED = re.compile(r"zq[a-z]{5}qz (\w+) (\w+)")


def confidential() -> set[tuple[str, str]]:
    """Model and field, as they stand behind a planted word."""
    return {
        (model._meta.model_name or "", name)
        for model in ours()
        for name, kind in classified(model).items()
        if kind == "confidential"
    }


def shown(watch: Watch) -> tuple[set[str], set[str]]:
    """The compressed pages that somebody reached; and those on which a confidential word stands, with the field."""
    hidden, reached, found = confidential(), set(), set()
    for route in routes():
        if "GET" not in route.methods or not (route.name in PAGES or route.name.partition(":")[0] in ROOMS):
            continue
        for target in targets(watch.world, route):
            for viewer in watch.viewers.values():
                response = watch.browser.ask(viewer, "GET", target.path).response
                if response.status_code != 200 or response.streaming:
                    continue
                text = response.content.decode(errors="replace")
                reached.add(route.name)
                found |= {f"{route.name}: {' '.join(one)}" for one in PLANTED.findall(text) if one in hidden}
                found |= {f"{route.name}: sealed"} if SEALED in text else set()
    return reached, found


def test_no_confidential_word_stands_on_a_compressed_page(watch: Watch):
    reached, found = shown(watch)
    assert found == set()
    assert set(PAGES) <= reached


def test_the_look_bites(watch: Watch, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.architecture.test_compressed.ROOMS", set())
    monkeypatch.setattr("tests.architecture.test_compressed.PAGES", {"incidents:record"})
    assert {"incidents:record: sealed", "incidents:record: incident narrative"} <= shown(watch)[1]
