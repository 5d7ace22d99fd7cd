import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from safeboard.documents.sheets import Column, Table, csv_bytes, csv_of, sheet_names, workbook
from safeboard.documents.suppression import SUPPRESSED, count, percentage, shown, suppress_table

from .real import real_lines

COLUMNS = (
    Column("name", "Agency"),
    Column("count", "Incidents", "number"),
    Column("on", "Last incident", "date"),
    Column("share", "Share", "percent", places=1),
)


def table(**more):
    rows = [
        {"name": "=1+1", "count": shown(1234), "on": date(2026, 3, 3), "share": Decimal("12.5")},
        {"name": "Quay Library", "count": SUPPRESSED, "on": None, "share": percentage(SUPPRESSED, shown(9))},
        {"name": "Moor Lane", "count": count(None), "on": datetime(2026, 3, 3, 9, 5, tzinfo=UTC)},
    ]
    given = {"title": "Incidents by agency", "columns": COLUMNS, "rows": rows, "note": "To 31 March.", **more}
    return Table(**given)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_what_a_sheet_holds():
    sheet = opened(workbook([table(source="Returns")], title="Picture")).active
    values = [[c.value for c in row] for row in sheet.iter_rows()]
    assert [row[0] for row in values[:4]] == [
        "Incidents by agency",
        "To 31 March.",
        "c: not shown, so that no child can be identified; :: not available",
        "Source: Returns",
    ]
    assert values[4] == ["Agency", "Incidents", "Last incident", "Share"]
    assert values[5] == ["'=1+1", 1234, datetime(2026, 3, 3), 0.125]
    assert values[6][:2] == ["Quay Library", "c"]
    assert values[6][3] == "c"
    assert values[7][1:3] == [":", datetime(2026, 3, 3, 9, 5)]
    assert sheet.freeze_panes == "A6"
    assert sheet["D6"].number_format == "0.0%"
    assert sheet.sheet_state == "visible"


def test_a_plain_sheet_begins_with_its_headings():
    assert opened(workbook([table(plain=True)], title="Template")).active["A1"].value == "Agency"


def test_nothing_about_who_made_it_and_the_same_bytes_again():
    data = workbook([table()], title="Picture")
    assert data == workbook([table()], title="Picture")
    archive = zipfile.ZipFile(io.BytesIO(data))
    core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "<Company></Company>" in archive.read("docProps/app.xml").decode()
    assert not any("<f>" in archive.read(n).decode() for n in archive.namelist() if "sheets/" in n)


def test_a_hidden_count_is_not_in_the_file():
    suppressed = suppress_table([[3, 20], [30, 4471]])
    rows = [{"name": "x", "count": c} for row in suppressed.rows for c in row]
    data = workbook([table(rows=rows)], title="x")
    text = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert b"4471" not in text


def test_names_of_sheets():
    titles = ["A" * 40, "A" * 40, "what: is/this?*[]", "''", "History", "history"]
    names = sheet_names([table(title=t) for t in titles])
    assert len({n.casefold() for n in names}) == 6
    assert all(0 < len(n) <= 31 for n in names)
    workbook([table(title=t) for t in titles], title="x")


def test_long_text_is_cut_with_a_word_and_controls_go():
    rows = [{"name": "a\x00b" + "x" * 100_000, "count": float("nan")}, {"name": "ok", "count": 10**18}]
    sheet = opened(workbook([table(rows=rows, plain=True)], title="x\x00")).active
    assert sheet["A2"].value.endswith("[cut: a cell holds no more]")
    assert sheet["B2"].value is None
    assert sheet["B3"].value == str(10**18)


def test_empty_tables():
    assert opened(workbook([table(rows=[])], title="x")).active.max_row == 3
    with pytest.raises(ValueError, match="column"):
        workbook([table(columns=())], title="x")
    with pytest.raises(ValueError, match="table"):
        workbook([], title="x")


def test_csv():
    data = csv_bytes(table())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["Agency", "Incidents", "Last incident", "Share"]
    assert rows[1] == ["'=1+1", "1234", "2026-03-03", "12.5"]
    assert rows[2] == ["Quay Library", "c", "", "c"]


def test_a_long_csv_needs_little_more_memory_than_its_file():
    rows = ({"name": f"Agency {number}", "count": number} for number in range(20_000))
    tracemalloc.start()
    size = len(csv_of(COLUMNS[:2], rows))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (size, most < 2 * size) == (377_801, True), most


def test_lines_of_a_real_filter_log_do_no_harm():
    rows = [{"name": part} for line in real_lines("squid-access-sample.log") for part in (line, *line.split())]
    given = table(rows=rows, columns=COLUMNS[:1], plain=True)
    for row in csv.reader(io.StringIO(csv_bytes(given).decode("utf-8-sig"))):
        assert row[0][:1] not in "=+-@" or row[0] == "-"
    sheet = opened(workbook([given], title="x")).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
