"""Import of agencies and settings: both layouts, what is refused, all or nothing, twice the same, speed."""

import io
import time

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeboard.core.models import Entry
from safeboard.documents.reading import UnreadableSheet
from safeboard.partnership import operations
from safeboard.partnership.models import Agency, ImportRun, Seat, Setting
from safeboard.partnership.operations import NotImported
from safeboard.partnership.tests.factories import SettingFactory

from .sheets_for_import import gias, own, school


@pytest.fixture
def read(cast):
    """Read a file as the board's officer; the wall is open as in the officer's request."""
    by = cast.access_for(cast.board_officer)
    with cast.wall_of(cast.board_officer):
        yield lambda file, filename="list.csv": operations.read_import(
            by=by, board=cast.board, file=file, filename=filename
        )


@pytest.fixture
def run(cast, read):
    by = cast.access_for(cast.board_officer)
    return lambda file: operations.run_import(by=by, run=read(file))


def faults(run):
    return [(fault["row"], fault["column"]) for fault in run.plan["faults"]]


def test_schools_become_agencies_and_a_trusts_schools_are_its_settings(cast, run):
    trust = {"Trusts (code)": "4242", "Trusts (name)": "Merriden Learning Trust"}
    run(
        gias(
            school("910001", "St Tobias\u2019 Primary School", Locality="Old Town"),
            school("910002", "Merriden High", **{"TypeOfEstablishment (name)": "Academy converter", **trust}),
            school("910003", "Merriden PRU", **{"TypeOfEstablishment (name)": "Pupil referral unit", **trust}),
            school("910004", "Gone School", **{"EstablishmentStatus (name)": "Closed"}),
        )
    )
    found = Setting.objects.get(urn="910001")
    assert (found.name, found.street, found.kind) == (
        "St Tobias\u2019 Primary School",
        "1 Wharf Lane, Old Town",
        "school",
    )
    assert found.agency.name == found.name
    assert set(Setting.objects.filter(agency__name="Merriden Learning Trust").values_list("kind", flat=True)) == {
        "school",
        "pupil-referral-unit",
    }
    assert not Setting.objects.filter(urn="910004").exists()
    assert set(Seat.objects.filter(agency__reference="Trust 4242").values_list("board", "kind")) == {
        (cast.board.pk, "other-member")
    }


def test_a_second_import_of_the_same_file_changes_nothing(read, run):
    rows = [school(str(910000 + n), f"Church School {n % 3}") for n in range(9)]  # three of each name
    run(gias(*rows))
    before = list(Setting.objects.values()), list(Agency.objects.values())
    again = read(gias(*rows))
    counts = again.plan["counts"]
    assert counts == {"agency_same": 9, "setting_same": 9, "refused": 0}
    entries = Entry.objects.filter(verb__startswith="partnership.setting").count()
    run(gias(*rows))
    assert (list(Setting.objects.values()), list(Agency.objects.values())) == before
    assert Entry.objects.filter(verb__startswith="partnership.setting").count() == entries


def test_what_changed_is_shown_field_by_field_and_empty_cells_take_nothing_away(cast, read, run):
    row = school(cast.setting.urn, cast.setting.name, Town="Newmouth", Postcode="")
    found = read(gias(row))
    (entry,) = [e for e in found.plan["entries"] if e["what"] == "setting"]
    assert entry["state"] == "changed"
    assert entry["changes"]["town"] == ["Aldermouth", "Newmouth"]
    assert "postcode" not in entry["changes"]
    run(gias(row))
    cast.setting.refresh_from_db()
    assert cast.setting.town == "Newmouth"
    assert cast.setting.agency == cast.agency


def test_our_own_template_with_answers_and_agencies_without_settings(cast, run):
    run(
        own(
            {
                "Agency": "Dunmoor Libraries",
                "Kind of member": "Other member",
                "Gives children access": "Yes",
                "Setting": "Dunmoor Central",
                "Kind of setting": "library",
                "Filtering plan": "no",
                "Whose equipment": "Both",
            },
            {"Agency": "Dunmoor Libraries", "Setting": "Dunmoor Mobile", "Kind of setting": "Library"},
            {"Agency": "Eastmarch Police", "Kind of member": "board-partner"},
        )
    )
    agency = Agency.objects.get(name="Dunmoor Libraries")
    assert agency.gives_technology == "yes"
    assert Setting.objects.filter(agency=agency).count() == 2
    assert Setting.objects.get(name="Dunmoor Central").filtering_plan == "no"
    assert Agency.objects.filter(name="Eastmarch Police", seats__kind="board-partner").exists()


BAD = [
    ({"URN": ""}, "URN"),
    ({"URN": "91x"}, "URN"),
    ({"TypeOfEstablishment (name)": "Castle", "EstablishmentTypeGroup (name)": "Keep"}, "TypeOfEstablishment (name)"),
    ({"EstablishmentName": ""}, "EstablishmentName"),
    ({"EstablishmentName": "<script>alert(1)</script>"}, "EstablishmentName"),
    ({"EstablishmentName": "x" * 400}, "EstablishmentName"),
    ({"Town": "y" * 81}, "Town"),
]


@pytest.mark.parametrize(("change", "column"), BAD)
def test_a_bad_cell_is_refused_with_row_column_and_reason_and_nothing_is_written(read, cast, change, column):
    found = read(gias(school("910001", "Good School"), {**school("910002", "Bad School"), **change}))
    assert faults(found) == [(3, column)]
    assert found.plan["faults"][0]["reason"]
    with pytest.raises(NotImported, match="refused"):
        operations.run_import(by=cast.access_for(cast.board_officer), run=found)
    assert not Setting.objects.filter(urn="910001").exists()


