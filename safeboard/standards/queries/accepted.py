"""What agencies answered and the board accepted: the last answer to a question of a review, moderation and all."""

from __future__ import annotations

from collections.abc import Iterable

from ..choices import Stand
from ..models import Answer, Moderation, RoundAgency

GREEN = frozenset({"yes", "green", "4", "5"})  # what a lead answers who says that it is well


def accepted(board_id: int, review: str, questions: Iterable[str]) -> dict[int, dict[str, str]]:
    """By agency: the accepted answer to each of these questions of a review, in the last round that has one.

    ``review``: its id; of a board's own, its key and its id with a colon between. In an agency's place, of that agency
    alone. Four queries.
    """
    wanted = set(questions)
    key, _colon, name = review.rpartition(":")
    places = RoundAgency.objects.filter(round__board_id=board_id, round__review=name, stand=Stand.ACCEPTED)
    places = places.filter(round__pack=key) if key else places
    rows = list(places.order_by("round__due_on", "pk").values_list("pk", "agency_id", "submission_id"))
    given: dict[int, dict[str, str]] = {}
    answers = Answer.objects.filter(submission_id__in={row[2] for row in rows}, question__in=wanted)
    for submission, question, value in answers.values_list("submission_id", "question", "value"):
        given.setdefault(submission, {})[question] = value
    moderated: dict[int, dict[str, str]] = {}
    changes = Moderation.objects.filter(place_id__in=[row[0] for row in rows], question__in=wanted).order_by("pk")
    for place, question, value in changes.values_list("place_id", "question", "value"):
        moderated.setdefault(place, {})[question] = value
    found: dict[int, dict[str, str]] = {}
    for place, agency, submission in rows:
        found.setdefault(agency, {}).update({**given.get(submission, {}), **moderated.get(place, {})})
    return found


def accepted_scores(board_id: int, reviews: Iterable[str]) -> dict[int, int]:
    """By agency: the score, of a hundred, of its last accepted return to one of these reviews. One query."""
    rows = RoundAgency.objects.filter(round__board_id=board_id, round__review__in=list(reviews), stand=Stand.ACCEPTED)
    found = rows.filter(score__isnull=False).order_by("round__due_on", "pk").values_list("agency_id", "score")
    return {agency: score for agency, score in found if score is not None}
