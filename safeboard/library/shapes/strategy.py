"""The shapes of what strategies, practice guidance and reporting mechanisms are begun from.

A template gives structure and words to start with. Who is responsible and after how many months are proposals: the
board sets both. `after` is the action of the same template that has to be done first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..schemas import Id, Item, Shape, Text

Role = Literal["board_manager", "esafety_officer", "subgroup_member"]  # of those that work in a board
Months = Annotated[int, Field(ge=1, le=60)]


class Proposed(Shape):
    """An action: what is to be done, by which role of the board, after how many months, after which other."""

    id: Id
    title: Text
    role: Role = "esafety_officer"
    months: Months = 12
    after: Id | None = None


class Aim(Shape):
    """An objective, how one will know (in words, by an indicator of the pack), and its actions."""

    id: Id
    title: Text
    measure: Text | None = None
    indicator: Id | None = None
    actions: tuple[Proposed, ...] = ()


class Area(Shape):
    """A priority (an area, a strand) with its objectives, and the actions that serve several of them."""

    id: Id
    title: Text
    text: Text | None = None
    objectives: tuple[Aim, ...] = ()
    actions: tuple[Proposed, ...] = ()


class Named(Shape):
    """Something with a name and a few words: a driver, another plan, a term."""

    title: Text
    text: Text | None = None


class Heading(Shape):
    """A chapter of guidance and its paragraphs."""

    title: Text
    paragraphs: tuple[Text, ...] = ()


class Strategy(Item, kind="strategies"):
    """What a document of a board is begun from. `area`: whose structure it is, where it is somebody's."""

    sort: Literal["strategy", "guidance", "reporting"] = "strategy"
    area: Text | None = None
    note: Text | None = None
    position: tuple[Text, ...] = ()
    purpose: tuple[Text, ...] = ()
    audience: tuple[Text, ...] = ()
    drivers: tuple[Named, ...] = ()
    plans: tuple[Named, ...] = ()
    priorities: tuple[Area, ...] = ()
    objectives: tuple[Aim, ...] = ()
    chapters: tuple[Heading, ...] = ()
    monitoring: tuple[Text, ...] = ()
    terms: tuple[Named, ...] = ()
    plain: tuple[Text, ...] = ()
    children: tuple[Text, ...] = ()

    @property
    def aims(self) -> tuple[Aim, ...]:
        """All objectives, in order."""
        return (*self.objectives, *(aim for area in self.priorities for aim in area.objectives))

    def actions(self) -> Iterator[Proposed]:
        """All actions, in order."""
        for aim in self.objectives:
            yield from aim.actions
        for area in self.priorities:
            yield from area.actions
            for aim in area.objectives:
                yield from aim.actions

    @model_validator(mode="after")
    def _in_order(self) -> Strategy:
        """Every id stands once, and an action waits only for one that was named before it."""
        named = [area.id for area in self.priorities] + [aim.id for aim in self.aims]
        seen: set[str] = set()
        for action in self.actions():
            if action.after and action.after not in seen:
                raise ValueError(f"'{action.id}' waits for '{action.after}', which is not among the actions before it")
            seen.add(action.id)
            named.append(action.id)
        doubled = [name for name, times in Counter(named).items() if times > 1]
        if doubled:
            raise ValueError(f"these ids stand twice: {', '.join(doubled)}")
        return self
