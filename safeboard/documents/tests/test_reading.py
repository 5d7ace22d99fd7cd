import contextlib
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.documents.reading import UnreadableSheet, read_rows
from safeboard.documents.refusals import Limits, column_name
from safeboard.documents.sheets import Column, Table, csv_bytes, workbook

from .real import real_path

# A small register with the traits of the public one: cp1252, quoted figures, brackets, empty cells, a line end.
REGISTER = (
    '"URN","LA (code)","EstablishmentName","OpenDate","Street"\r\n'
    '"900001","099","Ysgol Pen\u2019r Allt \u2013 Caf\u00e9 Unit","01-09-1998","1, Moor Lane"\r\n'
    '"900002","099","St Aldwyn\'s","","Two\r\nlines"\r\n'
    "\r\n"
    '"900003","099","Quay ""Old"" School"\r\n'
)
NAME = "Ysgol Pen\u2019r Allt \u2013 Caf\u00e9 Unit"


def read(data, filename="list.csv", **limits):
    data = data.encode() if isinstance(data, str) else data
    return read_rows(io.BytesIO(data), filename=filename, limits=Limits(**limits) if limits else None)


def refused(data, says, filename="list.csv", **limits):
    with pytest.raises(UnreadableSheet, match=says) as caught:
        read(data, filename, **limits)
    return str(caught.value)


def xlsx(rows=(("Name", "URN"), ("Quay", 900001)), change=None, **options):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("List")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if change:
            change(book, sheet)
    return buffer.getvalue()


def repacked(data, **parts):
    """The same archive with parts replaced or added; `parts` by name with __ for / and _dot_ for a dot."""
    buffer = io.BytesIO()
    new = {k.replace("__", "/").replace("_dot_", "."): v for k, v in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name in old.namelist():
            out.writestr(name, new.pop(name, None) or old.read(name))
        for name, content in new.items():
            out.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    sheet = read(REGISTER.encode(encoding))
    assert sheet.header == ("URN", "LA (code)", "EstablishmentName", "OpenDate", "Street")
    assert sheet.rows[0].values == ("900001", "099", NAME, "01-09-1998", "1, Moor Lane")
    assert [row.number for row in sheet.rows] == [2, 3, 5]
    assert sheet.rows[2].values == ("900003", "099", 'Quay "Old" School', "", "")
    assert sheet.records()[1] == (
        3,
        {
            "URN": "900002",
            "LA (code)": "099",
            "EstablishmentName": "St Aldwyn's",
            "OpenDate": "",
            "Street": "Two\r\nlines",
        },
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "sep=%s\r\n"])
def test_separators(separator, start):
    text = start.replace("%s", separator) + f'Name{separator}"Notes, and; more"\nA{separator}"b,c;d"\n'
    sheet = read(text)
    assert sheet.header == ("Name", "Notes, and; more")
    assert sheet.rows[0].values == ("A", "b,c;d")
    assert sheet.rows[0].number == 2 + bool(start)


def test_one_column():
    assert read("Name\nA\nB\n").rows[1].values == ("B",)


def test_the_real_register():
    sheet = read(real_path("gias-sample.csv").read_bytes())
    assert len(sheet.header) > 100
    assert sheet.rows
    assert sheet.rows[0].values[0].isdigit()


