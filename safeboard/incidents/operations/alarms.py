"""What shouts: a referral not sent, not acknowledged, or without its answer; and to whom it goes when nobody hears.

Messages hold no case text. Each alarm has words of its own. A day later whoever stands in is told (Toolkit Annex F,
case 1: the week that was lost).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access
from safeboard.outbox import operations as outbox

from ..choices import Alarm, DutyKind, Owner
from ..models import Duty, Incident, Received
from ..queries.handling import free_holders
from ..queries.received import last_receivers, subjects_of
from .duties import told_of_report, who_owes
from .handing_on import tell_receivers

UP_AFTER = timedelta(days=1)
# What must not wait for somebody who is away: to refer, to ask, to get an answer, to decide.
PASSED_UP = (DutyKind.REFER, DutyKind.CONFIRM, DutyKind.ANSWER, DutyKind.DECIDE)
ALARMS = {
    DutyKind.REFER: Alarm.NOT_SENT,
    DutyKind.CONFIRM: Alarm.NOT_ACKNOWLEDGED,
    DutyKind.ANSWER: Alarm.OVERDUE,
}
WORDS: dict[str, tuple[Promise | str, Promise | str]] = {
    Alarm.NOT_SENT: (
        gettext_lazy("Safeboard: a referral was not sent"),
        gettext_lazy(
            "A referral on incident %(reference)s was prepared and not made. Nobody outside knows of it yet. Sign in, "
            "ring the number shown, and press the button."
        ),
    ),
    Alarm.NOT_ACKNOWLEDGED: (
        gettext_lazy("Safeboard: nobody has said that they have a referral"),
        gettext_lazy(
            "A referral on incident %(reference)s was made, and nobody has said that they have it. Ring them and ask. "
            "Until they say so, act as though they do not know."
        ),
    ),
    Alarm.OVERDUE: (
        gettext_lazy("Safeboard: an answer to a referral is late"),
        gettext_lazy(
            "A referral on incident %(reference)s was received, and its answer is late. Ring them for it. If a child "
            "is not safe meanwhile, say so."
        ),
    ),
}


def alarm_for(duty: Duty) -> str:
    """The alarm that a late duty of a referral is; '' for every other duty."""
    return ALARMS.get(DutyKind(duty.kind), "") if duty.referral_id else ""


@transaction.atomic
def shout(*, by: Access, duty: Duty) -> None:
    """Tell whoever owes it that a referral was not sent, not acknowledged, or not answered in its time."""
    duty.late_at = timezone.now()
    duty.save(update_fields=["late_at"])
    alarm = alarm_for(duty)
    history.record(by=by, verb="incidents.alarm", obj=duty.incident, facts={"duty": duty.pk, "alarm": alarm})
    subject, body = WORDS[alarm]
    _send(by, who_owes(duty), duty, f"referral-{alarm}", subject, body)


@transaction.atomic
def pass_up(*, by: Access, duty: Duty) -> int:
    """Tell the substitute of what was late for a day; gives how many were told. Nobody who is the subject is told.

    The responsible person may not read every incident: the message says whom to ask.
    """
    duty.passed_up_at = timezone.now()
    duty.save(update_fields=["passed_up_at"])
    history.record(by=by, verb="incidents.passed_up", obj=duty.incident, facts={"duty": duty.pk})
    owners = {person.pk for person in who_owes(duty)}
    told = [one for one in free_holders(duty.incident, Owner.RESPONSIBLE_PERSON) if one.pk not in owners]
    told = told or [one for _owner, one in told_of_report(duty.incident) if one.pk not in owners]
    subject = gettext_lazy("Safeboard: something has waited a day too long")
    body = gettext_lazy(
        "Something owed on incident %(reference)s was due a day ago and is not done. See to it today that the "
        "designated officer, or whoever stands in for them, deals with it. If they are away, give somebody their role."
    )
    _send(by, told, duty, "duty-passed-up", subject, body)
    return len(told)


def _send(
    by: Access, people: Iterable[Person], duty: Duty, kind: str, subject: Promise | str, body: Promise | str
) -> None:
    for person in people:
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind=kind,
            subject=str(subject),
            body=str(body) % {"reference": duty.incident.reference},
            about=duty,
            dedupe=f"{kind}:{duty.pk}:{person.pk}:{duty.due_at:%y%m%d%H%M}",
        )


@transaction.atomic
def shout_received(*, by: Access, received: Received, up: bool) -> None:
    """Tell those who may know that a referral to us waits; with ``up``, a day later, the responsible person."""
    name = "passed_up_at" if up else "late_at"
    setattr(received, name, timezone.now())
    received.save(update_fields=[name])
    history.record(by=by, verb="incidents.received_waits", obj=received, facts={"up": up})
    last = last_receivers(received.agency_id, subjects_of(received)) if up else None
    tell_receivers(by=by, received=received, kind="received-passed-up" if up else "received-late", people=last)


def tell_news(*, by: Access, incident: Incident, word: str) -> None:
    """Tell those who handle an incident that another agency has moved its referral. Without case text."""
    for _owner, person in told_of_report(incident):
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind="referral-moved",
            subject=_("Safeboard: there is news of a referral"),
            body=_(
                "The agency to which incident %(reference)s was handed on has answered. Sign in to see what it says."
            )
            % {"reference": incident.reference},
            about=incident,
            dedupe=f"referral-moved:{word}:{person.pk}",
        )
