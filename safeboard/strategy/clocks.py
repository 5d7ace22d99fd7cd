"""What the strategy room asks of the clock: pass on what leavers owed, remind of what is due or late."""

from __future__ import annotations

from datetime import timedelta

from safeboard.core import wall
from safeboard.core.access import job_access
from safeboard.outbox.operations import clock
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .operations.plan_leaving import pass_on
from .operations.plan_reminders import remind


@clock(every=timedelta(minutes=10), name="strategy.leavers")
def watch_leavers() -> int:
    """Pass on the actions of people who left; gives how many moved."""
    with wall.open_for(casework=partnership.every_agency(), boards=Board.objects.values("pk")):
        return pass_on(by=job_access("strategy.leavers"))


@clock(every=timedelta(hours=6), name="strategy.reminders")
def watch_dates() -> int:
    """Remind of actions that are due or late; gives how many were told of."""
    with wall.open_for(casework=partnership.every_agency(), boards=Board.objects.values("pk")):
        return remind(by=job_access("strategy.reminders"))
