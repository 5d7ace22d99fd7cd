"""What the incident room asks of the clock: warn before a duty is due, shout when it is late."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from safeboard.core import history, wall
from safeboard.core.access import job_access
from safeboard.outbox.operations import clock
from safeboard.partnership import queries as partnership

from .models import Duty
from .operations.duties import tell_owners
from .queries import open_duties

WARN_BEFORE = timedelta(hours=2)


@clock(every=timedelta(minutes=1), name="incidents.duties")
def watch_duties() -> int:
    """Tell owners of duties that come due within two hours, and of those that are late; gives how many were told."""
    now = timezone.now()
    told = 0
    with wall.open_for(casework=partnership.every_agency()):
        soon = open_duties().filter(due_at__lte=now + WARN_BEFORE, due_at__gt=now, warned_at__isnull=True)
        late = open_duties().filter(due_at__lte=now, late_at__isnull=True)
        for duty in soon.select_related("incident__reported_by"):
            told += _tell(duty, "duty-due", "warned_at")
        for duty in late.select_related("incident__reported_by"):
            told += _tell(duty, "duty-late", "late_at")
    return told


@transaction.atomic
def _tell(duty: Duty, kind: str, field: str) -> int:
    by = job_access("incidents.duties")
    setattr(duty, field, timezone.now())
    duty.save(update_fields=[field])
    history.record(by=by, verb=f"incidents.{kind.replace('-', '_')}", obj=duty.incident, facts={"duty": duty.pk})
    tell_owners(by=by, duty=duty, kind=kind, urgent=True)
    return 1
