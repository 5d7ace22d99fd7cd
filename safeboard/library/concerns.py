"""The shapes of what concerns about staff and support for children need: who hears first, questions, steps."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schemas import Id, Item, Shape, Text, Within


class Level(Shape):
    """How grave a concern about staff is, with what the word means."""

    id: Literal["harm", "low"]
    hint: Text


class AllegationPath(Item, kind="allegation-paths"):
    """What happens first with a concern about somebody who works here.

    ``first``: who hears before anybody else (a contact kind), ``duty`` the words for it, ``by`` its clock.
    ``last``: who is rung where nobody here may handle it. ``assess``: the kinds of incident that call for a risk
    assessment, within ``assess_by``. ``levels``: how grave it may be, none where the pack knows no such difference.
    """

    first: Id
    duty: Text
    by: Within
    why: Text
    last: tuple[Id, ...] = Field(min_length=1)
    assess: tuple[Id, ...] = ()
    assess_duty: Text
    assess_by: Within
    levels: tuple[Level, ...] = ()


class Question(Shape):
    """One question of a set. ``answers``: yes, no or not known with words beside them; or words alone."""

    id: Id
    question: Text
    hint: Text | None = None
    answers: Literal["yes-no", "words"] = "yes-no"


class QuestionSet(Item, kind="question-sets"):
    """Questions that are asked together and kept in the words that were shown."""

    questions: tuple[Question, ...] = Field(min_length=1, max_length=30)


class SupportSteps(Item, kind="support-steps"):
    """What helps those whom an incident of these kinds touched, in order. Shown beside the questions about support."""

    scenarios: tuple[Id, ...] = ()
    question: Literal["harmed", "others", "did-it"]
    steps: tuple[Text, ...] = Field(min_length=1, max_length=12)
