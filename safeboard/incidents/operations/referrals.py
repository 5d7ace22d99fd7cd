"""Referrals. Sending one is never held up: not by a missing field, an approval, or a mail server (Toolkit Annex B)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import DutyKind, Next, NoteKind, ReferralState, Status
from ..errors import Refused
from ..models import Incident, Referral
from ..rules import words_only
from . import referral_moves as moves
from .casework import add_note
from .duties import settle
from .handing_on import deliver, recall
from .keys import own_key


@transaction.atomic
def draft_referral(
    *, by: Access, incident: Incident, to: str, to_name: str, what: str = "", form_key: uuid.UUID | None = None
) -> Referral:
    """Prepare a referral and give it back; the same form twice is one. Its clock, until it is sent, says 'not sent'."""
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
        moves.await_sending(by=by, referral=referral)
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
    """Record that a referral was made: when, how, whom one spoke to; to an agency of the board it is delivered here.

    Only the moment is needed, and it is now by default. It settles the duty to refer, and starts the clocks for
    their word that they have it, and for the answer.
    """
    require(by, "incidents.refer", referral.incident)
    if referral.state != ReferralState.DRAFTED:
        return referral
    words_only(spoke_to, reference, what or "")
    moves.move(referral, ReferralState.SENT)
    referral.how, referral.sent_by, referral.sent_at = how, by.person, moves.past(at)
    referral.spoke_to, referral.reference = spoke_to, reference
    referral.what = referral.what if what is None else what
    referral.save()
    incident = referral.incident
    if incident.status == Status.OPEN:
        incident.status = Status.REFERRED
        incident.save(update_fields=["status"])
    history.record(by=by, verb="incidents.referred", obj=incident, facts={"referral": referral.pk, "to": referral.to})
    moves.stop_clocks(by=by, referral=referral, kinds=[DutyKind.REFER])
    if referral.to:
        settle(by=by, incident=incident, kind=DutyKind.REFER, to=referral.to)
        settle(by=by, incident=incident, kind=DutyKind.TELL, to=referral.to)
    moves.start_clocks(by=by, referral=referral, since=referral.sent_at, answer_due_at=answer_due_at)
    if referral.to_agency_id:
        deliver(by=by, referral=referral)
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
    if referral.state in (ReferralState.DRAFTED, ReferralState.WITHDRAWN):
        moves.move(referral, referral.state)  # refused, in words
    changed = [name for name in DETAILS if fields.get(name) and fields[name] != getattr(referral, name)]
    if not changed:
        return referral
    for name in changed:
        setattr(referral, name, fields[name])
    referral.sent_at = moves.past(referral.sent_at)
    referral.save(update_fields=changed)
    history.record(
        by=by,
        verb="incidents.referral_details",
        obj=referral.incident,
        facts={"referral": referral.pk, "fields": changed},
        digests={name: fields[name] for name in changed if name in SEALED},
    )
    if "answer_due_at" in changed:
        referral.duties.filter(kind=DutyKind.ANSWER, done_at__isnull=True).update(
            due_at=referral.answer_due_at, warned_at=None, late_at=None, passed_up_at=None
        )
    return referral


@transaction.atomic
def acknowledge(*, by: Access, referral: Referral, at: datetime | None = None, who: str = "") -> Referral:
    """Record that it was received, when and by whom. Twice stays as it was the first time."""
    require(by, "incidents.refer", referral.incident)
    words_only(who)
    return moves.acknowledged(by=by, referral=referral, at=at, who=who)


@transaction.atomic
def accept_referral(*, by: Access, referral: Referral, at: datetime | None = None, who: str = "") -> Referral:
    """Record that they have taken it on."""
    require(by, "incidents.refer", referral.incident)
    words_only(who)
    return moves.accepted(by=by, referral=referral, at=at, who=who)


@transaction.atomic
def refuse_referral(*, by: Access, referral: Referral, why: str = "", at: datetime | None = None) -> Referral:
    """Record that they do not take it on, and why where they said so. What to do now is owed at once."""
    require(by, "incidents.refer", referral.incident)
    words_only(why)
    return moves.refused(by=by, referral=referral, why=why, at=at)


@transaction.atomic
def answer_referral(
    *, by: Access, referral: Referral, outcome: str, reference: str = "", at: datetime | None = None
) -> Referral:
    """Record what they answered; its clocks stop, and the incident is the agency's again. Twice is once."""
    require(by, "incidents.refer", referral.incident)
    words_only(outcome, reference)
    return moves.answered(by=by, referral=referral, outcome=outcome, reference=reference, at=at)


