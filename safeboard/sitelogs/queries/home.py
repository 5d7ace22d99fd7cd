"""What the home page says of the filter logs: reviews that are owed, questions that wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..models import LogSetting, RandomReview, ReviewPlan
from .records import waiting_for


@dataclass(frozen=True)
class Owed:
    """Something that needs the person: its words, where it is done, by when."""

    text: str
    url: str
    at: date | datetime | None
    late: bool


def home_rows(access: Access) -> list[Owed]:
    """Late first: faults of the archive, reviews owed or begun, questions that wait for this person."""
    found: list[Owed] = []
    if access.can("sitelogs.verify"):
        found += _faults(access)
    if access.can("sitelogs.review"):
        found += _reviews(access)
    if access.can("sitelogs.second"):
        words = _("A question to the filter logs waits for a second person")
        url = reverse("sitelogs:second-list")
        found += [Owed(words, url, one.asked_at, False) for one in waiting_for(access)]
    return sorted(found, key=lambda one: not one.late)


def _faults(access: Access) -> list[Owed]:
    rows = LogSetting.objects.filter(agency_id=access.agency_id or 0).exclude(fault="").select_related("setting")
    words = _("The filter logs of %(where)s do not hold against their hashes")
    url = reverse("sitelogs:state")
    return [Owed(words % {"where": row.setting.name}, url, row.verified_at, True) for row in rows]


def _reviews(access: Access) -> list[Owed]:
    today = timezone.localdate()
    rows = ReviewPlan.objects.filter(agency_id=access.agency_id or 0, stopped_at=None, next_on__lte=today)
    begun = RandomReview.objects.filter(agency_id=access.agency_id or 0, done_at=None).select_related(
        "plan__log__setting"
    )
    words, going = (
        _("Random review of the filter logs of %(where)s"),
        _("Say what the random review of %(where)s found"),
    )
    url = reverse("sitelogs:reviews")
    found = [Owed(going % {"where": one.plan.log.setting.name}, url, one.drawn_at, False) for one in begun]
    for plan in rows.select_related("log__setting"):
        found.append(Owed(words % {"where": plan.log.setting.name}, url, plan.next_on, plan.next_on < today))
    return found
