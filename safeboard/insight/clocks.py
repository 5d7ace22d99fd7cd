"""What the insight room asks of the clock: release the quarters that have ended, look at the running one once a day,
take a snapshot of every board's indicators once a month, ask for the returns of the month, and clear packs for
reviewers whose last day has passed.
"""

from __future__ import annotations

from datetime import timedelta

from safeboard.core.access import job_access
from safeboard.outbox.operations import clock

from .operations import release_all, snapshot_all
from .operations.months import ask_by_clock
from .operations.reviewers import CLOCK, clear_closed


@clock(every=timedelta(hours=6), name="insight.releases", longest=timedelta(hours=1))
def release() -> int:
    """Release what has ended for every board; gives how many quarters."""
    return release_all(by=job_access("insight.releases"))


@clock(every=timedelta(hours=6), name="insight.snapshots", longest=timedelta(hours=1))
def snapshots() -> int:
    """Take this month's snapshot where there is none yet, once its quarters are released; gives how many."""
    return snapshot_all(by=job_access("insight.snapshots"))


@clock(every=timedelta(hours=6), name="insight.returns", longest=timedelta(minutes=30))
def returns() -> int:
    """Ask the agencies of this month for their annual return, where the board wants that; gives how many rounds."""
    return ask_by_clock()


@clock(every=timedelta(hours=6), name="insight.packs", longest=timedelta(minutes=10))
def packs() -> int:
    """Clear what was laid before reviewers, once its last day has passed; gives how many packs."""
    return clear_closed(by=CLOCK)
