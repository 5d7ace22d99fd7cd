"""Calls to other programs: that something happened, of what kind, and when. Off unless the administrator says."""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from safeboard.core.models import ChainHead, Entry
from safeboard.outbox.choices import WAITS

from .. import posting
from ..choices import EVENTS, CallState
from ..models import Call, Cursor

MOST = 1_000  # entries looked at, and calls made, at one time


def name_of(url: str) -> str:
    """By what an address is known in the database: a digest. The address itself stays in the environment."""
    return hashlib.sha256(url.encode()).hexdigest()


@transaction.atomic
def note_events() -> int:
    """Queue a call for every event since the last time, to every address that is set; gives how many.

    The first time it begins with what happens from now on. Events are read from the history, so that nothing is told
    of what was undone.
    """
    cursor = Cursor.objects.select_for_update().first()
    if cursor is None:
        head = ChainHead.objects.first()
        Cursor.objects.create(number=head.number if head else 0)
        return 0
    entries = list(Entry.objects.filter(number__gt=cursor.number).order_by("number")[:MOST])
    if not entries:
        return 0
    now = timezone.now()
    calls = [
        Call(to=name_of(url), entry=entry.number, body=body_of(entry), made_at=now, not_before=now)
        for entry in entries
        if entry.verb in EVENTS
        for url in settings.SAFEBOARD_WEBHOOK_URLS
    ]
    Call.objects.bulk_create(calls)
    cursor.number = entries[-1].number
    cursor.save(update_fields=["number"])
    return len(calls)


def body_of(entry: Entry) -> dict[str, Any]:
    """All that another program is told: a kind of event, ids, and a time."""
    return {
        "id": entry.number,
        "event": EVENTS[entry.verb],
        "at": entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        "place": f"{entry.place_kind}-{entry.place_id}" if entry.place_id else "",
        "about": entry.object_id,
    }


def make_calls() -> int:
    """Make the calls that are due; gives how many were taken. Each on its own, in no transaction."""
    urls = {name_of(url): url for url in settings.SAFEBOARD_WEBHOOK_URLS}
    due = Call.objects.filter(state=CallState.QUEUED, not_before__lte=timezone.now()).order_by("not_before", "pk")
    return sum(make_call(call=call, url=urls.get(call.to, "")) for call in due[:MOST])


def make_call(*, call: Call, url: str) -> bool:
    """Make one call; True where it was taken. It is claimed first by moving its time, so that two workers do not both.

    What misses is tried again as mail is; after the last time it has failed. An address that is not set any more is
    not called.
    """
    now = timezone.now()
    wait = WAITS[min(call.attempts, len(WAITS) - 1)]
    mine = Call.objects.filter(pk=call.pk, state=CallState.QUEUED, attempts=call.attempts)
    if not mine.update(attempts=F("attempts") + 1, not_before=now + wait):
        return False
    call.attempts += 1
    if not url:
        return _ended(call, CallState.FAILED, "the address is not set any more")
    try:
        posting.post(url, call.body)
    except (OSError, posting.NotTaken) as error:
        if call.attempts > len(WAITS):
            return _ended(call, CallState.FAILED, posting.in_short(error))
        Call.objects.filter(pk=call.pk).update(last_error=posting.in_short(error))
        return False
    return _ended(call, CallState.SENT)


def _ended(call: Call, state: CallState, error: str = "") -> bool:
    Call.objects.filter(pk=call.pk).update(state=state, last_error=error, ended_at=timezone.now())
    return state == CallState.SENT


def clear_calls() -> int:
    """Remove calls that ended a week ago; gives how many."""
    return Call.objects.filter(ended_at__lt=timezone.now() - timedelta(days=7)).delete()[0]
