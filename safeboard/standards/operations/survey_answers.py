"""Writes of surveys without a person behind them: an answer that comes in, and the counting once it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, wall
from safeboard.core.access import Access, Place, job_access, require
from safeboard.core.roles import PlaceKind, Role
from safeboard.core.text import holds_file
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import weighing
from ..choices.surveys import Asks, Audience, SurveyState
from ..errors import Refused
from ..models import StaffView, Survey, SurveyLink, SurveyReply, SurveyResult, SurveyWords

NOBODY = job_access("survey")
READERS = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)


@transaction.atomic
def take_answer(
    *, by: Access, link: SurveyLink, key: UUID, ticked: Mapping[str, Sequence[str]], words: Mapping[str, str]
) -> bool:
    """Keep one person's answers; whether they are new. The same key twice is one. Refused where it is closed.

    Only answers that the survey lists are kept. Own words lie apart; an officer is told once a day that there are some.
    """
    require(by, "standards.answer_survey")
    survey = link.survey
    if not survey.is_open():
        raise Refused(_("This survey is closed."))
    if any(holds_file(text) for text in words.values()):
        raise Refused(_("Only words can be sent, no files."))
    with wall.open_for(boards=[survey.board_id]):
        _row, made = SurveyReply.objects.get_or_create(
            key=key,
            defaults={"board_id": survey.board_id, "survey": survey, "link": link, "answers": _listed(survey, ticked)},
        )
        if made:
            _keep_words(by, link, words)
    return made


def _listed(survey: Survey, ticked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    kept = {}
    for question in survey.questions:
        codes = [code for code, _words in question["answers"] if code in ticked.get(question["id"], ())]
        if codes:
            kept[question["id"]] = codes if question["asks"] == Asks.SEVERAL else codes[:1]
    return kept


def _keep_words(by: Access, link: SurveyLink, words: Mapping[str, str]) -> None:
    asked = {one["id"] for one in link.survey.questions if one["asks"] == Asks.WORDS}
    said = {question: text.strip() for question, text in words.items() if question in asked and text.strip()}
    for question, text in said.items():
        SurveyWords.objects.create(board_id=link.board_id, survey=link.survey, link=link, question=question, text=text)
    if said and link.survey.audience == Audience.CHILD:
        tell_officers(by=by, survey=link.survey)


def tell_officers(*, by: Access, survey: Survey) -> None:
    """Tell those who read them, once a day, that children wrote words of their own; not a word of them is told."""
    place = Place(PlaceKind.BOARD, survey.board_id, survey.board.name)
    today = timezone.localdate().isoformat()
    for member in partnership.members_of_place(place, roles=READERS):
        outbox.send(
            by=by,
            to=member.person,
            kind="survey-words",
            subject=_("Safeboard: children wrote something in a survey"),
            body=_("Somebody may have told of harm. Sign in and read it today, under “Surveys”."),
            about=survey,
            dedupe=f"survey-words:{survey.pk}:{member.person.pk}:{today}",
        )


@transaction.atomic
def count_survey(*, by: Access, survey: Survey) -> SurveyResult:
    """Close a survey and count it, once and for all; give what was found.

    An officer may close it early; the clock does so after its last day. What was found is never counted again, so that
    no two counts can be subtracted from each other.
    """
    if by.person is None:
        require(by, "standards.count_surveys")
    else:
        require(by, "standards.run_surveys", survey)
    with wall.open_for(boards=[survey.board_id], shared=[survey.board_id]):
        row = Survey.objects.select_for_update(of=("self",)).select_related("before", "board").get(pk=survey.pk)
        if row.is_counted:
            return row.result
        if row.is_draft:
            raise Refused(_("It was not published yet. Nobody could answer it."))
        row.state, row.closes_on = SurveyState.COUNTED, min(row.closes_on, timezone.localdate())
        row.opens_on = min(row.opens_on, row.closes_on)
        row.save(update_fields=["state", "opens_on", "closes_on"])
        result = _counted(row)
        history.record(by=by, verb="standards.survey_counted", obj=row, facts={"result": result.pk})
    return result


def _counted(survey: Survey) -> SurveyResult:
    replies: list[dict[str, list[str]]] = []
    by_agency: dict[int, list[dict[str, list[str]]]] = defaultdict(list)
    for agency, answers in survey.replies.values_list("link__agency_id", "answers"):
        replies.append(answers)
        if agency is not None:
            by_agency[agency].append(answers)
    said = weighing.views(survey.questions, by_agency) if survey.audience == Audience.STAFF else {}
    whole, found = weighing.tables(survey.questions, replies)
    earlier = SurveyResult.objects.filter(survey_id=survey.before_id).first() if survey.before_id else None
    result = SurveyResult.objects.create(
        board_id=survey.board_id,
        survey=survey,
        title=survey.title,
        audience=survey.audience,
        answers=whole,
        tables=weighing.beside_views(found, said, by_agency, len(replies)),
        before=earlier,
    )
    StaffView.objects.bulk_create(_staff_views(survey, result, said), batch_size=500)
    return result


def _staff_views(survey: Survey, result: SurveyResult, said: Mapping[str, Mapping[int, bool]]) -> list[StaffView]:
    same = {one["id"]: one.get("same_as") or ["", ""] for one in survey.questions}
    return [
        StaffView(
            board_id=survey.board_id,
            agency_id=agency,
            result=result,
            question=question,
            review=same[question][0],
            asked=same[question][1],
            agree=agree,
        )
        for question, agencies in said.items()
        for agency, agree in agencies.items()
    ]


def count_closed(*, by: Access) -> int:
    """What the clock does: count every survey whose last day has passed; gives how many."""
    require(by, "standards.count_surveys")
    with wall.open_for(boards=Board.objects.values("pk"), shared=Board.objects.values("pk")):
        over = Survey.objects.filter(state=SurveyState.PUBLISHED, closes_on__lt=timezone.localdate())
        rows = list(over.select_related("board").order_by("pk"))
    for row in rows:
        count_survey(by=by, survey=row)
    return len(rows)
