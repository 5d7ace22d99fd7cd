"""What the API room asks of the clock: to tell other programs, where any are set."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from safeboard.outbox.operations import clock

from . import operations


@clock(every=timedelta(seconds=30), name="api.calls")
def calls() -> int:
    """Queue and make the calls to other programs; nothing at all where none are set."""
    if not settings.SAFEBOARD_WEBHOOK_URLS:
        return 0
    operations.note_events()
    return operations.make_calls()


@clock(every=timedelta(days=1), name="api.clear")
def clear() -> int:
    """Remove calls that ended a week ago."""
    return operations.clear_calls()
