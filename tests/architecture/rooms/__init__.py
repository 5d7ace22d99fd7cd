"""The guards' tables of the rooms that keep them by themselves: one module a room, named as the room.

What a module may have, each left out where the room has no such thing:

* ``ROUTES``: as expected.ROUTES;
* ``GAPS``, ``POSTS``, ``PUBLIC_GAPS``, ``SHOWN_TO_ANYBODY``, ``MAY_REFUSE``: as in gaps.py;
* ``WORDS``: who may meet a class of planted words, by its four letters: (kinds of people in the agencies, kinds in the
  board above them);
* ``RIGHTS``, ``JOBS``: as in test_rights.py;
* ``plant_agency(world, letter, agency, reporter)`` and ``plant_board(world, letter, board, runner)``: rows with planted
  words in every text field; gives what fills the gaps of the room's addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tests.architecture.rooms import documents, insight, meetings, reports, sitelogs, standards, strategy, takeaway

ROOMS: tuple[ModuleType, ...] = (strategy, documents, meetings, standards, sitelogs, insight, reports, takeaway)


def gathered(name: str) -> dict[str, Any]:
    """One table of all rooms together."""
    found: dict[str, Any] = {}
    for room in ROOMS:
        found |= getattr(room, name, {})
    return found


def named(name: str) -> frozenset[str]:
    """One set of all rooms together."""
    return frozenset().union(*(getattr(room, name, frozenset()) for room in ROOMS))


def planted(name: str, *given: Any) -> dict[str, Any]:
    """What every room plants at a place, by the words that fill gaps."""
    found: dict[str, Any] = {}
    for plant in _having(name):
        found |= plant(*given)
    return found


def _having(name: str) -> Iterator[Any]:
    return (getattr(room, name) for room in ROOMS if hasattr(room, name))
