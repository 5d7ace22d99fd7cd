"""From the lines of a filter to a pack that proves them, through the real archive in a folder of its own."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeboard.core import history
from safeboard.sitelogs import engine, queries
from safeboard.sitelogs.models import Intake, LogSetting
from safeboard.sitelogs.operations import keeping
from safeboard.sitelogs.tests.helpers import DAY, KEY, a_question, clear
from tests.cast import Cast


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """The archive's folder."""
    settings.SAFEBOARD_SITELOGS_DIR = tmp_path / "sitelogs"
    return Path(settings.SAFEBOARD_SITELOGS_DIR)


def squid(minutes: float, url: str, *, address: str = "10.1.2.3", denied: bool = False) -> str:
    """A line as Squid writes it."""
    at = (DAY + timedelta(minutes=minutes)).timestamp()
    code = "DENIED/403" if denied else "MISS/200"
    return f"{at:.3f}    100 {address} TCP_{code} 512 GET {url} - HIER_DIRECT/192.0.2.1 text/html"


LINES = "\n".join(
    [
        squid(0, "http://www.video.example/watch?v=1"),
        squid(0.005, "http://adverts.example/banner.js"),
        squid(3, "http://video.example/bully", denied=True),
        "not a line of a log at all",
        squid(4, "http://news.example/", address="10.1.2.9"),
        "",
    ]
).encode()


@pytest.fixture
def log(cast: Cast) -> LogSetting:
    """A filter whose lines are kept, added as the page adds it."""
    with cast.wall_of(cast.lead):
        return keeping.add_log(by=cast.access_for(cast.lead), setting=cast.setting, key=KEY)


@pytest.fixture
def secret(cast: Cast, log: LogSetting) -> str:
    """A token of that filter."""
    with cast.wall_of(cast.lead):
        return keeping.open_door(by=cast.access_for(cast.lead), log=log, ends_on=timezone.localdate())[1]


def send(body: bytes, secret: str, **headers: str) -> Any:
    """What a filter's program does."""
    return Client().post(
        reverse("sitelogs:door", args=[KEY]),
        body,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {secret}", **headers},
    )


def test_a_program_sends_lines_packed_or_plain_and_the_same_again_adds_nothing(cast: Cast, secret: str):
    first = send(gzip.compress(LINES, mtime=0), secret, **{"Content-Encoding": "gzip"})
    assert (first.status_code, first.json()["lines"], first.json()["unreadable"]) == (201, 5, 1)
    again = send(zstandard.compress(LINES), secret, **{"Content-Encoding": "zstd"})
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert engine.held(KEY)["lines"] == 5


def test_the_door_says_what_it_does_not_take(cast: Cast, secret: str, monkeypatch: pytest.MonkeyPatch):
    assert send(LINES, "sbl_wrong").status_code == 401
    assert send(LINES, secret, **{"Content-Encoding": "br"}).status_code == 415
    assert send(b"", secret).status_code == 422
    assert send(gzip.compress(LINES)[:-9], secret).status_code == 422
    assert send(b"\x00\xff binary", secret).status_code == 422
    monkeypatch.setattr("safeboard.sitelogs.views.door.LARGEST", 10)
    assert send(LINES, secret).status_code == 413
    with cast.wall_of(cast.lead):
        door = queries.doors_of(cast.access_for(cast.lead)).get()
        keeping.close_door(by=cast.access_for(cast.lead), door=door)
    assert send(LINES, secret).status_code == 401
    assert engine.held(KEY)["lines"] == 0


