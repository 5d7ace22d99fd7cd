"""Surveys of the made-up county: children and staff, counted; parents, asked now. And a year of its indicators."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.insight import operations as insight
from safeboard.insight.models import BoardIndicator, Snapshot
from safeboard.insight.queries.dashboard import latest_snapshot
from safeboard.library import queries as library
from safeboard.library.shapes.standards import Review
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board, Membership
from safeboard.standards.models import Survey, SurveyReply, SurveyResult, SurveyWords
from safeboard.standards.operations import surveys as do
from safeboard.standards.operations.survey_answers import count_survey
from safeboard.standards.queries.surveys import templates

from .county import MAKER, County

REVIEW = "leeds-self-review"
CHILDREN, PARENTS, STAFF_OF_ONE = 240, 64, 9
ASKED = 14  # agencies whose staff are asked
DOUBTFUL = (1, 4)  # of them, those whose staff see it otherwise than their lead
HEARD = (
    ("Half of you did not know whom to tell.", "Every school has put the numbers up in each classroom.", "done"),
    ("Many of you asked for a place to go after school.", "Two libraries open a club with help on Thursdays.", "doing"),
    ("You wanted phones in lessons.", "Schools decide this by themselves. We passed on what you said.", "not"),
)
WROTE = (
    "More clubs where you can play together.",
    "Someone in my class gets nasty messages every night and does not tell anyone.",
    "Teach our parents too.",
)
TARGETS = {"policy": 95, "lead": 100, "provider": 80, "plan": 90, "training": 80, "children-tell": 85}
MONTHS = 10


@transaction.atomic
def make_surveys(county: County, seed: int) -> int:
    """Three surveys, two of them counted, and the indicators of the last year; gives how many people answered."""
    rng, board = random.Random(seed), county.board
    officer = _officer(board)
    seated = partnership.agencies_in(board.pk)
    with wall.open_for(agencies=seated, boards=[board.pk], shared=[board.pk]):
        _children(officer, board, rng)
        _staff(officer, county, rng)
        _parents(officer, board, rng)
        _indicators(officer, board, rng)
        return SurveyReply.objects.count()


def _officer(board: Board) -> Access:
    row = Membership.objects.filter(board=board, role=Role.ESAFETY_OFFICER).earliest("pk")
    return partnership.access_of(row.person, chosen=f"board-{board.pk}")


def _published(officer: Access, board: Board, item: str, **more: Any) -> Survey:
    template = next(one for one in templates(board.pack) if one.id == item)
    today = timezone.localdate()
    days = {"opens_on": today, "closes_on": today + timedelta(days=21)}
    survey = do.begin_survey(by=officer, board=board, begun=template, title=str(template.title), **days, **more)
    return do.publish_survey(by=officer, survey=survey)


def _answered(survey: Survey, rng: random.Random, many: int, good: float, agency: int | None = None) -> None:
    link = survey.links.get(agency_id=agency)
    SurveyReply.objects.bulk_create(
        SurveyReply(
            board_id=survey.board_id,
            survey=survey,
            link=link,
            key=UUID(int=rng.getrandbits(128), version=4),
            answers={one["id"]: _ticked(one, rng, good) for one in survey.questions if one["answers"]},
        )
        for _ in range(many)
    )


def _ticked(question: dict[str, Any], rng: random.Random, good: float) -> list[str]:
    codes = [code for code, _words in question["answers"]]
    if question["asks"] == "several":
        return [code for code in codes if rng.random() < 0.4]
    if question["good"] and rng.random() < good:
        return question["good"][:1]
    return [rng.choice([code for code in codes if code not in question["good"]])]


def _counted(officer: Access, survey: Survey, days: int) -> SurveyResult:
    """Counted, as if so many days ago."""
    result = count_survey(by=officer, survey=survey)
    past = timezone.localdate() - timedelta(days=days)
    Survey.objects.filter(pk=survey.pk).update(opens_on=past - timedelta(days=28), closes_on=past)
    SurveyResult.objects.filter(pk=result.pk).update(counted_at=timezone.now() - timedelta(days=days - 1))
    return result


def _children(officer: Access, board: Board, rng: random.Random) -> None:
    """Counted in spring, published with what came of it."""
    survey = _published(officer, board, "children-online", one_a_device=True)
    _answered(survey, rng, CHILDREN, 0.7)
    link = survey.links.get()
    for number, text in enumerate(WROTE):
        words = SurveyWords.objects.create(board=board, survey=survey, link=link, question="change", text=text)
        if number != 1:
            do.act_on_words(by=officer, words=words, acted="read")
    result = _counted(officer, survey, 100)
    for said, did, came in HEARD:
        do.say_heard(by=officer, result=result, said=said, did=did, came=came)
    do.publish_result(by=officer, result=result)


def _staff(officer: Access, county: County, rng: random.Random) -> None:
    """The staff of some agencies, asked what their leads answered in the round of last year."""
    review = library.item(county.board.pack, "reviews", REVIEW)
    assert isinstance(review, Review)
    today = timezone.localdate()
    survey = do.begin_survey(
        by=officer,
        board=county.board,
        review=review,
        title="Staff: the questions of the self-review",
        opens_on=today,
        closes_on=today + timedelta(days=21),
        by_agency=True,
    )
    survey = do.publish_survey(by=officer, survey=survey)
    for number, agency in enumerate(county.agencies[:ASKED]):
        _answered(survey, rng, STAFF_OF_ONE, 0.35 if number in DOUBTFUL else 0.9, agency.pk)
    _counted(officer, survey, 40)


def _parents(officer: Access, board: Board, rng: random.Random) -> None:
    """Parents are asked now."""
    _answered(_published(officer, board, "parents-online"), rng, PARENTS, 0.6)


def _indicators(officer: Access, board: Board, rng: random.Random) -> None:
    """Counted now, with the months before as they may have been, and targets for some."""
    insight.take_up(by=MAKER, board=board)
    insight.take_snapshot(by=MAKER, board=board, monthly=True)
    latest = latest_snapshot(board.pk)
    assert latest is not None  # it was just taken
    now = timezone.localtime(latest.at)
    earlier = [_earlier(latest, now, back, rng) for back in range(MONTHS, 0, -1)]
    Snapshot.objects.bulk_create(earlier)
    insight.freeze_quarters(by=MAKER, board=board)
    for row in BoardIndicator.objects.filter(board=board, name__in=TARGETS):
        given = {"target": TARGETS[row.name], "target_on": _in_a_year(now.date()), "owner": officer.person}
        insight.set_indicator(by=officer, indicator=row, given=given)


def _earlier(latest: Snapshot, now: datetime, back: int, rng: random.Random) -> Snapshot:
    """A snapshot of some months ago, in which a little less was in place each month."""
    month = (now.year * 12 + now.month - 1) - back
    at = now.replace(year=month // 12, month=month % 12 + 1, day=1)
    values = {name: _less(value, back, rng) for name, value in latest.values.items() if "whole" in value}
    return Snapshot(board=latest.board, at=at, month=at.strftime("%Y-%m"), values=values)


def _less(value: dict[str, int], back: int, rng: random.Random) -> dict[str, int]:
    has = max(0, value["has"] - back * max(1, value["whole"] // 40) - rng.randint(0, 1))
    return {**value, "has": has, "unknown": value["whole"] - has - value["lacks"]}


def _in_a_year(day: date) -> date:
    return date(day.year + 1, 7, 31)
