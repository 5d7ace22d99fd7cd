"""Looks at what is sensitive, and what leaves the service as a file: each is an entry of the history."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import Access

from ..models import Incident, Received
from ..queries.trail import ONE_LOOK, recent_looks


def looked(*, by: Access, incident: Incident, known: bool | None = None) -> bool:
    """Note that somebody opened a record; whether it was written.

    One entry for the same person and record in ten minutes stands for the looks within them: each page of a record
    is not a look of its own. ``known`` spares the question where the caller has read the history already.
    """
    if known is None:
        known = recent_looks(by, incident).exists()
    if not known:
        history.saw(by=by, obj=incident)
    return not known


@transaction.atomic
def looked_at_received(*, by: Access, received: Received) -> None:
    """Note that somebody opened a referral to us; looks of one person within ten minutes count as one."""
    since = timezone.now() - ONE_LOOK
    if not history.of(received).filter(person=by.person, verb="incidents.saw", at__gte=since).exists():
        history.saw(by=by, obj=received)


@transaction.atomic
def list_downloaded(*, by: Access, rows: int, kind: str) -> None:
    """Note that the list left the service as a file: how many rows, and as what."""
    history.record(by=by, verb="incidents.list_downloaded", facts={"rows": rows, "as": kind})


@transaction.atomic
def referral_printed(*, by: Access, incident: Incident, referral_id: int) -> None:
    """Note that the summary of a referral left the service as a document."""
    history.record(by=by, verb="incidents.referral_printed", obj=incident, facts={"referral": referral_id})