@transaction.atomic
def close_referral(*, by: Access, referral: Referral) -> Referral:
    """Say that nothing more is expected of a referral that was answered or refused."""
    require(by, "incidents.refer", referral.incident)
    if referral.state == ReferralState.CLOSED:
        return referral
    moves.move(referral, ReferralState.CLOSED)
    referral.closed_at = timezone.now()
    referral.save(update_fields=["state", "closed_at"])
    history.record(by=by, verb="incidents.referral_closed", obj=referral.incident, facts={"referral": referral.pk})
    return referral


@transaction.atomic
def decide_refused(*, by: Access, referral: Referral, what: str, why: str) -> Referral:
    """Decide what to do about a refusal (see Next) and why: the duty is done, and the decision stands in the story.

    A challenge puts it to them again, with new clocks; otherwise the referral is closed. Sent twice it is one.
    """
    require(by, "incidents.refer", referral.incident)
    if referral.state != ReferralState.REFUSED:
        return referral
    if not why.strip():
        raise Refused(_("Say why. Whoever reads this later needs to understand the decision."))
    words_only(why)
    words = {"who": referral.to_name, "what": Next(what).label, "why": why}
    text = _("%(who)s refused the referral. %(what)s: %(why)s") % words
    add_note(by=by, incident=referral.incident, kind=NoteKind.DECISION, text=text)
    facts = {"referral": referral.pk, "decision": what}
    history.record(by=by, verb="incidents.refusal_decided", obj=referral.incident, facts=facts)
    moves.stop_clocks(by=by, referral=referral, kinds=[DutyKind.DECIDE])
    return _challenge(by, referral) if what == Next.CHALLENGE else close_referral(by=by, referral=referral)


def _challenge(by: Access, referral: Referral) -> Referral:
    moves.move(referral, ReferralState.SENT)
    referral.acknowledged_at = referral.accepted_at = None
    referral.save(update_fields=["state", "acknowledged_at", "accepted_at"])
    incident = referral.incident
    if incident.status == Status.OPEN:
        incident.status = Status.REFERRED
        incident.save(update_fields=["status"])
    moves.start_clocks(by=by, referral=referral, since=timezone.now())
    if referral.to_agency_id:
        deliver(by=by, referral=referral)
    return referral


@transaction.atomic
def withdraw_referral(*, by: Access, referral: Referral, why: str = "") -> Referral:
    """Record that it is not pursued, and why (an entry of the story). It stays on record, and its clocks stop.

    An agency of the board to which it went is shown that it was withdrawn.
    """
    require(by, "incidents.refer", referral.incident)
    if referral.state == ReferralState.WITHDRAWN:
        return referral
    moves.move(referral, ReferralState.WITHDRAWN)
    referral.withdrawn_at = timezone.now()
    referral.save()
    history.record(by=by, verb="incidents.withdrawn", obj=referral.incident, facts={"referral": referral.pk})
    moves.stop_clocks(by=by, referral=referral, kinds=[DutyKind.CONFIRM, DutyKind.ANSWER, DutyKind.REFER])
    if why.strip():
        words = _("The referral to %(who)s was withdrawn: %(why)s") % {"who": referral.to_name, "why": why}
        add_note(by=by, incident=referral.incident, kind=NoteKind.DECISION, text=words)
    if referral.to_agency_id and referral.sent_at:
        recall(by=by, referral=referral)
    moves.back_to_agency(by=by, incident=referral.incident)
    return referral
