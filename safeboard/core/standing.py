"""Standing items: what a meeting looks at every time, told by rooms that the meetings may not import.

A room registers a function in its ``apps.ready``; whoever assembles an agenda asks ``lines``. The function answers for
the access alone, behind the wall as it is open, and says nothing that the place acted in may not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from .access import Access


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a standing item: what there is to know, where to read it, and its figure where it has one."""

    text: str
    url: str = ""
    figure: str = ""


Told = Callable[[Access, date], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An item of every agenda: its permanent name, its title on the agenda, its place in the order, who tells it."""

    name: str
    title: str | Promise
    order: int
    told: Told

    def lines(self, access: Access, since: date) -> list[Line]:
        """What happened since the day of the last meeting, or holds now."""
        return list(self.told(access, since))


_ITEMS: dict[str, StandingItem] = {}


def standing_item(name: str, title: str | Promise, order: int) -> Callable[[Told], Told]:
    """Register a function of (access, since) as a standing item. The same name again replaces it."""

    def register(function: Told) -> Told:
        _ITEMS[name] = StandingItem(name, title, order, function)
        return function

    return register


def standing_items() -> list[StandingItem]:
    """All standing items, in the order in which an agenda has them."""
    return sorted(_ITEMS.values(), key=lambda item: (item.order, item.name))
