"""Who may read a message, who watches the service, and when a quiet message goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from safeboard.core.access import Access, has_role, is_signed_in
from safeboard.core.roles import Role

from .choices import DIGEST_TIME, QUIET_KINDS, State

if TYPE_CHECKING:
    from .models import Message


@rules.predicate
def is_addressee(access: Access, message: Message | None) -> bool:
    """The message is for this person."""
    return message is not None and access.person is not None and message.to_id == access.person.pk


@rules.predicate
def hands_it_over(access: Access, message: Message | None) -> bool:
    """This person caused a message to somebody without an account, and it was never posted: they hand it over."""
    return (
        message is not None
        and access.person is not None
        and message.to_id is None
        and message.caused_by_id == access.person.pk
        and message.state == State.SHOWN
    )


# Any signed-in person has a list of messages; which ones is queries.visible_to.
rules.add_perm("outbox.read", is_signed_in)
# The text of one message: links that work once are in it, so that causing a posted one is not enough.
rules.add_perm("outbox.read_text", is_addressee | hands_it_over)
# Queue, failures and clocks, without text or subject.
rules.add_perm("outbox.watch", has_role(Role.ADMINISTRATOR))


def is_quiet(kind: str) -> bool:
    """Whether messages of this kind wait for the day's digest."""
    return kind in QUIET_KINDS


def next_digest(now: datetime) -> datetime:
    """The next moment, after ``now``, at which quiet messages go out: half past seven on a weekday."""
    local = timezone.localtime(now)
    day = local.date()
    while True:
        moment = timezone.make_aware(datetime.combine(day, DIGEST_TIME))
        if day.weekday() < 5 and moment > now:
            return moment
        day += timedelta(days=1)
