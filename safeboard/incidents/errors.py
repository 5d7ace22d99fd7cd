"""What can go wrong in the incident room, for its operations and views."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Incident


class Refused(Exception):
    """A change that the rules do not allow; the message says why and what to do."""


class FilesRefused(Refused):
    """A file, or something that carries one, was sent to an incident about images of children."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the record first. ``differences`` has field name to (theirs, mine)."""

    def __init__(self, incident: Incident, differences: dict[str, tuple[object, object]]) -> None:
        super().__init__("changed meanwhile")
        self.incident = incident
        self.differences = differences


class CannotConclude(Refused):
    """An incident that still owes something; ``owed`` names it."""

    def __init__(self, owed: list[str]) -> None:
        super().__init__("; ".join(owed))
        self.owed = owed
