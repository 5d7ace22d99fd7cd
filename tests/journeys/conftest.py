"""The journeys: a person from start to finish, in a real browser, against a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(autouse=True)
def rows_that_the_server_sees(transactional_db: None) -> None:
    """What a journey writes is committed, and gone when it ends."""
