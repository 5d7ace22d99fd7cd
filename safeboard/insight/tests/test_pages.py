import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from safeboard.core.models import Entry
from safeboard.incidents.models import Incident
from safeboard.insight import operations
from safeboard.insight.quarters import Quarter
from safeboard.partnership.models import Agency
from tests.support.pages import check_page

from .worlds import CANARY, JOB, incidents, last_quarter, seat

SEERS = ("board_manager", "board_officer", "subgroup_member", "board_inspector")
OTHERS = ("lead", "staff", "designated_officer", "inspector", "infrastructure", "administrator", "stranger")


@pytest.fixture
def figures(cast):
    """The cast's board with agencies of several kinds, and two released quarters."""
    for number in range(4):
        seat(cast.board, f"Chalk Farm School {number}", "other-member")
    last = seat(cast.board, "CANARY Agency", "other-member")
    before = last_quarter().back()
    incidents(cast.agency.pk, 21, before.starts + timedelta(days=2), setting=cast.setting)
    incidents(cast.agency.pk, 24, setting=cast.setting)
    incidents(cast.other_agency.pk, 13, scenario="email-misuse", classification="content")
    incidents(last.pk, 4, scenario="sexual-exploitation")
    incidents(last.pk, 27, timezone.now())
    operations.release_ended(by=JOB, board=cast.board)
    operations.refresh_running(by=JOB, board=cast.board)
    return cast


def get(cast, who="board_officer", name="picture", *args):
    return cast.client_for(cast.people[who]).get(reverse(f"insight:{name}", args=args))


@pytest.mark.parametrize("who", SEERS)
def test_whoever_works_for_the_board_sees_the_picture(figures, who):
    response = get(figures, who)
    check_page(response)
    body = response.content.decode()
    assert "41 incidents were reported in" in body
    assert "20 more than in the quarter before. That can be good news" in body
    assert "about 30 incidents, to the nearest 10" in body
    assert "Show the figures" in body
    assert body.count("<svg") >= 5


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(figures, who):
    for address in (("picture",), ("download", "csv")):
        assert get(figures, who, *address).status_code in (302, 403)


def test_an_anonymous_visitor_is_asked_to_sign_in(figures):
    assert figures.client_for(None).get(reverse("insight:picture")).status_code == 302


def test_another_boards_officer_sees_nothing_of_it(figures):
    body = get(figures, "other_board_officer").content.decode()
    assert "41 incidents" not in body
    assert "No quarter has been released yet" in body


def test_no_case_text_and_no_agency_is_on_the_page_or_in_a_file(figures):
    pages = [get(figures).content, get(figures, "board_officer", "download", "csv").content]
    for body in pages:
        assert b"CANARY" not in body
        assert CANARY.encode() not in body
        for name in ("Alder Bank", "Brookside", "Chalk Farm"):
            assert name.encode() not in body
    book = load_workbook(io.BytesIO(get(figures, "board_officer", "download", "xlsx").content))
    words = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert not any("CANARY" in word or "Alder" in word for word in words)


def test_the_boards_place_opens_no_casework(figures):
    with figures.wall_of(figures.board_officer):
        assert Agency.objects.count() == 7
        assert Incident.objects.count() == 0


def test_hidden_figures_are_hidden_in_every_form(figures):
    response = get(figures, "board_officer", "download", "csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    quarter = last_quarter()
    found = [line for line in lines if "Sexual exploitation" in line and quarter.short in line]
    assert len(found) == 1
    assert ",c," in found[0]
    assert "ten or fewer" in found[0]
    book = load_workbook(io.BytesIO(get(figures, "board_officer", "download", "xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    row = next(row for row in rows if row[0] == "Sexual exploitation")
    assert row[2] == "c"
    assert any("Counted by the day of the report" in str(row[0]) for row in rows)
    assert get(figures, "board_officer", "download", "exe").status_code == 404


def test_the_picture_can_be_printed(figures, monkeypatch):
    monkeypatch.setattr("safeboard.insight.views.picture.prepared", lambda key, job, html, title: html.encode())
    body = get(figures, "board_officer", "paper").content.decode()
    assert "41 incidents were reported in" in body
    assert "ten or fewer" in body
    assert "CANARY" not in body
    assert get(figures, "lead", "paper").status_code == 403
    assert Entry.objects.get(verb="insight.downloaded").facts["kind"] == "pdf"


def test_a_download_is_in_the_history(figures):
    get(figures, "board_officer", "download", "csv")
    entry = Entry.objects.get(verb="insight.downloaded")
    assert (entry.person, entry.facts) == (figures.board_officer, {"board": figures.board.pk, "kind": "csv"})


def test_a_board_without_any_release_is_told_when_there_will_be_one(cast):
    response = get(cast)
    check_page(response)
    assert "No quarter has been released yet" in response.content.decode()


def test_a_quarter_that_was_withheld_is_said_to_be(cast):
    incidents(cast.agency.pk, 30)
    operations.release_ended(by=JOB, board=cast.board)
    response = get(cast)
    check_page(response)
    body = response.content.decode()
    assert "are not shown: they could identify a child or an agency" in body
    assert ">30<" not in body


def test_the_page_asks_few_questions_of_the_database(figures):
    client = figures.client_for(figures.board_officer)
    client.get(reverse("insight:picture"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("insight:picture"))
    assert len(asked) <= 15, [one["sql"][:80] for one in asked]


def test_all_eight_quarters_are_in_the_picture_at_most(cast):
    for number in range(5):
        seat(cast.board, f"School {number}", "other-member")
    for back in range(1, 12):
        incidents(cast.agency.pk, 20 + back, Quarter.running().back(back).starts + timedelta(days=1))
    operations.release_ended(by=JOB, board=cast.board)
    body = get(cast).content.decode()
    assert Quarter.running().back(8).short in body
    assert Quarter.running().back(9).short not in body
