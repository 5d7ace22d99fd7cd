"""The shapes of what surveys are begun from: anonymous questions to children, parents and staff (Toolkit s5)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from ..schemas import Audience, Id, Item, Shape, Text, texts_of

MOST_QUESTIONS = 25


class SurveyAsks(StrEnum):
    """What sort of answer a question of a survey asks for."""

    ONE = "one"  # one answer of a few
    SEVERAL = "several"  # any of a few
    WORDS = "words"  # their own words


class SurveyAnswer(Shape):
    """One answer that can be ticked."""

    id: Id
    label: Text


class SameAs(Shape):
    """The question of a review that this one asks of those who would know."""

    review: Id
    question: Id


class SurveyQuestion(Shape):
    """One question. ``good``: the answers that say that it is so, or is well; ``same_as``: where a lead answers it."""

    id: Id
    asks: SurveyAsks = SurveyAsks.ONE
    question: Text
    hint: Text | None = None
    answers: tuple[SurveyAnswer, ...] = Field(default=(), max_length=12)
    good: tuple[Id, ...] = ()
    same_as: SameAs | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The answers that may be ticked."""
        return tuple(answer.id for answer in self.answers)

    @model_validator(mode="after")
    def _fits(self) -> SurveyQuestion:
        if (self.asks is SurveyAsks.WORDS) != (not self.answers) or len(self.answers) == 1:
            raise ValueError("list two answers or more, and none where they write their own words")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("two of its answers have the same id")
        if not set(self.good) <= set(self.codes):
            raise ValueError("good names an answer that cannot be ticked")
        if self.same_as and not self.good:
            raise ValueError("a question that a lead answers too says under good which answers agree")
        return self


class Survey(Item, kind="surveys"):
    """An anonymous survey: whom it asks, what it says before it and after it, and its questions."""

    audience: Audience
    opening: Text
    thanks: Text
    questions: Annotated[tuple[SurveyQuestion, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]

    @model_validator(mode="after")
    def _told_apart(self) -> Survey:
        if len({question.id for question in self.questions}) < len(self.questions):
            raise ValueError("two questions have the same id")
        if self.audience not in (Audience.CHILD, Audience.PARENT, Audience.STAFF):
            raise ValueError("a survey asks children (child), parents (parent) or staff (staff)")
        return self

    def spoken(self, language: str = "en") -> Iterator[tuple[str, list[str]]]:
        """What is read at once: the words before it, each question with its answers, the words after it."""
        yield "opening", [self.opening.say(language)]
        for question in self.questions:
            yield f"questions.{question.id}", [text.say(language) for _, text in texts_of(question)]
        yield "thanks", [self.thanks.say(language)]
