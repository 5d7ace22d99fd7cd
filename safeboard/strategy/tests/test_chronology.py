"""What changed, word by word; and what was done, by date."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.documents.sheets import workbook
from safeboard.strategy.models import Event
from safeboard.strategy.operations.chronology import write_event
from safeboard.strategy.queries.chronology import day_said, table_of
from safeboard.strategy.queries.documents_diff import between
from safeboard.strategy.timeline import draw

from .documents import Reader, day, only, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b c", "a x c", [("same", "a "), ("gone", "b"), ("added", "x"), ("same", " c")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("gone", "old")]),
        ("one two three", "four five three", [("gone", "one two"), ("added", "four five"), ("same", " three")]),
        ("it’s here.", "it’s there.", [("same", "it’s "), ("gone", "here"), ("added", "there"), ("same", ".")]),
    ],
)
def test_words_that_differ(before, after, pieces):
    assert [(one.how, one.words) for one in between(before, after)] == pieces


def test_a_very_long_text_is_shown_whole():
    assert [one.how for one in between("a " * 4000, "b " * 4000)] == ["gone", "added"]


@pytest.mark.parametrize(
    ("on", "until", "month_only", "words"),
    [
        ((2005, 12, 1), None, True, "December 2005"),
        ((2006, 2, 3), None, False, "3 February 2006"),
        ((2006, 7, 24), (2006, 7, 25), False, "24 and 25 July 2006"),
        ((2006, 10, 23), (2006, 11, 6), False, "23 October to 6 November 2006"),
        ((2007, 4, 1), (2007, 5, 1), True, "April to May 2007"),
        ((2006, 12, 30), (2007, 1, 2), False, "30 December 2006 to 2 January 2007"),
    ],
)
def test_dates_are_said_as_a_person_says_them(on, until, month_only, words):

    event = Event(on=date(*on), until=date(*until) if until else None, month_only=month_only)
    assert day_said(event) == words


def test_lines_by_hand_are_written_put_right_and_deleted(cast, desk):
    today = timezone.localdate()
    desk.get("event-new")
    key = uuid.uuid4()
    for _twice in range(2):
        page = desk.post(
            "event-new", what="Stall at the summer fair", kind="campaign", form_key=key, **day("on", today)
        )
    assert page.count("Stall at the summer fair</td>") == 1
    row = only(cast, Event)
    page = desk.post(
        "event",
        row.key,
        what="Stall at the fair",
        kind="campaign",
        **day("on", today),
        **day("until", today - timedelta(days=1)),
    )
    assert "The last day lies before the first" in page
    assert "Stall at the fair" in desk.post(
        "event", row.key, what="Stall at the fair", kind="campaign", **day("on", today)
    )
    assert "Nothing fits this filter" in desk.get("chronology", kind="meeting")
    assert "Stall at the fair" in desk.get("chronology", kind="campaign", year=today.year)
    assert "The line is gone" in desk.post("event-delete", row.key)


def test_a_line_that_a_record_wrote_stays(cast, desk):
    desk.do(published)
    row = only(cast, Event, what__contains="ratified")
    desk.get("event", row.key, status=404)
    desk.post("event-delete", row.key, status=404)


def test_the_chronology_is_drawn_and_printed(cast, desk):
    today = timezone.localdate()
    for at in range(3):
        desk.do(
            lambda by, at=at: write_event(by=by, on=today - timedelta(days=200 * at), kind="meeting", what=f"Met {at}")
        )
    with cast.wall_of(cast.board_officer):
        rows = list(Event.objects.all())
    picture = draw(rows, "Chronology")
    assert picture.count("<path") == 3
    assert "3 lines between" in picture
    assert workbook([table_of(rows, "Chronology")], title="Chronology").startswith(b"PK")
    for ending in ("docx", "xlsx"):
        answer = desk.client.get(reverse("strategy:chronology-file", args=[ending]))
        assert answer.content.startswith(b"PK")
    assert desk.client.get(reverse("strategy:chronology-file", args=["pdf"])).status_code in (200, 202)
    Reader(cast, "lead").get("chronology", status=403)
