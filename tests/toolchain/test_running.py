"""What `dev.py run` decides: which database, when the demonstration is made anew, what it tells."""

import json
import os
from argparse import Namespace
from pathlib import Path

import pytest

from toolchain import running, steps


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (running, steps):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "room" / "migrations").mkdir(parents=True)
    (tmp_path / "room" / "migrations" / "0001_initial.py").write_text("first")
    return tmp_path


def seen(root: Path) -> tuple[Path, list[Path]]:
    home, migrations = root / "var" / "demo", [root / "room" / "migrations"]
    home.mkdir(parents=True)
    (home / ".migrations.json").write_text(json.dumps(running.written(migrations)))
    return home, migrations


def test_a_further_migration_is_no_reason_to_begin_anew(root: Path):
    home, migrations = seen(root)
    (migrations[0] / "0002_more.py").write_text("second")
    assert not running.rewritten(home, migrations)


def test_a_migration_that_says_something_else_is(root: Path):
    home, migrations = seen(root)
    (migrations[0] / "0001_initial.py").write_text("another first")
    assert running.rewritten(home, migrations)


def test_what_is_set_aside_is_kept(root: Path, capsys: pytest.CaptureFixture[str]):
    home, _ = seen(root)
    running.set_aside(home)
    assert not home.exists()
    assert (root / "var" / "demo-before" / ".migrations.json").exists()
    assert "What was in var/demo is kept in var/demo-before." in capsys.readouterr().out


def test_the_demonstration_takes_nothing_from_the_surroundings(monkeypatch: pytest.MonkeyPatch):
    real = dict.fromkeys(("DATABASE_URL", "SAFEBOARD_KEYS", "SAFEBOARD_SMTP_HOST"), "a real one's")
    monkeypatch.setattr("os.environ", {**os.environ, **real})
    known = running.settings_for(Path("var/demo"), 8123, demonstration=True)
    whole = steps.environment(known)
    assert "a real one's" not in whole.values()
    assert whole["SAFEBOARD_ADDRESS"] == "http://127.0.0.1:8123"
    assert whole["SAFEBOARD_DEMO"] == "1"


def test_the_greeting_says_where_and_who(tmp_path: Path):
    (tmp_path / "people.txt").write_text("Olive Officer  olive@example.org\n")
    said = running.greeting(tmp_path, 8000, Namespace(empty=False), pdf=True)
    assert "http://127.0.0.1:8000/" in said
    assert "  Olive Officer  olive@example.org" in said
    assert "Pango" not in said


def test_an_empty_service_tells_how_the_first_officer_comes_in(tmp_path: Path):
    said = running.greeting(tmp_path, 8123, Namespace(empty=True), pdf=False)
    assert "SAFEBOARD_ADDRESS=http://127.0.0.1:8123 .venv/bin/safeboard createboard" in said
    assert "sudo apt install libpango" in said
