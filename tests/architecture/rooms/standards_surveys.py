"""The guards' tables of surveys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.partnership.models import Board
from safeboard.standards.choices.surveys import SurveyState
from safeboard.standards.models import (
    Heard,
    StaffView,
    Survey,
    SurveyLink,
    SurveyReply,
    SurveyResult,
    SurveyWords,
)
from tests.architecture.carriers import BOARD, INSPECTOR, LEAD, NOBODY, OFFICERS, RUNNERS, Expect, kinds
from tests.architecture.planting import World, word_of

READERS = LEAD | OFFICERS | INSPECTOR | kinds("responsible_person senior_person")
RESULT = Expect(BOARD | READERS, shared=True)
KEEP = Expect(RUNNERS)

ROUTES: dict[str, Expect] = {
    "standards:surveys": Expect(BOARD | READERS),
    "standards:survey": Expect(BOARD),
    "standards:survey-poster": Expect(BOARD),
    "standards:survey-result": RESULT,
    **{f"standards:survey-{page}": KEEP for page in ("new", "change", "question-add", "question", "arrange")},
    **{f"standards:survey-{page}": KEEP for page in ("publish", "close", "repeat", "words", "words-act")},
    **{f"standards:survey-{page}": KEEP for page in ("heard", "result-publish")},
}
_OF_SURVEY = ("", "-change", "-question-add", "-question", "-arrange", "-publish", "-close", "-repeat", "-words")
GAPS = {
    **{f"standards:survey{page}:pk": "survey" for page in _OF_SURVEY},
    "standards:survey-words-act:pk": "survey",
    "standards:survey-words-act:words": "survey_words",
    "standards:survey-poster:pk": "survey_asked",
    "standards:survey-poster:link": "survey_link",
    **{f"standards:survey-{page}:pk": "survey_result" for page in ("result", "heard", "result-publish")},
    "standards:survey-question:at": "=0",
    "standards:survey-arrange:at": "=0",
    "survey:token": "survey_token",
}
PUBLIC_GAPS = frozenset({"at", "token"})
SHOWN_TO_ANYBODY = frozenset({"survey:answer"})
WORDS = {
    "surv": (NOBODY, BOARD),
    "swrd": (NOBODY, RUNNERS),
    "sres": (READERS, BOARD),
}
RIGHTS = {"standards.answer_survey": NOBODY, "standards.count_surveys": NOBODY}
JOBS = frozenset({"standards.answer_survey", "standards.count_surveys"})


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A survey with words that is a draft, one without that is asked, and what each of them has."""
    word, today = word_of(letter, "surv"), timezone.localdate()
    days = {"opens_on": today, "closes_on": today + timedelta(days=9), "pack": board.pack}
    asked = {"id": "q1", "asks": "one", "question": f"{word} question", "hint": "", "good": ["a1"], "same_as": []}
    asked["answers"] = [["a1", "Yes"], ["a2", "No"]]
    given = {"board": board, "audience": "child", "made_by": runner, "item": "", "version": None, **days}
    draft = world.make(Survey, word, questions=[asked], **given)
    plain = {"title": "Asked", "opening": "We ask.", "thanks": "Thank you.", "state": SurveyState.PUBLISHED}
    open_one = Survey.objects.create(questions=[{**asked, "question": "Is it so?"}], **plain, **given)
    open_link = SurveyLink.objects.create(board=board, survey=open_one)
    seat = board.seats.order_by("pk").first()
    link = world.make(SurveyLink, word, board=board, survey=draft, agency_id=seat.agency_id)
    SurveyReply.objects.create(board=board, survey=draft, link=link, key=uuid4(), answers={"q1": ["a1"]})
    told = world.make(
        SurveyWords, word_of(letter, "swrd"), board=board, survey=draft, link=link, question="q1", acted=""
    )
    result = world.make(
        SurveyResult, word_of(letter, "sres"), board=board, survey=draft, audience="child", answers=9, tables=[]
    )
    world.make(Heard, word_of(letter, "sres"), board=board, result=result, by=runner)
    word = word_of(letter, "sres")
    world.make(StaffView, word, board=board, agency_id=seat.agency_id, result=result, agree=True)
    return {
        "survey": draft.pk,
        "survey_asked": open_one.pk,
        "survey_link": open_link.pk,
        "survey_token": open_link.token,
        "survey_words": told.pk,
        "survey_result": result.pk,
    }
