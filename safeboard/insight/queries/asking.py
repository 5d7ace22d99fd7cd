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
from safeboard.standards.models import BoardReview, SurveyResult
from safeboard.standards.queries.reviews import review_of

from ..models import BoardIndicator

OWN = ":"  # between the key and the name of a board's own review
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
    own = BoardReview.objects.filter(board=board, version__isnull=False, withdrawn=False)
    held = [(f"{one.key}{OWN}own", review_of(one.key, "own", one.version or 0)) for one in own]
    shipped = [(one.id, one) for one in library.items(board.pack, "reviews") if isinstance(one, Review)]
    for item, review in (*held, *shipped):
        if review.about != "agency":
            continue
        for one in review.questions():
            if one.asks in LISTED:
                options = tuple((option.id, str(option.label)) for option in one.options)
                answers = options or tuple((code, str(SHORT_WORDS[code])) for code in one.codes)
                yield Asked("review", item, _of_review(review), one.id, str(one.question), answers)


def source_of(indicator: BoardIndicator) -> str:
    """Where an indicator is counted, in words: the first of several that knows an agency answers."""
    definition, pack = indicator.definition, indicator.board.pack
    said = {
        "register": lambda: _("the register of agencies and settings"),
        "review": lambda: _in_review(indicator.board_id, pack, definition["review"]["item"]),
        "score": lambda: _(" or ").join(library.label(pack, "reviews", one) for one in definition["score"]["items"]),
        "survey": lambda: _in_survey(indicator.board_id, pack, definition["survey"]["item"]),
        "incidents": lambda: _("released quarters of incidents"),
    }
    return _("; else ").join(said[one]() for one in definition["sources"])


def _in_review(board_id: int, pack: str, item: str) -> str:
    key = item.partition(OWN)[0] if OWN in item else ""
    own = BoardReview.objects.filter(board_id=board_id, key=key).first() if key else None
    return _("Review: %(title)s") % {"title": own.title if own else library.label(pack, "reviews", item)}


def _in_survey(board_id: int, pack: str, item: str) -> str:
    own = SurveyResult.objects.filter(board_id=board_id, survey_id=int(item)).first() if item.isdigit() else None
    return _("Survey: %(title)s") % {"title": own.title if own else library.label(pack, "surveys", item)}


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
