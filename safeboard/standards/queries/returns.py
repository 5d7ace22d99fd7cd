"""Returns as the agency sees them: what is asked, what is answered, what lies on the shelf, what falls short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.library.shapes.standards import Question, Review, Section
from safeboard.partnership import queries as partnership

from .. import asking
from ..choices import AnswerState, GapState, Stand
from ..models import Answer, DraftAnswer, Gap, Proof, Return, RoundAgency, Submission
from .answers import Spread, spread_of_own_kind
from .reviews import review_of

FILLED = (Stand.NOT_STARTED, Stand.PART_DONE, Stand.RETURNED)


def returns_here(access: Access) -> QuerySet[RoundAgency]:
    """What the agency acted for was asked by now, the last first, open rounds and closed ones."""
    rows = RoundAgency.objects.filter(agency_id=access.agency_id or 0, round__opens_on__lte=timezone.localdate())
    return rows.select_related("round__board", "of").order_by("-round__due_on", "-pk")


def return_of(access: Access, key: UUID) -> Return | None:
    """One return of the agency acted for, or None."""
    return Return.objects.filter(agency_id=access.agency_id or 0, key=key).first()


def places_of(row: Return) -> list[RoundAgency]:
    """The rounds that a return serves, each with its board."""
    rows = RoundAgency.objects.filter(of=row).select_related("round__board", "submission")
    return list(rows.order_by("round__due_on", "pk"))


def can_be_filled(places: Iterable[RoundAgency]) -> bool:
    """Whether any board still waits for it, in a round that is open."""
    return any(place.stand in FILLED and place.round.is_open for place in places)


def review_in(row: Return) -> Review:
    """The review that a return answers, as it was sent."""
    return review_of(row.pack, row.review, row.version)


def drafts_of(row: Return) -> dict[str, DraftAnswer]:
    """The answers that are being written, by question: nothing in a board's place."""
    return {one.question: one for one in DraftAnswer.objects.filter(of=row)}


def given_values(drafts: Mapping[str, DraftAnswer]) -> dict[str, str]:
    """The words of the answers that were given; what is only to be confirmed says nothing yet."""
    return {name: one.value for name, one in drafts.items() if one.state == AnswerState.GIVEN}


@dataclass(frozen=True)
class Progress:
    """How far a section, or the whole, is."""

    asked: int
    answered: int
    to_confirm: int
    section: Section | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is open."""
        return self.answered >= self.asked and not self.to_confirm


def progress(
    questions: Iterable[Question], drafts: Mapping[str, DraftAnswer], section: Section | None = None
) -> Progress:
    """How far the questions are that are asked. What may stay open counts only where it is answered."""
    asked = answered = waiting = 0
    for question in questions:
        draft = drafts.get(question.id)
        to_confirm = draft is not None and draft.state == AnswerState.TO_CONFIRM
        full = not to_confirm and asking.is_answered(question, draft)
        if question.optional and not full and not to_confirm:
            continue
        asked, answered, waiting = asked + 1, answered + full, waiting + to_confirm
    return Progress(asked, answered, waiting, section)


def by_section(review: Review, drafts: Mapping[str, DraftAnswer]) -> list[Progress]:
    """How far each section is in which anything is asked."""
    values = given_values(drafts)
    asked = {question.id for question in asking.asked(review, values)}
    return [
        progress([one for one in section.questions if one.id in asked], drafts, section)
        for section in review.sections
        if any(one.id in asked for one in section.questions)
    ]


def whole(review: Review, drafts: Mapping[str, DraftAnswer]) -> Progress:
    """How far the whole return is."""
    return progress(asking.asked(review, given_values(drafts)), drafts)


# --- what was sent ------------------------------------------------------------------------------------------------


def answers_of(access: Access, submission: Submission | None) -> dict[str, Answer]:
    """The answers as they were sent, by question."""
    return {one.question: one for one in _answers(access, submission.pk)} if submission else {}


@built_once
def _answers(access: Access, submission_id: int) -> QuerySet[Answer]:
    return Answer.objects.filter(submission_id=submission_id)


def last_time(access: Access, row: Return) -> Submission | None:
    """What the agency sent the last time it was asked the same review, in whatever version; None the first time."""
    return next(iter(_last_time(access, row.agency_id, row.pack, row.review, row.pk)), None)


@built_once
def _last_time(access: Access, agency_id: int, pack: str, review: str, before: int) -> QuerySet[Submission]:
    rows = Submission.objects.filter(agency_id=agency_id, of__pack=pack, of__review=review, of__pk__lt=before)
    return rows.order_by("-of_id", "-number")[:1]


def spread_for(access: Access, place: RoundAgency) -> Spread:
    """How the agency's kind scored in that round, for the agency: quartiles of five agencies at least, no names."""
    seated = RoundAgency.objects.filter(pk=place.pk, agency_id=access.agency_id or 0).exists()
    if not seated:
        return Spread("", 0)
    board = place.round.board_id
    with wall.open_for(agencies=partnership.agencies_in(board), shared=[board]):
        return spread_of_own_kind(access, place)


# --- the shelf ------------------------------------------------------------------------------------------------------


def shelf(agency_id: int, *, all_of_them: bool = False) -> list[Proof]:
    """What lies on an agency's shelf of evidence, without the bytes."""
    rows = Proof.objects.filter(agency_id=agency_id).defer("content").select_related("added_by")
    return list(rows if all_of_them else rows.filter(withdrawn_at__isnull=True))


def used_in(agency_id: int) -> dict[int, int]:
    """How many answers name each piece of evidence, those that are being written."""
    found: dict[int, int] = {}
    for numbers in (
        DraftAnswer.objects.filter(agency_id=agency_id).exclude(evidence=[]).values_list("evidence", flat=True)
    ):
        for number in numbers:
            found[number] = found.get(number, 0) + 1
    return found


# --- what falls short -------------------------------------------------------------------------------------------------


def gaps_of(access: Access, row: Return) -> dict[str, Gap]:
    """What fell short in a return, by question, put right or not."""
    return {gap.question: gap for gap in _gaps(access, row.pk)}


@built_once
def _gaps(access: Access, return_id: int) -> QuerySet[Gap]:
    return Gap.objects.filter(of_id=return_id)


def open_gaps(agency_id: int) -> QuerySet[Gap]:
    """What falls short in an agency and is not put right yet."""
    return Gap.objects.filter(agency_id=agency_id, state=GapState.OPEN).select_related("of").order_by("-found_at")
