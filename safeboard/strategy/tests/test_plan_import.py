"""Import of a plan: from a spreadsheet or a Word table, looked at first, all or nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from safeboard.documents.reading import UnreadableSheet
from safeboard.strategy.choices import State
from safeboard.strategy.models import Action, Objective, PlanImport, Priority
from safeboard.strategy.operations.plan_import import NotImported, read_import, run_import
from safeboard.strategy.plan_reading import read_plan
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast

HEADS = ["Theme", "Aim", "Action", "Who", "By when"]


def csv(*rows: list[str], heads: list[str] = HEADS) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [heads, *rows]).encode()


def word(rows: list[list[str]], heads: list[str] = HEADS, change=None) -> bytes:
    file = Document()
    table = file.add_table(rows=1, cols=len(heads))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    if change:
        change(file, table)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def understood(content: bytes, name: str = "plan.csv") -> list[tuple[str, str, str, str]]:
    reading = read_plan(content, name)
    assert reading.faults == []
    return [(line.priority, line.objective, line.action, line.due) for line in reading.lines]


# Reading --------------------------------------------------------------------------------------------------------


def test_rows_without_priority_or_objective_stand_under_those_above():
    found = understood(
        csv(
            ["2. Policies", "2.1 All have one", "Ask", "", "31/03/2027"],
            ["", "", "Ask again", "", "June 2027"],
            ["3. Training", "", "Train", "", "1st May 2027"],
        )
    )
    assert found == [
        ("Policies", "All have one", "Ask", "2027-03-31"),
        ("Policies", "All have one", "Ask again", "2027-06-30"),
        ("Training", "", "Train", "2027-05-01"),
    ]


def test_a_word_table_is_read_with_its_points_and_cells_joined_downwards():
    def change(file, table):
        table.cell(1, 0).merge(table.cell(2, 0))
        cell = table.cell(1, 2)
        cell.paragraphs[0].style = file.styles["List Bullet"]
        cell.add_paragraph("Write the draft", style="List Bullet")

    rows = [["1 Policies", "1.1 One", "Find a group", "", "31 March 2027"], ["", "1.2 Two", "Ask", "", "2027-04-01"]]
    assert understood(word(rows, change=change), "plan.docx") == [
        ("Policies", "One", "Find a group", "2027-03-31"),
        ("Policies", "One", "Write the draft", "2027-03-31"),
        ("Policies", "Two", "Ask", "2027-04-01"),
    ]


def test_tables_that_are_no_plan_and_repeated_headings_are_left_out():
    def change(file, table):
        file.add_table(rows=2, cols=2)

    rows = [["", "", "Ask", "", "1 May 2027"], HEADS, ["", "", "Ask again", "", "2 May 2027"]]
    assert [row[2] for row in understood(word(rows, change=change), "plan.docx")] == ["Ask", "Ask again"]


def test_headings_across_a_table_are_the_objectives_of_the_rows_below():
    """As an area of 2009 has its plan: no column of objectives, months and spans of them for dates."""

    def change(_file, table):
        for row in (1, 3):
            table.cell(row, 0).merge(table.cell(row, 2))

    heads = ["Activity", "Timeline", "Responsible"]
    rows = [["1 Children know", "", ""], ["Hold a day", "10 Feb 27", "Schools"]]
    rows += [["2 Parents know", "", ""], ["Write a leaflet", "Feb – May 2027", "Library"], ["Post it", "Mar 27", ""]]
    wanted = [
        ("", "Children know", "Hold a day", "2027-02-10"),
        ("", "Parents know", "Write a leaflet", "2027-05-31"),
        ("", "Parents know", "Post it", "2027-03-31"),
    ]
    assert understood(word(rows, heads=heads, change=change), "plan.docx") == wanted
    assert understood(csv(*rows, heads=heads)) == wanted


def joined(file, table):
    table.cell(1, 0).merge(table.cell(1, 1))


def merged_sheet(place: str = "A2:B3") -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADS)
        sheet.merge_range(place, "Policies")
        sheet.write("D2", "Lead")
    return made.getvalue()


def test_a_spreadsheet_as_people_make_it_is_read_with_its_title_and_its_joined_cells():
    """A title above the headings, areas across the sheet, objectives joined downwards, days in three manners."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.merge_range("A1:D1", "E-safety action plan 2026 to 2029")
        sheet.write("A2", "Agreed in March")
        heads = ["Objective", "Action", "Lead", "By when"]
        sheet.write_row("A4", heads)
        sheet.merge_range("A5:D5", "1. Policies")
        sheet.merge_range("A6:A8", "1.1 Every agency has one")
        sheet.write_row("B6", ["Ask", "", "31/03/2027"])
        sheet.write_row("B7", ["Collect", "", "June 2027"])
        sheet.write("B8", "Publish")
        sheet.write_datetime("D8", datetime(2027, 9, 1), book.add_format({"num_format": "d mmm yyyy"}))
        sheet.merge_range("A9:D9", "2. Training")
        sheet.write_row("A10", heads)
        sheet.write_row("A11", ["2.1 Staff are trained", "Train", "", "1st May 2027"])
    assert understood(made.getvalue(), "plan.xlsx") == [
        ("Policies", "Every agency has one", "Ask", "2027-03-31"),
        ("Policies", "Every agency has one", "Collect", "2027-06-30"),
        ("Policies", "Every agency has one", "Publish", "2027-09-01"),
        ("Training", "Staff are trained", "Train", "2027-05-01"),
    ]


