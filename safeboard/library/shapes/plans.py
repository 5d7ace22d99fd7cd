"""The shape of ready chains of steps for an action plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..schemas import Id, Item, Shape, Text


class Step(Shape):
    """One step: what is done, and how many weeks it usually takes. The time is a proposal."""

    id: Id
    title: Text
    weeks: Annotated[int, Field(ge=1, le=52)]


class ActionChain(Item, kind="action-chains"):
    """Steps that each wait for the one before."""

    steps: Annotated[tuple[Step, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _each_once(self) -> ActionChain:
        if len({step.id for step in self.steps}) < len(self.steps):
            raise ValueError("a step's id stands twice")
        return self
