"""The archive in a process of its own: asked, withdrawn, killed, ended with whoever asks."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from safeboard.sitelogs.archive import Apart, Archive, Gone, Keys, Question, Source, WrongQuestion
from safeboard.sitelogs.archive.formats import detect
from safeboard.sitelogs.archive.question import Torn
from safeboard.sitelogs.archive.sealing import Altered
from safeboard.sitelogs.archive.store import Busy

from .archive_lines import START, squid

OAK = frozenset({"oak"})
EVERY = Question(settings=OAK)
# Long addresses: an answer is more than a socket holds, so that it is still being sent when its process is killed.
LONG = "x" * 1000
LINES = [squid(f"http://video.example/{n}/{LONG}", at=START + n * 60, code="TCP_DENIED/403") for n in range(1200)]


def send(archive: Apart, lines: list[str]) -> object:
    """Take lines in for the setting oak."""
    return archive.ingest([Source("oak", io.BytesIO("\n".join([*lines, ""]).encode()))])[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the archive and its keys lie."""
    return tmp_path_factory.mktemp("apart")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Apart]:
    """An archive in a process of its own, with lines of a day."""
    made = Apart(folder / "logs", folder / "keys")
    made.enrol("oak", zone="Europe/London")
    send(made, LINES)
    yield made
    stop(made)


def stop(archive: Apart) -> None:
    """End its process, as a machine without memory does."""
    assert archive.process is not None
    archive.process.kill()
    archive.process.wait(10)


def soon(true: Callable[[], bool]) -> bool:
    """Whether it becomes so within some seconds."""
    end = time.monotonic() + 20
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_it_is_started_while_somebody_still_writes_their_question(archive: Apart):
    stop(archive)
    before = archive.process
    archive.prepare()
    made = archive.process
    archive.prepare()
    assert (made is before, archive.process is made) == (False, True)
    assert (archive.held("oak").lines, archive.process is made) == (1200, True)


def test_an_index_that_lacks_a_file_is_told_as_the_archive_tells_it(archive: Apart, folder: Path):
    lost = next((folder / "logs" / "index" / "place").iterdir())
    content = lost.read_bytes()
    lost.unlink()
    with pytest.raises(Torn, match="No line is lost"):
        list(archive.ask(EVERY).rows())
    lost.write_bytes(content)
    assert archive.ask(EVERY).count() == 1200


def test_it_gives_what_the_archive_itself_gives(archive: Apart, folder: Path):
    beside = Archive(folder / "logs", Keys(lambda: 1, lambda _number: (folder / "keys/sealing-1.key").read_bytes()))
    answer, plain = archive.ask(EVERY), beside.ask(EVERY)
    rows = list(answer.rows())
    assert (rows, answer.progress) == (list(plain.rows()), 1.0)
    assert (answer.count(), answer.counts("hour")) == (1200, plain.counts("hour"))
    assert archive.raw(rows[0]) == LINES[-1].encode()
    assert archive.around(rows[9], 2) == beside.around(rows[9], 2)
    assert archive.held("oak") == beside.held("oak")
    assert (archive.newest, archive.verify()) == (beside.newest, [])
    assert archive.came_in(["oak"]) == beside.came_in(["oak"])
    form = detect(LINES[:9]).form
    seen = archive.look_over("\n".join(LINES[:9]).encode(), form, "", 3)
    assert seen.rows[2]["url"] == f"http://video.example/2/{LONG}"
    with pytest.raises(AttributeError):
        archive.rebuild()


def test_rows_come_a_few_first_with_how_far_the_search_is(archive: Apart):
    sizes = [len(batch) for batch in archive.ask(EVERY).batches()]
    assert sizes == [250, 50, 900]  # 300 lines of the newer day, 900 of the other
    answer = archive.ask(EVERY)
    first = next(answer.batches())
    assert (len(first), first[0].time) == (250, datetime.fromtimestamp(START + 1199 * 60, UTC))


