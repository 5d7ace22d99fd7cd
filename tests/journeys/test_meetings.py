"""The officer assembles an agenda, minutes it, takes down a decision and its action, has the last minutes approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.meetings import operations
from safeboard.meetings.choices import Came
from safeboard.meetings.models import AgendaItem, Meeting
from safeboard.meetings.queries.members import members
from safeboard.meetings.tests.factories import held, item_of, planned, subgroup
from safeboard.strategy.models import Action
from tests.cast import Cast
from tests.journeys.walker import MOUSE, PLAIN, Walking


def test_from_the_agenda_to_approved_minutes(somebody: Walking, cast: Cast, screens: Callable[..., None], way: str):
    people = subgroup(cast)
    last = held(cast, people, days=-90, title="Summer meeting")
    meeting = planned(cast, title="Autumn meeting")
    officer = somebody(cast.board_officer, phone=way == PLAIN).goto("/subgroup/")
    officer.sees("Clara Chair", "Whose voice is missing").goto(f"/subgroup/meetings/{meeting.pk}/")
    officer.press("Assemble the agenda").sees("Minutes of the last meeting", "Serious incidents")
    officer.goto(f"/subgroup/meetings/{meeting.pk}/items/add/").write("Title", "Filtering")
    officer.press("Save").sees("Filtering")
    officer.press("Send the invitations").sees("invitations were sent")
    if way == MOUSE:
        screens(officer.page, "meeting")
    _begins(cast, meeting, people)
    officer.goto(f"/subgroup/meetings/{meeting.pk}/minutes/").sees("A quorum")
    item = _item(cast, meeting)
    box = officer.page.locator(f"#minute-{item}")
    box.fill("Two products alert a person.")
    if way == PLAIN:
        officer.press("Save", within=officer.page.locator(f"#item-{item}")).sees("The minute is saved")
    else:
        officer.page.get_by_text("Saved at").first.wait_for()
    officer.press("Take down a decision", within=officer.page.locator(f"#item-{item}"))
    officer.write("What was decided?", "Two schools try the third one.").press("It is decided")
    officer.sees("Decision D1", "Two schools try the third one.")
    officer.press("Take down an action", within=officer.page.locator(f"#item-{item}"))
    officer.write("What is to be done?", "Try the third product")
    officer.press("Put it in the plan").sees("The action stands in the plan", "Try the third product")
    if way == MOUSE:
        screens(officer.page, "minutes")
    officer.goto(reverse("meetings:approve", args=[meeting.pk, last.pk])).press("They are approved")
    officer.sees("Minutes approved", "They do not change any more")
    with cast.wall_of(cast.board_officer):
        assert AgendaItem.objects.get(pk=item).minute == "Two products alert a person."
        assert [one.title for one in Action.objects.all()] == ["Try the third product"]
        assert Meeting.objects.get(pk=last.pk).approved_in_id == meeting.pk


def _begins(cast: Cast, meeting: Meeting, people: dict) -> None:
    """The meeting has begun, and everybody is there."""
    starts = timezone.now() - timedelta(hours=1)
    with cast.wall_of(cast.board_officer):
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
        there = {one.pk: Came.PRESENT for one in people.values()}
        meeting.refresh_from_db()
        operations.note_attendance(by=cast.access_for(cast.board_officer), meeting=meeting, came=there)


def _item(cast: Cast, meeting: Meeting) -> int:
    with cast.wall_of(cast.board_officer):
        return AgendaItem.objects.get(meeting=meeting, title="Filtering").pk


@pytest.mark.parametrize("way", [MOUSE], indirect=True)
def test_the_second_minute_taker_is_told_and_both_texts_are_kept(somebody: Walking, cast: Cast):
    meeting = held(cast, subgroup(cast))
    item = item_of(cast, meeting).pk
    first, second = (somebody(one) for one in (cast.board_officer, cast.board_manager))
    for walker in (first, second):
        walker.goto(f"/subgroup/meetings/{meeting.pk}/minutes/")
    first.page.locator(f"#minute-{item}").fill("The first text")
    first.page.get_by_text("Saved at").wait_for()
    second.page.locator(f"#minute-{item}").fill("The second text")
    second.page.get_by_text("saved this minute first").wait_for()
    second.press("Make one of the two").sees("The first text", "The second text")
    second.press("This is the minute").sees("The two texts are one now")
    with cast.wall_of(cast.board_officer):
        assert AgendaItem.objects.get(pk=item).minute == "The first text\n\nThe second text"
        assert len(members(cast.board.pk)) == 6
