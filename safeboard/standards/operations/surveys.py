"""Writes of surveys by the board: writing one, publishing it, closing it, and saying what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.library.shapes.standards import Asks as Kind
from safeboard.library.shapes.standards import Review
from safeboard.library.shapes.surveys import MOST_QUESTIONS
from safeboard.library.shapes.surveys import Survey as Begun
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from ..choices.surveys import Acted, Asks, Audience, SurveyState
from ..errors import Refused
from ..models import Heard, Survey, SurveyLink, SurveyResult, SurveyWords

# What a repetition takes over, so that the two can be compared.
REPEATED = (
    *("audience", "title", "opening", "thanks", "pack", "item", "version"),
    *("questions", "one_a_device", "by_agency"),
)

STAFF_OPENING = gettext_lazy(
    "Your agency’s lead answers these questions too. We want to know how it looks from where you are. Nobody asks your "
    "name, and nobody sees your answers: only whether most of at least five people agree."
)
STAFF_THANKS = gettext_lazy("Thank you. Your agency and the board see the result once the survey has closed.")
STAFF_ANSWERS = (
    ("yes", gettext_lazy("Yes")),
    ("partly", gettext_lazy("Partly")),
    ("no", gettext_lazy("No")),
    ("not-known", gettext_lazy("I do not know")),
)


def spoken(question: Any) -> dict[str, Any]:
    """A question of the pack as a survey keeps it: in the words of the language in use."""
    same = question.same_as
    return {
        "id": question.id,
        "asks": question.asks.value,
        "question": str(question.question),
        "hint": str(question.hint or ""),
        "answers": [[answer.id, str(answer.label)] for answer in question.answers],
        "good": list(question.good),
        "same_as": [same.review, same.question] if same else [],
    }


def same_questions(review: Review) -> list[dict[str, Any]]:
    """The questions of a review that staff can be asked too: those answered by yes or no, or by a colour."""
    asked = [one for one in review.questions() if one.asks in (Kind.YES_NO, Kind.RAG) and not one.when]
    return [
        {
            "id": one.id,
            "asks": Asks.ONE.value,
            "question": str(one.question),
            "hint": "",
            "answers": [[code, str(words)] for code, words in STAFF_ANSWERS],
            "good": ["yes"],
            "same_as": [review.id, one.id],
        }
        for one in asked[:MOST_QUESTIONS]
    ]


@transaction.atomic
def begin_survey(
    *,
    by: Access,
    board: Board,
    begun: Begun | None = None,
    review: Review | None = None,
    audience: str = "",
    title: str,
    opens_on: date,
    closes_on: date,
    one_a_device: bool = False,
    by_agency: bool = False,
    form_key: UUID | None = None,
) -> Survey:
    """Begin a survey, from one of the pack, for staff from what ``review`` asks their lead, or empty; give it back.

    The same form twice is one survey.
    """
    require(by, "standards.run_surveys", Survey(board=board))
    _in_order(opens_on, closes_on)
    fields: dict[str, Any] = {"audience": audience, "opening": "", "thanks": "", "questions": []}
    if begun is not None:
        fields = {
            "audience": begun.audience.value,
            "opening": str(begun.opening),
            "thanks": str(begun.thanks),
            "questions": [spoken(one) for one in begun.questions],
            "item": begun.id,
            "version": begun.version,
        }
    elif review is not None:
        fields = {"audience": Audience.STAFF, "opening": str(STAFF_OPENING), "thanks": str(STAFF_THANKS)}
        fields["questions"] = same_questions(review)
    fields |= {"title": title, "opens_on": opens_on, "closes_on": closes_on, "made_by": by.person, "pack": board.pack}
    fields |= {"one_a_device": one_a_device, "by_agency": by_agency}
    row, made = Survey.objects.get_or_create(form_key=form_key or uuid4(), board=board, defaults=fields)
    if made:
        history.record(by=by, verb="standards.survey_begun", obj=row, facts={"audience": row.audience})
    return row


def _in_order(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise Refused(_("The last day must not be before the first. Nothing was changed."))


def _draft(survey: Survey) -> Survey:
    """The survey, locked, where its words can still be changed. Refused otherwise."""
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if not row.is_draft:
        raise Refused(_("It is published, so its words stay as they are. Repeat it to change them."))
    return row


@transaction.atomic
def change_survey(*, by: Access, survey: Survey, given: Mapping[str, Any]) -> Survey:
    """Change what is said around the questions, the days, and how it is answered, while it is a draft.

    given: title, opening, thanks, opens_on, closes_on, one_a_device, by_agency.
    """
    require(by, "standards.run_surveys", survey)
    row = _draft(survey)
    _in_order(given["opens_on"], given["closes_on"])
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    row.save()
    history.record(by=by, verb="standards.survey_changed", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def put_question(*, by: Access, survey: Survey, question: Mapping[str, Any], at: int | None = None) -> Survey:
    """Put a question in place of the one at that number (from 0), or at the end; Refused for one too many.

    question: asks, question, hint, answers (words, in their order). A changed question keeps the ids of answers whose
    words stay, what they are good for, and what it is compared with.
    """
    require(by, "standards.run_surveys", survey)
    row = _draft(survey)
    questions = list(row.questions)
    old = questions[at] if at is not None and at < len(questions) else None
    if old is None and len(questions) >= MOST_QUESTIONS:
        raise Refused(_("A survey has %(many)s questions at most. Take one away first.") % {"many": MOST_QUESTIONS})
    new = _put(question, old, {one["id"] for one in questions})
    if old is None:
        questions.append(new)
    else:
        questions[questions.index(old)] = new
    return _keep_questions(by, row, questions)


def _put(question: Mapping[str, Any], old: Mapping[str, Any] | None, taken: set[str]) -> dict[str, Any]:
    known = {words: code for code, words in (old or {}).get("answers", [])}
    free = iter(f"a{number}" for number in range(1, 100) if f"a{number}" not in known.values())
    answers = [] if question["asks"] == Asks.WORDS else question["answers"]
    pairs = [[known.get(words) or next(free), words] for words in answers]
    codes = [code for code, _words in pairs]
    name = old["id"] if old else next(f"q{number}" for number in range(1, 100) if f"q{number}" not in taken)
    good = [code for code in (old or {}).get("good", []) if code in codes]
    return {
        "id": name,
        "asks": str(question["asks"]),
        "question": question["question"],
        "hint": question["hint"],
        "answers": pairs,
        "good": good,
        "same_as": (old or {}).get("same_as", []) if good else [],
    }


@transaction.atomic
def arrange_questions(*, by: Access, survey: Survey, at: int, do: str) -> Survey:
    """Take the question at that number away (``do="remove"``) or move it up by one (``do="up"``)."""
    require(by, "standards.run_surveys", survey)
    row = _draft(survey)
    questions = list(row.questions)
    if not 0 <= at < len(questions):
        raise Refused(_("That question is not there any more. Nothing was changed."))
    one = questions.pop(at)
    if do == "up":
        questions.insert(max(at - 1, 0), one)
    return _keep_questions(by, row, questions)


def _keep_questions(by: Access, row: Survey, questions: Sequence[Mapping[str, Any]]) -> Survey:
    row.questions = list(questions)
    row.save(update_fields=["questions"])
    history.record(by=by, verb="standards.survey_questions", obj=row, facts={"questions": len(row.questions)})
    return row


@transaction.atomic
def publish_survey(*, by: Access, survey: Survey) -> Survey:
    """Fix its words and make its links: one for everybody, or one for each agency that sits in the board."""
    require(by, "standards.run_surveys", survey)
    row = _draft(survey)
    if not row.questions or not row.opening.strip() or not row.thanks.strip():
        raise Refused(_("Write what it says before and after, and one question at least. Then publish it."))
    row.state, row.published_at = SurveyState.PUBLISHED, timezone.now()
    row.save(update_fields=["state", "published_at"])
    agencies = [seat["agency_id"] for seat in partnership.agencies_in(row.board_id)] if row.by_agency else [None]
    SurveyLink.objects.bulk_create(
        [SurveyLink(board_id=row.board_id, survey=row, agency_id=agency) for agency in agencies], batch_size=500
    )
    history.record(by=by, verb="standards.survey_published", obj=row, facts={"links": len(agencies)})
    return row


@transaction.atomic
def repeat_survey(
    *, by: Access, survey: Survey, opens_on: date, closes_on: date, form_key: UUID | None = None
) -> Survey:
    """A new draft with the same words, to be compared with this one; the same form twice is one."""
    require(by, "standards.run_surveys", survey)
    _in_order(opens_on, closes_on)
    copied = (
        "audience",
        "title",
        "opening",
        "thanks",
        "pack",
        "item",
        "version",
        "questions",
        "one_a_device",
        "by_agency",
    )
    fields = {name: getattr(survey, name) for name in copied}
    fields |= {"opens_on": opens_on, "closes_on": closes_on, "before": survey, "made_by": by.person}
    row, made = Survey.objects.get_or_create(form_key=form_key or uuid4(), board=survey.board, defaults=fields)
    if made:
        history.record(by=by, verb="standards.survey_begun", obj=row, facts={"repeats": survey.pk})
    return row


@transaction.atomic
def look_at_words(*, by: Access, survey: Survey) -> None:
    """Note that somebody looked at what people wrote."""
    require(by, "standards.read_words", survey)
    history.saw(by=by, obj=survey, what="words")


@transaction.atomic
def act_on_words(*, by: Access, words: SurveyWords, acted: str) -> SurveyWords:
    """Note that an officer read what somebody wrote, and whether it was passed on as a concern about a child."""
    require(by, "standards.read_words", words)
    row = SurveyWords.objects.select_for_update().get(pk=words.pk)
    row.acted, row.acted_by, row.acted_at = Acted(acted), by.person, timezone.now()
    row.save(update_fields=["acted", "acted_by", "acted_at"])
    history.record(by=by, verb="standards.survey_words", obj=row, facts={"acted": row.acted})
    return row


@transaction.atomic
def say_heard(
    *, by: Access, result: SurveyResult, said: str, did: str, came: str, form_key: UUID | None = None
) -> Heard:
    """Add 'you said, we did' to what a survey found; the same form twice is one."""
    require(by, "standards.run_surveys", result)
    row, made = Heard.objects.get_or_create(
        form_key=form_key or uuid4(),
        board_id=result.board_id,
        result=result,
        defaults={"said": said, "did": did, "came": came, "by": by.person},
    )
    if made:
        history.record(by=by, verb="standards.heard", obj=row, facts={"result": result.pk, "came": came})
    return row


@transaction.atomic
def publish_result(*, by: Access, result: SurveyResult) -> SurveyResult:
    """Show the figures and what came of them to everybody who has the survey's link. Twice is once."""
    require(by, "standards.run_surveys", result)
    row = SurveyResult.objects.select_for_update().get(pk=result.pk)
    if row.published_at:
        return row
    if not Heard.objects.filter(result=row).exists():
        raise Refused(_("Say first what came of one thing at least that people said. Then publish it."))
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    history.record(by=by, verb="standards.survey_result_published", obj=row)
    return row
