"""A board writes a review and sends it; an agency answers on a phone, is asked for more; a gap becomes an action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from safeboard.accounts.models import Person
from safeboard.insight.jobs import make_report
from safeboard.insight.operations import take_snapshot, take_up
from safeboard.insight.tests.worlds import JOB, seat
from safeboard.standards.models import RoundAgency
from safeboard.standards.tests.rounds import filled_in
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walking
from tests.support.paper import tags_of, words_of

QUESTION = "Do staff know whom to tell?"
FOLLOWS = "Who will tell them, and when?"


def test_a_board_asks_an_agency_answers_and_what_falls_short_becomes_an_action(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    board = somebody(cast.board_officer)
    write_review(board, screens if way == MOUSE else lambda *_given: None)
    board.press("Read it, or send it").press("Send it to agencies").press("Go on")
    board.choose("Those that I tick").choose("Alder Bank School").press("Go on")
    board.sees("1 agency").press("Send it").sees("Sent to 1 agency", "Not started")

    lead = somebody(cast.lead, phone=True).goto("/standards/returns/")
    lead.press("Telling").press("Begin").choose("Red: not begun, or not known").press("Save and go on")
    lead.sees("1 more question follows").write(FOLLOWS, "The lead, soon")
    if way == MOUSE:
        screens(lead.page, "return-phone")
    lead.press("Save and go on").sees("Check your answers", "Falls short").press("Send it to the board")
    lead.sees("Sent to the board")

    board.goto("/standards/").press("Telling").press("Alder Bank School").sees("1 answer falls short", "The lead, soon")
    if way == MOUSE:
        screens(board.page, "return-read")
    board.press("Send it back for more").write("What more is needed?", "On which day?").press("Send it back")

    lead.goto("/standards/returns/").press("Telling").sees("needs more", "On which day?")
    lead.press("Questions").write(FOLLOWS, "The lead, on 3 March").press("Save and go on").press("Send it to the board")

    board.goto("/standards/").press("Telling").press("Alder Bank School").press("Accept it").sees("Accepted")
    board.press("Make it an action").press("Make it an action").sees("The agency is asked to do it")
    lead.goto("/standards/gaps/").sees(QUESTION)
    lead.sees("Asked")


def write_review(board: Walking, screens: Callable[..., None]) -> None:
    """A review of two questions, the second after one answer of the first: tried and published."""
    board.goto("/standards/reviews/new/").write("What is it called?", "Telling").press("Begin")
    board.press("Add a question").write("What is the question?", QUESTION)
    board.choose("Red, amber or green").press("Save")
    board.press("Add a question").write("What is the question?", FOLLOWS).choose("Words")
    board.pick("When is it asked? (optional)", f"After “Red” to: {QUESTION}").press("Save")
    screens(board.page, "review-draft")
    board.press("Try it").choose("Red: not begun, or not known").press("Go on").sees("More questions follow")
    board.press("Go on").sees("You have tried it")
    board.press("Publish it").write("What is it, or what changed?", "A first try").press("Publish").sees("Published")


DANGERS = "dangers"


def test_ten_agencies_are_asked_two_answer_and_the_dashboard_moves(somebody: Walking, cast: Cast, way: str):
    if way != MOUSE:
        pytest.skip("forms and links alone, which the journey above walks by key and without script")
    for number in range(8):
        seat(cast.board, f"Fenbrook School {number}", "other-member")
    take_up(by=JOB, board=cast.board)
    take_snapshot(by=JOB, board=cast.board)
    title = "Self-review in fourteen questions"
    board = somebody(cast.board_officer).goto("/standards/reviews/").press(title).press("Send it to agencies")
    board.press("Go on").choose("All agencies of the board").press("Go on").sees("10 agencies").press("Send it")
    round_ = board.sees("Sent to 10 agencies").path
    for person, value in ((cast.lead, "red"), (cast.other_lead, "green")):
        filled(cast, person, value)
        lead = somebody(person, phone=True).goto("/standards/returns/").press(title)
        lead.press("Check your answers and send them").press("Send it to the board").sees("Sent to the board")
    board.goto(round_).press("Alder Bank School").press("Send it back for more")
    board.write("What more is needed?", "Who said so?").press("Send it back")
    lead = somebody(cast.lead, phone=True).goto("/standards/returns/").press(title).sees("needs more", "Who said so?")
    lead.press("Check your answers and send them").press("Send it to the board").sees("Sent to the board")
    for name in ("Alder Bank School", "Brookside Youth Trust"):
        board.goto(round_).press(name).press("Accept it").sees("Accepted")
    board.goto(round_).press("Alder Bank School").press("Make it an action").press("Make it an action")
    board.sees("The agency is asked to do it").goto("/picture/dashboard/").press("Count now")
    board.sees("Agencies whose last review came out well", "2 of 10 agencies")
    board.goto("/picture/reports/").press("Begin a report").press("Begin").sees("Being written")
    board.touch("PDF").page.get_by_role("heading", name="Your document is being made").wait_for()
    with board.page.expect_download(timeout=60_000) as download:  # the page looks again by itself
        make_report.func(**DBTaskResult.objects.get(task_path=make_report.module_path).args_kwargs["kwargs"])
    report = Path(download.value.path()).read_bytes()
    assert "2of10agencies" in words_of(report)
    assert {"/H1", "/Table", "/Figure"} <= tags_of(report)


def filled(cast: Cast, person: Person, value: str) -> None:
    """The return of a person's agency, answered by others before: one question so, the others well."""
    with cast.wall_of(person):
        access = cast.access_for(person)
        row = RoundAgency.objects.select_related("of").get(agency_id=access.own_agency).of
        filled_in(access, row, **{DANGERS: value})
