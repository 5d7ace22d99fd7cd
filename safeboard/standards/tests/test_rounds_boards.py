"""An agency that sits in two boards answers once; neither board sees what was not sent to it, nor the other's views."""

from __future__ import annotations

import pytest

from safeboard.core import wall
from safeboard.partnership.models import Seat
from safeboard.partnership.tests.factories import SettingFactory
from safeboard.standards import operations
from safeboard.standards.asking import Told
from safeboard.standards.choices import Stand
from safeboard.standards.models import RoundAgency
from safeboard.standards.queries import answers, reading
from safeboard.standards.queries import rounds as rounding

from .rounds import Play, filled_in, return_for, sent_round, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(cast) -> Play:
    return Play(cast)


def test_one_return_serves_two_boards_that_ask_the_same(play, cast):
    Seat.objects.create(board=cast.other_board, agency=cast.agency, kind="other-member")
    cast.other_board.pack = "england-2026"
    cast.other_board.save()
    first = play.send()
    west = cast.access_for(cast.other_board_officer)
    with play.as_lead():
        row = filled_in(play.lead, return_for(first, cast.agency.pk))
    with cast.wall_of(cast.other_board_officer):
        second = sent_round(west, [cast.agency.pk])
        place = RoundAgency.objects.get(round=second)
        assert (place.of_id, place.stand, place.answered) == (row.pk, Stand.PART_DONE, 14)
    with play.as_lead():
        operations.submit_return(by=play.lead, row=row)
    with play.as_board():
        operations.accept(by=play.officer, place=play.place(first))
    with cast.wall_of(cast.other_board_officer):
        place = rounding.place_of(west, place.pk)
        assert place.stand == Stand.SUBMITTED
        assert rounding.place_of(west, play_pk(first, cast)) is None
        operations.send_back(by=west, place=place, remarks="More, please")
    with play.as_lead():
        operations.save_answers(by=play.lead, row=row, given={"dangers": Told(value="red", seen=1)})
        operations.submit_return(by=play.lead, row=row)
    with play.as_board():
        assert reading.line_of(play.officer, play.place(first), "dangers").said == "Green"
    with cast.wall_of(cast.other_board_officer):
        assert reading.line_of(west, rounding.place_of(west, place.pk), "dangers").said == "Red"


def play_pk(round_, cast) -> int:
    with wall.open_for(agencies=[cast.agency.pk]):
        return RoundAgency.objects.get(round_id=round_.pk).pk


def test_what_was_sent_to_one_board_is_not_given_to_the_next_by_itself(play, cast):
    Seat.objects.create(board=cast.other_board, agency=cast.agency, kind="other-member")
    cast.other_board.pack = "england-2026"
    cast.other_board.save()
    first = play.send()
    with play.as_lead():
        row = submitted(play.lead, return_for(first, cast.agency.pk))
    west = cast.access_for(cast.other_board_officer)
    with cast.wall_of(cast.other_board_officer):
        place = RoundAgency.objects.get(round=sent_round(west, [cast.agency.pk]))
        assert (place.of_id, place.stand, place.submission_id) == (row.pk, Stand.PART_DONE, None)
    with play.as_lead():
        operations.submit_return(by=play.lead, row=row)
    with cast.wall_of(cast.other_board_officer):
        assert rounding.place_of(west, place.pk).stand == Stand.SUBMITTED


def test_an_agency_counts_once_in_a_town_of_two_settings(play, cast):
    for number in (1, 2):
        SettingFactory(agency=cast.agency, name=f"Site {number}", town="Alderholt")
    round_ = play.send()
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    with play.as_board():
        _kinds, towns = answers.spreads_of(play.officer, round_)
        assert {one.name: one.count for one in towns}["Alderholt"] == 1
