"""The shape of an indicator: what is counted over what, from where, and which way is better (Toolkit s5, s6)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from ..schemas import Id, Item, Shape, Text
from .standards import Pies


class From(StrEnum):
    """Where an indicator is counted. The first that knows an agency answers for it: nothing is typed twice."""

    REGISTER = "register"
    REVIEW = "review"
    SCORE = "score"
    SURVEY = "survey"
    INCIDENTS = "incidents"  # of released quarters only


# The field that says what is counted there.
FIELDS = {
    From.REGISTER: "known",
    From.REVIEW: "review",
    From.SCORE: "score",
    From.SURVEY: "survey",
    From.INCIDENTS: "incidents",
}


class Known(StrEnum):
    """What the register of agencies and settings knows."""

    POLICY = "policy"
    LEAD = "lead"
    OFFICER = "officer"
    PLAN = "plan"


class Figure(StrEnum):
    """What a released quarter shows."""

    TOTAL = "total"
    KINDS = "kinds"
    CLASSIFICATIONS = "classifications"
    AGENCIES = "agencies"


class Asked(Shape):
    """A question of a review or of a survey, and the answers to it that count."""

    item: Id
    question: Id
    counts: tuple[Id, ...] = Field(min_length=1)
    partly: tuple[Id, ...] = ()


class Scored(Shape):
    """The last accepted return to one of these reviews: of a hundred, what is enough, and what is enough in part."""

    items: tuple[Id, ...] = Field(min_length=1)
    enough: int = Field(ge=1, le=100)
    partly: int = Field(ge=0, le=100)


class Better(StrEnum):
    """Which way an indicator should go. ``watch``: neither; a rise may be good news."""

    UP = "up"
    DOWN = "down"
    WATCH = "watch"


class Indicator(Item, kind="indicators"):
    """A measure. ``known``, ``review``, ``score``, ``survey``, ``incidents``: what is counted where; ``sources``: in
    which order. ``ours``: what it is called on an agency's own page.

    ``yearly``: the sum of four quarters. ``explain`` stands beside its chart.
    """

    pies: Pies
    group: Literal["measure", "incidents", "local"] = "measure"
    counted: Text
    ours: Text | None = None
    over: Text
    sources: tuple[From, ...] = Field(min_length=1)
    known: Known | None = None
    review: Asked | None = None
    score: Scored | None = None
    survey: Asked | None = None
    incidents: Figure | None = None
    yearly: bool = False
    direction: Better = Better.UP
    explain: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Indicator:
        for source in self.sources:
            if getattr(self, FIELDS[source]) is None:
                raise ValueError(f"sources names {source.value}, but nothing says what is counted there")
        alone = {From.SURVEY, From.INCIDENTS} & set(self.sources)
        if alone and len(self.sources) > 1:
            raise ValueError("a survey and incidents count no agencies: they stand alone")
        return self
