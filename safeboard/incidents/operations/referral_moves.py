"""What another body does with a referral, and what follows from it: whoever records it asked for permission before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access

from ..choices import WAITING, DutyKind, Owner, ReferralState, Status
from ..errors import Refused
from ..models import Duty, Incident, Referral
from ..queries.referring import send_by, wait_until
from ..rules import REFERRAL_MOVES
from .debriefs import raise_debrief
from .duties import raise_duty, settle


def move(referral: Referral, to: str) -> None:
    """Set the state, where the table of moves allows it; else raise Refused."""
    if to not in REFERRAL_MOVES[referral.state]:
        raise Refused(
            _("This referral is now: %(state)s. Look at it again before you go on.")
            % {"state": referral.get_state_display()}
        )
    referral.state = to


def past(at: datetime | None) -> datetime:
    """The moment given, never later than now."""
    now = timezone.now()
    return min(at or now, now)


@transaction.atomic
def await_sending(*, by: Access, referral: Referral) -> None:
    """Start the clock of a referral that is prepared: the one of the duty that it fulfils, where there is one."""
    incident, handed_on = referral.incident, referral.to_agency_id is not None
    owed = None if handed_on else _owed_to(incident, referral.to).order_by("due_at").first()
    usual = send_by(incident.pack, referral.to, referral.made_at, handed_on=handed_on)
    referral.send_due_at = min(owed.due_at, usual) if owed else usual
    referral.save(update_fields=["send_due_at"])
    if owed is None:
        raise_duty(
            by=by,
            incident=incident,
            key=f"send:{referral.pk}",
            kind=DutyKind.REFER,
            title=_("Make the referral to %(who)s") % {"who": referral.to_name},
            owner=Owner.DESIGNATED_OFFICER,
            due_at=referral.send_due_at,
            to=referral.to,
            referral=referral,
            tell=False,
        )


def _owed_to(incident: Incident, to: str) -> QuerySet[Duty]:
    return Duty.objects.filter(
        incident=incident,
        to=to,
        kind__in=[DutyKind.REFER, DutyKind.TELL],
        done_at__isnull=True,
        dropped_at__isnull=True,
    )


@transaction.atomic
def start_clocks(*, by: Access, referral: Referral, since: datetime, answer_due_at: datetime | None = None) -> None:
    """Start the clocks of a referral that was sent, or challenged: to be acknowledged, and to be answered."""
    pack, handed_on = referral.incident.pack, referral.to_agency_id is not None
    acknowledge, answer = wait_until(pack, referral.to, since, handed_on=handed_on)
    referral.acknowledge_due_at, referral.answer_due_at = acknowledge, answer_due_at or answer
    referral.save(update_fields=["acknowledge_due_at", "answer_due_at"])
    words = {"who": referral.to_name}
    again = referral.duties.filter(kind=DutyKind.ANSWER).count()
    titles = {
        DutyKind.CONFIRM: (_("Ask %(who)s whether they have the referral") % words, acknowledge),
        DutyKind.ANSWER: (_("Get an answer from %(who)s") % words, referral.answer_due_at),
    }
    for kind, (title, due_at) in titles.items():
        raise_duty(
            by=by,
            incident=referral.incident,
            key=f"{kind.value}:{referral.pk}" + (f":{again}" if again else ""),
            kind=kind,
            title=title,
            owner=Owner.DESIGNATED_OFFICER,
            due_at=due_at,
            to=referral.to,
            referral=referral,
            tell=False,  # nothing is to be done before its time has passed
        )


@transaction.atomic
def stop_clocks(*, by: Access, referral: Referral, kinds: Iterable[str]) -> None:
    """Complete the open duties of these kinds that stand for a referral."""
    owed = referral.duties.filter(kind__in=list(kinds), done_at__isnull=True, dropped_at__isnull=True)
    for kind, key in owed.values_list("kind", "key"):
        settle(by=by, incident=referral.incident, kind=kind, key=key)


@transaction.atomic
def acknowledged(*, by: Access, referral: Referral, at: datetime | None = None, who: str = "") -> Referral:
    """They have it: the clock for that stops. Twice stays as it was the first time."""
    if referral.acknowledged_at:
        return referral
    move(referral, ReferralState.ACKNOWLEDGED)
    referral.acknowledged_at, referral.acknowledged_by = past(at), who
    referral.save()
    history.record(by=by, verb="incidents.acknowledged", obj=referral.incident, facts={"referral": referral.pk})
    stop_clocks(by=by, referral=referral, kinds=[DutyKind.CONFIRM])
    return referral


@transaction.atomic
def accepted(*, by: Access, referral: Referral, at: datetime | None = None, who: str = "") -> Referral:
    """They have taken it on. The clock for the answer goes on. Twice stays as it was the first time."""
    if referral.accepted_at and referral.state == ReferralState.ACCEPTED:
        return referral
    move(referral, ReferralState.ACCEPTED)
    referral.accepted_at = past(at)
    if referral.acknowledged_at is None:
        referral.acknowledged_at, referral.acknowledged_by = referral.accepted_at, who
    referral.save()
    history.record(by=by, verb="incidents.referral_accepted", obj=referral.incident, facts={"referral": referral.pk})
    stop_clocks(by=by, referral=referral, kinds=[DutyKind.CONFIRM])
    return referral


@transaction.atomic
def refused(*, by: Access, referral: Referral, why: str = "", at: datetime | None = None) -> Referral:
    """They do not take it on. What to do now is owed at once, so that it never ends there. Twice is once."""
    if referral.state == ReferralState.REFUSED:
        return referral
    move(referral, ReferralState.REFUSED)
    referral.refused_at, referral.refused_why = past(at), why
    referral.save()
    incident = referral.incident
    history.record(by=by, verb="incidents.referral_refused", obj=incident, facts={"referral": referral.pk})
    stop_clocks(by=by, referral=referral, kinds=[DutyKind.CONFIRM, DutyKind.ANSWER])
    back_to_agency(by=by, incident=incident)
    again = referral.duties.filter(kind=DutyKind.DECIDE).count()
    raise_duty(
        by=by,
        incident=incident,
        key=f"refused:{referral.pk}" + (f":{again}" if again else ""),
        kind=DutyKind.DECIDE,
        title=_("%(who)s refused the referral: decide what to do now") % {"who": referral.to_name},
        owner=Owner.DESIGNATED_OFFICER,
        due_at=timezone.now(),
        to=referral.to,
        referral=referral,
    )
    return referral


@transaction.atomic
def answered(
    *, by: Access, referral: Referral, outcome: str, reference: str = "", at: datetime | None = None
) -> Referral:
    """They have answered: its clocks stop, and the incident is the agency's again. The same answer twice is one."""
    if referral.state == ReferralState.ANSWERED and referral.outcome == outcome:
        return referral
    move(referral, ReferralState.ANSWERED)
    referral.outcome, referral.answered_at = outcome, past(at)
    referral.reference = reference or referral.reference
    referral.save()
    history.record(by=by, verb="incidents.answered", obj=referral.incident, facts={"referral": referral.pk})
    stop_clocks(by=by, referral=referral, kinds=[DutyKind.CONFIRM, DutyKind.ANSWER, DutyKind.DECIDE])
    back_to_agency(by=by, incident=referral.incident)
    raise_debrief(by=by, incident=referral.incident)
    return referral


@transaction.atomic
def back_to_agency(*, by: Access, incident: Incident) -> None:
    """Say that an incident is open here again, where no other body has it any more. The callers note why."""
    if incident.status == Status.REFERRED and not incident.referrals.filter(state__in=WAITING).exists():
        incident.status = Status.OPEN
        incident.save(update_fields=["status"])
        history.record(by=by, verb="incidents.back_here", obj=incident)
