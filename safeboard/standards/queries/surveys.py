"""Reads of surveys: the board's list and pages, what was found, and the public pages, for which the wall is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.documents.suppression import NEAREST, NOT_AVAILABLE, SUPPRESSED, count, rounded, shown
from safeboard.documents.suppression import Count as Shown
from safeboard.library import queries as library
from safeboard.library import voices
from safeboard.library.readability import WORD, grade
from safeboard.library.schemas import DirectoryEntry
from safeboard.library.shapes.standards import Asks as Kind
from safeboard.library.shapes.standards import Review
from safeboard.library.shapes.surveys import Survey as Begun
from safeboard.library.spoken import Voice
from safeboard.partnership.models import Board

from ..choices import SHORT_WORDS
from ..choices.surveys import Asks, Audience, SurveyState
from ..models import Heard, StaffView, Survey, SurveyLink, SurveyResult, SurveyWords
from .accepted import GREEN, accepted

# A grade and five years make the age at which a text is read with ease.
YEARS = 5
EASY = {Audience.CHILD: 4.0, Audience.PARENT: 6.0, Audience.STAFF: 9.0}
SHORTEST_MEASURED = 12  # words: the grade of fewer says nothing
SIGNS = {"c": SUPPRESSED, ":": count(NOT_AVAILABLE)}


# The board's pages -----------------------------------------------------------------------------------------------


def surveys_of(access: Access) -> QuerySet[Survey]:
    """The board's surveys, with how many words wait to be read."""
    waiting = Count("words", filter=Q(words__acted=""))
    return Survey.objects.filter(board_id=access.board_id or 0).annotate(waiting=waiting).order_by("-closes_on", "-pk")


def templates(pack: str) -> list[Begun]:
    """The surveys of the pack that one can be begun from."""
    return [one for one in library.items(pack, "surveys") if isinstance(one, Begun)]


def reviews_to_ask(pack: str) -> list[Review]:
    """The reviews of the pack whose questions can be asked of staff too."""
    found = [one for one in library.items(pack, "reviews") if isinstance(one, Review) and one.about == "agency"]
    return [one for one in found if any(asked.asks in (Kind.YES_NO, Kind.RAG) for asked in one.questions())]


def about_how_many(survey: Survey) -> Shown:
    """How many answered so far, to the nearest 10: while it runs no exact number is shown, nor any answer."""
    return rounded(survey.replies.count(), nearest=NEAREST)


def words_of(survey: Survey) -> QuerySet[SurveyWords]:
    """What people wrote in their own words, unread first."""
    return survey.words.select_related("link__agency", "acted_by").order_by("acted", "pk")


def unread_words(access: Access) -> int:
    """How many words of children wait for an officer of the board to read them."""
    return sum(_unread(access))


@built_once
def _unread(access: Access) -> QuerySet[SurveyWords, int]:
    rows = SurveyWords.objects.filter(board_id=access.board_id or 0, acted="").order_by()
    return rows.values("board_id").annotate(many=Count("pk")).values_list("many", flat=True)


@dataclass(frozen=True)
class Reading:
    """How hard some words are to read: the age at which they are read with ease, and whether that is too old."""

    age: int
    hard: bool


def reading(audience: str, texts: Iterable[str]) -> Reading | None:
    """How hard texts are for those who are asked; None for too few words to say."""
    said = [text for text in texts if text]
    if sum(len(WORD.findall(text)) for text in said) < SHORTEST_MEASURED:
        return None
    found = grade(said)
    return Reading(max(round(found) + YEARS, YEARS), found > EASY[Audience(audience)])


def texts_of(question: Mapping[str, Any]) -> list[str]:
    """All that a question says."""
    return [question["question"], question["hint"], *(words for _code, words in question["answers"])]


# What was found ----------------------------------------------------------------------------------------------------


def figure(plain: object) -> Shown:
    """A kept figure as it is shown."""
    return shown(plain) if isinstance(plain, int) else SIGNS.get(str(plain), SIGNS[":"])


def results_of(access: Access) -> QuerySet[SurveyResult]:
    """What surveys found: of the own board, or of the boards that the agency sits in."""
    found = SurveyResult.objects.select_related("board")
    return found.filter(board_id=access.board_id) if access.board_id else found


@dataclass(frozen=True)
class Line:
    """An answer of a question with its figure, its share of all who answered, and the figure of the time before."""

    words: str
    count: Shown
    share: int | None
    before: Shown | None


@dataclass(frozen=True)
class Found:
    """A question with its lines."""

    question: str
    several: bool
    lines: list[Line]

    @property
    def compared(self) -> bool:
        """Whether it was asked before in the same words."""
        return any(line.before is not None for line in self.lines)


def found(result: SurveyResult) -> list[Found]:
    """The questions of a result with their figures, beside those of the survey that it repeats."""
    whole = figure(result.answers)
    before = _figures(result.before) if result.before else {}
    return [
        Found(
            table["question"],
            table["asks"] == Asks.SEVERAL,
            [_line(table["id"], row, whole, before) for row in table["rows"]],
        )
        for table in result.tables
    ]


