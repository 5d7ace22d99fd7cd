"""What can go wrong in the meetings room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import MinuteClash


class Refused(Exception):
    """A change that the rules do not allow; the message says why and what to do."""


class Clashed(Exception):
    """Somebody else changed the minute of an item first. Both texts are kept: ``clash`` holds the second one."""

    def __init__(self, clash: MinuteClash) -> None:
        super().__init__("the minute was changed by somebody else meanwhile")
        self.clash = clash
