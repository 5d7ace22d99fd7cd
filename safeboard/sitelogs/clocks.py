"""What the room of the filter logs asks of the clock: counts for boards, whole evidence, disposal, what came late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.outbox.operations import clock
from safeboard.partnership import queries as partnership

from . import engine
from .models import LogSetting
from .operations.disposing import dispose_due
from .operations.evidence import verify
from .operations.releasing import release_all


@clock(every=timedelta(hours=12), name="sitelogs.releases", longest=timedelta(hours=1))
def release() -> int:
    """Release the quarter that ended last for every board; gives how many boards."""
    return release_all(by=job_access("sitelogs.releases"))


@clock(every=timedelta(hours=24), name="sitelogs.disposal", longest=timedelta(hours=2))
def dispose() -> int:
    """Dispose of the segments whose time has come and that no case holds; gives how many."""
    if engine.is_empty():
        return 0
    every = partnership.every_agency()
    with wall.open_for(agencies=every, casework=every):
        return dispose_due(by=job_access("sitelogs.disposal"))


@clock(every=timedelta(hours=24), name="sitelogs.compact", longest=timedelta(hours=2))
def compact() -> int:
    """Join the small parts that late lines made; gives how many were joined."""
    if engine.is_empty():
        return 0
    joined: int = engine.archive().compact()
    return joined


@clock(every=timedelta(days=7), name="sitelogs.verify", longest=timedelta(hours=6))
def verify_every_week() -> int:
    """Hold all evidence against its hashes; gives how many filters do not hold."""
    every = partnership.every_agency()
    with wall.open_for(agencies=every, casework=every):
        by = job_access("sitelogs.verify")
        return sum(bool(verify(by=by, log=log)) for log in LogSetting.objects.order_by("key"))


@clock(every=timedelta(minutes=1), name="sitelogs.watch", longest=timedelta(hours=1))
def watch() -> int:
    """Take in what stands in the watched folder, where there is one; gives how many lines of a report there were."""
    if not settings.SAFEBOARD_SITELOGS_WATCH:
        return 0
    from .management import watching  # heavy: only where a folder is watched

    return len(list(watching.watch(job_access("sitelogs.watch"), Path(settings.SAFEBOARD_SITELOGS_WATCH), once=True)))
