"""What the room asks of the clock: rounds that open today, agencies that were not written to, reminders."""

from __future__ import annotations

from datetime import timedelta

from safeboard.core import wall
from safeboard.outbox.operations import clock
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .choices import RoundState
from .models import Round
from .operations.telling import ROUNDS, remind, tell_agencies


@clock(every=timedelta(hours=1), name="standards.rounds")
def watch_rounds() -> int:
    """Write to agencies of open rounds that were not written to yet, and remind those that owe; gives how many."""
    done = 0
    for board in Board.objects.values_list("pk", flat=True):
        with wall.open_for(agencies=partnership.agencies_in(board), shared=[board]):
            for round_ in Round.objects.filter(board_id=board, state=RoundState.SENT).select_related("board"):
                done += tell_agencies(by=ROUNDS, round_=round_) + remind(by=ROUNDS, round_=round_)
    return done
