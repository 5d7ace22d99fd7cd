"""The board reads its picture and takes the figures with it: suppressed, and nothing of any case in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from safeboard.insight import operations
from safeboard.insight.tests.worlds import CANARY, JOB, incidents, last_quarter, seat
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walking


def test_the_board_reads_the_picture_and_downloads_it(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    small = seat(cast.board, "Chalk Farm School", "other-member")
    for number in range(4):
        seat(cast.board, f"Fenbrook School {number}", "other-member")
    quarter = last_quarter()
    for more in (9, 3, 6):
        quarter = quarter.back()
        moment = quarter.starts + timedelta(days=40)
        incidents(cast.agency.pk, 12 + more, moment, setting=cast.setting)
        incidents(cast.other_agency.pk, 10 + more, moment, scenario="email-misuse", classification="content")
    incidents(cast.agency.pk, 24, setting=cast.setting)
    incidents(cast.other_agency.pk, 13, scenario="email-misuse", classification="content")
    incidents(small.pk, 4, scenario="sexual-exploitation")
    operations.release_ended(by=JOB, board=cast.board)
    operations.refresh_running(by=JOB, board=cast.board)
    manager = somebody(cast.board_manager).goto("/").press("The picture").press("Incidents reported")
    manager.sees("41 incidents were reported", "What the letters mean").sees_not(CANARY, "Chalk Farm School")
    if way == MOUSE:
        screens(manager.page, "picture")
    manager.unfold("Show the figures")
    with manager.page.expect_download() as download:
        manager.touch("All tables as a spreadsheet (XLSX)")
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "c" in cells
    assert "41" in cells
    assert not any("CANARY" in cell or "Chalk Farm" in cell for cell in cells)
    assert all(sheet.sheet_state == "visible" for sheet in book)
