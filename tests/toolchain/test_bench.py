"""The harness of bench/ runs, with a small county. What it measures is no matter of the tests."""

import subprocess
import sys

import pytest

from toolchain.steps import ROOT

SMALL = ["--agencies", "12", "--incidents", "200", "--seconds", "1", "--requests", "5", "--settings-to-import", "50"]
PAGES = {"home page of an agency", "home page of the board", "incident list, 50 rows, filtered", "the board’s picture"}


@pytest.mark.nightly
def test_the_harness_makes_a_county_serves_it_and_prints_its_table(tmp_path):
    words = [sys.executable, ROOT / "bench" / "run.py", "--database", "sqlite", "--keep", tmp_path, *SMALL]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=1200, check=False)
    assert "### SQLite" in done.stdout, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("| ")]
    pages = rows[2:]  # the first two are the headings and the rule below them
    assert {row[1].strip() for row in pages} >= PAGES, done.stdout
    assert [row[6].strip() for row in pages] == ["0"] * len(pages), done.stderr
    assert (tmp_path / "last.md").read_text() == done.stdout.removesuffix("\n")