def test_errors_arrive_as_themselves(archive: Apart, folder: Path):
    row = next(archive.ask(EVERY).rows())
    archive.ingest([Source("elm", io.BytesIO(f"{LINES[0]}\n".encode()))])
    with pytest.raises(WrongQuestion) as wrong:
        archive.ask(Question(settings=frozenset({"elm"}), days=frozenset({1}))).counts("hour")
    assert wrong.value.field == "hours"
    with pytest.raises(ValueError, match="not a time zone"):
        archive.enrol("oak", zone="Europe/Atlantis")
    with pytest.raises(Altered):
        archive.raw(type(row)(**{name: getattr(row, name) for name in row.__slots__} | {"segment": "00000099"}))
    with Archive(folder / "logs", Keys(lambda: 1, bytes)).store.lock(), pytest.raises(Busy):
        archive.ingest([Source("oak", io.BytesIO(b"x\n"))], wait=0.0)
    with pytest.raises(TypeError) as told:
        archive.held()
    assert "holder.py" in "".join(told.value.__notes__)


def test_whoever_reads_no_further_leaves_nothing_running(archive: Apart):
    def threads() -> int:
        assert archive.process is not None
        return len(os.listdir(f"/proc/{archive.process.pid}/task"))

    list(archive.ask(EVERY).rows())
    assert soon(lambda: threads() > 1)
    quiet = threads()
    left = [archive.ask(EVERY).batches() for _ in range(8)]
    assert all(len(next(one)) == 250 for one in left)
    assert threads() > quiet
    answer = archive.ask(EVERY)
    rows = answer.rows()
    next(rows)
    answer.cancel()
    assert len(list(rows)) == 249
    del left
    assert soon(lambda: threads() <= quiet)


def test_two_ask_at_once(archive: Apart):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: len(list(archive.ask(EVERY).rows())), range(8)))
    assert found == [1200] * 8


def test_killed_in_the_middle_it_is_told_and_whoever_asks_next_is_answered(archive: Apart):
    batches = archive.ask(EVERY).batches()
    next(batches)
    stop(archive)
    with pytest.raises(Gone):
        list(batches)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _n: archive.ask(EVERY).count(), range(4))) == [1200] * 4


def test_one_that_cannot_start_is_told(folder: Path):
    broken = Apart(folder, folder)
    broken.command = [sys.executable, "-c", ""]
    with pytest.raises(Gone):
        broken.held("oak")


def test_the_clocks_calls_are_answered_as_well(archive: Apart, folder: Path):
    beside = Archive(folder / "logs", Keys(lambda: 1, lambda _number: (folder / "keys/sealing-1.key").read_bytes()))
    late = date(2100, 1, 1)
    assert (archive.settings(), archive.due(late)) == (beside.settings(), beside.due(late))
    assert "oak" in archive.settings()
    assert archive.compact() >= 0
    archive.ingest([Source("ash", io.BytesIO(f"{LINES[1]}\n".encode()))])
    over = [one for one in archive.due(late) if one.setting == "ash"]
    assert archive.dispose(over, "its time has come") == archive.newest
    assert (len(over), archive.held("ash").lines, archive.held("oak").lines) == (1, 0, 1200)


ASKER = """
import io, sys
from pathlib import Path
from safeboard.sitelogs.archive import Apart, Question, Source
archive = Apart(Path(sys.argv[1]) / "logs", Path(sys.argv[1]) / "keys")
batches = archive.ask(Question(settings=frozenset({"oak"}))).batches()
next(batches)
archive.raw(archive.around(next(archive.ask(Question(settings=frozenset({"oak"}))).rows()))[0])
large = sorted({"polars", "duckdb", "pyarrow", "numpy", "sqlglot"} & set(sys.modules))
print(archive.process.pid, *large, flush=True)
sys.stdin.read()
"""


def test_it_ends_with_whoever_started_it_who_carries_none_of_it(archive: Apart, folder: Path):
    command = [sys.executable, "-c", ASKER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asker:
        assert asker.stdout is not None
        holder, *large = asker.stdout.readline().split()
        assert large == []
        assert Path(f"/proc/{holder}").exists()
        asker.send_signal(signal.SIGKILL)
    assert soon(lambda: not Path(f"/proc/{holder}").exists() or "Z" in Path(f"/proc/{holder}/stat").read_text())


@pytest.mark.usefixtures("archive")  # its lines
def test_it_ends_when_nobody_asks_for_a_while(folder: Path):
    quick = Apart(folder / "logs", folder / "keys")
    module, *given = quick.command[2:]
    quick.command[1:] = ["-c", f"import {module} as it; it.IDLE = 0.2; it.main()", *given]
    assert quick.ask(EVERY).count() == 1200
    assert quick.process is not None
    assert quick.process.wait(20) == 0