def _figures(result: SurveyResult) -> dict[tuple[str, str], Shown]:
    return {(one["id"], code): figure(plain) for one in result.tables for code, _words, plain in one["rows"]}


def _line(question: str, row: Sequence[Any], whole: Shown, before: Mapping[tuple[str, str], Shown]) -> Line:
    code, words, plain = row
    one = figure(plain)
    share = round(100 * one.value / whole.value) if one.value is not None and whole.value else None
    return Line(words, one, share, before.get((question, code)))


def heard_of(result: SurveyResult) -> QuerySet[Heard]:
    """'You said, we did' of a result."""
    return Heard.objects.filter(result=result)


# Somebody who answers ----------------------------------------------------------------------------------------------


def link_of(token: str) -> SurveyLink | None:
    """A public address of a survey that was published, with the survey; None where there is none."""
    boards = Board.objects.values("pk")
    with wall.open_for(boards=boards):
        found = SurveyLink.objects.select_related("survey__board").filter(token=token)
        return found.exclude(survey__state=SurveyState.DRAFT).first()


def published_result(survey: Survey) -> tuple[SurveyResult, list[Heard]] | None:
    """What a survey found and what came of it, where that was published."""
    with wall.open_for(boards=[survey.board_id], shared=[survey.board_id]):
        result = SurveyResult.objects.select_related("before").filter(survey=survey, published_at__isnull=False).first()
        return (result, list(heard_of(result))) if result else None


def voice(pack: str, audience: str) -> Voice | None:
    """The words of the pack for children or parents who write to us: the way out, and who helps. None for staff."""
    return None if audience == Audience.STAFF else voices.voice(pack, audience)


def helpers(pack: str, named: Voice | None) -> list[tuple[DirectoryEntry, str]]:
    """Who helps right now, and with what; nobody is named to staff."""
    return voices.helpers(pack, named) if named else []


def writes_to_us(board: Board) -> bool:
    """Whether somebody can write to this board without an account."""
    return board.duty_point_id is not None


# Leads and their staff -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What a lead answered, and whether most of at least five of the agency's staff say the same."""

    agency: str
    question: str
    lead: str  # the answer of the lead as it is kept; "" where none was accepted yet
    agree: bool
    result_id: int
    agency_id: int = 0

    @property
    def differ(self) -> bool:
        """The lead is green and the staff are not."""
        return self.lead in GREEN and not self.agree

    @property
    def lead_words(self) -> str:
        """The lead's answer in a word."""
        return str(SHORT_WORDS.get(self.lead, self.lead))


def beside_leads(access: Access, result: SurveyResult) -> list[Beside]:
    """Staff beside their leads, where both answered or the staff alone did; where they differ first.

    In an agency's place, of that agency alone.
    """
    views = list(StaffView.objects.filter(result=result).select_related("agency").order_by("agency__name", "pk"))
    by_review: dict[str, set[str]] = {}
    for one in views:
        by_review.setdefault(one.review, set()).add(one.asked)
    leads = {review: accepted(result.board_id, review, asked) for review, asked in by_review.items() if review}
    words = {table["id"]: table["question"] for table in result.tables}
    found = [
        Beside(
            one.agency.name if one.agency else "",
            words.get(one.question, one.question),
            leads.get(one.review, {}).get(one.agency_id or 0, {}).get(one.asked, ""),
            one.agree,
            result.pk,
            one.agency_id or 0,
        )
        for one in views
    ]
    return sorted(found, key=lambda one: not one.differ)


def staff_say(access: Access, board_id: int, agency_id: int, review: str) -> dict[str, bool]:
    """By question of a review: whether most of at least five of the agency's staff say so, as last asked."""
    return dict(_staff_say(access, board_id, agency_id, review))


@built_once
def _staff_say(access: Access, board_id: int, agency_id: int, review: str) -> QuerySet[StaffView, tuple[str, bool]]:
    views = StaffView.objects.filter(result__board_id=board_id, review=review)
    last = views.order_by("-result_id").values("result_id")[:1]
    return views.filter(result_id=Subquery(last), agency_id=agency_id).values_list("asked", "agree")


def latest_staff_result(access: Access, board_id: int) -> SurveyResult | None:
    """What the last survey of staff found; None without one."""
    return next(iter(_staff_results(access, board_id)), None)


@built_once
def _staff_results(access: Access, board_id: int) -> QuerySet[SurveyResult]:
    return SurveyResult.objects.filter(board_id=board_id, audience=Audience.STAFF)[:1]


def latest_results(board_id: int, item: str) -> QuerySet[SurveyResult]:
    """What surveys begun from that one of the pack found, the newest first; of a board's own: its id as a word."""
    found = SurveyResult.objects.filter(board_id=board_id)
    if item.isdigit():
        first = Q(survey_id=int(item)) | Q(survey__before_id=int(item))
        return found.filter(first)
    return found.filter(survey__item=item)
