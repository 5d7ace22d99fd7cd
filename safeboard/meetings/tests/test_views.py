"""Every page opens for who runs the meetings; readers read and change nothing."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.meetings import operations
from safeboard.meetings.models import Work
from safeboard.meetings.queries import home_rows
from safeboard.meetings.tests.factories import held, item_of, planned, subgroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast):
    return subgroup(cast)


def test_the_pages_of_the_subgroup_open(cast, people):
    client = cast.client_for(cast.board_officer)
    year = timezone.localdate().year
    for name, args in (
        ("subgroup", []),
        ("member-add", []),
        ("member", [people["core"].pk]),
        ("member-end", [people["core"].pk]),
        ("jobs", []),
        ("terms", []),
        ("officer", []),
        ("work-add", []),
        ("officer-paper", [year, "xlsx"]),
        ("report", []),
        ("meetings", []),
        ("calendar", []),
        ("meeting-add", []),
    ):
        assert client.get(reverse(f"meetings:{name}", args=args)).status_code == 200, name


def test_the_pages_of_a_meeting_open(cast, people):
    meeting = held(cast, people)
    item = item_of(cast, meeting)
    client = cast.client_for(cast.board_officer)
    for name in ("meeting", "meeting-change", "meeting-cancel", "invitation", "answer", "attendance", "interest"):
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200, name
    for name in ("item", "paper-add", "decide", "action"):
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk, item.pk])).status_code == 200, name
    assert client.get(reverse("meetings:minutes", args=[meeting.pk])).status_code == 200
    assert client.get(reverse("meetings:minutes-paper", args=[meeting.pk, "docx"])).status_code == 200


def test_a_page_over_many_rows_asks_as_often_as_over_one(cast, people, django_assert_max_num_queries):
    client = cast.client_for(cast.board_officer)
    counts = []
    for number in (1, 2):
        for _more in range(number):
            meeting = held(cast, people, title=f"Meeting {number}")
            for title in ("One", "Two")[:number]:
                item = item_of(cast, meeting, title)
                with cast.wall_of(cast.board_officer):
                    by = cast.access_for(cast.board_officer)
                    operations.take_decision(by=by, item=item, text="Yes")
                    operations.take_action(by=by, source=item, title="Do it", due_on=timezone.localdate())
        found = []
        for address in (
            reverse("meetings:subgroup"),
            reverse("meetings:meetings"),
            reverse("meetings:meeting", args=[meeting.pk]),
            reverse("meetings:minutes", args=[meeting.pk]),
            reverse("meetings:report"),
        ):
            with django_assert_max_num_queries(20) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15


def test_the_home_page_asks_who_was_invited_and_who_runs_it_for_the_minutes(cast, people):
    meeting = planned(cast, days=40)
    item_of(cast, meeting)
    planned(cast, days=-2, title="Not minuted")
    with cast.wall_of(cast.board_officer):
        operations.call_meeting(by=cast.access_for(cast.board_officer), meeting=meeting)
        rows = home_rows(cast.access_for(cast.board_officer))
    with cast.wall_of(cast.subgroup_member):
        others = home_rows(cast.access_for(cast.subgroup_member))
    assert [(one.word, one.colour) for one in rows] == [("No minutes yet", "red"), ("Are you coming?", "yellow")]
    assert [one.text for one in others] == ["Autumn meeting"]


def test_calendar_files_bear_the_meeting_s_key_and_its_changes(cast, people):
    meeting = planned(cast)
    client = cast.client_for(cast.subgroup_member)
    text = client.get(reverse("meetings:invitation", args=[meeting.pk])).content.decode()
    assert f"UID:{meeting.key}@safeboard" in text.replace("\r\n ", "")
    assert "SEQUENCE:0" in text
    assert "METHOD:PUBLISH" in text
    with cast.wall_of(cast.board_officer):
        operations.cancel_meeting(by=cast.access_for(cast.board_officer), meeting=meeting, why="Snow")
    text = client.get(reverse("meetings:invitation", args=[meeting.pk])).content.decode()
    assert "SEQUENCE:1" in text
    assert "METHOD:CANCEL" in text
    assert "STATUS:CANCELLED" in text


def test_an_entry_of_the_officer_s_work_is_taken_out_after_a_question(cast):
    with cast.wall_of(cast.board_officer):
        day = timezone.localdate()
        Work.objects.create(board=cast.board, on=day, aspect="policy", minutes=30, what="Wrote it")
        url = reverse("meetings:work-strike", args=[Work.objects.get().pk])
    client = cast.client_for(cast.board_officer)
    page = client.get(url).content.decode()
    assert ("Take this entry out?" in page, "Wrote it" in page, "Keep it" in page) == (True, True, True)
    with cast.wall_of(cast.board_officer):
        assert Work.objects.count() == 1, "asking changes nothing"
    assert client.post(url).url == f"{reverse('meetings:officer')}?year={day.year}"
    with cast.wall_of(cast.board_officer):
        assert Work.objects.count() == 0


def test_minutes_in_word_say_what_was_decided_and_by_when(cast, people):
    meeting = held(cast, people, came=1)
    item = item_of(cast, meeting)
    with cast.wall_of(cast.board_officer):
        by = cast.access_for(cast.board_officer)
        operations.write_minute(by=by, item=item, text="It was talked over.", edition=0)
        operations.take_decision(by=by, item=item, text="We buy it")
        operations.take_action(by=by, source=item, title="Buy it", due_on=timezone.localdate())
    answer = cast.client_for(cast.board_inspector).get(reverse("meetings:minutes-paper", args=[meeting.pk, "docx"]))
    file = docx.Document(io.BytesIO(answer.content))
    said = [one.text for one in file.paragraphs]
    assert "Decision D1: We buy it (no quorum)" in said
    assert {"Draft: not approved yet", "It was talked over.", "This was no quorum."} <= set(said)
    assert file.tables[0].rows[1].cells[0].text == "Buy it"
    assert (file.core_properties.author, file.core_properties.title) == ("", "Minutes: Held")
