"""A report from its beginning to the chair's signature: written, figures frozen, commented on, answered, signed."""

from __future__ import annotations

import pytest

from safeboard.meetings.choices import Part
from safeboard.meetings.tests.factories import seat
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walking


def test_a_report_is_written_commented_on_and_signed(somebody: Walking, cast: Cast, way: str):
    if way != MOUSE:
        pytest.skip("forms and links alone, which other journeys walk by key and without script")
    chair = cast.board_manager
    seat(cast, Part.CHAIR, chair.name, person=chair)
    officer = somebody(cast.board_officer).goto("/picture/reports/").press("Begin a report").press("Begin")
    report = officer.sees("Being written", "From the chair").path
    officer.press("Change").write("Text (optional)", "A good year.").press("Save").sees("A good year.")
    officer.press("Freeze the figures").sees("never move again")
    officer.press("Open it for comments").press("Open it").sees("Open for comments")
    lead = somebody(cast.lead).goto("/picture/reports/").press("Annual report on keeping children safe online")
    lead.press("Comment on this section").write("What do you say about it?", "Thank the libraries.")
    lead.press("Send it to the board").sees("The board has not answered yet")
    officer.goto(report).press("Close comments and write on").press("Comments (1)").press("Answer", role="link")
    officer.choose("Thank you: nothing to change").press("Keep the answer").sees("Thank you: nothing to change")
    signing = somebody(chair).goto("/").sees("Waits for your signature").goto(report).press("Sign it as chair")
    signing.choose("I have read it, and sign it as chair of the subgroup").press("Sign it").sees("Signed by")
