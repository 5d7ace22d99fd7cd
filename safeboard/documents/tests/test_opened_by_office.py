"""Sheets with hostile text in every field, opened by LibreOffice: nothing is run, is hidden, or says who made it."""

from __future__ import annotations

import re
from datetime import date

from safeboard.documents.sheets import Column, Table, csv_bytes, workbook
from tests.support.office import needs_office, opened

from .test_cells import SIGNS, UNSEEN

PAYLOADS = [f"{before}{sign}1+1" for before in UNSEEN for sign in SIGNS] + ["cmd|' /C calc'!A0", "\uff1dHYPERLINK(1)"]
FORMULA = re.compile(r"table:formula=")
pytestmark = needs_office


def hostile() -> Table:
    columns = (Column("a", "=1+1"), Column("b", "@SUM(1)"), Column("n", "Figure", "number"), Column("on", "On", "date"))
    rows = [{"a": one, "b": f"text\n{one}", "n": 7, "on": date(2026, 3, 3)} for one in PAYLOADS]
    return Table(title="=1+1", columns=columns, rows=rows, note="+1+1", source="-1+1")


def test_no_sheet_runs_anything_hides_a_page_or_names_who_made_it(tmp_path):
    assert len(PAYLOADS) > 200
    shown = opened(workbook([hostile()], title="=1+1"), "xlsx", "fods", tmp_path)
    assert FORMULA.findall(shown) == []
    assert 'table:display="false"' not in shown
    assert re.findall(r"<(?:meta:initial-creator|dc:creator)>[^<]+<", shown) == []
    assert len(re.findall(r'office:value="7"', shown)) == len(PAYLOADS)


def test_no_csv_runs_anything(tmp_path):
    shown = opened(csv_bytes(hostile()), "csv", "fods", tmp_path)
    assert FORMULA.findall(shown) == []
    assert len(re.findall(r'office:value="7"', shown)) == len(PAYLOADS)


def test_a_formula_would_be_seen(tmp_path):
    assert len(FORMULA.findall(opened(b"=1+1,2\n", "csv", "fods", tmp_path))) == 1
