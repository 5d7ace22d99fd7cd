"""What the meetings room asks of the clock: packs do not lie about."""

from __future__ import annotations

from datetime import timedelta

from safeboard.core import wall
from safeboard.outbox.operations import clock
from safeboard.partnership.models import Board

from .operations import clear_packs


@clock(every=timedelta(hours=6), name="meetings.packs")
def empty_packs() -> int:
    """Empty the packs that were made over a day ago; gives how many."""
    with wall.open_for(boards=Board.objects.values("pk")):
        return clear_packs()
