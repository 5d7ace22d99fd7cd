"""What can go wrong with a report, for its operations and views."""

from __future__ import annotations


class Refused(Exception):
    """A change that the rules do not allow; the message says why and what to do."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the section first; it is given as it is now. Nothing was written."""

    def __init__(self, there: object) -> None:
        super().__init__("changed meanwhile")
        self.there = there