def test_a_urn_that_stands_twice_names_the_first_row(read):
    found = read(gias(school("910001", "One"), school("910001", "Two")))
    assert faults(found) == [(3, "URN")]
    assert "row 2" in found.plan["faults"][0]["reason"]


OWN_BAD = [
    ({"Kind of member": "Friend"}, "Kind of member"),
    ({"Kind of setting": "Castle"}, "Kind of setting"),
    ({"Kind of setting": "school"}, "URN"),
    ({"Agency": ""}, "Agency"),
    ({"Setting": ""}, "Setting"),
    ({"Filtering plan": "perhaps"}, "Filtering plan"),
    ({"Setting": "abc\u202edef"}, "Setting"),
    ({"Kind of member": ""}, "Kind of member"),
]


@pytest.mark.parametrize(("change", "column"), OWN_BAD)
def test_what_our_own_template_refuses(read, change, column):
    row = {"Agency": "A", "Kind of member": "other-member", "Setting": "S", "Kind of setting": "library"}
    assert faults(read(own({**row, **change}))) == [(2, column)]


def test_rows_that_say_different_things_of_one_agency(read):
    row = {"Agency": "A", "Kind of member": "other-member"}
    assert faults(read(own(row, {**row, "Kind of member": "board-partner"}))) == [(3, "Kind of member")]


def xlsx(change=lambda sheet: None):
    book = openpyxl.Workbook()
    book.active.append(["Agency", "Kind of member", "Setting", "Kind of setting"])
    book.active.append(["A", "other-member", "S", "library"])
    change(book.active)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


FILES = {
    "not a spreadsheet": lambda: io.BytesIO(b"%PDF-1.7 and so on"),
    "a picture": lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n"),
    "empty": lambda: io.BytesIO(b""),
    "formulas": lambda: xlsx(lambda sheet: sheet.append(["=1+1"])),
    "merged headings": lambda: xlsx(lambda sheet: sheet.merge_cells("A1:B1")),
    "unknown headings": lambda: io.BytesIO(b"Name,Place\nA,B\n"),
    "a column missing": lambda: io.BytesIO(b"URN,EstablishmentName\n1,B\n"),
    "NUL": lambda: io.BytesIO(b"Agency,Kind of member,Setting,Kind of setting\nA\x00,other-member,S,library\n"),
    "200 MB": lambda: type("Huge", (io.BytesIO,), {"size": 200_000_000})(b"Agency"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_refused_whole_say_why(read, name):
    with pytest.raises(UnreadableSheet) as error:
        read(FILES[name]())
    assert len(str(error.value)) > 30
    assert not ImportRun.objects.exists()


def test_a_workbook_is_read_too(run):
    run(xlsx())
    assert Setting.objects.get(name="S").kind == "library"


def test_a_school_of_another_board_is_not_revealed(cast, read, run):
    SettingFactory(agency=cast.far_agency, name="Far School", urn="910007")
    found = read(gias(school("910007", "Far School")))
    assert found.plan["counts"] == {"agency_added": 1, "setting_added": 1, "refused": 0}
    assert cast.far_agency.name not in str(found.plan)
    run(gias(school("910007", "Far School")))
    assert Setting.objects.get(urn="910007").agency.home_board == cast.board


def test_a_setting_that_the_sheet_puts_elsewhere_stays_where_it_is(cast, read):
    row = {"Agency": "Elsewhere", "Kind of member": "other-member", "Setting": "Alder Bank Primary"}
    found = read(own({**row, "Kind of setting": "school", "URN": cast.setting.urn}))
    (entry,) = [e for e in found.plan["entries"] if e["what"] == "setting"]
    assert entry["agency"] == cast.agency.name
    assert "Elsewhere" in entry["note"]


def test_a_register_that_changed_since_the_preview_is_shown_again(cast, read):
    by = cast.access_for(cast.board_officer)
    found = read(gias(school("910001", "New School")))
    SettingFactory(agency=cast.agency, name="New School", urn="910001")
    with pytest.raises(NotImported, match="changed"):
        operations.run_import(by=by, run=found)
    found.refresh_from_db()
    assert "setting_added" not in found.plan["counts"]
    operations.run_import(by=by, run=found)
    with pytest.raises(NotImported, match="done"):
        operations.run_import(by=by, run=found)


def test_only_who_runs_the_board_imports(cast):
    for person in (cast.lead, cast.subgroup_member, cast.administrator, cast.other_board_officer):
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            operations.read_import(
                by=cast.access_for(person), board=cast.board, file=gias(school("1", "A")), filename="a.csv"
            )


def test_a_failure_half_way_leaves_nothing(cast, read, monkeypatch):
    found = read(gias(school("910001", "New School")))
    monkeypatch.setattr(Setting.objects, "bulk_create", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        operations.run_import(by=cast.access_for(cast.board_officer), run=found)
    assert not Agency.objects.filter(name="New School").exists()


def test_five_thousand_settings_within_fifteen_seconds_and_few_queries(cast, read):
    rows = [school(str(800000 + n), f"School {n}", Town=f"Town {n % 40}") for n in range(5000)]
    by, begun = cast.access_for(cast.board_officer), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        operations.run_import(by=by, run=read(gias(*rows)))
    took = time.process_time() - begun  # of this process: other tests may run beside it
    assert took < 15
    assert len(asked) < 400  # SQLite takes few rows at a time
    assert Setting.objects.filter(urn__startswith="80").count() == 5000
