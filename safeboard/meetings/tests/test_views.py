"""Every page opens for who runs the meetings; readers read and change nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.meetings import operations
from safeboard.meetings.tests.factories import held, item_of, subgroup

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
            with django_assert_max_num_queries(30) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 16  # fifteen once somebody noted who took the chair
