"""What the archive holds of each filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import engine
from ..models import LogSetting

MOST_UNREADABLE = 500


@dataclass(frozen=True)
class Standing:
    """A filter and its lines."""

    log: LogSetting
    lines: int = 0
    unreadable: int = 0
    first: datetime | None = None
    last: datetime | None = None


def of_logs(logs: Iterable[LogSetting]) -> list[Standing]:
    """Each filter with what the archive holds of it."""
    return [Standing(log, **engine.held(log.key)) for log in logs]


def unreadable_of(log: LogSetting) -> list[Any]:
    """The lines of a filter that could not be read, newest segment first, at most 500: segment, line, why."""
    return engine.unreadable(log.key, MOST_UNREADABLE)
