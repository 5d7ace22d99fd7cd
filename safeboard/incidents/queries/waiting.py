"""What of looking back waits for somebody: lessons, look backs, the review of the log, texts for the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.partnership.models import Agency

from ..models import AgencyReview, BoardReview, Incident
from ..rules import CASE_ROLES, LOOKING_BACK, SUBGROUP
from .lessons import lessons_of, owed
from .looking_back import asked, board_reviews

AHEAD = timedelta(days=14)
FIRST_REVIEW = timedelta(days=31)  # after the first report, where the log was never reviewed
MOST = 21


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, for the home page: where it is done, its words, the day it is owed on."""

    url: str
    sentence: str
    due_on: date | None = None
    late: bool = False
    about: str = ""


def looking_back_rows(access: Access) -> list[Waiting]:
    """What of looking back waits for this person where they act, late first. No case text; three or four queries."""
    if access.person is None or not (access.agency_id or access.board_id):
        return []
    rows = [*_lessons(access), *(_of_agency(access) if access.agency_id else _of_board(access))]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max))


def _lessons(access: Access) -> Iterator[Waiting]:
    """Lessons that were given to this person, and those that nobody has, for whoever keeps them."""
    for one in _owed_lessons(access, timezone.localdate() + AHEAD):
        words = (
            _("Did this lesson work? Look back at it.") if one.done_on else _("A lesson is to be put into practice.")
        )
        kind = str(one.get_kind_display())
        yield Waiting(reverse("incidents:lesson", args=[one.key]), words, one.owed_on, one.is_late, kind)


@built_once
def _owed_lessons(access: Access, by: date) -> QuerySet[Any]:
    roles = LOOKING_BACK if access.agency_id else SUBGROUP
    mine = Q(owner=access.person)
    if access.roles & set(roles):
        mine |= Q(owner=None)
    return owed(lessons_of(access).filter(mine), by).defer("what", "done", "shared", "found")[:MOST]


def _of_agency(access: Access) -> Iterator[Waiting]:
    for serious, next_on, used in _owed_here(access, timezone.now() - FIRST_REVIEW):
        if serious and access.roles & set(LOOKING_BACK):
            url = reverse("incidents:serious-confirm", args=[serious])
            yield Waiting(url, _("A text for the board waits for you to confirm that it names nobody."))
        if access.roles & set(CASE_ROLES):
            yield from _of_log(next_on, used, timezone.localdate())


@built_once
def _owed_here(access: Access, before: datetime) -> QuerySet[Agency, tuple[int | None, date | None, bool]]:
    """The text for the board to confirm first; when the log is to be reviewed; whether one was reported before then."""
    serious = asked(access).filter(agency_id=OuterRef("pk")).order_by("pk").values("pk")[:1]
    next_on = AgencyReview.objects.filter(agency_id=OuterRef("pk")).values("next_on")[:1]
    used = Incident.objects.filter(agency_id=OuterRef("pk"), reported_at__lt=before, allegation=False)
    return Agency.objects.filter(pk=access.own_agency).values_list(Subquery(serious), Subquery(next_on), Exists(used))


def _of_log(next_on: date | None, used: bool, today: date) -> Iterator[Waiting]:
    if next_on is None:
        if used:
            yield Waiting(reverse("incidents:log-reviews"), _("The log has not been reviewed yet."))
    elif next_on <= today + AHEAD:
        url = reverse("incidents:log-review-new")
        yield Waiting(url, _("The log of incidents is to be reviewed."), next_on, next_on < today)


def _of_board(access: Access) -> Iterator[Waiting]:
    if access.roles & set(SUBGROUP):
        for one in _to_consider(access):
            url = reverse("incidents:board-review", args=[one.pk])
            yield Waiting(url, _("A serious incident is to be considered by the subgroup."), about=one.number)


@built_once
def _to_consider(access: Access) -> QuerySet[BoardReview]:
    return board_reviews(access).filter(considered_on=None).order_by("received_at")[:MOST]