def test_xlsx_comes_as_the_same_text():
    days = [date(2026, 3, 3), datetime(2026, 3, 3, 9, 5)]

    def add(book, sheet):
        sheet.write_datetime(1, 2, days[0], book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(1, 3, days[1], book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write(3, 0, "Last")

    rows = [("Name", "URN", "Opened", "Seen", "Open"), (" Quay ", 900001), (), ()]
    sheet = read(xlsx(rows, add), filename="odd name.csv")
    assert sheet.rows[0].values == ("Quay", "900001", "2026-03-03", "2026-03-03 09:05", "")
    assert [row.number for row in sheet.rows] == [2, 4]


def test_what_we_write_can_be_read_back():
    columns = (Column("name", "Name"), Column("n", "Places", "number"), Column("on", "Opened", "date"))
    rows = [{"name": "Quay", "n": 12, "on": date(2026, 3, 3)}, {"name": "Caf\u00e9", "n": 0}]
    table = Table("Settings", columns, rows, plain=True)
    expected = [("Quay", "12", "2026-03-03"), ("Caf\u00e9", "0", "")]
    for data in (csv_bytes(table), workbook([table], title="Settings")):
        assert [row.values for row in read(data).rows] == expected


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x00" * 500, "empty"),
        (b",,,\n , \n", "empty"),
        (b"Name,URN\n", "no rows below"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<html><table><tr><td>Name", "HTML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><a/>', "XML"),
        (b'[{"name": 1}]', "JSON"),
        (bytes(range(1, 32)) * 40, "not made of text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"Name,URN\nA,\x00\n", r"B2.*NUL"),
        (b"Name,Town\nA,\x81\n", "letters in this file"),
        (b"Name,Name \nA,B\n", "Columns A and B have the same heading"),
        (b"Name,,Town\nA,B,C\n", "Column B has no heading in row 1"),
        (b"900001,099,12\n900002,099,13\n", "Row 1 holds figures"),
        (b"Name,Town\nA,B,C\n", "Cell C2"),
        (b"Name,Town\nA,=1+1\n", "formula in cell B2"),
        ("Name,Town\nA,\ufeff\uff1dcmd()\n".encode(), "formula in cell B2"),
        (b'Name,Town\nA,"B\n', "Row 2 cannot be read"),
        (b'Name,Town\nA,"B"x\n', "Row 2 cannot be read"),
        (b"Name\n" + b"x" * 1_100_000, "too long"),
    ],
)
def test_refused_text(data, says):
    refused(data, says)


def test_limits():
    refused(b"Name\n" + b"A\n" * 11, "more than 10 rows", rows=10)
    refused(b",".join(b"h%d" % n for n in range(5)) + b"\n1", "more than 4 columns", columns=4)
    assert len(read(b"Name\n" + b"A\n" * 10, rows=10).rows) == 10


class Endless(io.RawIOBase):
    """A file of 200 MB that counts what is read of it."""

    taken = 0

    def read(self, n=-1):
        assert 0 < n <= 21 * 1024 * 1024
        self.taken += n
        return b"x" * n


def test_a_large_file_is_refused_before_it_is_read():
    file = Endless()
    with pytest.raises(UnreadableSheet, match="larger than 20 MB"):
        read_rows(file, filename="x.csv")
    assert file.taken < 21 * 1024 * 1024
    file.size, file.taken = 200 * 1024 * 1024, 0
    with pytest.raises(UnreadableSheet, match="larger than 20 MB"):
        read_rows(file, filename="x.csv")
    assert file.taken == 0


def test_the_limit_can_be_set(settings):
    settings.IMPORT_LIMITS = {"bytes": 10}
    refused(b"Name,Town\nA,B\n", "larger than")


def merged(book, sheet):
    sheet.merge_range("A1:B1", "Name")


def formula_cell(book, sheet):
    sheet.write_formula("B2", "=1+1", None, 2)


def hidden_sheet(book, sheet):
    book.add_worksheet("Secret").hide()


def very_hidden_sheet(book, sheet):
    book.add_worksheet("Secret").very_hidden()


def second_sheet(book, sheet):
    book.add_worksheet("More").write(0, 0, "x")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (merged, "cells A1 to B1 of the sheet 'List' are merged"),
        (formula_cell, "formula in cell B2 of the sheet 'List'"),
        (hidden_sheet, "'Secret' is hidden"),
        (very_hidden_sheet, "'Secret' is hidden"),
        (second_sheet, "2 sheets"),
    ],
)
def test_refused_workbooks(change, says):
    refused(xlsx(change=change), says)


def test_an_empty_second_sheet_is_no_matter():
    assert read(xlsx(change=lambda book, sheet: book.add_worksheet("Sheet2"))).rows[0].values == ("Quay", "900001")


def test_refused_archives():
    good = xlsx()
    types = zipfile.ZipFile(io.BytesIO(good)).read("[Content_Types].xml")
    refused(repacked(good, xl__vbaProject_dot_bin=b"x"), "macros")
    changed = types.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    refused(repacked(good, **{"[Content_Types]_dot_xml": changed}), "macros")
    refused(good, "unpacks to far more", unpacked=2000)
    refused(good[:-30], "damaged")
    refused(b"PK\x03\x04rubbish", "damaged")
    refused(repacked(good, xl__worksheets__sheet1_dot_xml=b"<worksheet><broken"), "damaged")
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    refused(repacked(good, xl__sharedStrings_dot_xml=entity), "entities")
    refused(repacked(good, xl__sharedStrings_dot_xml=entity.decode().encode("utf-16")), "entities|damaged")
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("list.csv", "Name,URN\nA,1\n")
    refused(plain.getvalue(), "archive of other files")
    with zipfile.ZipFile(plain, "a") as archive:
        archive.writestr("content.xml", "<x/>")
    refused(plain.getvalue(), "OpenDocument")


def test_a_zip_bomb_is_not_unpacked():
    bomb = repacked(xlsx(), xl__worksheets__sheet2_dot_xml=b"<a>" + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    refused(bomb, "unpacks to far more")


def test_a_size_that_the_sheet_only_claims():
    book = openpyxl.Workbook()
    book.active.append(["Name", "URN"])
    book.active.append(["Quay", 1])
    buffer = io.BytesIO()
    book.save(buffer)
    part = zipfile.ZipFile(buffer).read("xl/worksheets/sheet1.xml").replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    data = repacked(buffer.getvalue(), xl__worksheets__sheet1_dot_xml=part)
    assert read(data).rows[0].values == ("Quay", "1")


def test_the_name_in_a_message_is_cleaned():
    text = refused(b"%PDF-", "PDF", filename="<b>my\u202elist</b>.pdf")
    assert text.startswith("bmylistb.pdf is not a spreadsheet")


def test_names_of_columns():
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


GOOD = xlsx()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=8), st.integers(0, 9))
def test_damage_is_refused_or_read_but_never_breaks(place, instead, lost):
    with contextlib.suppress(UnreadableSheet):
        assert read(GOOD[:place] + instead + GOOD[place + lost :]).rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=80) | st.text(alphabet='ab,;\t"\r\n=\x00\u200b', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    try:
        sheet = read(data)
    except UnreadableSheet:
        return
    assert all(len(row.values) == len(sheet.header) for row in sheet.rows)
