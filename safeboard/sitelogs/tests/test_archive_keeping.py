"""Evidence is never altered unseen, never doubled, never lost; the index is made from it alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from safeboard.sitelogs.archive import Archive, Busy, DiskFull, Keys, Question
from safeboard.sitelogs.archive import store as stores
from safeboard.sitelogs.archive.answer import Answer
from safeboard.sitelogs.archive.manifest import BrokenManifest
from safeboard.sitelogs.archive.question import Torn

from .archive_lines import KEYS, START, archive_in, squid, take

OAK = frozenset({"oak"})
LINES = [squid(f"http://h{n % 3}.example/p{n}", at=START + n * 40_000) for n in range(12)]  # over five days


def everything(archive: Archive, setting: str = "oak") -> pl.DataFrame:
    """All rows of a setting, as a table."""
    frames = list(Answer(archive, Question(settings=frozenset({setting})), archive.index.parts).frames())
    return pl.concat(frames).select(sorted(frames[0].columns)) if frames else pl.DataFrame()


def test_the_same_lines_twice_are_there_once(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    assert (take(archive, LINES).rows, archive.ask(Question(settings=OAK)).count()) == (12, 12)
    again = take(archive, LINES)
    assert (again.again, again.segments, again.rows) == (1, [], 0)
    assert archive.ask(Question(settings=OAK)).count() == 12
    assert take(archive, LINES, setting="elm").rows == 12


def test_evidence_is_unreadable_without_the_key_and_comes_back_byte_for_byte(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    take(archive, LINES)
    sealed = archive.store.segment(1).read_bytes()
    assert b"example" not in sealed
    row = next(archive.ask(Question(settings=OAK)).rows())
    assert archive.raw(row).decode() == LINES[11]
    other = Archive(tmp_path, Keys(lambda: 1, lambda number: b"another key that is 32 bytes lng"))
    assert [fault.segment for fault in other.verify()] == ["00000001"]


def test_one_changed_byte_names_the_first_wrong_segment(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    for n in range(3):
        take(archive, LINES[n * 4 : n * 4 + 4])
    assert list(archive.verify()) == []
    path = archive.store.segment(2)
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    assert [fault.segment for fault in archive_in(tmp_path).verify()] == ["00000002"]
    assert list(archive_in(tmp_path).verify(["00000001", "00000003"])) == []


def test_a_changed_manifest_does_not_open(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    take(archive, LINES[:2])
    take(archive, LINES[2:4])
    lines = archive.store.manifest.read_text().splitlines()
    lines[0] = json.dumps({**json.loads(lines[0]), "lines": 3}, sort_keys=True)
    archive.store.manifest.write_text("\n".join(lines) + "\n")
    assert [fault.why for fault in archive.verify()] == [
        "Line 2 of the manifest does not follow from the line before it."
    ]
    with pytest.raises(BrokenManifest):
        archive_in(tmp_path)


def test_the_index_is_made_again_equal_in_every_row(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    take(archive, LINES[:7])
    take(archive, LINES[7:])
    before = everything(archive)
    assert (archive.rebuild(), everything(archive).equals(before)) == (12, True)
    next((archive.store.index / "place").glob("*.parquet")).unlink()
    assert [fault.why[:20] for fault in archive.verify()] == ["1 parts of the index"]
    assert (archive.settle() > 0, everything(archive).equals(before)) == (True, True)
    assert list(archive.verify()) == []


def told(ask: Callable[[], Any]) -> Any:
    """The answer, or why there is none."""
    try:
        return ask()
    except Torn as why:
        return str(why)


@pytest.mark.parametrize("kind", ["place", "urls", "host", "sums"])
def test_nothing_is_answered_by_an_index_that_lacks_a_file(tmp_path: Path, kind: str) -> None:
    archive = archive_in(tmp_path)
    take(archive, LINES)
    asked = [
        lambda: archive.ask(Question(settings=OAK)).count(),
        lambda: list(archive.ask(Question(settings=OAK, address="10.1.2.3")).rows()),
        lambda: list(archive.ask(Question(settings=OAK, contains="video")).rows()),
    ]
    whole = [call() for call in asked]
    next((archive.store.index / kind).iterdir()).unlink()
    now = [told(call) for call in asked]
    assert {one == before or "No line is lost" in str(one) for one, before in zip(now, whole, strict=True)} == {True}
    assert now != whole
    archive.settle()
    assert [call() for call in asked] == whole


def test_small_parts_are_joined_without_a_row_changed(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    for n in range(5):
        take(archive, [squid(f"http://h.example/{n}", at=START + n)])
    before = everything(archive)
    assert (len(archive.index.parts), archive.compact(), len(archive.index.parts)) == (5, 5, 1)
    assert everything(archive).equals(before)


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
os.environ["DJANGO_SETTINGS_MODULE"] = "safeboard.web.settings_test"
from safeboard.sitelogs.archive import index, manifest, taking
from safeboard.sitelogs.tests.archive_lines import archive_in, take
from safeboard.sitelogs.tests.test_archive_keeping import LINES
def die(*given, **more):
    os.kill(os.getpid(), signal.SIGKILL)
if {where!r} == "sealed": taking.Taker._list = die
elif {where!r} == "listed": index.Collector.finish = die
else: index.Index.replace = die
take(archive_in(Path({folder!r})), LINES)
"""


