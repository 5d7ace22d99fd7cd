"""Reminders of actions: a week before the day, and when it has passed; of requests that nobody answered.

They are quiet messages: the day's digest gathers them, and none goes out at a weekend. No word of an action is in them,
since mail is read on the way; the page of messages names it to whoever may know of it (naming.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.core.times import exact
from safeboard.outbox import operations as outbox

from ..choices import LIVE, UNFINISHED, State
from ..models import Action
from ..queries.plan_people import answering

BEFORE = timedelta(days=7)
AGAIN = timedelta(days=14)  # while it is late
KIND = "action-due"  # a quiet kind of the outbox


def remind(*, by: Access) -> int:
    """Tell who answers for actions that are due within a week or late, and agencies that have not answered.

    Gives how many were told of. Each is told once before, once when it is late and every fortnight after that. The
    caller opens the wall for every place.
    """
    today, told = timezone.localdate(), 0
    for action, field in _owed(today):
        told += _tell(by=by, action=action, field=field, today=today)
    return told


def _owed(today: date) -> Iterator[tuple[Action, str]]:
    rows = Action.objects.defer("why", "evidence", "answer", "source_title", "dropped")
    late = Q(due_on__lt=today, state__in=UNFINISHED) | Q(answer_by__lt=today, state=State.ASKED)
    unsaid = Q(late_on=None) | Q(late_on__lte=today - AGAIN)
    for action in rows.filter(late, unsaid):
        yield action, "late_on"
    soon = Q(due_on__range=(today, today + BEFORE), state__in=LIVE)
    asked = Q(answer_by__range=(today, today + BEFORE), state=State.ASKED, due_on__gte=today)
    for action in rows.filter(soon | asked, warned_on=None):
        yield action, "warned_on"


@transaction.atomic
def _tell(*, by: Access, action: Action, field: str, today: date) -> int:
    if not Action.objects.filter(pk=action.pk, **{field: getattr(action, field)}).update(**{field: today}):
        return 0
    late = field == "late_on"
    history.record(by=by, verb="strategy.reminded", obj=action, facts={"late": late})
    for person in answering(action):
        outbox.send(
            by=by,
            to=person,
            kind=KIND,
            subject=_subject(action, late=late, today=today),
            body=_("Sign in to see it, to say how it goes, or to give it another date: %(link)s")
            % {"link": outbox.link(action.url)},
            about=action,
            dedupe=f"{KIND}:{action.pk}:{field}:{today.isoformat()}:{person.pk}",
        )
    return 1


def _subject(action: Action, *, late: bool, today: date) -> str:
    """What the digest lists: that an answer is owed, or an action is due or late, with the day."""
    if action.state == State.ASKED and (action.due_on >= today):
        when = {"day": exact(action.answer_by or action.due_on)}
        return (_("A request of the board waits for an answer, owed by %(day)s")) % when
    when = {"day": exact(action.due_on)}
    return (_("An action is late: it was expected by %(day)s") if late else _("An action is due on %(day)s")) % when
