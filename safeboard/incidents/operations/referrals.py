"""Referrals. Sending one is never held up: not by a missing field, an approval, or a mail server (Toolkit Annex B)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import DutyKind, NoteKind, Owner, ReferralState, Status
from ..errors import Refused
from ..models import Incident, Referral
from ..rules import words_only
from .casework import add_note
from .duties import raise_duty, settle
from .keys import own_key

ANSWER_WITHIN = timedelta(days=1)  # one working day is usual; the form lets the sender set it


@transaction.atomic
def draft_referral(
    *, by: Access, incident: Incident, to: str, to_name: str, what: str = "", form_key: uuid.UUID | None = None
) -> Referral:
    """Prepare a referral and give it back; the same form twice is one. Until it is sent, a duty says 'not sent'."""
    require(by, "incidents.refer", incident)
    words_only(what)
    referral, made = Referral.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "incident": incident,
            "to": to,
            "to_name": to_name,
            "what": what,
        },
    )
    if made:
        history.record(
            by=by, verb="incidents.referral_drafted", obj=incident, facts={"referral": referral.pk, "to": to}
        )
    return referral


@transaction.atomic
def make_referral(*, by: Access, incident: Incident, to: str, to_name: str, **sent: Any) -> Referral:
    """Record at once that a matter was referred: prepared and sent in one. See the two for what may be given."""
    prepared = {"what": sent.get("what") or "", "form_key": sent.pop("form_key", None)}
    referral = draft_referral(by=by, incident=incident, to=to, to_name=to_name, **prepared)
    return send_referral(by=by, referral=referral, **sent)


@transaction.atomic
def send_referral(
    *,
    by: Access,
    referral: Referral,
    how: str = "",
    at: datetime | None = None,
    spoke_to: str = "",
    reference: str = "",
    what: str | None = None,
    answer_due_at: datetime | None = None,
) -> Referral:
    """Record that a referral was made: when, how, whom one spoke to.

    Only the moment is needed, and it is now by default. It settles the duty to refer, and starts the
    clock for the answer.
    """
    require(by, "incidents.refer", referral.incident)
    if referral.state != ReferralState.DRAFTED:
        return referral
    words_only(spoke_to, reference, what or "")
    now = timezone.now()
    referral.state, referral.how, referral.sent_by = ReferralState.SENT, how, by.person
    referral.sent_at = min(at or now, now)
    referral.spoke_to, referral.reference = spoke_to, reference
    referral.what = referral.what if what is None else what
    referral.answer_due_at = answer_due_at or referral.sent_at + ANSWER_WITHIN
    referral.save()
    incident = referral.incident
    if incident.status == Status.OPEN:
        incident.status = Status.REFERRED
        incident.save(update_fields=["status"])
    history.record(by=by, verb="incidents.referred", obj=incident, facts={"referral": referral.pk, "to": referral.to})
    settle(by=by, incident=incident, kind=DutyKind.REFER, to=referral.to)
    settle(by=by, incident=incident, kind=DutyKind.TELL, to=referral.to)
    raise_duty(
        by=by,
        incident=incident,
        key=f"answer:{referral.pk}",
        kind=DutyKind.ANSWER,
        title=_("Get an answer from %(who)s") % {"who": referral.to_name},
        owner=Owner.DESIGNATED_OFFICER,
        due_at=referral.answer_due_at,
        to=referral.to,
        referral=referral,
    )
    return referral


DETAILS = ("how", "sent_at", "spoke_to", "reference", "what", "answer_due_at")
SEALED = ("spoke_to", "reference", "what")


@transaction.atomic
def add_details(*, by: Access, referral: Referral, fields: Mapping[str, Any]) -> Referral:
    """Add to a referral that was made, or put right, what was left out in the hurry (DETAILS). History keeps which.

    A new time for the answer moves its clock. What is empty, or as it was, changes nothing.
    """
    require(by, "incidents.refer", referral.incident)
    words_only(*(fields.get(name) or "" for name in SEALED))
    _in_state(referral, ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ANSWERED)
    changed = [name for name in DETAILS if fields.get(name) and fields[name] != getattr(referral, name)]
    if not changed:
        return referral
    for name in changed:
        setattr(referral, name, fields[name])
    referral.sent_at = min(referral.sent_at or timezone.now(), timezone.now())
    referral.save(update_fields=changed)
    history.record(
        by=by,
        verb="incidents.referral_details",
        obj=referral.incident,
        facts={"referral": referral.pk, "fields": changed},
        digests={name: fields[name] for name in changed if name in SEALED},
    )
    if "answer_due_at" in changed:
        referral.duties.filter(key=f"answer:{referral.pk}", done_at__isnull=True).update(
            due_at=referral.answer_due_at, warned_at=None, late_at=None
        )
    return referral


def _in_state(referral: Referral, *states: str) -> None:
    if referral.state not in states:
        raise Refused(
            _("This referral is now: %(state)s. Look at it again before you go on.")
            % {"state": referral.get_state_display()}
        )


@transaction.atomic
def acknowledge(*, by: Access, referral: Referral, at: datetime | None = None, who: str = "") -> Referral:
    """Record that it was received, when and by whom. Twice stays as it was the first time."""
    require(by, "incidents.refer", referral.incident)
    if referral.acknowledged_at:
        return referral
    words_only(who)
    _in_state(referral, ReferralState.SENT)
    referral.state, referral.acknowledged_by = ReferralState.ACKNOWLEDGED, who
    referral.acknowledged_at = min(at or timezone.now(), timezone.now())
    referral.save()
    history.record(by=by, verb="incidents.acknowledged", obj=referral.incident, facts={"referral": referral.pk})
    return referral


@transaction.atomic
def answer_referral(
    *, by: Access, referral: Referral, outcome: str, reference: str = "", at: datetime | None = None
) -> Referral:
    """Record what they answered; the clock for the answer stops, and the incident is the agency's again.

    The same answer sent twice is one.
    """
    require(by, "incidents.refer", referral.incident)
    if referral.state == ReferralState.ANSWERED and referral.outcome == outcome:
        return referral
    _in_state(referral, ReferralState.SENT, ReferralState.ACKNOWLEDGED)
    words_only(outcome, reference)
    referral.state, referral.outcome = ReferralState.ANSWERED, outcome
    referral.answered_at = min(at or timezone.now(), timezone.now())
    referral.reference = reference or referral.reference
    referral.save()
    history.record(by=by, verb="incidents.answered", obj=referral.incident, facts={"referral": referral.pk})
    settle(by=by, incident=referral.incident, kind=DutyKind.ANSWER, key=f"answer:{referral.pk}")
    _back_to_agency(referral.incident)
    return referral


@transaction.atomic
def withdraw_referral(*, by: Access, referral: Referral, why: str = "") -> Referral:
    """Record that it is not pursued, and why (an entry of the story). It stays on record, and its clock stops."""
    require(by, "incidents.refer", referral.incident)
    if referral.state == ReferralState.WITHDRAWN:
        return referral
    _in_state(referral, ReferralState.DRAFTED, ReferralState.SENT, ReferralState.ACKNOWLEDGED)
    referral.state, referral.withdrawn_at = ReferralState.WITHDRAWN, timezone.now()
    referral.save()
    history.record(by=by, verb="incidents.withdrawn", obj=referral.incident, facts={"referral": referral.pk})
    settle(by=by, incident=referral.incident, kind=DutyKind.ANSWER, key=f"answer:{referral.pk}")
    if why.strip():
        words = _("The referral to %(who)s was withdrawn: %(why)s") % {"who": referral.to_name, "why": why}
        add_note(by=by, incident=referral.incident, kind=NoteKind.DECISION, text=words)
    _back_to_agency(referral.incident)
    return referral


def _back_to_agency(incident: Incident) -> None:
    waiting = incident.referrals.filter(state__in=[ReferralState.SENT, ReferralState.ACKNOWLEDGED])
    if incident.status == Status.REFERRED and not waiting.exists():
        incident.status = Status.OPEN
        incident.save(update_fields=["status"])
