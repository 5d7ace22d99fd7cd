"""The register of evidence: what was taken in, and each passing from one keeper to the next."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, times
from safeboard.core.access import Access, require

from ..choices import Custody
from ..errors import Refused
from ..models import EvidenceItem, Handover, Incident
from ..queries.evidence import Party, chain_of
from ..rules import words_only
from .keys import own_key


@transaction.atomic
def take_in(
    *,
    by: Access,
    incident: Incident,
    kind: str,
    what: str,
    keeper: Party,
    place: str,
    at: datetime | None = None,
    marks: str = "",
    found: str = "",
    form_key: uuid.UUID | None = None,
) -> EvidenceItem:
    """Enter a piece of evidence in the register: who took it in, when, and where it is. Sent twice it is one.

    It is described in words and left as it is (Toolkit s3; Checklists). Raises Refused where the time is to come.
    """
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    require(by, "incidents.take_in", held)
    words_only(what, marks, found, keeper.name, place)
    now = timezone.now()
    if at and at > now:
        raise Refused(_("The time must not be in the future."))
    last = EvidenceItem.objects.filter(incident=held).aggregate(last=Max("number"))["last"] or 0
    item, made = EvidenceItem.objects.get_or_create(
        form_key=own_key(form_key, by, held),
        defaults={
            "agency_id": held.agency_id,
            "incident": held,
            "number": last + 1,
            "kind": kind,
            "what": what,
            "marks": marks,
            "found": found,
            "taken_in_at": at or now,
            "first_person": keeper.person,
            "first_name": keeper.name,
            "first_place": place,
            "recorded_by": by.person,
            "recorded_at": now,
        },
    )
    if made:
        texts = {"what": what, "marks": marks, "found": found, "keeper": keeper.name, "place": place}
        facts = {"item": item.pk, "kind": kind, "person": keeper.person and keeper.person.pk}
        history.record(by=by, verb="incidents.evidence_taken_in", obj=held, facts=facts, digests=texts)
    return item


@transaction.atomic
def hand_over(
    *,
    by: Access,
    item: EvidenceItem,
    giver: Party,
    taker: Party,
    state: str,
    place: str,
    why: str,
    at: datetime | None = None,
    receipt: str = "",
    instruction: str = "",
    form_key: uuid.UUID | None = None,
) -> Handover:
    """Record that evidence passed from its keeper to the next, and give the handover back; sent twice it is one.

    ``state`` is what became of it. Raises Refused where ``giver`` is not its keeper by the record, where the chain has
    ended, where the times do not follow one another, or where it was disposed of on nobody's instruction.
    """
    held = EvidenceItem.objects.select_for_update().select_related("incident").get(pk=item.pk)
    require(by, "incidents.hand_over", held.incident)
    words_only(giver.name, taker.name, place, why, receipt, instruction)
    key = own_key(form_key, by, held.incident)
    known = Handover.objects.filter(form_key=key, item=held).first()
    if known:
        return known
    moment = at or timezone.now()
    _check_join(held, giver, moment)
    if state == Custody.DISPOSED and not instruction.strip():
        raise Refused(_("Say on whose instruction it was disposed of."))
    row = Handover.objects.create(
        agency_id=held.agency_id,
        item=held,
        from_person=giver.person,
        from_name=giver.name,
        to_person=taker.person,
        to_name=taker.name,
        state=state,
        at=moment,
        place=place,
        why=why,
        receipt=receipt,
        instruction=instruction,
        recorded_by=by.person,
        form_key=key,
    )
    held.state = state
    held.save(update_fields=["state"])
    texts = {"place": place, "why": why, "receipt": receipt, "instruction": instruction}
    facts = {"item": held.pk, "handover": row.pk, "state": state, "from": giver.number, "to": taker.number}
    names = {"from_name": giver.name, "to_name": taker.name}
    history.record(by=by, verb="incidents.evidence_handed_over", obj=held.incident, facts=facts, digests=texts | names)
    return row


def _check_join(item: EvidenceItem, giver: Party, at: datetime) -> None:
    """Raise Refused where a handover does not follow from what the record says."""
    chain = chain_of(item)
    if chain.ended:
        raise Refused(
            _("By the record it has gone back or was disposed of. If it is here again, enter it as new evidence.")
        )
    if giver != chain.keeper:
        words = _(
            "By the record %(keeper)s has it now, and not %(giver)s. Record first how it came to %(giver)s: otherwise "
            "the chain has a gap."
        )
        raise Refused(words % {"keeper": chain.keeper, "giver": giver})
    if at > timezone.now():
        raise Refused(_("The time must not be in the future."))
    if at < chain.since:
        words = _("By the record %(keeper)s had it only from %(since)s on. Look at the time again.")
        raise Refused(words % {"keeper": chain.keeper, "since": times.exact(chain.since)})


@transaction.atomic
def custody_printed(*, by: Access, item: EvidenceItem) -> None:
    """Note that the custody sheet left the service as a document."""
    history.record(by=by, verb="incidents.custody_printed", obj=item.incident, facts={"item": item.pk})
