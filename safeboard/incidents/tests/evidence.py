"""Evidence for the tests of this room."""

from __future__ import annotations

from typing import Any

from safeboard.incidents import operations
from safeboard.incidents.choices import Custody, EvidenceKind
from safeboard.incidents.models import EvidenceFile, EvidenceItem, Handover, Incident
from safeboard.incidents.queries.evidence import Party


def item_on(cast: Any, incident: Incident, by: str = "designated_officer", **changes: Any) -> EvidenceItem:
    """A telephone, taken in by whoever records it."""
    person = cast.people[by]
    given = {
        "kind": EvidenceKind.DEVICE,
        "what": "Black telephone, cracked corner",
        "keeper": Party(person),
        "place": "Locked cupboard, main office",
    }
    with cast.wall_of(person):
        return operations.take_in(by=cast.access_for(person), incident=incident, **{**given, **changes})


def file_on(
    cast: Any, item: EvidenceItem, name: str = "words.txt", content: bytes = b"What was said", by: str = "lead"
) -> EvidenceFile:
    """A file of it."""
    person = cast.people[by]
    with cast.wall_of(person):
        return operations.add_file(by=cast.access_for(person), item=item, name=name, content=content)


def handed(
    cast: Any, item: EvidenceItem, giver: Party, taker: Party, by: str = "designated_officer", **changes: Any
) -> Handover:
    """A handover; to the police, unless it says otherwise."""
    person = cast.people[by]
    given = {"state": Custody.HANDED_ON, "place": "Police station", "why": "They asked for it"}
    with cast.wall_of(person):
        access = cast.access_for(person)
        return operations.hand_over(by=access, item=item, giver=giver, taker=taker, **{**given, **changes})
