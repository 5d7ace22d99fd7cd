"""Steps are done once for the same inputs, and failures are told in plain English."""

import errno
import sys
from pathlib import Path

import pytest

from toolchain import steps
from toolchain.steps import Trouble, always, digest, explained, step, tool


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    return tmp_path


def test_a_step_is_done_again_only_when_an_input_changed(root: Path, capsys: pytest.CaptureFixture[str]):
    source, stamp, done = root / "source", root / "made" / ".stamp", []
    source.write_text("one")
    assert step("Making it", [source], stamp, lambda: done.append(1))
    assert not step("Making it", [source], stamp, lambda: done.append(1))
    source.write_text("two")
    assert step("Making it", [source], stamp, lambda: done.append(1))
    stamp.unlink()
    assert step("Making it", [source], stamp, lambda: done.append(1))
    assert len(done) == 3
    assert "Making it ... 0.0 s" in capsys.readouterr().out


def test_steps_beside_others_are_told_of_when_they_are_waited_for(capsys: pytest.CaptureFixture[str]):
    wait = steps.beside(lambda: always("Making pages", lambda: None))
    always("Making tables", lambda: None)
    assert "Making pages" not in capsys.readouterr().out
    wait()
    assert capsys.readouterr().out == "  Making pages ... 0.0 s\n"


def test_a_step_beside_others_that_fails_is_told_of_and_fails(capsys: pytest.CaptureFixture[str]):
    def fails() -> None:
        raise Trouble("no")

    wait = steps.beside(lambda: always("Making pages", fails))
    with pytest.raises(Trouble, match="no"):
        wait()
    assert capsys.readouterr().out == "  Making pages ... stopped\n"


def test_a_step_that_failed_is_not_taken_as_done(root: Path):
    stamp = root / ".stamp"

    def fails() -> None:
        raise Trouble("no")

    with pytest.raises(Trouble):
        step("Making it", ["input"], stamp, fails)
    assert not stamp.exists()


def test_a_digest_tells_apart_names_contents_and_texts(root: Path):
    folder = root / "folder"
    folder.mkdir()
    (folder / "a").write_text("x")
    first = digest([folder])
    (folder / "a").rename(folder / "b")
    second = digest([folder])
    (folder / "b").write_text("y")
    assert len({first, second, digest([folder]), digest([folder, "more"])}) == 4


def test_a_full_disk_is_said():
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Trouble, match="The disk is full"):
        always("Writing", full)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: dns error: failed to lookup address information", "registry cannot be reached"),
        ("npm error code ENOTFOUND", "registry cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("django.db.utils.OperationalError: database or disk is full", "disk is full"),
        ("EACCES: permission denied, mkdir", "may not be written"),
        ("SyntaxError: bad", "This did not work: uv pip"),
    ],
)
def test_a_failure_names_its_cause(said: str, told: str):
    text = explained(["uv", "pip"], said)
    assert told in text
    assert said in text


def test_a_tool_that_fails_shows_what_it_said():
    with pytest.raises(Trouble, match="the last words"):
        tool([sys.executable, "-c", "print('the last words'); raise SystemExit(3)"])
