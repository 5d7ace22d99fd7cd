"""Steps that the tests of surveys share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.standards.models import Survey, SurveyLink, SurveyReply, SurveyResult
from safeboard.standards.operations.survey_answers import NOBODY, count_survey, take_answer
from safeboard.standards.operations.surveys import begin_survey, publish_survey
from safeboard.standards.queries.surveys import templates

STAFF, CHILD = "staff-practice", "children-online"


def officer(cast: Any) -> Access:
    """The officer of the own board."""
    return cast.access_for(cast.board_officer)


def begun(cast: Any, item: str = CHILD, **more: Any) -> Survey:
    """A draft begun from the pack, open from today for four weeks."""
    today = timezone.localdate()
    template = next(one for one in templates(cast.board.pack) if one.id == item)
    given = {"title": str(template.title), "opens_on": today, "closes_on": today + timedelta(days=28), **more}
    with cast.wall_of(cast.board_officer):
        return begin_survey(by=officer(cast), board=cast.board, begun=template, **given)


def published(cast: Any, item: str = CHILD, **more: Any) -> Survey:
    """The same, published."""
    survey = begun(cast, item, **more)
    with cast.wall_of(cast.board_officer):
        return publish_survey(by=officer(cast), survey=survey)


def link_of(cast: Any, survey: Survey, agency: int | None = None) -> SurveyLink:
    """The link for everybody, or that of an agency."""
    with cast.wall_of(cast.board_officer):
        return SurveyLink.objects.select_related("survey__board").get(survey=survey, agency_id=agency)


def replies(cast: Any, survey: Survey, many: int, agency: int | None = None, **ticked: str) -> None:
    """That many people tick the same."""
    link = link_of(cast, survey, agency)
    answers = {question: code.split() for question, code in ticked.items()}
    with cast.wall_of(cast.board_officer):
        SurveyReply.objects.bulk_create(
            SurveyReply(board_id=survey.board_id, survey=survey, link=link, key=uuid4(), answers=answers)
            for _ in range(many)
        )


def writes(cast: Any, survey: Survey, text: str, question: str = "change") -> None:
    """Somebody writes words of their own."""
    link = link_of(cast, survey)
    with wall.open_for(boards=[survey.board_id]):
        take_answer(by=NOBODY, link=link, key=uuid4(), ticked={}, words={question: text})


def counted(cast: Any, survey: Survey) -> SurveyResult:
    """Closed and counted by the officer."""
    with cast.wall_of(cast.board_officer):
        return count_survey(by=officer(cast), survey=survey)


def figures(result: SurveyResult, question: str) -> dict[str, Any]:
    """The figures of a question by answer."""
    table = next(one for one in result.tables if one["id"] == question)
    return {code: figure for code, _words, figure in table["rows"]}


class Someone:
    """Somebody at a telephone who answers, screen by screen."""

    def __init__(self, address: str, client: Client | None = None, **headers: str) -> None:
        self.client, self.address, self.headers = client or Client(), address, headers
        self.page, self.answer = "", None

    def open(self) -> str:
        """The first screen."""
        return self._take(self.client.get(self.address, **self.headers))

    def say(self, **fields: Any) -> str:
        """Post a screen with what it carried; gives the next."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page))
        return self._take(self.client.post(self.address, {**hidden, **fields}, **self.headers))

    def _take(self, answer: Any) -> str:
        self.answer, self.page = answer, answer.content.decode()
        return self.page
