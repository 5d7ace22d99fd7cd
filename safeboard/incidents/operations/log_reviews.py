"""The agency's periodic review of its log (Toolkit s5): held, with conclusions and the date of the next one."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.partnership import queries as partnership

from ..errors import NamesStand, Refused
from ..models import AgencyReview
from ..queries.known import known_in_log, standing
from ..queries.log_review import counted, period_to_review
from ..rules import words_only


@transaction.atomic
def hold_log_review(
    *,
    by: Access,
    conclusions: str,
    every: str,
    next_on: date,
    asked: str = "",
    form_key: uuid.UUID | None = None,
) -> AgencyReview:
    """Review the log since the last review until yesterday: its figures are counted and kept. Twice is once.

    Raises Refused where the log was reviewed up to yesterday already, or the next date is not ahead; NamesStand where
    the words, which governors read, name a child of an incident since the last review.
    """
    require(by, "incidents.review_log")
    words_only(conclusions, asked)
    partnership.lock_agency(by.own_agency)
    key = place_key(form_key, by)
    sent = AgencyReview.objects.filter(key=key).first()
    if sent:
        return sent
    if next_on <= timezone.localdate():
        raise Refused(_("The next review must be on a day to come."))
    since, until = period_to_review(by)
    if AgencyReview.objects.filter(agency_id=by.own_agency, until__gte=until).exists():
        raise Refused(_("The log was reviewed up to yesterday already. Nothing has been lost: look at that review."))
    places = standing({"conclusions": conclusions, "asked": asked}, known_in_log(by.own_agency, since))
    if places:
        raise NamesStand(places)
    review = AgencyReview.objects.create(
        agency_id=by.own_agency,
        key=key,
        since=since,
        until=until,
        figures=counted(by.own_agency, since, until),
        asked=asked,
        conclusions=conclusions,
        every=every,
        next_on=next_on,
        by=by.person,
    )
    history.record(by=by, verb="incidents.log_reviewed", obj=review, digests={"conclusions": conclusions})
    return review


@transaction.atomic
def move_next_review(*, by: Access, review: AgencyReview, every: str, next_on: date) -> AgencyReview:
    """Change when the log is reviewed next."""
    require(by, "incidents.review_log")
    if next_on <= timezone.localdate():
        raise Refused(_("The next review must be on a day to come."))
    review.every, review.next_on = every, next_on
    review.warned_at = review.late_at = None
    review.save(update_fields=["every", "next_on", "warned_at", "late_at"])
    history.record(by=by, verb="incidents.log_review_moved", obj=review, facts={"next_on": next_on.isoformat()})
    return review


@transaction.atomic
def paper_taken(*, by: Access, review: AgencyReview, paper: str) -> None:
    """Note that the governors' report or the team's page left the service as a document."""
    require(by, "incidents.read_log_reviews")
    history.record(by=by, verb="incidents.log_paper", obj=review, facts={"paper": paper})
