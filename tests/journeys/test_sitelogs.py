"""The filter logs: from an incident to a spreadsheet; a random review; no authority, no answer; a changed byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.core.roles import Role
from safeboard.incidents.tests.factories import reported
from safeboard.partnership.tests.factories import MembershipFactory
from safeboard.sitelogs import engine
from safeboard.sitelogs.models import LogSetting
from safeboard.sitelogs.operations import keeping, reviews
from safeboard.sitelogs.queries import answer
from safeboard.sitelogs.tests.helpers import KEY, clear
from tests.cast import Cast
from tests.journeys.walker import KEYBOARD, MOUSE, PLAIN, Walking

LINES = 130  # more than a part


@pytest.fixture
def log(cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> LogSetting:
    """A filter with an hour's lines, and people who may ask it; parts are whole, however slowly they come."""
    monkeypatch.setattr(answer, "PATIENCE", 60.0)
    monkeypatch.setattr(answer, "LONGEST", 60.0)
    settings.SAFEBOARD_SITELOGS_DIR = tmp_path / "sitelogs"
    now = timezone.now().timestamp()
    lines = "".join(
        f"{now - 3600 - n:.3f} 1 10.1.2.{n % 9} TCP_DENIED/403 5 GET http://www.video.example/{n} - NONE/- text/html\n"
        for n in range(LINES)
    )
    with cast.wall_of(cast.lead):
        made = keeping.add_log(by=cast.access_for(cast.lead), setting=cast.setting, key=KEY)
        for person in (cast.responsible_person, cast.infrastructure):
            clear(cast, person)
    engine.take_in(made, lines.encode(), layout="auto")
    return made


def test_a_head_teacher_goes_from_an_incident_to_a_spreadsheet(
    somebody: Walking, cast: Cast, log: LogSetting, screens: Callable[..., None], way: str
):
    MembershipFactory(person=cast.responsible_person, role=Role.DESIGNATED_OFFICER, agency=cast.agency)
    incident = reported(cast)
    head = somebody(cast.responsible_person).goto(f"/incidents/{incident.pk}/")
    head.press("Ask the filter logs about this").sees(f"Incident {incident.reference}")
    head.choose("Yes, I am sure that they are not").press("Go on")
    head.write("Which website?", "https://video.example/watch")
    head.choose("No", among="Could this be about you, or about equipment that you use?")
    if way == MOUSE:
        screens(head.page, "logs-ask")
    head.press("Go on").sees("to video[.]example and everything below it", "at Alder Bank Primary")
    head.press("Show the answer").sees("A line names a device, never a child", "hxxp[:]//www[.]video[.]example/0")
    if way != PLAIN:
        head.page.get_by_text("That is the whole answer").wait_for()  # the rest came by itself
        assert head.page.locator("main tbody th").count() == LINES
    else:
        head.press("Older lines").sees("That is the whole answer", f"{LINES} lines so far")
    if way == MOUSE:
        screens(head.page, "logs-answer")
    head.press("By day and hour").sees("At what time of day?")
    head.press("Take it out")
    with head.page.expect_download() as taken:
        head.touch("Take the spreadsheet")
    assert taken.value.suggested_filename.endswith(".xlsx")
    assert Entry.objects.filter(verb="sitelogs.looked", facts__what="sheet").count() == 1


@pytest.mark.parametrize("way", [KEYBOARD])
def test_a_random_review_ends_in_a_report(somebody: Walking, cast: Cast, log: LogSetting):
    with cast.wall_of(cast.lead):
        late = timezone.localdate() - timedelta(days=2)
        reviews.plan_reviews(by=cast.access_for(cast.lead), log=log, weeks=4, minutes=480, next_on=late)
    keeper = somebody(cast.infrastructure).goto("/").sees("Random review of the filter logs of Alder Bank Primary")
    keeper.press("Random review of the filter logs of Alder Bank Primary").press("Begin a review")
    keeper.choose("Something to follow up").write("What did you look at, and what struck you?", "One device at night")
    keeper.press("End the review").sees("You have not looked at the lines yet")
    keeper.press("Look at the lines").press("The question").press("Say what you found")
    keeper.choose("Something to follow up").write("What did you look at, and what struck you?", "One device at night")
    keeper.press("End the review").sees("This report will be tied to: Random review of the filter logs")


@pytest.mark.parametrize("way", [PLAIN])
def test_without_an_authority_nothing_is_asked(somebody: Walking, cast: Cast, log: LogSetting):
    head = somebody(cast.responsible_person, phone=True).goto("/logs/").press("Ask the filter logs")
    head.choose("Another reason, allowed by somebody").choose("Yes, I am sure that they are not").press("Go on")
    head.sees("Without an authority nothing is asked of the filter logs")
    head.write("The reason, or the reference of the notice", "I want to know").press("Go on").sees("Say who allowed it")
    assert not Entry.objects.filter(verb__in=["sitelogs.asked", "sitelogs.looked"]).exists()


@pytest.mark.parametrize("way", [MOUSE])
def test_a_byte_that_was_changed_is_found(somebody: Walking, cast: Cast, log: LogSetting, settings: Any):
    keeper = somebody(cast.lead).goto("/logs/archive/").press("Verify now").sees("is whole")
    [segment] = settings.SAFEBOARD_SITELOGS_DIR.glob("evidence/*/*.sblogs")
    changed = bytearray(segment.read_bytes())
    changed[len(changed) // 2] ^= 1
    segment.write_bytes(bytes(changed))
    keeper.press("Verify now").sees("The evidence does not hold: Segment 00000001", "Does not hold")
