"""Writes of the agency: a return is begun, filled in by several people, sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library.shapes.standards import Question, Review
from safeboard.partnership.models import Agency

from .. import asking
from ..asking import Told
from ..choices import AnswerState, GapState, Origin, RoundState, Stand
from ..errors import Refused
from ..models import Answer, DraftAnswer, Gap, Proof, Return, RoundAgency, Submission
from ..queries import returns as reading
from ..queries.facts import known
from ..queries.returns import FILLED

FIELDS = ("value", "words", "plan", "review_on", "evidence")


@transaction.atomic
def begin_return(*, by: Access, row: Return) -> Return:
    """Begin to fill in a return: what the register knows and what was said last time stands ready to be confirmed.

    Twice is once. Nothing of it counts as answered.
    """
    require(by, "standards.answer", row)
    held = Return.objects.select_for_update().get(pk=row.pk)
    if held.begun_at is not None:
        return held
    held.begun_at = timezone.now()
    held.save(update_fields=["begun_at"])
    review = reading.review_in(held)
    DraftAnswer.objects.bulk_create(_ready(by, held, review), batch_size=500)
    _count(held, review)
    history.record(by=by, verb="standards.return_begun", obj=held)
    return held


def _ready(by: Access, row: Return, review: Review) -> list[DraftAnswer]:
    """What stands ready to be confirmed: what the register knows, else what was said last time and still fits."""
    agency = Agency.objects.get(pk=row.agency_id)
    before = reading.answers_of(by, reading.last_time(by, row))
    found = []
    for question in review.questions():
        told = known(agency, question.fact) if question.fact else None
        last = before.get(question.id)
        if told is not None:
            found.append(_to_confirm(row, question, Origin.REGISTER, value=told.value, words=told.words))
        elif last is not None and asking.fits(question, last.value) and asking.is_answered(question, last):
            given = {"value": last.value, "words": last.words, "plan": last.plan, "evidence": last.evidence}
            found.append(_to_confirm(row, question, Origin.LAST_TIME, **given))
    return found


def _to_confirm(row: Return, question: Question, origin: Origin, **given: object) -> DraftAnswer:
    return DraftAnswer(
        agency_id=row.agency_id, of=row, question=question.id, state=AnswerState.TO_CONFIRM, origin=origin, **given
    )


@transaction.atomic
def save_answers(
    *, by: Access, row: Return, given: Mapping[str, Told], confirmed: Iterable[str] = ()
) -> dict[str, DraftAnswer]:
    """Save answers, by question, and confirm those that stood ready; gives the answers that somebody else changed.

    Where another person changed an answer since the page was opened (``Told.seen``), theirs stays, and is given back to
    be shown beside what was typed. What does not fit its question is left out. Raises Refused where no board waits.
    """
    require(by, "standards.answer", row)
    held = Return.objects.select_for_update().get(pk=row.pk)
    if not reading.can_be_filled(reading.places_of(held)):
        raise Refused(_("No board waits for this return now, so nothing in it is changed."))
    review = reading.review_in(held)
    questions, drafts = asking.by_id(review), reading.drafts_of(held)
    shelf = set(Proof.objects.filter(agency_id=held.agency_id).values_list("number", flat=True))
    new, changed, meanwhile = [], [], {}
    for name in set(confirmed) & set(drafts):
        draft = drafts[name]
        if draft.state == AnswerState.TO_CONFIRM:
            draft.state = AnswerState.GIVEN
            changed.append(draft)
    for name, told in given.items():
        if name not in questions or not asking.fits(questions[name], told.value):
            continue
        before = drafts.get(name)
        if before is None:
            if asking.is_answered(questions[name], told) or told.plan or told.words:
                new.append(_new(held, name, told, shelf, by))
        elif not _same(before, told):
            if told.seen is not None and told.seen != before.edition:
                meanwhile[name] = before
                continue
            _put(before, told, shelf)
            changed.append(before)
    for draft in changed:
        draft.edition, draft.changed_by, draft.changed_at = draft.edition + 1, by.person, timezone.now()
    DraftAnswer.objects.bulk_create(new, batch_size=500)
    DraftAnswer.objects.bulk_update(changed, [*FIELDS, "state", "edition", "changed_by", "changed_at"], batch_size=500)
    if new or changed:
        _count(held, review)
        facts = {"questions": sorted({draft.question for draft in (*new, *changed)})}
        history.record(by=by, verb="standards.answered", obj=held, facts=facts)
    return meanwhile


def _new(row: Return, name: str, told: Told, shelf: set[int], by: Access) -> DraftAnswer:
    draft = DraftAnswer(agency_id=row.agency_id, of=row, question=name, changed_by=by.person)
    _put(draft, told, shelf)
    return draft


def _same(draft: DraftAnswer, told: Told) -> bool:
    return draft.state == AnswerState.GIVEN and all(getattr(draft, name) == getattr(told, name) for name in FIELDS)


def _put(draft: DraftAnswer, told: Told, shelf: set[int]) -> None:
    draft.value, draft.words, draft.plan, draft.review_on = told.value, told.words, told.plan, told.review_on
    draft.evidence = [number for number in told.evidence if number in shelf]
    draft.state = AnswerState.GIVEN


def _count(row: Return, review: Review) -> None:
    """Keep how far the return is with every round that still waits for it. What falls short is counted when sent."""
    far = reading.whole(review, reading.drafts_of(row))
    counts = {"asked": far.asked, "answered": far.answered, "to_confirm": far.to_confirm}
    rows = RoundAgency.objects.filter(of=row, stand__in=FILLED, round__state=RoundState.SENT)
    rows.update(**counts)
    rows.filter(stand=Stand.NOT_STARTED).update(stand=Stand.PART_DONE, started_at=timezone.now())


@transaction.atomic
def submit_return(*, by: Access, row: Return) -> Submission:
    """Send a return, as it is now, to every board that waits for it. Raises Refused where questions are open.

    What was sent never changes; the next one stands beside it. What falls short becomes a gap, and a gap whose question
    is answered otherwise now is put right.
    """
    require(by, "standards.submit", row)
    held = Return.objects.select_for_update().get(pk=row.pk)
    waiting = [one for one in reading.places_of(held) if one.stand in FILLED and one.round.is_open]
    if not waiting:
        raise Refused(_("No board waits for this return now."))
    review, drafts = reading.review_in(held), reading.drafts_of(held)
    far = reading.whole(review, drafts)
    if not far.done:
        open_ = far.asked - far.answered
        raise Refused(
            ngettext("%(n)s question is still open.", "%(n)s questions are still open.", open_) % {"n": open_}
        )
    values = reading.given_values(drafts)
    asked = [one for one in asking.asked(review, values) if asking.is_answered(one, drafts.get(one.id))]
    last = Submission.objects.filter(of=held).aggregate(last=Max("number"))["last"] or 0
    sent = Submission.objects.create(agency_id=held.agency_id, of=held, number=last + 1, by=by.person)
    answers = [_answer(sent, question, drafts[question.id]) for question in asked]
    Answer.objects.bulk_create(answers, batch_size=500)
    gaps = _find_gaps(by, held, answers)
    RoundAgency.objects.filter(pk__in=[place.pk for place in waiting]).update(
        submission=sent,
        stand=Stand.SUBMITTED,
        submitted_at=sent.at,
        asked=far.asked,
        answered=far.answered,
        to_confirm=0,
        gaps=gaps,
        score=asking.score(asked, values),
        started_at=held.begun_at,
    )
    facts = {"number": sent.number, "boards": [place.round.board_id for place in waiting], "gaps": gaps}
    history.record(by=by, verb="standards.submitted", obj=held, facts=facts)
    return sent


def _answer(sent: Submission, question: Question, draft: DraftAnswer) -> Answer:
    return Answer(
        agency_id=sent.agency_id,
        submission=sent,
        question=question.id,
        figure=asking.figure(question, draft.value),
        gap=asking.is_gap(question, draft.value),
        **{name: getattr(draft, name) for name in FIELDS},
    )


def _find_gaps(by: Access, row: Return, answers: list[Answer]) -> int:
    """Open gaps for what falls short now, close those that are answered otherwise; gives how many fall short."""
    short = {answer.question: answer.value for answer in answers if answer.gap}
    there = reading.gaps_of(by, row)
    now = timezone.now()
    Gap.objects.bulk_create(
        [
            Gap(agency_id=row.agency_id, of=row, question=name, value=value)
            for name, value in short.items()
            if name not in there
        ],
        batch_size=500,
    )
    mended = [gap.pk for name, gap in there.items() if name not in short and gap.state == GapState.OPEN]
    Gap.objects.filter(pk__in=mended).update(state=GapState.ANSWERED, closed_at=now)
    again = [gap.pk for name, gap in there.items() if name in short and gap.state == GapState.ANSWERED]
    Gap.objects.filter(pk__in=again).update(state=GapState.OPEN, closed_at=None)
    return len(short)
