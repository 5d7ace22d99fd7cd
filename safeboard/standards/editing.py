"""Changes of a review as plain functions: a review goes in, a changed one comes out, and nothing else happens.

What comes out always has the shape of a review. Raises Refused for what cannot be done, Missing where the section or
question is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from safeboard.library.schemas import DEFAULT_LANGUAGE, UNPRINTABLE, ShapeError, Text
from safeboard.library.shapes.standards import Question, Review, Section

from .errors import Refused

Edit = Callable[[Review], Review]
MOST_SECTIONS, MOST_QUESTIONS = 20, 30  # of a section: more is not answered on a telephone


class Missing(Refused):
    """The section or question is not (or no longer) in the review."""

    def __init__(self) -> None:
        super().__init__(_("That is no longer in the review. Nothing was changed."))


def said(before: Text | None, words: str) -> Text | None:
    """The text after somebody wrote ``words`` in English: the same where nothing changed, None where it is empty."""
    words = UNPRINTABLE.sub("", words).strip()
    if before and before.say(DEFAULT_LANGUAGE) == words:
        return before
    return Text({DEFAULT_LANGUAGE: words}) if words else None


def changed(review: Review, **fields: Any) -> Review:
    """The review with other values in these fields, its shape checked anew. Raises Refused where it would not fit."""
    given = {name: fields.get(name, getattr(review, name)) for name in Review.model_fields}
    try:
        return Review(**given)
    except ShapeError as why:
        raise Refused(_in_words(why)) from why


def _in_words(why: ShapeError) -> str:
    if any("follows an answer" in error["msg"] for error in why.errors()):
        return _(
            "A question that follows an answer must stand after it. Change or take out the one that follows first."
        )
    return _("That does not fit together, so nothing was changed. Look at the answers and what follows from them.")


def section_of(review: Review, name: str) -> Section:
    """One section. Raises Missing."""
    return _one(review.sections, name)


def question_of(review: Review, name: str) -> tuple[Section, Question]:
    """One question and its section. Raises Missing."""
    for section in review.sections:
        for question in section.questions:
            if question.id == name:
                return section, question
    raise Missing


def _one(listed: Iterable[Any], name: str) -> Any:
    for one in listed:
        if one.id == name:
            return one
    raise Missing


def put_section(review: Review, section: Section) -> Review:
    """The review with this section in the place of the one with its id, or at the end."""
    return changed(review, sections=_put(review.sections, section, MOST_SECTIONS))


def put_question(review: Review, section: str, question: Question) -> Review:
    """The review with this question in its section in the place of the one with its id, or at the end."""
    held = section_of(review, section)
    return put_section(review, _with(held, _put(held.questions, question, MOST_QUESTIONS)))


def _put(listed: tuple[Any, ...], value: Any, most: int) -> tuple[Any, ...]:
    if any(one.id == value.id for one in listed):
        return tuple(value if one.id == value.id else one for one in listed)
    if len(listed) >= most:
        raise Refused(_("There are %(most)d of these already: more than anybody answers.") % {"most": most})
    return (*listed, value)


def _with(section: Section, questions: tuple[Question, ...]) -> Section:
    return Section(**{**{name: getattr(section, name) for name in Section.model_fields}, "questions": questions})


def remove(review: Review, name: str) -> Review:
    """The review without a section (with all its questions) or a question."""
    if any(section.id == name for section in review.sections):
        if len(review.sections) == 1:
            raise Refused(_("A review has at least one section. This one cannot be taken out."))
        return changed(review, sections=tuple(one for one in review.sections if one.id != name))
    section, _question = question_of(review, name)
    return put_section(review, _with(section, tuple(one for one in section.questions if one.id != name)))


def move(review: Review, name: str, by: int) -> Review:
    """The review with a section or question so many places further down its list (up where ``by`` is negative).

    A question that stands at the end of its section goes on into the next one.
    """
    if any(section.id == name for section in review.sections):
        return changed(review, sections=_moved(review.sections, name, by))
    section, question = question_of(review, name)
    moved = _moved(section.questions, name, by)
    if moved != section.questions:
        return put_section(review, _with(section, moved))
    return _across(review, section, question, by)


def _moved(listed: tuple[Any, ...], name: str, by: int) -> tuple[Any, ...]:
    there = list(listed)
    place = next(number for number, one in enumerate(there) if one.id == name)
    there.insert(min(max(place + by, 0), len(there) - 1), there.pop(place))
    return tuple(there)


def _across(review: Review, section: Section, question: Question, by: int) -> Review:
    """The question in the neighbouring section, where there is one."""
    place = [one.id for one in review.sections].index(section.id) + (1 if by > 0 else -1)
    if not 0 <= place < len(review.sections):
        return review
    other = review.sections[place]
    placed = (question, *other.questions) if by > 0 else (*other.questions, question)
    both = {
        section.id: _with(section, tuple(one for one in section.questions if one.id != question.id)),
        other.id: _with(other, placed),
    }
    return changed(review, sections=tuple(both.get(one.id, one) for one in review.sections))


def with_fields(question: Question, **fields: Any) -> Question:
    """A question with other values in these fields, its shape checked anew. Raises Refused where it would not fit."""
    given = {name: fields.get(name, getattr(question, name)) for name in Question.model_fields}
    return new_question(**given)


def new_question(**given: Any) -> Question:
    """A question of these fields. Raises Refused where they do not fit."""
    try:
        return Question(**given)
    except ShapeError as why:
        raise Refused(_in_words(why)) from why


def new_id(words: str, taken: Iterable[str]) -> str:
    """An id made of words that none of those taken has."""
    begin = re.sub(r"-+", "-", slugify(words).replace("_", "-")).strip("-")[:40].strip("-") or "new"
    there, number, name = set(taken), 1, begin
    while name in there:
        number += 1
        name = f"{begin}-{number}"
    return name


def ids_of(review: Review) -> set[str]:
    """All ids of sections and questions, and those that something follows."""
    return {section.id for section in review.sections} | {question.id for question in review.questions()}
