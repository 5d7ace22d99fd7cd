"""What the room of the filter logs asks of the clock: counts for boards, whole evidence, disposal, what came late."""

from __future__ import annotations

from datetime import timedelta

from safeboard.core.access import job_access
from safeboard.outbox.operations import clock

from .operations.releasing import release_all


@clock(every=timedelta(hours=12), name="sitelogs.releases", longest=timedelta(hours=1))
def release() -> int:
    """Release the quarter that ended last for every board; gives how many boards."""
    return release_all(by=job_access("sitelogs.releases"))
