"""Five rounds to all agencies of a board, some 200,000 answers, straight to the database; returns to be sent."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.roles import Role
from safeboard.library import operations as library
from safeboard.library.shapes.standards import Question, Review
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board, Membership
from safeboard.partnership.queries import current
from safeboard.standards import asking
from safeboard.standards.choices import Stand
from safeboard.standards.models import Answer, Return, Round, RoundAgency, Submission
from safeboard.standards.operations import Told
from safeboard.standards.queries.reviews import review_of

ROUNDS, ANSWERS_EACH = 5, 400  # of each agency: 200,000 with five hundred
REVIEWS = ("checklists", "bromley-audit", "maturity", "filtering-monitoring", "leeds-self-review")
REMARK = "It was talked over with staff and governors, and written down."
BATCH = 2_000


def make_rounds(board: Board) -> list[Round]:
    """Rounds of five reviews, the answers shared out among them; the last is open, with every state in it.

    A review has fewer questions than are needed for so many answers: agencies send theirs again until there are enough.
    """
    rng = random.Random(2026)
    with wall.open_for(agencies=partnership.agencies_in(board.pk), shared=[board.pk]):
        agencies = list(Agency.objects.order_by("pk"))
        answers, made = ANSWERS_EACH * len(agencies), []
        for number in range(ROUNDS):
            with transaction.atomic():
                made.append(_round(board, agencies, REVIEWS[number], number == ROUNDS - 1, answers // ROUNDS, rng))
    return made


def _round(board: Board, agencies: list[Agency], review: str, last: bool, wanted: int, rng: random.Random) -> Round:
    version, today = 1, timezone.localdate()
    about = {"pack": board.pack, "review": review, "version": version}
    round_ = Round.objects.create(
        board=board, title=f"Round of {review}", opens_on=today - timedelta(days=60), due_on=today - timedelta(days=5),
        state="sent" if last else "closed", **about,
    )  # fmt: skip
    returns = Return.objects.bulk_create(
        [Return(agency=one, begun_at=timezone.now(), **about) for one in agencies], batch_size=BATCH
    )
    questions = [one for one in review_of(board.pack, review, version).questions() if one.when is None]
    times = max(1, round(wanted / (len(agencies) * len(questions))))
    stands = [Stand.ACCEPTED] * 5 + ([Stand.SUBMITTED, Stand.RETURNED, Stand.NOT_STARTED] if last else [])
    stand_of = {row.pk: rng.choice(stands) for row in returns}
    submissions = Submission.objects.bulk_create(
        [
            Submission(agency_id=row.agency_id, of=row, number=number + 1)
            for row in returns
            if stand_of[row.pk] != Stand.NOT_STARTED
            for number in range(times)
        ],
        batch_size=BATCH,
    )
    Answer.objects.bulk_create(_answers(submissions, questions, rng), batch_size=BATCH)
    sent = {one.of_id: one for one in submissions}
    RoundAgency.objects.bulk_create(
        [
            RoundAgency(
                agency_id=row.agency_id, round=round_, of=row, stand=stand_of[row.pk], submission=sent.get(row.pk),
                asked=len(questions), answered=len(questions) if row.pk in sent else 0,
                score=rng.randrange(20, 100) if row.pk in sent else None,
                gaps=rng.randrange(4) if row.pk in sent else 0, told_at=timezone.now(),
                submitted_at=timezone.now() if row.pk in sent else None,
                decided_at=timezone.now() if stand_of[row.pk] == Stand.ACCEPTED else None,
            )
            for row in returns
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return round_


def _answers(submissions: list[Submission], questions: list, rng: random.Random) -> Iterator[Answer]:
    for submission in submissions:
        for one in questions:
            told = _told(one, rng)
            yield Answer(
                agency_id=submission.agency_id, submission=submission, question=one.id, value=told.value,
                words=told.words, figure=asking.figure(one, told.value), gap=asking.is_gap(one, told.value),
            )  # fmt: skip


def _told(question: Question, rng: random.Random) -> Told:
    if question.codes:
        return Told(value=rng.choice(question.codes), words=REMARK if rng.random() < 0.2 else "")
    kinds = {"number": Told(value="12"), "date": Told(value="2026-03-31")}
    return kinds.get(question.asks.value, Told(words=REMARK))


def returns_to_send(board: Board, *, times: int = 40, questions: int = 60) -> dict[str, Any]:
    """A lead with so many returns of so many questions, begun and empty: who sends them, their sections, their keys."""
    lead = Membership.objects.filter(
        current(), role=Role.AGENCY_LEAD, agency__in=partnership.agencies_in(board.pk), person__is_active=True
    ).select_related("person")[0]
    assert lead.agency_id is not None
    with wall.open_for(agencies=[lead.agency_id], casework=[lead.agency_id], shared=[board.pk], boards=[board.pk]):
        review, today = _long_review(board, questions), timezone.localdate()
        about, keys = {"pack": review, "review": "own", "version": 1}, []
        for number in range(times):
            given = {"title": f"Timed {number}", "opens_on": today, "due_on": today, "state": "sent"}
            round_ = Round.objects.create(board=board, **given, **about)
            row = Return.objects.create(agency_id=lead.agency_id, begun_at=timezone.now(), **about)
            RoundAgency.objects.create(agency_id=lead.agency_id, round=round_, of=row, asked=questions)
            keys.append(str(row.key))
        sections = review_of(review, "own", 1).sections
    named = {one.id: [question.id for question in one.questions] for one in sections}
    return {"person": lead.person, "sections": named, "returns": keys}


def _long_review(board: Board, questions: int) -> str:
    """A review of so many questions, published under a key of its own; gives the key."""
    key = f"local-bench-{questions}"
    body = review_of(board.pack, "leeds-self-review", 1).model_dump(mode="json", exclude_defaults=True)
    asks = {"asks": "rag", "question": {"en": "Is it in place?"}}
    sections = [
        {
            "id": f"part-{part}",
            "title": {"en": "Part"},
            "questions": [{"id": f"q-{part}-{n}", **asks} for n in range(10)],
        }
        for part in range(questions // 10)
    ]
    library.keep_item(pack=key, item=Review.model_validate({**body, "id": "own", "sections": sections}))
    return key


def pages_of(cookie: str, board: Board) -> dict[str, dict[str, object]]:
    """Who asks for the pages of rounds: one person who runs that board."""
    last = make_rounds(board)[-1]
    place = _read(board, last)
    at = lambda name, *args: [(cookie, reverse(f"standards:{name}", args=args))]  # noqa: E731
    return {
        "rounds": {"askers": at("rounds")},
        "a round of all agencies": {"askers": at("round", last.pk)},
        "a round by question": {"askers": at("round-questions", last.pk)},
        "a round compared": {"askers": at("round-spread", last.pk)},
        "one return": {"askers": at("place", last.pk, place)},
    }


def _read(board: Board, round_: Round) -> int:
    with wall.open_for(agencies=partnership.agencies_in(board.pk)):
        return RoundAgency.objects.filter(round_id=round_.pk, stand=Stand.ACCEPTED).values_list("pk", flat=True)[0]
