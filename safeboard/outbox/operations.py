"""Writes of the outbox: sending, delivering, gathering; and the clock that rooms register their jobs with."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, job_access

from . import posting
from .choices import DIGEST, QUIET_KINDS, WAITS, State
from .clocks import clock
from .models import Message
from .rules import is_quiet, next_digest

__all__ = ["clock", "deliver", "deliver_due", "digest", "link", "mark_quiet", "retry", "send"]

KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
POSTING = job_access("outbox.posting")


def link(path: str) -> str:
    """The full address of a page of this service, for a message."""
    return f"{settings.SAFEBOARD_ADDRESS}/{path.lstrip('/')}"


def mark_quiet(*kinds: str) -> None:
    """Say, from a room's ``apps.ready``, that messages of these kinds wait for the day's digest."""
    QUIET_KINDS.update(kinds)


@transaction.atomic
def send(
    *,
    by: Access,
    to: Person | None,
    email: str = "",
    kind: str,
    subject: str,
    body: str,
    about: models.Model | None = None,
    dedupe: str = "",
    not_before: datetime | None = None,
) -> Message:
    """Write a message in the caller's transaction and give it back; it is posted once that is committed.

    ``to`` is the person, or None where there is only an address (an invitation); ``email`` is their own where left
    out. ``kind`` is a word such as "duty-late". ``body`` is plain text and says that something needs them, with a
    link: never case text. Of ``about`` only its label and id are kept. The same ``dedupe`` word twice is one message.
    No mail server, a mail server that is away and an address that cannot be used never raise here. ValueError for a
    kind that is not a word.

    Who causes a message to an address without an account reads its text where no mail server is set. A link that
    opens somebody else's account (a forgotten password) is therefore sent ``by`` a job, with ``to`` set.
    """
    if not KIND.fullmatch(kind):
        raise ValueError(f"a kind of message is a short word in small letters: {kind!r}")
    now = timezone.now()
    fields = _fields(by, to, email, kind, not_before, now)
    fields.update(subject=posting.one_line(str(subject)), body=posting.plain(str(body)))
    if about is not None:
        fields.update(about_type=about._meta.label_lower, about_id=about.pk)
    if dedupe:
        message, made = Message.objects.get_or_create(dedupe=dedupe, defaults=fields)
    else:
        message, made = Message.objects.create(**fields), True
    if made:
        facts = {"kind": kind, "state": str(message.state), "about": f"{message.about_type}:{message.about_id or ''}"}
        history.record(by=by, verb="outbox.made", obj=message, facts=facts)
        if message.state == State.QUEUED and message.not_before <= now:
            transaction.on_commit(lambda: _enqueue(message.pk), robust=True)
    return message


def _fields(
    by: Access, to: Person | None, email: str, kind: str, not_before: datetime | None, now: datetime
) -> dict[str, object]:
    address = email.strip() or (to.email if to else "")
    quiet = is_quiet(kind) and posting.is_set()
    fields: dict[str, object] = {
        "to": to,
        "email": posting.one_line(address, 254),
        "kind": kind,
        "caused_by": by.person,
        "place_kind": by.place.kind if by.place else "",
        "place_id": by.place.id if by.place else None,
        "quiet": quiet,
        "made_at": now,
        "not_before": not_before or (next_digest(now) if quiet else now),
        "state": State.QUEUED if posting.is_set() else State.SHOWN,
    }
    if posting.is_set() and not posting.is_address(address):
        fields.update(state=State.FAILED, failed_at=now, last_error="the address cannot be used")
    return fields


def _enqueue(pk: int) -> None:
    deliver_soon.enqueue(pk)


@task()
def deliver_soon(pk: int) -> None:
    """Post one message from the queue; what misses is tried again by the clock."""
    deliver(pk)


def deliver(pk: int) -> bool:
    """Post one message that is due, in no transaction; True where the mail server took it.

    Claimed first by moving its time to that of the next attempt: two workers never post it both, and one that is
    killed half-way leaves it to be tried again.
    """
    if not posting.is_set() or posting.is_away():
        return False
    now = timezone.now()
    message = Message.objects.select_related("to").filter(pk=pk).first()
    if message is None:
        return False
    wait = WAITS[min(message.attempts, len(WAITS) - 1)]
    due = Message.objects.filter(pk=pk, state=State.QUEUED, attempts=message.attempts, not_before__lte=now)
    if not due.update(attempts=F("attempts") + 1, not_before=now + wait):
        return False
    message.attempts += 1
    if message.to and not message.to.is_active:
        _finish(message, State.FAILED, "the person's account is closed")
        return False
    try:
        posting.post(message)
    except ValueError:  # BadHeaderError is one: no later attempt would be different
        _finish(message, State.FAILED, "a header would carry more than itself")
        return False
    except (OSError, SMTPException) as error:
        posting.note_away(error)
        _missed(message, posting.in_short(error))
        return False
    posting.note_away(None)
    _finish(message, State.SENT)
    return True


def _missed(message: Message, error: str) -> None:
    if message.attempts > len(WAITS):
        _finish(message, State.FAILED, error)
    else:
        Message.objects.filter(pk=message.pk).update(last_error=error)


@transaction.atomic
def _finish(message: Message, state: State, error: str = "") -> None:
    now = timezone.now()
    Message.objects.filter(Q(pk=message.pk) | Q(gathered_in=message.pk)).update(
        state=state,
        last_error=error,
        sent_at=now if state == State.SENT else None,
        failed_at=now if state == State.FAILED else None,
    )
    facts = {"kind": message.kind, "attempts": message.attempts}
    history.record(by=POSTING, verb=f"outbox.{state.value}", obj=message, facts=facts)


def deliver_due() -> int:
    """Post everything that is due and not gathered into a digest; gives the number posted."""
    due = Message.objects.filter(
        Q(quiet=False) | Q(kind=DIGEST), state=State.QUEUED, gathered_in=None, not_before__lte=timezone.now()
    )
    return sum(deliver(pk) for pk in due.order_by("not_before", "pk").values_list("pk", flat=True)[:500])


def digest() -> int:
    """Gather the quiet messages that are due into one a day for each address; gives the number of digests."""
    now = timezone.now()
    if not posting.is_set() or timezone.localtime(now).weekday() >= 5:
        return 0
    due = Message.objects.filter(quiet=True, state=State.QUEUED, gathered_in=None, not_before__lte=now)
    people = due.order_by("email", "to").values_list("email", "to").distinct()
    return sum(_gather(email, to, now) for email, to in list(people))


@transaction.atomic
def _gather(email: str, to: int | None, now: datetime) -> bool:
    """One digest for one address; False where there is one of today already, and the rest waits until tomorrow."""
    word = f"{DIGEST}-{timezone.localdate(now)}-{to or email}"[:160]
    if Message.objects.filter(dedupe=word).exists():
        return False
    waiting = Message.objects.filter(
        quiet=True, state=State.QUEUED, gathered_in=None, not_before__lte=now, email=email, to=to
    )
    subjects = list(waiting.order_by("made_at", "pk").values_list("subject", flat=True))
    if not subjects:
        return False
    count = len(subjects)
    whole = send(
        by=POSTING,
        to=Person.objects.get(pk=to) if to else None,
        email=email,
        kind=DIGEST,
        subject=ngettext("%d thing needs you", "%d things need you", count) % count,
        body="\n".join([*(f"* {subject}" for subject in subjects), "", gettext("Read more:"), link("/messages/")]),
        dedupe=word,
    )
    waiting.update(gathered_in=whole)
    return True


@transaction.atomic
def retry(*, by: Access, message: Message) -> bool:
    """Put a failed message in the queue again; False where it is not failed any more, or its address cannot be used."""
    failed = Message.objects.filter(pk=message.pk, state=State.FAILED)
    if not posting.is_set() or not posting.is_address(message.email):
        return False
    if not failed.update(state=State.QUEUED, failed_at=None, attempts=0, not_before=timezone.now()):
        return False
    history.record(by=by, verb="outbox.retried", obj=message, facts={"kind": message.kind})
    transaction.on_commit(lambda: _enqueue(message.pk), robust=True)
    return True


@transaction.atomic
def clear_old(*, by: Access = POSTING, after: timedelta = timedelta(days=365)) -> int:
    """Remove messages a year after they were made, whatever became of them; gives their number."""
    count, _each = Message.objects.filter(made_at__lt=timezone.now() - after).delete()
    if count:
        history.record(by=by, verb="outbox.cleared", facts={"count": count})
    return count
