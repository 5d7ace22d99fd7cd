"""Answers that were accepted, as figures: for indicators, and for the spread within a kind of agency or an area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.partnership.models import Seat, Setting

from .. import asking
from ..choices import Stand
from ..models import Answer, Moderation, Round, RoundAgency
from .reviews import review_of

FEWEST = 5  # agencies of which a spread is shown
SENT = (Stand.SUBMITTED, Stand.RETURNED, Stand.ACCEPTED)


@dataclass(frozen=True)
class Held:
    """What a board holds of one agency's answer. ``moderated``: it is the board's view in place of what was said."""

    agency_id: int
    value: str
    figure: float | None
    gap: bool
    as_at: date
    moderated: bool = False


def latest_accepted(board_id: int, pack: str, review: str, until: date | None = None) -> QuerySet[RoundAgency]:
    """Of every agency of a board, its last accepted place in a round of that review, accepted by that day."""
    rows = RoundAgency.objects.filter(
        round__board_id=board_id, round__pack=pack, round__review=review, stand=Stand.ACCEPTED
    )
    if until is not None:
        rows = rows.filter(decided_at__date__lte=until)
    newest = rows.values("agency_id").annotate(newest=Max("pk")).values("newest")
    return RoundAgency.objects.filter(pk__in=newest)


def answers_for_indicator(
    *, board_id: int, pack: str, review: str, question: str, until: date | None = None
) -> dict[int, Held]:
    """The last accepted answer of each agency to one question, by agency; agencies without one are left out.

    ``pack`` and ``review`` as in ``Round`` (a board's own review: its key, and "own"). ``until``: as it was accepted by
    that day. No words are given. ``figure`` is from 0 to 1 where the question is scored, the number where it asks for
    one, else None. Needs the wall open for the board's agencies and its shared records.
    """
    places = latest_accepted(board_id, pack, review, until).select_related("round")
    rows = {place.submission_id: place for place in places}
    views = {
        view.place_id: view.value
        for view in Moderation.objects.filter(place__in=list(rows.values()), question=question).order_by("pk")
    }
    found: dict[int, Held] = {}
    answers = Answer.objects.filter(submission__in=list(rows), question=question)
    for answer in answers.values_list("submission_id", "value", "figure", "gap"):
        place = rows[answer[0]]
        found[place.agency_id] = _held(place, question, answer, views.get(place.pk))
    return found


def _held(place: RoundAgency, question: str, answer: tuple, view: str | None) -> Held:
    _submission, value, figure, gap = answer
    as_at = timezone.localdate(place.decided_at) if place.decided_at else timezone.localdate()
    if view is None:
        return Held(place.agency_id, value, figure, gap, as_at)
    asks = asking.by_id(review_of(place.round.pack, place.round.review, place.round.version))[question]
    return Held(place.agency_id, view, asking.figure(asks, view), asking.is_gap(asks, view), as_at, moderated=True)


# --- the spread ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """How the scores of a group lie. Without ``median`` there were fewer than five: nothing is shown of them."""

    name: str
    count: int
    low: float | None = None
    median: float | None = None
    high: float | None = None
    scores: tuple[int, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there were enough."""
        return self.median is not None


def spread_of(name: str, scores: Sequence[int]) -> Spread:
    """The quartiles of some scores, where there are five at least."""
    if len(scores) < FEWEST:
        return Spread(name, len(scores))
    low, median, high = quantiles(scores, n=4, method="inclusive")
    return Spread(name, len(scores), low, median, high, tuple(sorted(scores)))


def scores_of(access: Access, round_: Round) -> dict[int, int]:
    """The score of every agency that has sent its return, by agency."""
    return dict(_scores(access, round_.pk))


def spreads_of(access: Access, round_: Round) -> tuple[list[Spread], list[Spread]]:
    """The spread within each kind of member; and within each town, where an agency counts in every town of a setting
    of its own."""
    scores = scores_of(access, round_)
    kinds, towns = _kinds(access, round_.board_id), _towns(access, round_.pk)
    return _spreads((pair for pair in kinds if pair[1] in scores), scores), _spreads(towns, scores)


def _spreads(pairs: Iterable[tuple[str, int]], scores: dict[int, int]) -> list[Spread]:
    groups: dict[str, list[int]] = {}
    for name, agency in pairs:
        groups.setdefault(name, []).append(scores[agency])
    return [spread_of(name, found) for name, found in sorted(groups.items())]


def spread_of_own_kind(access: Access, place: RoundAgency) -> Spread:
    """The spread of the agency's own kind in its round, for the agency: others' scores are not in it, only quartiles.

    Needs the wall open for the board's agencies. Nothing below five agencies.
    """
    kinds = {agency: kind for kind, agency in _kinds(access, place.round.board_id)}
    kind = kinds.get(place.agency_id, "")
    scores = [score for agency, score in scores_of(access, place.round).items() if kinds.get(agency) == kind]
    found = spread_of(kind, scores)
    return Spread(found.name, found.count if found.shown else 0, found.low, found.median, found.high)


@built_once
def _scores(access: Access, round_id: int) -> QuerySet[RoundAgency, Any]:
    return _scored(round_id).values_list("agency_id", "score")


@built_once
def _kinds(access: Access, board_id: int) -> QuerySet[Seat, tuple[str, int]]:
    return Seat.objects.filter(board_id=board_id).values_list("kind", "agency_id")


@built_once
def _towns(access: Access, round_id: int) -> QuerySet[Setting, tuple[str, int]]:
    rows = Setting.objects.filter(agency_id__in=_scored(round_id).values("agency_id"), closed_on__isnull=True)
    return rows.exclude(town="").order_by().values_list("town", "agency_id").distinct()  # in no order: each pair once


def _scored(round_id: int) -> QuerySet[RoundAgency]:
    return RoundAgency.objects.filter(round_id=round_id, stand__in=SENT, score__isnull=False)


# --- by question -------------------------------------------------------------------------------------------------


def counts_by_question(access: Access, round_: Round) -> dict[str, dict[str, int]]:
    """How often each word of a list was answered, by question, in what the agencies sent."""
    found: dict[str, dict[str, int]] = {}
    for question, value, many in _counts(access, round_.pk):
        found.setdefault(question, {})[value] = many
    return found


@built_once
def _counts(access: Access, round_id: int) -> QuerySet[Answer, Any]:
    submissions = RoundAgency.objects.filter(round_id=round_id, stand__in=SENT).values("submission_id")
    rows = Answer.objects.filter(submission_id__in=submissions).exclude(value="").order_by()
    return rows.values_list("question", "value").annotate(Count("pk"))
