"""The one place where the room reaches for the archive, so that a test can put another in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import archive as box

if TYPE_CHECKING:
    from .models import LogSetting


@dataclass(frozen=True)
class Taken:
    """What came of taking a file in: its lines, those that could not be read, and whether it was there already."""

    lines: int
    unreadable: int
    again: bool


def archive() -> Any:
    """The archive of this service's settings."""
    return box.current()


def take_in(log: LogSetting, content: bytes, *, layout: str, name: str) -> Taken:
    """Take the bytes of a file in for a filter. Raises Refused, in words, with nothing taken in."""
    raise NotImplementedError


def first_fault(key: str) -> str:
    """The first segment of a filter that does not hold, in words; '' where all do."""
    raise NotImplementedError


def held(key: str) -> dict[str, Any]:
    """What the archive holds of a filter: lines, unreadable, first, last."""
    raise NotImplementedError


def unreadable(key: str, most: int) -> list[Any]:
    """The lines of a filter that could not be read, newest segment first."""
    raise NotImplementedError


def beginning(content: bytes) -> bytes:
    """The first lines of a file, unpacked."""
    raise NotImplementedError
