"""Time and money: sums that add up, the gap and its picture, the spreadsheet."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from safeboard.strategy.choices import Means
from safeboard.strategy.errors import Refused
from safeboard.strategy.models import Resource
from safeboard.strategy.money_picture import picture
from safeboard.strategy.operations.money import keep_resource
from safeboard.strategy.queries.money import said, sides, year_name, year_of
from safeboard.strategy.tests.factories import make_objective
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def resource(cast: Cast, **given) -> Resource:
    usual = {"board": cast.board, "year": 2026, "means": Means.MONEY, "title": "Training", "asked": 100}
    return Resource.objects.create(**usual | given)


def test_sums_add_up_by_objective_and_time_and_money_stay_apart(cast: Cast):
    first, second = make_objective(cast.board), make_objective(cast.board, number=2, title="All know <whom> to ask")
    resource(cast, objective=second, asked=Decimal("50.50"), committed=80)
    resource(cast, objective=first, asked=1000, committed=400, spent=150)
    resource(cast, objective=first, asked=200, committed=200, spent=250)
    resource(cast, asked=10)
    resource(cast, objective=first, means=Means.TIME, asked=12, committed=5)
    resource(cast, year=2025, asked=7000)
    with cast.wall_of(cast.board_officer):
        time, money = sides(cast.board.pk, 2026)
    assert [one.name[:3] for one in money.sums] == ["1.1", "2.1", "The"]
    assert [(one.asked, one.committed, one.spent, one.gap) for one in money.sums] == [
        (1200, 600, 400, 600),
        (Decimal("50.50"), 80, 0, 0),
        (10, 0, 0, 10),
    ]
    for name in ("asked", "committed", "spent", "gap"):
        assert sum(getattr(one, name) for one in money.sums) == getattr(money.total, name)
    assert (time.total.asked, time.total.gap) == (12, 7)
    drawn = picture(money, 2026)
    assert (
        drawn.answer == "Of £1,260.50 asked, £610 is committed by nobody, most of it for “1.1 Every school has a lead”."
    )
    assert "£600 missing" in drawn.svg
    assert "<whom>" not in drawn.svg
    assert [row[-1][1] for row in drawn.rows()] == ["600.00", "0", "10.00", "610.00"]


def test_years_begin_in_april():
    assert [year_of(date(2026, 3, 31)), year_of(date(2026, 4, 1))] == [2025, 2026]
    assert [year_name(2026), year_name(2099)] == ["2026-27", "2099-00"]


def test_amounts_are_said_as_people_say_them():
    assert [said(Decimal(one), Means.MONEY) for one in ("1200", "12.5")] == ["£1,200", "£12.50"]
    assert [said(Decimal(one), Means.TIME) for one in ("3", "3.5", "1000", "0.25")] == [
        "3 days",
        "3.5 days",
        "1,000 days",
        "0.25 days",
    ]


def test_a_line_is_kept_changed_and_taken_out_by_the_board_s_leaders_alone(cast: Cast):
    client = cast.client_for(cast.board_officer)
    given = {"title": "A film", "means": "money", "year": year_of(), "asked": "1000", "committed": "400", "spent": "0"}
    page = client.post("/strategy/money/new/", given, follow=True).content.decode()
    assert "£600 missing" in page
    with cast.wall_of(cast.board_officer):
        row = Resource.objects.get()
    client.post(f"/strategy/money/{row.key}/", {**given, "committed": "1000"})
    assert "Nothing is missing" in client.get("/strategy/money/").content.decode()
    assert cast.client_for(cast.subgroup_member).get("/strategy/money/").status_code == 200
    for person in (cast.subgroup_member, cast.board_inspector):
        assert cast.client_for(person).get("/strategy/money/new/").status_code == 403
    assert cast.client_for(cast.lead).get("/strategy/money/").status_code == 403
    client.post(f"/strategy/money/{row.key}/remove/")
    assert "Nothing was written down" in client.get("/strategy/money/").content.decode()


def test_an_amount_below_nought_and_an_objective_of_another_board_are_refused(cast: Cast):
    page = cast.client_for(cast.board_officer).post("/strategy/money/new/", {"title": "x", "asked": "-1"})
    assert "Asked" in page.content.decode()
    by = cast.access_for(cast.board_officer)
    usual = {"year": 2026, "means": Means.MONEY, "title": "x", "asked": 1}
    with cast.wall_of(cast.board_officer):
        with pytest.raises(Refused, match="below nought"):
            keep_resource(by=by, given={**usual, "spent": -1})
        with pytest.raises(Refused, match="not in this plan"):
            keep_resource(by=by, given={**usual, "objective": make_objective(cast.other_board)})
    with cast.wall_of(cast.lead), pytest.raises(PermissionDenied):
        keep_resource(by=cast.access_for(cast.lead), given=usual)


def test_the_spreadsheet_has_the_sums_and_every_line(cast: Cast):
    resource(cast, title="=A1", asked=100, committed=40, source="The council")
    answer = cast.client_for(cast.board_officer).get("/strategy/money/2026.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Time, in days, 2026-27", "Money, in pounds, 2026-27", "Every line"]
    values = [[cell.value for cell in row] for row in book["Money, in pounds, 2026-27"].iter_rows()]
    assert values[-1] == ["Together", 100, 40, 0, 60]
    assert book["Every line"].max_row >= 2
