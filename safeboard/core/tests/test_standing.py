from datetime import date

import pytest

from safeboard.core import standing
from safeboard.core.access import job_access

BY, SINCE = job_access("test"), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _own_list(monkeypatch):
    monkeypatch.setattr(standing, "_ITEMS", {})


def test_items_come_in_their_order_and_tell_their_lines():
    standing.standing_item("late", "What is late", 20)(lambda access, since: [])

    @standing.standing_item("serious", "What happened", 10)
    def told(access, since):
        yield standing.Line(f"since {since}", "/incidents/", "3")

    first, second = standing.standing_items()
    assert (first.name, second.name) == ("serious", "late")
    assert first.lines(BY, SINCE) == [standing.Line("since 2026-09-01", "/incidents/", "3")]
    assert second.lines(BY, SINCE) == []


def test_the_same_name_again_replaces_it():
    for title in ("before", "after"):
        standing.standing_item("one", title, 1)(lambda access, since: [])
    assert [item.title for item in standing.standing_items()] == ["after"]
