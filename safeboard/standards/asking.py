"""What a review asks, and what an answer is worth: pure functions over the shapes, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.library.shapes.standards import Asks, Question, Review, Section

from .choices import SHORT_WORDS

IN_WORDS = (Asks.TEXT, Asks.PERSON)
SEEN_OTHERWISE = (Asks.YES_NO, Asks.RAG, Asks.LEVEL, Asks.CHOICE, Asks.NUMBER, Asks.DATE)  # not words nor evidence
SCORED = (Asks.YES_NO, Asks.RAG, Asks.LEVEL)
NOT_SCORED = "na"


class Said(Protocol):
    """An answer, wherever it is kept."""

    @property
    def value(self) -> str:
        """A word of a list, a number, a date."""
        ...

    @property
    def words(self) -> str:
        """What was written."""
        ...

    @property
    def evidence(self) -> list[int]:
        """Numbers of what lies on the shelf."""
        ...


@dataclass(frozen=True)
class Told:
    """An answer as a form or a program gives it. ``seen``: the edition of the answer that the page showed."""

    value: str = ""
    words: str = ""
    plan: str = ""
    review_on: date | None = None
    evidence: list[int] = field(default_factory=list)
    seen: int | None = None


def asked_of(questions: Iterable[Question], values: Mapping[str, str]) -> Iterator[Question]:
    """The questions that are asked, given the answers so far: a follow-up only where its answer was given.

    ``values``: by question, the word of the answer. A follow-up of a question that is not asked is not asked.
    """
    open_ids: set[str] = set()
    for question in questions:
        when = question.when
        if when is None or (when.question in open_ids and values.get(when.question) in when.answers):
            open_ids.add(question.id)
            yield question


def asked(review: Review, values: Mapping[str, str]) -> list[Question]:
    """The questions of the whole review that are asked."""
    return list(asked_of(review.questions(), values))


def asked_in(review: Review, section: Section, values: Mapping[str, str]) -> list[Question]:
    """The questions of one section that are asked; what they follow may stand in an earlier one."""
    wanted = {question.id for question in section.questions}
    return [question for question in asked(review, values) if question.id in wanted]


def by_id(review: Review) -> dict[str, Question]:
    """The questions by their ids."""
    return {question.id: question for question in review.questions()}


def is_answered(question: Question, said: Said | None) -> bool:
    """Whether an answer says what the question asks for."""
    if said is None:
        return False
    if question.asks in IN_WORDS:
        return bool(said.words)
    if question.asks is Asks.EVIDENCE:
        return bool(said.evidence or said.words)
    return bool(said.value)


def is_gap(question: Question, value: str) -> bool:
    """Whether an answer calls for an action."""
    return bool(value) and value in question.gaps


def fits(question: Question, value: str) -> bool:
    """Whether a value can be an answer to the question: a word of its list, a number, a date."""
    if not value:
        return True
    if question.asks is Asks.NUMBER:
        return _number(value) is not None
    if question.asks is Asks.DATE:
        return _day(value) is not None
    return value in question.codes


def figure(question: Question, value: str) -> float | None:
    """An answer as a number: from 0 to 1 where it is scored, as it is where it is a number; else None."""
    if question.asks is Asks.NUMBER:
        return _number(value)
    codes = [code for code in question.codes if code != NOT_SCORED]
    if question.asks not in SCORED or value not in codes:
        return None
    return codes.index(value) / (len(codes) - 1)


def score(questions: Iterable[Question], values: Mapping[str, str]) -> int | None:
    """All scored answers together, of a hundred; None where there is none. What does not apply is left out."""
    scored = [question for question in questions if question.asks in SCORED]
    found = [worth for one in scored if (worth := figure(one, values.get(one.id, ""))) is not None]
    return round(100 * sum(found) / len(found)) if found else None


def _number(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


# --- in words -----------------------------------------------------------------------------------------------


def label_of(question: Question, value: str) -> str:
    """A value in the words of the question."""
    if question.asks is Asks.CHOICE:
        return next((str(option.label) for option in question.options if option.id == value), value)
    if question.asks is Asks.LEVEL and value in question.codes:
        return _("Level %(number)s") % {"number": value}
    if question.asks is Asks.DATE:
        day = _day(value)
        return date_format(day, "j F Y") if day else value
    if question.asks is Asks.NUMBER and value:
        return f"{value} {question.unit}" if question.unit else value
    return str(SHORT_WORDS.get(value, value))


def in_words(question: Question, said: Any) -> str:
    """An answer as it is read: its value, or what was written; '' where there is none."""
    if said is None:
        return ""
    if question.asks in (*IN_WORDS, Asks.EVIDENCE):
        return said.words
    return label_of(question, said.value) if said.value else ""