def test_a_token_is_of_one_filter(cast: Cast, secret: str):
    with cast.wall_of(cast.lead):
        keeping.add_log(by=cast.access_for(cast.lead), setting=cast.setting, key="another")
    other = Client().post(
        reverse("sitelogs:door", args=["another"]),
        LINES,
        content_type="text/plain",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert other.status_code == 401


def test_a_file_is_looked_over_and_taken_in(cast: Cast, log: LogSetting):
    keeper = cast.client_for(cast.lead)
    file = SimpleUploadedFile("access.log.gz", gzip.compress(LINES, mtime=0))
    begun = keeper.post(reverse("sitelogs:upload"), {"log": log.pk, "layout": "auto", "file": file})
    page = keeper.get(begun["Location"])
    assert "Squid, native" in page.content.decode()
    assert "4 of 5 can be read" in page.content.decode()
    assert "hxxp[:]//www[.]video[.]example/watch?v=1" in page.content.decode()
    done = keeper.post(begun["Location"], {"layout": "auto", "go": "take"}, follow=True)
    assert "5 lines were taken in" in done.content.decode()
    with cast.wall_of(cast.lead):
        row = Intake.objects.get()
        assert (row.lines, row.unreadable, row.content) == (5, 1, b"")
    page = keeper.get(reverse("sitelogs:unreadable", args=[KEY])).content.decode()
    assert "not a line of a log" not in page
    assert ">4<" in page


def test_a_table_is_read_by_the_columns_that_were_said_and_they_are_kept(cast: Cast, log: LogSetting):
    keeper = cast.client_for(cast.lead)
    table = b"When,Pupil PC,Page,Verdict\n02/03/2026 09:00:00,10.1.2.3,http://video.example/a,blocked\n"
    file = SimpleUploadedFile("report.csv", table)
    begun = keeper.post(reverse("sitelogs:upload"), {"log": log.pk, "layout": "auto", "file": file})
    page = keeper.get(begun["Location"]).content.decode()
    assert "none of the known forms" in page
    columns = {"part_time": "0", "part_address": "1", "part_url": "2", "part_what": "3"}
    given = {"layout": "csv", "delimiter": ",", "time_format": "%d/%m/%Y %H:%M:%S", "denied": "blocked", **columns}
    less = keeper.post(begun["Location"], {**given, "part_url": "", "go": "take"}).content.decode()
    assert "Say which columns hold" in less
    seen = keeper.post(begun["Location"], {**given, "go": "look"}).content.decode()
    assert "hxxp[:]//video[.]example/a" in seen
    assert "taken in" in keeper.post(begun["Location"], {**given, "go": "take"}, follow=True).content.decode()
    log.refresh_from_db()
    assert log.columns["parts"] == {"time": 0, "address": 1, "url": 2, "what": 3}


@pytest.mark.parametrize("apart", [False, True])
def test_an_answer_its_counts_and_a_pack_that_verifies_elsewhere(
    cast: Cast, secret: str, tmp_path: Path, settings: Any, apart: bool
):
    settings.SAFEBOARD_SITELOGS_APART = apart
    send(LINES, secret)
    officer = cast.client_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        clear(cast, cast.designated_officer)
        question = a_question(cast, cast.designated_officer, LogSetting.objects.get())
    page = officer.get(reverse("sitelogs:answer", args=[question.pk]))
    assert [line.url for line in page.context["part"].lines] == [
        "http://video.example/bully",
        "http://www.video.example/watch?v=1",
    ]
    counts = officer.get(reverse("sitelogs:counts", args=[question.pk])).context["found"]
    assert counts.total == 2
    line = officer.get(reverse("sitelogs:line", args=[question.pk]), {"ref": page.context["part"].lines[1].ref})
    found = line.context["found"]
    assert found.raw == LINES.decode().splitlines()[0]
    assert [(one.host, bool(one.hint)) for one in found.lines] == [
        ("video.example", True),
        ("adverts.example", False),
        ("www.video.example", True),
    ]
    pack = officer.post(reverse("sitelogs:export", args=[question.pk, "pack"])).content
    assert verified(pack, tmp_path / "whole") == 0
    with zipfile.ZipFile(io.BytesIO(pack)) as box:
        assert box.read("lines/00000001.log").splitlines() == [LINES.splitlines()[0], LINES.splitlines()[2]]
        assert box.read("lines/00000001.numbers.txt") == b"1\n3\n"
        assert KEY.encode() in box.read("segments.jsonl")
    assert verified(pack, tmp_path / "changed", change="lines/00000001.log") == 1


def verified(pack: bytes, where: Path, change: str = "") -> int:
    """What the pack's own script says of it, on a machine without the product."""
    with zipfile.ZipFile(io.BytesIO(pack)) as box:
        box.extractall(where)
    if change:
        (where / change).write_bytes((where / change).read_bytes().replace(b"video", b"music"))
    return subprocess.run([sys.executable, "-I", where / "verify.py"], capture_output=True, check=False).returncode


def test_a_changed_byte_is_named_and_nothing_that_rests_on_it_leaves(cast: Cast, secret: str, folder: Path):
    send(LINES, secret)
    keeper = cast.client_for(cast.lead)
    whole = keeper.post(reverse("sitelogs:verify", args=[KEY]), follow=True).content.decode()
    assert "is whole" in whole
    [segment] = folder.glob("evidence/*/*.sblogs")
    changed = bytearray(segment.read_bytes())
    changed[len(changed) // 2] ^= 1
    segment.write_bytes(bytes(changed))
    page = keeper.post(reverse("sitelogs:verify", args=[KEY]), follow=True).content.decode()
    assert "Segment 00000001" in page
    assert "Does not hold" in page
    assert "do not hold against their hashes" in keeper.get("/").content.decode()
    with cast.wall_of(cast.designated_officer):
        clear(cast, cast.designated_officer)
        question = a_question(cast, cast.designated_officer, LogSetting.objects.get())
        assert not list(history.verify())
    officer = cast.client_for(cast.designated_officer)
    taken = officer.post(reverse("sitelogs:export", args=[question.pk, "pack"]), follow=True)
    assert "does not hold" in taken.content.decode()
