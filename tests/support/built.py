"""Whatever is to be built once is built once: a query that cannot be fails the test in which it was asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture(autouse=True)
def built_once_only(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail where a query of ``@built_once`` reads the clock, or anything else that it was not given.

    ``pytest.mark.builds_anew`` is for the tests of just that.
    """
    kept, log = _Kept(), logging.getLogger("safeboard.core.built")
    log.addHandler(kept)
    yield
    log.removeHandler(kept)
    if not request.node.get_closest_marker("builds_anew"):
        assert kept.said == []
