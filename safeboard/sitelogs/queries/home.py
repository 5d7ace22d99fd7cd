"""What the home page says of the filter logs: reviews that are owed, questions that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..models import LogSetting, RandomReview
from .records import waiting_for


@dataclass(frozen=True)
class Owed:
    """Something that needs the person: its words, where it is done, by when."""

    text: str
    url: str
    at: date | datetime | None
    late: bool


def home_rows(access: Access) -> list[Owed]:
    """Late first: faults of the archive, reviews owed or begun, questions that wait for this person. Two queries."""
    found = [line for log in _logs(access, timezone.localdate()) for line in _of_log(access, *log)]
    if access.can("sitelogs.second"):
        words = _("A question to the filter logs waits for a second person")
        url = reverse("sitelogs:second-list")
        found += [Owed(words, url, one.asked_at, False) for one in waiting_for(access)]
    return sorted(found, key=lambda one: not one.late)


Log = tuple[str, str, datetime | None, date | None, datetime | None]


@built_once
def _logs(access: Access, today: date) -> QuerySet[LogSetting, Log]:
    """The settings of which something is owed: name, fault, when it was verified, the review's day, one begun."""
    begun = RandomReview.objects.filter(plan__log=OuterRef("pk"), done_at=None).order_by("drawn_at").values("drawn_at")
    due = Q(plan__stopped_at=None, plan__next_on__lte=today)
    rows = LogSetting.objects.filter(agency_id=access.agency_id or 0).annotate(
        begun=Subquery(begun[:1]), due=Case(When(due, then="plan__next_on"))
    )
    rows = rows.filter(~Q(fault="") | Q(due__isnull=False) | Q(begun__isnull=False)).order_by("pk")
    return rows.values_list("setting__name", "fault", "verified_at", "due", "begun")


def _of_log(
    access: Access, where: str, fault: str, verified: datetime | None, due: date | None, begun: datetime | None
) -> Iterator[Owed]:
    """What is owed of the logs of one setting, as far as this person is concerned with it."""
    words, today, url = {"where": where}, timezone.localdate(), reverse("sitelogs:reviews")
    if fault and access.can("sitelogs.verify"):
        text = _("The filter logs of %(where)s do not hold against their hashes")
        yield Owed(text % words, reverse("sitelogs:state"), verified, True)
    if not access.can("sitelogs.review"):
        return
    if begun:
        yield Owed(_("Say what the random review of %(where)s found") % words, url, begun, False)
    if due:
        yield Owed(_("Random review of the filter logs of %(where)s") % words, url, due, due < today)