def with_entity() -> bytes:
    made, old = io.BytesIO(), zipfile.ZipFile(io.BytesIO(word([["", "", "Ask", "", "1 May 2027"]])))
    with zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (word([["a", "b", "c", "d", "1 May 2027"]], change=joined), "a.docx", "table 1, row 2, cells are joined side"),
        (merged_sheet(), "a.xlsx", "A2 to B3.*are merged"),
        (merged_sheet("A2:C2"), "a.xlsx", "A2 to C2.*are merged"),
        (with_entity(), "a.docx", "XML entities"),
        (word([["1", "2"]], heads=["Name", "Town"]), "a.docx", "No heading row"),
        (csv(["1", "2"], heads=["Name", "Town"]), "a.csv", "No heading row"),
        (csv(["", "", "", "", "1 May 2027"]), "a.csv", "no action in this file"),
        (csv(*[["", "", "Ask", "", "1 May 2027"]] * 501), "a.csv", "more than 500 rows"),
        (word([["", "", "Ask", "", "1 May 2027"]])[:900], "a.docx", "not a spreadsheet|damaged"),
        (b"", "a.docx", "empty"),
        (b"%PDF-1.7", "a.docx", "PDF"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, name: str, words: str):
    with pytest.raises(UnreadableSheet, match=words):
        read_plan(content, name)


