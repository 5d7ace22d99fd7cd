"""A board's dashboards: two years of monthly snapshots, a survey of thousands, straight to the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.insight import operations
from safeboard.insight.models import Snapshot
from safeboard.partnership.models import Board
from safeboard.standards.choices.surveys import SurveyState
from safeboard.standards.models import Survey, SurveyLink, SurveyReply
from safeboard.standards.operations.survey_answers import count_survey

JOB = job_access("bench")
MONTHS, REPLIES = 24, 5_000


@transaction.atomic
def make_dashboards(board: Board) -> int:
    """Take snapshots and count a survey; gives the id of what it found."""
    operations.take_up(by=JOB, board=board)
    with wall.open_for(boards=[board.pk], shared=[board.pk]):
        latest = operations.take_snapshot(by=JOB, board=board)
        month, now = timedelta(days=30), timezone.now()
        Snapshot.objects.bulk_create(
            Snapshot(
                board=board,
                at=now - month * back,
                month=_month(now, back),
                values=latest.values,
                standing=latest.standing,
            )
            for back in range(1, MONTHS + 1)
        )
        return count_survey(by=JOB, survey=_survey(board)).pk


def _month(now: datetime, back: int) -> str:
    """The month so many months ago, such as 2026-03."""
    whole = now.year * 12 + now.month - 1 - back
    return f"{whole // 12}-{whole % 12 + 1:02}"


def _survey(board: Board) -> Survey:
    answers = [["yes", "Yes"], ["partly", "Partly"], ["no", "No"]]
    questions = [
        {"id": f"q{n}", "asks": "one", "question": f"Question {n}?", "hint": "", "answers": answers, "good": ["yes"]}
        for n in range(12)
    ]
    today = timezone.localdate()
    survey = Survey.objects.create(
        board=board, audience="parent", title="Parents", opening="We ask.", thanks="Thank you.", pack=board.pack,
        questions=questions, opens_on=today, closes_on=today, state=SurveyState.PUBLISHED,
    )  # fmt: skip
    link = SurveyLink.objects.create(board=board, survey=survey)
    SurveyReply.objects.bulk_create(
        (
            SurveyReply(
                board=board,
                survey=survey,
                link=link,
                key=uuid4(),
                answers={one["id"]: [answers[(number * n) % 3][0]] for n, one in enumerate(questions, 1)},
            )
            for number in range(REPLIES)
        ),
        batch_size=1000,
    )
    return survey


def pages_of(cookie: str, board: Board) -> dict[str, dict[str, object]]:
    """Who asks for the dashboards: one person who runs that board."""
    result = make_dashboards(board)
    return {
        "the board’s dashboard": {"askers": [(cookie, reverse("insight:dashboard"))]},
        "every agency by part": {"askers": [(cookie, reverse("insight:agencies"))]},
        "indicators": {"askers": [(cookie, reverse("insight:indicators"))]},
        "what a survey found": {"askers": [(cookie, reverse("standards:survey-result", args=[result]))]},
    }
