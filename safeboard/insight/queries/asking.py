"""The questions that an indicator of a board's own can be counted from: of reviews and surveys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeboard.library import queries as library
from safeboard.library.shapes.standards import Asks, Review
from safeboard.library.shapes.surveys import Survey as Template
from safeboard.partnership.models import Board
from safeboard.standards.choices import SHORT_WORDS
from safeboard.standards.models import SurveyResult

LISTED = (Asks.YES_NO, Asks.RAG, Asks.CHOICE)


@dataclass(frozen=True)
class Asked:
    """A question: where it stands, its id, its words, and its answers."""

    source: str
    item: str
    of: str
    question: str
    words: str
    answers: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """One word for it."""
        return f"{self.source}/{self.item}/{self.question}"


def questions(board: Board) -> list[Asked]:
    """Every question that can be counted, reviews first."""
    return [*_reviews(board), *_surveys(board), *_own(board)]


def choices(asked: list[Asked]) -> list[tuple[str, str]]:
    """The same as choices of a form, each with the review or survey that it stands in."""
    return [(one.key, f"{one.of}: {one.words}") for one in asked]


def _reviews(board: Board) -> Iterator[Asked]:
    for review in library.items(board.pack, "reviews"):
        if not isinstance(review, Review) or review.about != "agency":
            continue
        for one in review.questions():
            if one.asks in LISTED:
                options = tuple((option.id, str(option.label)) for option in one.options)
                answers = options or tuple((code, str(SHORT_WORDS[code])) for code in one.codes)
                yield Asked("review", review.id, _of_review(review), one.id, str(one.question), answers)


def _of_review(review: Review) -> str:
    return _("Review: %(title)s") % {"title": review.title}


def _surveys(board: Board) -> Iterator[Asked]:
    for survey in library.items(board.pack, "surveys"):
        if not isinstance(survey, Template):
            continue
        of = _("Survey: %(title)s") % {"title": survey.title}
        for one in survey.questions:
            if one.answers:
                answers = tuple((answer.id, str(answer.label)) for answer in one.answers)
                yield Asked("survey", survey.id, of, one.id, str(one.question), answers)


def _own(board: Board) -> Iterator[Asked]:
    """Questions of the board's own surveys that were counted."""
    for result in SurveyResult.objects.filter(board=board, survey__item=""):
        of = _("Survey: %(title)s") % {"title": result.title}
        for table in result.tables:
            answers = tuple((code, words) for code, words, _figure in table["rows"])
            yield Asked("survey", str(result.survey_id), of, table["id"], table["question"], answers)
