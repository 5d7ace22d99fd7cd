"""Children answer on telephones, the board counts and says what it did; the dashboard moves; the sheet prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from safeboard.core.unseen import COUNTER
from safeboard.standards.models import Survey
from safeboard.standards.tests.surveys import link_of, replies
from tests.cast import Cast
from tests.journeys.walker import MOUSE, PLAIN, Walking


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    """The limits of the hour begin anew."""
    COUNTER.forget()


def test_a_board_asks_children_counts_and_says_what_it_did(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    officer = somebody(cast.board_officer).goto("/standards/surveys/new/")
    officer.choose("What you do online, and what you think of it").press("Begin it")
    officer.sees("Being written", "Reads easily from about").press("Publish it").press("Publish it")
    with cast.wall_of(cast.board_officer):
        survey = Survey.objects.get()
    child = somebody(phone=True).goto(f"/survey/{link_of(cast, survey).token}/")
    child.sees("Nobody asks for your name", "0800 1111").press("Start")
    child.sees("Question 1 of 8").choose("A phone").press("Next").choose("Yes").press("Next")
    if way == MOUSE:
        screens(child.page, "survey")
    for _question in range(5):
        child.press("Next")
    child.write("What should we do to make it better?", "More clubs").press("Send it").sees("Thank you")
    assert not child.page.context.cookies()
    replies(cast, survey, 11, know="yes")
    officer.goto("/").press("1 text is not read yet").press("1 text to read").sees("More clubs", "999")
    officer.choose("Read: there is nothing to do").press("Note it").sees("It is noted")
    officer.goto(f"/standards/surveys/{survey.pk}/close/").press("Close and count it").press("See what was found")
    officer.sees("12 people answered").press("Say what came of something")
    officer.write("You said", "More clubs").write("We did", "Two began in March").press("Keep it")
    officer.press("Publish it to all who have the link")
    child.goto(child.path).sees("You said", "Two began in March")


def test_the_dashboard_moves(somebody: Walking, cast: Cast, screens: Callable[..., None], way: str):
    if way == PLAIN:
        pytest.skip("the pages have no script of their own; the first journey walks without")
    officer = somebody(cast.board_officer).goto("/").press("The picture").sees("Nothing was counted yet")
    officer.press("Count now").sees("Agencies with an acceptable-use policy", cast.agency.name)
    officer.press("Agencies with an e-safety lead").press("Set target, baseline and owner")
    officer.write("Target", "100").press("Keep it").sees("Target reached")
    lead = somebody(cast.lead).goto("/picture/ours/").sees("How we stand", "Not known")
    if way == MOUSE:
        screens(officer.goto("/picture/dashboard/").page, "dashboard")
        screens(lead.page, "ours")
