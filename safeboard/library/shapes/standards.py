"""The shapes of what reviews, surveys, indicators and reports are made of."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..schemas import Id, Item, Line, Shape, Source, Text

# --- reviews ------------------------------------------------------------------------------------------

LEVELS = 5
LOW_LEVEL = 2  # a level up to this one is a gap, unless the question says otherwise


class Pies(StrEnum):
    """The four parts of safeguarding children online (Toolkit s1)."""

    POLICIES = "policies"
    INFRASTRUCTURE = "infrastructure"
    EDUCATION = "education"
    STANDARDS = "standards"


class Asks(StrEnum):
    """What sort of answer a question of a review asks for."""

    YES_NO = "yes-no"  # yes, partly, no, does not apply
    RAG = "rag"  # red, amber, green
    LEVEL = "level"  # one of five, each with its statement
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    PERSON = "person"
    CHOICE = "choice"
    EVIDENCE = "evidence"


class Fact(StrEnum):
    """What the register knows already, so that nobody types it again: it only has to be confirmed."""

    LEAD = "lead"
    DESIGNATED_OFFICER = "designated-officer"
    RESPONSIBLE_PERSON = "responsible-person"
    ACCEPTABLE_USE = "acceptable-use"
    FILTERING_PLAN = "filtering-plan"
    FILTERING_PROVIDER = "filtering-provider"
    SETTINGS = "settings"


# Answers that are words of a short list, in their order from the worst to the best; those that fall short; and what
# kind of answer a fact of the register gives.
CODES: dict[Asks, tuple[str, ...]] = {
    Asks.YES_NO: ("no", "partly", "yes", "na"),
    Asks.RAG: ("red", "amber", "green"),
    Asks.LEVEL: tuple(str(number) for number in range(1, LEVELS + 1)),
}
SHORT: dict[Asks, tuple[str, ...]] = {
    Asks.YES_NO: ("no",),
    Asks.RAG: ("red",),
    Asks.LEVEL: tuple(str(number) for number in range(1, LOW_LEVEL + 1)),
}
KNOWN_AS: dict[Fact, Asks] = {
    Fact.LEAD: Asks.PERSON,
    Fact.DESIGNATED_OFFICER: Asks.PERSON,
    Fact.RESPONSIBLE_PERSON: Asks.PERSON,
    Fact.ACCEPTABLE_USE: Asks.YES_NO,
    Fact.FILTERING_PLAN: Asks.YES_NO,
    Fact.FILTERING_PROVIDER: Asks.TEXT,
    Fact.SETTINGS: Asks.NUMBER,
}


class Option(Shape):
    """One answer of a question that lists its own."""

    id: Id
    label: Text


class Level(Shape):
    """One of five levels: what is true there, and what to do to get to the next one."""

    statement: Text
    improve: tuple[Text, ...] = ()


class When(Shape):
    """A question is asked only where an earlier one has one of these answers."""

    question: Id
    answers: tuple[Id, ...] = Field(min_length=1)


class Question(Shape):
    """One question of a review.

    ``why`` says why it is asked; ``benchmark`` what is good enough, in words. ``gap``: the answers that call for an
    action, where they are others than no, red, and the two lowest levels. ``plan``: what will be done and when it is
    looked at again are asked with it. ``proof``: evidence is asked for with it. ``fact``: the register may know it.
    """

    id: Id
    asks: Asks
    question: Text
    help: Text | None = None
    why: Text | None = None
    source: Source | None = None
    benchmark: Text | None = None
    options: tuple[Option, ...] = ()
    levels: tuple[Level, ...] = ()
    when: When | None = None
    gap: tuple[Id, ...] | None = None
    plan: bool = False
    proof: bool = False
    optional: bool = False
    fact: Fact | None = None
    unit: Text | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The answers that may be given, where they are words of a list."""
        if self.asks is Asks.CHOICE:
            return tuple(option.id for option in self.options)
        return CODES.get(self.asks, ())

    @property
    def gaps(self) -> tuple[str, ...]:
        """The answers that call for an action."""
        return SHORT.get(self.asks, ()) if self.gap is None else self.gap

    @model_validator(mode="after")
    def _fits(self) -> Question:
        if (self.asks is Asks.CHOICE) != bool(self.options) or len(self.options) == 1:
            raise ValueError("a choice lists two answers or more under options, and nothing else does")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("two of its answers have the same id")
        if len(self.levels) != (LEVELS if self.asks is Asks.LEVEL else 0):
            raise ValueError(f"a level has {LEVELS} levels, from the lowest to the highest, and nothing else has any")
        if self.gap is not None and not set(self.gap) <= set(self.codes):
            raise ValueError("gap names an answer that cannot be given")
        if self.fact and KNOWN_AS[self.fact] is not self.asks:
            raise ValueError(f"what the register knows here is an answer to '{KNOWN_AS[self.fact]}'")
        return self


class Section(Shape):
    """Questions that are answered on one page."""

    id: Id
    title: Text
    help: Text | None = None
    pies: Pies | None = None
    questions: tuple[Question, ...] = Field(default=(), max_length=40)


class Review(Item, kind="reviews"):
    """A form that agencies answer, or, ``about: board``, whoever answers for the board itself.

    ``months``: how often it is usually repeated.
    """

    about: Literal["agency", "board"] = "agency"
    months: Annotated[int, Field(ge=1, le=60)] = 12
    sections: tuple[Section, ...] = Field(min_length=1, max_length=40)

    def questions(self) -> Iterator[Question]:
        """All questions, in their order."""
        for section in self.sections:
            yield from section.questions

    @model_validator(mode="after")
    def _hangs_together(self) -> Review:
        sections = {section.id for section in self.sections}
        if len(sections) < len(self.sections):
            raise ValueError("two sections have the same id")
        before: dict[str, Question] = {}
        for question in self.questions():
            if question.id in before or question.id in sections:
                raise ValueError(f"two questions, or a question and a section, are called '{question.id}'")
            if question.when and not _can_follow(question.when, before):
                raise ValueError(f"'{question.id}' follows an answer that no earlier question has")
            before[question.id] = question
        return self


def _can_follow(when: When, before: dict[str, Question]) -> bool:
    return when.question in before and set(when.answers) <= set(before[when.question].codes)


class Recommendation(Item, kind="recommendations"):
    """Something recommended to boards, whose adoption is followed (Checklists). ``body``: who recommends it."""

    pies: Pies
    detail: Text | None = None
    body: Line = "Becta"
