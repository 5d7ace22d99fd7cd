"""Fixtures of this room: an archive in memory."""

from __future__ import annotations

import pytest

from safeboard.sitelogs import engine
from safeboard.sitelogs.tests.helpers import FakeArchive


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> FakeArchive:
    """An archive in memory in place of the real one."""
    fake = FakeArchive()
    monkeypatch.setattr(engine, "archive", lambda: fake)
    monkeypatch.setattr(engine, "held", lambda key: {"lines": len(fake.lines)})
    return fake