@pytest.mark.parametrize("where", ["sealed", "listed", "indexed"])
def test_killed_in_the_middle_nothing_is_lost_or_doubled(tmp_path: Path, where: str) -> None:
    root = str(Path(__file__).resolve().parents[3])
    code = KILLED.format(root=root, where=where, folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "SAFEBOARD_HOME": str(tmp_path / "home")})
    assert done.returncode == -signal.SIGKILL
    archive = archive_in(tmp_path)
    take(archive, LINES)
    assert archive.ask(Question(settings=OAK)).count() == 12
    assert (list(archive.verify()), list(archive.store.evidence.glob("**/.new-*"))) == ([], [])


def test_two_at_once_take_turns(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    with archive.store.lock(), pytest.raises(Busy, match="Another process"):
        archive_in(tmp_path).settle(wait=0)
    others = [threading.Thread(target=take, args=(archive_in(tmp_path), LINES[n * 6 : n * 6 + 6])) for n in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert archive.ask(Question(settings=OAK)).count() == 12


def test_a_full_disk_is_refused_before_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path)
    monkeypatch.setattr(stores, "SPARE", 10**18)
    with pytest.raises(DiskFull, match="Nothing was taken"):
        take(archive, LINES)
    assert (list(archive.manifest.kept()), list(archive.verify())) == ([], [])


def test_lines_go_when_their_time_has_come_unless_a_case_holds_them(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    archive.enrol("oak", zone="Europe/London")
    with pytest.raises(ValueError, match="92 days at least"):
        archive.enrol("oak", keep=30)
    take(archive, LINES[:6])
    take(archive, LINES[6:])
    assert archive.due(date(2026, 6, 1)) == []
    assert [one.number for one in archive.due(date(2026, 7, 1), holds=["00000002"])] == [1]
    newest = archive.dispose(archive.due(date(2026, 7, 1), holds=[2]), "kept for its time")
    assert (archive.newest, archive.store.segment(1).exists()) == (newest, False)
    assert [row.line for row in archive.ask(Question(settings=OAK)).rows()] == [6, 5, 4, 3, 2, 1]
    assert (list(archive.verify()), take(archive, LINES[:6]).again) == ([], 1)


def test_evidence_is_sealed_anew_with_the_newest_key(tmp_path: Path) -> None:
    take(archive_in(tmp_path), LINES)
    archive = Archive(tmp_path, Keys(lambda: 2, KEYS.sealing))
    assert (archive.reseal(), archive.reseal(), list(archive.verify())) == (1, 0, [])
    assert archive.evidence.open(1).key_number == 2
