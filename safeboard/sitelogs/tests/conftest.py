"""Fixtures of this room: an archive in memory."""

from __future__ import annotations

import pytest

from safeboard.sitelogs import engine
from safeboard.sitelogs.queries import answer
from safeboard.sitelogs.tests.helpers import FakeArchive


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine: a part is shown when it is full."""
    monkeypatch.setattr(answer, "PATIENCE", 60.0)
    monkeypatch.setattr(answer, "LONGEST", 60.0)


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> FakeArchive:
    """An archive in memory in place of the real one."""
    fake = FakeArchive()
    monkeypatch.setattr(engine, "archive", lambda: fake)
    monkeypatch.setattr(engine, "held", lambda key: {"lines": len(fake.lines)})
    return fake
