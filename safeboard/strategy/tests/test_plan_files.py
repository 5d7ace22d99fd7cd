"""The plan on paper, and the Gantt picture."""

from __future__ import annotations

import io
import re
import time
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.cache import cache
from django.utils import timezone
from docx import Document

from safeboard.strategy.choices import State
from safeboard.strategy.gantt import Line, gantt, picture, scale_of, slim
from safeboard.strategy.jobs import make_plan
from safeboard.strategy.models import Action, WaitsFor
from safeboard.strategy.plan_files import SHEET, _sheets, made
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast

DAY = date(2026, 5, 4)


def line(key: int = 1, **given) -> Line:
    usual = {
        "name": f"Action {key}",
        "who": "Olga Officer",
        "starts_on": DAY,
        "due_on": DAY + timedelta(days=30 + key),
        "first_due_on": DAY + timedelta(days=30 + key),
        "word": "On time",
        "colour": "green",
    }
    return Line(key=key, **usual | given)


def test_the_picture_says_how_each_stands_in_a_word_and_escapes_every_text():
    svg = gantt([line(name='<b onload="x">Write</b>', word="Overdue")], today=DAY, title="A & B")
    assert "&lt;b onload=" in svg
    assert "<b" not in svg
    assert ">Overdue</text>" in svg
    assert "A &amp; B" in svg
    assert "style=" not in svg


def test_milestones_moved_dates_and_what_waits_are_drawn():
    moved = line(first_due_on=DAY + timedelta(days=9), milestones=((DAY, True, "Begun"), (DAY, False, "Half")))
    plain = gantt([line(), line(2)], today=DAY, title="t")
    full = gantt([moved, line(2, waits=(1, 99))], today=DAY, title="t")
    assert (plain.count("stroke-dasharray"), full.count("stroke-dasharray")) == (0, 1)
    assert full.count("l6,6l-6,6") == 2
    assert full.count("l-5,-3.5v7z") == 1


def test_for_a_phone_the_picture_is_slim_with_names_above_the_bars():
    lines = [line(), line(2, name="A long name " * 9, waits=(1,), word="Overdue")]
    svg = slim(lines, today=DAY)
    assert 'viewBox="0 0 352 ' in svg
    assert svg.count('text-anchor="end"') == 2
    assert svg.index("l-5,-3.5v7z") < svg.index("A long name") < svg.index(">Overdue</text>")
    assert (
        set(re.findall('id="([a-z-]+)"', svg)) & set(re.findall('id="([a-z-]+)"', picture(lines, today=DAY).svg))
        == set()
    )


def test_the_table_says_all_that_the_picture_shows():
    drawn = picture([line(milestones=((DAY, True, "Begun"),)), line(2, waits=(1,), colour="red")], today=DAY)
    rows = [[text for _column, text in row] for row in drawn.rows()]
    assert rows[0][:4] == ["Action 1", "Olga Officer", "4 May 2026", "4 June 2026"]
    assert rows[0][6] == "Begun, 4 May 2026, reached"
    assert rows[1][7] == "Action 1"
    assert drawn.answer == "1 action here is overdue or unanswered."


@pytest.mark.parametrize(("days", "most"), [(1, 14), (400, 14), (3000, 14), (30000, 14)])
def test_months_are_named_so_that_they_can_be_read(days: int, most: int):
    scale = scale_of([line(due_on=DAY + timedelta(days=days))], DAY)
    assert 0 < len(scale.months()) <= most


def test_five_hundred_actions_are_drawn_in_less_than_a_second_and_a_half():
    lines = [line(number, waits=(number - 1,), milestones=((DAY, True, "m"),)) for number in range(500)]
    began = time.perf_counter()
    drawn = picture(lines, today=DAY)
    assert time.perf_counter() - began < 1.5
    assert drawn.svg.count("<rect") == 501


@pytest.fixture
def plan(cast: Cast) -> Cast:
    first = make_action(cast.board, title="=Write <to> all", objective=make_objective(cast.board), cost=120)
    last = make_action(cast.board, title="Ask", agency=cast.agency, state=State.DECLINED)
    WaitsFor._base_manager.create(action=last, first=first)
    return cast


def file_of(cast: Cast, ending: str, **wanted: str) -> bytes:
    with cast.wall_of(cast.board_officer):
        return made(cast.access_for(cast.board_officer), wanted, ending)


@pytest.mark.django_db
def test_the_word_file_holds_the_plan_by_objective(plan: Cast):
    file = Document(io.BytesIO(file_of(plan, "docx")))
    heads = [one.text for one in file.paragraphs if one.style.name == "Heading 2"]
    assert heads == ["1.1 Every school has a lead", "Under no objective"]
    rows = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows[1:]]
    assert rows[0][0] == "=Write <to> all"
    assert rows[1][1::3] == ["Alder Bank School", "Declined"]
    assert [row[3] for row in rows] == ["", "=Write <to> all"]


@pytest.mark.django_db
def test_the_spreadsheet_holds_a_row_an_action_and_no_formula(plan: Cast):
    sheet = openpyxl.load_workbook(io.BytesIO(file_of(plan, "xlsx"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(number for number, row in enumerate(rows) if row[0] == "Priority")
    assert [row[4].lstrip("'") for row in rows[top + 1 :]] == ["=Write <to> all", "Ask"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.django_db
def test_the_pdf_is_made_by_the_worker_as_its_reader_may_know_it(plan: Cast, monkeypatch):
    asked: list[dict] = []
    monkeypatch.setattr(type(make_plan), "enqueue", lambda _task, **given: asked.append(given))
    monkeypatch.setattr("safeboard.documents.pdf.render_pdf", lambda html, **_given: f"%PDF-{html}".encode())
    client, path = plan.client_for(plan.board_officer), "/strategy/plan/action-plan.pdf?whose=board"
    assert client.get(path).status_code == 202
    make_plan.func(**asked[0])
    answer = client.get(path)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"=Write &lt;to&gt; all" in answer.content
    assert b"Declined" not in answer.content
    with plan.wall_of(plan.board_officer):
        Action.objects.update(state=State.DROPPED)
    assert client.get(path).status_code == 202
    assert client.get("/strategy/plan/action-plan.exe").status_code == 404


@pytest.mark.django_db
def test_a_file_is_not_made_for_somebody_who_left_meanwhile(plan: Cast):
    place = plan.access_for(plan.board_officer).place.key
    plan.board_officer.memberships.update(ended_at=timezone.now())
    make_plan.func(key="gone", person=plan.board_officer.pk, place=place, wanted={}, ending="xlsx")
    assert cache.get("gone") is None


@pytest.mark.django_db
def test_the_time_line_is_printed_over_pages_to_one_scale(cast: Cast):
    actions = [make_action(cast.board, title=f"Action {number}", days=number) for number in range(SHEET + 1)]
    with cast.wall_of(cast.board_officer):
        sheets = _sheets(cast.access_for(cast.board_officer), actions)
    assert [sheet.count("<rect") for sheet in sheets] == [SHEET + 1, 2]
    assert timezone.localdate().strftime("%Y") in sheets[1]
