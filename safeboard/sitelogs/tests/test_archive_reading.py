"""Every form of log is read; what cannot be read is told, with its number and why, and stops nothing else."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from safeboard.sitelogs.archive import NeedsZone, Source, UnknownForm
from safeboard.sitelogs.archive.addresses import text_of
from safeboard.sitelogs.archive.formats import Columns, WrongColumns, detect, form_named, guessed_columns
from safeboard.sitelogs.archive.reading import backwards, each_backwards, read

from .archive_lines import START, archive_in, e2guardian, squid, take

URL = "http://video.example:8080/watch?v=1&w=2"
OWN = f"2026.3.2 09:00:00 - 10.1.2.4 {URL} *DENIED* Banned site: x GET 0 0 Bullying 1 403 text/html x pupils -"
COMBINED = f'10.1.2.4 - kim [02/Mar/2026:10:00:00 +0100] "GET {URL} HTTP/1.1" 403 512 "-" "Agent" TCP_DENIED:HIER_NONE'
TAB = "\t".join(
    ["2026.03.02 09:00:00", "-", "10.1.2.4", URL, "*DENIED* Banned site", "GET", "0", "0", "Bullying", "1", "403"]
)
W3C = [
    "#Version: 1.0",
    "#Fields: date time c-ip cs-username cs-method cs-uri sc-status sc-filter-result sc-filter-category",
    f'2026-03-02 09:00:00 10.1.2.4 - GET {URL} 403 DENIED "Bullying"',
]
FORMS = {
    "squid": [squid(URL, address="10.1.2.4", code="TCP_DENIED/403")],
    "squid-combined": [COMBINED],
    "e2guardian": [OWN],
    "e2guardian-csv": [e2guardian(URL, what="*DENIED* Banned site: video.example", category="Bullying")],
    "e2guardian-tab": [TAB],
    "w3c": W3C,
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_found_by_trying_and_read(name: str) -> None:
    found = detect(FORMS[name])
    batch = read("\n".join(FORMS[name]).encode(), found.form, "UTC")
    row = batch.rows.row(0, named=True)
    assert (found.form.name, batch.wrong_count) == (name, 0)
    assert (row["moment"], text_of(row["address"]), row["host"]) == (START * 1000, "10.1.2.4", "video.example")
    assert (row["url"], row["blocked"]) == (URL, True)
    assert row["category"] == ("" if name.startswith("squid") else "Bullying")


def test_a_table_is_read_by_its_columns() -> None:
    title = "Date,Client IP,User,URL,Action,Category"
    columns = Columns(parts=guessed_columns(title), time_format="%d/%m/%Y %H:%M:%S")
    lines = [title, '02/03/2026 09:00:00,10.1.2.4,kim,"http://a.example/?q=""x"",y",Blocked,Games']
    row = read("\n".join(lines).encode(), columns.form(), "UTC").rows.row(0, named=True)
    assert (row["moment"], row["user"], row["category"], row["blocked"]) == (START * 1000, "kim", "Games", True)
    assert row["url"] == "http://a.example/?q=%22x%22,y"
    with pytest.raises(WrongColumns, match="time"):
        Columns(parts={"url": 0}, time_format="epoch")


def test_lines_that_cannot_be_read_are_told_and_stop_nothing(tmp_path: Path) -> None:
    lines = [
        squid(URL).encode(),
        b"\x00\x01\xff binary",
        squid("http://a.example/" + "x" * 1_000_000).encode(),
        squid(URL, address="not-an-address").encode(),
        squid("http://b.example/\x00").encode(),
        e2guardian("http://mixed.example/").encode(),
        b"",
        squid("http://caf\u00e9.example/").encode("latin-1"),
        squid(URL, at=START + 1).encode()[:60],
    ]
    archive = archive_in(tmp_path)
    report = take(archive, b"\n".join(lines), zone="Europe/London")
    assert (report.lines, report.rows, report.remarks, report.unreadable) == (9, 3, 1, 5)
    assert [line for line, _ in report.wrong] == [2, 3, 4, 5, 9]
    assert [why for _, why in report.wrong] == [
        "it holds a zero byte",
        "it is longer than 65,536 bytes",
        "it names no address of a device",
        "it holds a zero byte",
        "it is in no form that is known",
    ]
    assert b"".join(archive.evidence.plain(1)) == b"\n".join(lines)
    assert [(line, why[:5]) for _, line, why in archive.unreadable("oak", 2)] == [(2, "it ho"), (3, "it is")]


def test_addresses_of_both_kinds_and_far_years() -> None:
    lines = [
        squid(URL, address="2001:db8::1", at=0.0),
        squid(URL, address="::ffff:10.1.2.3", at=4_070_908_800.0),
        squid("school.example:443", address="10.1.2.3"),
        squid("http://kim:secret@[2001:db8::2]:80/", address="10.1.2.3"),
        squid(URL, at=9_999_999_999.0),
    ]
    batch = read("\r\n".join(lines).encode(), form_named("squid"), "")
    assert [text_of(code) for code in batch.rows["address"]] == ["2001:db8::1", "10.1.2.3", "10.1.2.3", "10.1.2.3"]
    assert [datetime.fromtimestamp(at / 1000, UTC).year for at in batch.rows["moment"][:2]] == [1970, 2099]
    assert batch.rows["host"].to_list() == ["video.example", "video.example", "school.example", "[2001:db8::2]"]
    assert batch.wrong == [(5, "its time is none that was, by the clock that was named")]


def test_clocks_are_stated_and_daylight_saving_is_kept(tmp_path: Path) -> None:
    lines = [e2guardian(URL, at=at) for at in ("2026.07.01 09:00:00", "2026.10.25 01:30:00", "2026.03.29 01:30:00")]
    with pytest.raises(NeedsZone, match="Say by which clock"):
        take(archive_in(tmp_path / "one"), lines)
    batch = read("\n".join(lines).encode(), form_named("e2guardian-csv"), "Europe/London")
    assert [datetime.fromtimestamp(at / 1000, UTC).hour for at in batch.rows["moment"]] == [8, 0]
    assert (batch.doubtful, batch.wrong_count) == (1, 1)


def test_packed_files_are_unpacked_and_unknown_ones_refused(tmp_path: Path) -> None:
    plain = (squid(URL) + "\n").encode()
    archive = archive_in(tmp_path)
    packed = [gzip.compress(plain), zstandard.compress(plain + plain)]
    reports = archive.ingest([Source("oak", io.BytesIO(one)) for one in packed])
    assert [report.rows for report in reports] == [1, 2]
    with pytest.raises(UnknownForm, match="none of the known forms"):
        take(archive, ["what is this", "and this"])


@given(st.lists(st.text("a1.[\u0663\u00b2", max_size=8)))
def test_many_hosts_are_turned_round_as_one_is(hosts: list[str]) -> None:
    """What lies in the index is asked for by the same name."""
    turned = each_backwards(pl.Series(hosts, dtype=pl.String)).to_list()
    assert turned == [backwards(host) for host in hosts]
    assert [backwards(host) for host in turned] == hosts
