"""Each test with counters of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """The limits count in the cache, which the database's rollback does not reach."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mailed(settings: Any) -> list[dict[str, Any]]:
    """What the room sends, instead of sending it."""
    sent.clear()
    settings.ACCOUNTS_SEND = f"{__name__}.keep"
    return sent


sent: list[dict[str, Any]] = []


def keep(**message: Any) -> None:
    """Stands for the outbox."""
    sent.append(message)
