"""Rounds of the made-up county: one of last year that is finished, one that is running, in which everything occurs."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.library.shapes.standards import Asks, Question
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership
from safeboard.standards import operations
from safeboard.standards.choices import AnswerState
from safeboard.standards.models import Gap, Return, Round, RoundAgency, Submission
from safeboard.standards.operations import Told
from safeboard.standards.operations.telling import tell_agencies
from safeboard.standards.queries import returns as reading

from .county import County

REVIEW = "leeds-self-review"
LAST_YEAR, THIS_YEAR = 14, 14  # agencies of each round
REMARKS = (
    "Written down in the staff handbook.",
    "The group meets each half term.",
    "We shall ask the provider for a report.",
    "Discussed with governors in the autumn.",
)
PLANS = (
    "Train all staff at the start of term.",
    "Bring the policy up to date with the pupils’ council.",
    "Ask the provider for a list of accounts.",
    "Put the numbers on the wall of every room.",
)
TAKEN_UP = {
    "officer": ("adopted", "The board", "Minutes of the board: the officer was appointed, with a written role."),
    "filtering-plan": ("partly", "The e-safety group", "Nine of ten agencies have a plan; see the round of last year."),
    "parents": ("partly", "Libraries and schools", "Evenings in four towns; the rest are to follow."),
    "leadership": ("not", "", ""),
}


def make_rounds(county: County, seed: int) -> int:
    """Make both rounds; gives how many returns were sent."""
    rng = random.Random(seed)
    officer = _access(Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk"))
    own = [agency.pk for agency in county.agencies[: max(LAST_YEAR, THIS_YEAR)]]
    with wall.open_for(agencies=own, casework=own, boards=[county.board.pk], shared=[county.board.pk]):
        _before(county, officer, own[:LAST_YEAR], rng)
        _now(county, officer, own[:THIS_YEAR], rng)
        _recommendations(officer)
        return Submission.objects.count()


def _access(row: Membership) -> Access:
    place = f"board-{row.board_id}" if row.board_id else f"agency-{row.agency_id}"
    return partnership.access_of(row.person, chosen=place)


def _round(officer: Access, agencies: list[int], title: str, opens: date, due: date) -> Round:
    given = {"title": title, "opens_on": timezone.localdate(), "due_on": timezone.localdate() + timedelta(days=30)}
    given["note"] = "Please answer with your team. If something is red, that is no blame: it helps us to plan."
    made = operations.make_round(
        by=officer, pack=officer.place.pack if officer.place else "", review=REVIEW, given=given
    )
    operations.choose_agencies(by=officer, round_=made, agencies=agencies)
    sent = operations.send_round(by=officer, round_=made)
    tell_agencies(by=officer, round_=sent)
    Round.objects.filter(pk=sent.pk).update(opens_on=opens, due_on=due)
    sent.refresh_from_db()
    return sent


@transaction.atomic
def _before(county: County, officer: Access, agencies: list[int], rng: random.Random) -> None:
    """The round of last year: everybody answered, everything was accepted, some gaps became actions."""
    today = timezone.localdate()
    opened = today - timedelta(days=400)
    round_ = _round(officer, agencies, "Self-review last year", opened, opened + timedelta(days=42))
    for place in _places(round_):
        lead = _lead(place.agency_id)
        if lead is None:
            continue
        _fill(lead, place.of, rng, whole=True)
        operations.submit_return(by=lead, row=place.of)
        operations.accept(by=officer, place=place)
    first = Gap.objects.order_by("pk").select_related("of").first()
    if first is not None:
        operations.raise_from_gap(
            by=officer, gap=first, board=county.board, title="Write a plan with the agency’s staff",
            due_on=today + timedelta(days=60),
        )  # fmt: skip
    operations.close_round(by=officer, round_=round_)
    long_ago = timezone.now() - timedelta(days=365)
    RoundAgency.objects.filter(round=round_).update(submitted_at=long_ago, decided_at=long_ago)
    Submission.objects.update(at=long_ago)


@transaction.atomic
def _now(county: County, officer: Access, agencies: list[int], rng: random.Random) -> None:
    """The round of this year: not started, begun, sent, sent back, accepted, late, and one that reached nobody."""
    today = timezone.localdate()
    round_ = _round(officer, agencies, "Self-review this year", today - timedelta(days=35), today - timedelta(days=4))
    for number, place in enumerate(_places(round_)):
        lead = _lead(place.agency_id)
        if lead is None or number % 7 in (0, 5):
            continue
        if number % 7 == 1:
            _fill(lead, place.of, rng, whole=False)
            continue
        _fill(lead, place.of, rng, whole=True)
        operations.submit_return(by=lead, row=place.of)
        if number % 7 == 2:
            words = "How do you know that nobody else uses the account? Please say who checked, and when."
            operations.send_back(by=officer, place=place, remarks=words, more=["open-accounts"])
        elif number % 7 == 3:
            operations.accept(by=officer, place=place)


def _places(round_: Round) -> list[RoundAgency]:
    return list(RoundAgency.objects.filter(round=round_).select_related("of", "round").order_by("pk"))


def _lead(agency: int) -> Access | None:
    row = Membership.objects.filter(agency_id=agency, role=Role.AGENCY_LEAD).order_by("pk").first()
    return _access(row) if row else None


def _fill(lead: Access, row: Return, rng: random.Random, *, whole: bool) -> None:
    """Fill a return in: what stands ready is mostly confirmed, the rest answered."""
    operations.begin_return(by=lead, row=row)
    drafts, review = reading.drafts_of(row), reading.review_in(row)
    ready = {name for name, draft in drafts.items() if draft.state == AnswerState.TO_CONFIRM}
    kept = {name for name in ready if rng.random() < 0.6}
    questions = [one for one in review.questions() if one.when is None and one.id not in kept]
    given = {one.id: _told(one, rng) for one in (questions if whole else questions[:6])}
    operations.save_answers(by=lead, row=row, given=given, confirmed=kept if whole else ())


def _told(question: Question, rng: random.Random) -> Told:
    value = rng.choices(("green", "amber", "red"), (6, 3, 1))[0] if question.asks is Asks.RAG else "yes"
    plan = rng.choice(PLANS) if value in ("red", "amber") else ""
    later = timezone.localdate() + timedelta(days=180) if plan else None
    return Told(value=value, words="" if question.plan else rng.choice(REMARKS), plan=plan, review_on=later)


def _recommendations(officer: Access) -> None:
    since = timezone.localdate() - timedelta(days=200)
    for name, (state, who, evidence) in TAKEN_UP.items():
        given = {"state": state, "who": who, "evidence": evidence, "since": since if evidence else None}
        operations.adopt(by=officer, recommendation=name, given=given)
