"""How large a made-up board is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much is made: agencies, settings, people (about), incidents over ``days``."""

    agencies: int
    settings: int
    people: int
    incidents: int
    days: int = 730


DEMONSTRATION = Size(agencies=60, settings=300, people=160, incidents=900)
NEIGHBOUR = Size(agencies=12, settings=36, people=30, incidents=90)
SHARED_AGENCIES = 3
