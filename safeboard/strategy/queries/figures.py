"""The indicator of an objective, and how it stands: told by the room that counts, which this one may not import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.shapes.indicators import Better, Indicator
from safeboard.partnership import queries as partnership

from ..models import Objective

Key = tuple[str, str, str]  # the pack and the indicator's id in it; the title of a board's own, which no pack has


@dataclass(frozen=True, slots=True)
class Figures:
    """An indicator in words that may be shown. Empty: not counted yet, not set, or not this place's to know."""

    title: str
    now: str = ""
    baseline: str = ""
    target: str = ""
    better: str = ""
    word: str = ""
    colour: str = "grey"
    url: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What there is to say of it, each with its name; the latest figure first."""
        told = [(_("Now"), self.now), (_("Baseline"), self.baseline), (_("Target"), self.target)]
        return [(name, words) for name, words in [*told, (_("Better"), self.better)] if words]

    @property
    def said(self) -> str:
        """The same in a line of print."""
        rest = "; ".join(f"{name}: {words}" for name, words in self.lines)
        return f"{self.title}. {rest}." if rest else f"{self.title}."

    def frozen(self, key: Key) -> dict[str, str]:
        """It as a version keeps it: the figures of that day, and whose they are."""
        words = asdict(self)
        del words["url"], words["colour"]
        return {"pack": key[0], "name": key[1], **words}


Told = Callable[[Access, int, set[str]], Mapping[str, Figures]]
Offered = Callable[[Access], Sequence[tuple[str, str]]]
_TOLD: list[Told] = []
_OFFERED: list[Offered] = []


def told_by(function: Told) -> Told:
    """From a room's ``apps.ready``: have ``function`` asked for the figures of a board's indicators.

    It is called as ``function(access, board_id, names)`` and gives figures by name: of those that it counts, no more
    than the access may know. The same function twice is one.
    """
    if function not in _TOLD:
        _TOLD.append(function)
    return function


def offered_by(function: Offered) -> Offered:
    """From a room's ``apps.ready``: have ``function`` asked for what a board counts besides its pack.

    It is called as ``function(access)`` and gives ids and titles. The same function twice is one.
    """
    if function not in _OFFERED:
        _OFFERED.append(function)
    return function


def own_choices(access: Access) -> list[tuple[str, str]]:
    """The indicators of the acting board's own: ids and titles."""
    return [one for function in _OFFERED for one in function(access)]


def choices(access: Access) -> list[tuple[str, str]]:
    """What an objective of the acting board can be shown by: the indicators of its pack, then its own."""
    return [*library.choices(partnership.pack_of(access), "indicators"), *own_choices(access)]


def key_of(row: Any) -> Key:
    """The indicator of an objective, or of a part of a document."""
    return (row.indicator_pack, row.indicator, row.indicator_title)


def figures_of(access: Access, board_id: int, keys: Iterable[Key]) -> dict[Key, Figures]:
    """The indicators of these keys: by name, with their figures where somebody counts them."""
    wanted = {key for key in keys if key[1]}
    if not wanted:
        return {}
    told: dict[str, Figures] = {}
    for function in _TOLD:
        told.update(function(access, board_id, {key[1] for key in wanted}))
    return {key: told.get(key[1]) or named(key) for key in wanted}


def of_objective(access: Access, objective: Objective | None) -> Figures | None:
    """The indicator of one objective, or None where it has none."""
    if objective is None or not objective.indicator:
        return None
    key = key_of(objective)
    return figures_of(access, objective.board_id, [key])[key]


def named(key: Key) -> Figures:
    """An indicator without figures: its name in the pack (the bare id where the pack lost it), which way is better.

    Of a board's own its name alone: what else there is to say stands where it is counted.
    """
    pack, name, title = key
    return Figures(title) if title else Figures(library.label(pack, "indicators", name), better=_better(pack, name))


def thawed(frozen: Mapping[str, str] | None) -> Figures | None:
    """What a version kept of an indicator, as it is read."""
    if not frozen:
        return None
    return Figures(**{name: words for name, words in frozen.items() if name not in ("pack", "name")})


def _better(pack: str, name: str) -> str:
    try:
        item = library.item(pack, "indicators", name)
    except library.UnknownItem:
        return better_of(Better.WATCH)
    return better_of(item.direction.value if isinstance(item, Indicator) else Better.WATCH)


def better_of(direction: str) -> str:
    """Which way is better, in a word."""
    words = {Better.UP: _("more"), Better.DOWN: _("less"), Better.WATCH: _("neither: it is watched")}
    return words[Better(direction)]