@pytest.mark.parametrize(
    ("due", "cost", "column", "words"),
    [
        ("", "", "Expected by", "There is no date"),
        ("ongoing", "", "Expected by", "“ongoing” is no date"),
        ("31/02/2027", "", "Expected by", "is no date"),
        ("1 May 2207", "", "Expected by", "Check the year"),
        ("1 May 2027", "about 5", "Cost", "no amount"),
        ("1 May 2027", "-5", "Cost", "no amount"),
        ("1 May 2027", "NaN", "Cost", "no amount"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_named_by_row_and_column(due, cost, column, words):
    reading = read_plan(csv(["Ask", due, cost], heads=["Action", "By when", "Cost"]), "a.csv")
    assert [(fault.row, fault.column, words in fault.reason) for fault in reading.faults] == [(2, column, True)]


def test_an_action_that_is_too_long_is_refused_with_its_length():
    reading = read_plan(csv(["a" * 201, "1 May 2027"], heads=["Action", "Due"]), "a.csv")
    assert [(fault.row, "201" in fault.reason) for fault in reading.faults] == [(2, True)]


# Importing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def officer(cast: Cast):
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


@pytest.mark.django_db
def test_a_plan_is_added_whole_with_its_headings_and_the_second_time_left_alone(cast: Cast, officer):
    known = make_objective(cast.board, title="Every school has a lead")
    content = csv(
        ["1. Policies", "1.1 Every school has a lead", "Ask them", "alder bank school", "31/03/2027", "£1,200"],
        ["2. Training", "2.3 All are trained", "Find a trainer", "Olga Officer", "1 May 2027", ""],
        ["", "", "Book the hall", "E-safety officer", "2 May 2027", ""],
        ["", "", "Say thanks", "", "3 May 2027", ""],
        heads=[*HEADS, "Cost"],
    )
    row = read_import(by=officer, content=content, filename="plan.csv")
    assert Action.objects.count() == 0
    run_import(by=officer, row=row)
    found = {one.title: one for one in Action.objects.select_related("objective__priority")}
    asked = found["Ask them"]
    assert (asked.agency, asked.state, asked.cost, asked.objective) == (
        cast.agency,
        State.ASKED,
        Decimal("1200.00"),
        known,
    )
    assert (found["Find a trainer"].owner, found["Book the hall"].owner_role) == (cast.board_officer, "esafety_officer")
    assert str(found["Say thanks"].objective) == "2.3 All are trained"
    assert found["Say thanks"].due_on == date(2027, 5, 3)
    again = read_import(by=officer, content=content, filename="plan.csv")
    assert {entry["state"] for entry in again.found["entries"]} == {"same"}
    run_import(by=officer, row=again)
    assert (Action.objects.count(), Objective.objects.count(), Priority.objects.count()) == (4, 2, 2)


@pytest.mark.django_db
def test_nothing_is_written_where_a_row_is_refused_the_plan_changed_or_it_was_done(cast: Cast, officer):
    good = ["", "", "Ask", "", "1 May 2027"]
    wrong = read_import(by=officer, content=csv(good, ["", "", "Tell", "Nobody Known", "1 May 2027"]), filename="a.csv")
    assert "Nobody Known" in wrong.found["faults"][0][2]
    row = read_import(by=officer, content=csv(good, good), filename="b.csv")
    assert [entry["state"] for entry in row.found["entries"]] == ["added", "same"]
    action = make_action(cast.board, title="Ask")
    Action.objects.filter(pk=action.pk).update(due_on=date(2027, 5, 1))
    for one, why in ((wrong, "refused"), (row, "changed")):
        with pytest.raises(NotImported) as refused:
            run_import(by=officer, row=one)
        assert refused.value.why == why
    assert Action.objects.count() == 1
    run_import(by=officer, row=PlanImport.objects.get(pk=row.pk))
    with pytest.raises(NotImported, match="done"):
        run_import(by=officer, row=PlanImport.objects.get(pk=row.pk))


@pytest.mark.django_db
def test_the_pages_lead_from_the_file_to_the_plan(cast: Cast):
    client = cast.client_for(cast.board_officer)
    assert "Choose a file" in client.post("/strategy/plan/import/", {}).content.decode()
    assert b"xl/" in client.get("/strategy/plan/import/template.xlsx").content
    bad = SimpleUploadedFile("a.xlsx", merged_sheet())
    assert "are merged" in client.post("/strategy/plan/import/", {"file": bad}).content.decode()
    file = SimpleUploadedFile("plan.docx", word([["1 Policies", "1.1 One", "Ask <all>", "", "1 May 2027"]]))
    page = client.post("/strategy/plan/import/", {"file": file}, follow=True)
    assert "Ask &lt;all&gt;" in page.content.decode()
    done = client.post(f"{page.request['PATH_INFO']}run/", follow=True)
    assert "Added. The plan holds everything" in done.content.decode()
    assert "Ask &lt;all&gt;" in client.get("/strategy/plan/").content.decode()
    assert cast.client_for(cast.lead).get("/strategy/plan/import/").status_code == 403
    assert cast.client_for(cast.other_board_officer).get(page.request["PATH_INFO"]).status_code == 404
