"""Writing down why information was shared, or was not (Children's Wellbeing and Schools Act 2026 s.4)."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..errors import Refused
from ..models import Incident, Referral, SharingDecision
from ..queries.referring import basis as basis_of
from ..rules import words_only
from .keys import own_key


@transaction.atomic
def decide_sharing(
    *,
    by: Access,
    incident: Incident,
    decision: str,
    reason: str,
    information: str = "",
    with_whom: str = "",
    consent: str = "",
    consent_why: str = "",
    basis: str = "",
    referral: Referral | None = None,
    at: datetime | None = None,
    form_key: uuid.UUID | None = None,
) -> SharingDecision:
    """Record a decision to share (choices.Share) or not, and give it back. It holds up nothing: write it afterwards.

    ``basis`` is an item of the pack; its words are kept as they were shown. Raises Refused without a reason. Sent
    twice it is one; it is never altered.
    """
    require(by, "incidents.refer", incident)
    if not reason.strip():
        raise Refused(_("Say why. The reason is what this is for."))
    texts = {"information": information, "with_whom": with_whom, "reason": reason, "consent_why": consent_why}
    words_only(*texts.values())
    rests_on, now = basis_of(incident.pack, basis), timezone.now()
    row, made = SharingDecision.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            **texts,
            "agency_id": incident.agency_id,
            "incident": incident,
            "referral": referral,
            "decision": decision,
            "consent": consent,
            "basis": rests_on.id if rests_on else "",
            "basis_version": rests_on.version if rests_on else 0,
            "basis_words": str(rests_on.title) if rests_on else "",
            "at": min(at or now, now),
            "written_at": now,
            "by": by.person,
        },
    )
    if made:
        facts = {"sharing": row.pk, "decision": decision, "basis": row.basis, "referral": referral and referral.pk}
        digests = {name: text for name, text in texts.items() if text}
        history.record(by=by, verb="incidents.sharing_decided", obj=incident, facts=facts, digests=digests)
    return row
