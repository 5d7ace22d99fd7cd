"""What can go wrong in the incident room, for its operations and views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

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


@dataclass(frozen=True)
class Owing:
    """What is still owed before an incident can be concluded, and the page of the record on which it is settled."""

    text: str
    page: str


class CannotConclude(Refused):
    """An incident that still owes something; ``owed`` names it."""

    def __init__(self, owed: list[Owing]) -> None:
        super().__init__("; ".join(one.text for one in owed))
        self.owed = owed


class NamesStand(Refused):
    """A text that would leave still holds names; ``places`` has field name to (before, the words, after) each."""

    def __init__(self, places: dict[str, list[tuple[str, str, str]]]) -> None:
        super().__init__(_("It cannot leave yet: names or numbers that are known still stand in it."))
        self.places = places
