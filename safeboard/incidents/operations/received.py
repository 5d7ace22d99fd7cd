"""What an agency does with a referral to it: each step moves the sender's referral, and nothing else of theirs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, links, wall
from safeboard.core.access import Access, job_access, require
from safeboard.core.sealed import blind_index
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership

from ..choices import DutyKind, Images, Kin, Owner, Part, ReceivedState
from ..errors import Refused
from ..models import Incident, Received, ReceivedSubject, Referral
from ..queries.outside import HANDED_ON
from ..queries.referring import due, sources
from ..rules import RECEIVED_MOVES, words_only
from . import referral_moves as moves
from .alarms import tell_news
from .duties import raise_duty, settle
from .handing_on import HANDING
from .reports import report


@transaction.atomic
def acknowledge_received(*, by: Access, received: Received) -> Received:
    """Say that we have it. Twice is once."""
    require(by, "incidents.receive", received)
    if received.acknowledged_at:
        return received
    _move(received, ReceivedState.ACKNOWLEDGED)
    received.acknowledged_at = timezone.now()
    received.save()
    history.record(by=by, verb="incidents.received_acknowledged", obj=received)
    _tell_sender(received, lambda job, one, name: moves.acknowledged(by=job, referral=one, who=name))
    return received


@transaction.atomic
def accept_received(*, by: Access, received: Received) -> Incident:
    """Take it on: an incident of our own is made of what was shared, and given back. Twice gives the same incident.

    Whom the concern is about sees nothing of it, whether or not the sender shared their name.
    """
    require(by, "incidents.receive", received)
    if received.incident:
        return received.incident
    _move(received, ReceivedState.ACCEPTED)
    incident = report(by=by, fields=_fields(by, received), people=_people(received), form_key=received.form_key)
    received.incident, received.accepted_at = incident, timezone.now()
    received.acknowledged_at = received.acknowledged_at or received.accepted_at
    received.save()
    history.record(by=by, verb="incidents.received_accepted", obj=received, facts={"incident": incident.pk})
    _tell_sender(received, _accepted(incident))
    return incident


def _accepted(ours: Incident) -> Callable[[Access, Referral, str], Any]:
    def step(job: Access, referral: Referral, name: str) -> None:
        moves.accepted(by=job, referral=referral, who=name)
        links.connect(by=job, source=referral.incident, target=ours, kind=HANDED_ON)

    return step


def _fields(by: Access, received: Received) -> dict[str, Any]:
    """The details of the new incident, from what was shared; where the sender chose little, the pack's general ones."""
    packet, pack = received.packet, partnership.pack_of(by)
    shared = packet.get("summary", {})
    scenario = _known(pack, "incident-kinds", shared.get("scenario", "")) or "bullying-harassment"
    on = shared.get("on")
    texts = (packet.get("message", ""), packet.get("narrative", ""))
    where_from = _("Referred by %(who)s, their reference %(reference)s.")
    opening = where_from % {"who": received.from_name, "reference": packet.get("reference", "")}
    return {
        "scenario": scenario,
        "classification": _known(pack, "classifications", shared.get("aspect", "")) or "contact",
        "how_found": "other-agency",
        "happened_on": date.fromisoformat(on) if on else timezone.localdate(),
        "images": packet.get("images", Images.NO),
        "allegation": received.allegation,
        "narrative": "\n\n".join(text for text in (opening, *texts) if text),
        "actions": packet.get("actions", ""),
    }


def _known(pack: str, kind: str, wanted: str) -> str:
    known = dict(library.choices(pack, kind)) if pack in library.packs() else {}
    return wanted if wanted in known else ""


def _people(received: Received) -> list[dict[str, Any]]:
    """Whose names were shared; and whom it is about where they were not: as a digest, without the name."""
    shared = [dict(one) for one in received.packet.get("people", ())]
    known = {blind_index(one["name"]) for one in shared if one["part"] == Part.CONCERN}
    hidden = set(ReceivedSubject.objects.filter(received=received).values_list("name_index", flat=True)) - known
    detail = _("The sender did not share their name.")
    unnamed = {"kin": Kin.STAFF, "part": Part.CONCERN, "detail": detail}
    return shared + [{**unnamed, "name_index": index} for index in sorted(hidden - {""})]


@transaction.atomic
def refuse_received(*, by: Access, received: Received, why: str) -> Received:
    """Say that we do not take it on, and why; the sender has to decide at once what to do instead."""
    require(by, "incidents.receive", received)
    if received.state == ReceivedState.REFUSED:
        return received
    if not why.strip():
        raise Refused(_("Say why. The sender has to find another way for the child at once."))
    words_only(why)
    _move(received, ReceivedState.REFUSED)
    received.refused_at, received.refused_why = timezone.now(), why
    received.save()
    history.record(by=by, verb="incidents.received_refused", obj=received, digests={"why": why})
    _tell_sender(received, lambda job, one, _name: moves.refused(by=job, referral=one, why=why))
    return received


@transaction.atomic
def answer_received(*, by: Access, received: Received, answer: str) -> Received:
    """Answer the sender, in words that they will read. The same answer twice is one."""
    require(by, "incidents.receive", received)
    if received.state == ReceivedState.ANSWERED and received.answer == answer:
        return received
    words_only(answer)
    _move(received, ReceivedState.ANSWERED)
    received.answered_at, received.answer = timezone.now(), answer
    received.acknowledged_at = received.acknowledged_at or received.answered_at
    received.save()
    history.record(by=by, verb="incidents.received_answered", obj=received, digests={"answer": answer})
    _tell_sender(received, lambda job, one, _name: moves.answered(by=job, referral=one, outcome=answer))
    return received


def _move(received: Received, to: str) -> None:
    if to not in RECEIVED_MOVES[received.state]:
        words = _("This referral is now: %(state)s. Look at it again before you go on.")
        raise Refused(words % {"state": received.get_state_display()})
    received.state = to


def _tell_sender(received: Received, step: Callable[[Access, Referral, str], Any]) -> None:
    """Move the sender's referral, with the wall opened for the sender by name; who did it here is not said there."""
    if received.referral_number is None or received.from_agency_id is None:
        return
    here = partnership.beside(received.from_agency_id).get(received.agency_id, "")
    job = job_access(HANDING)
    with wall.open_for(casework=[received.from_agency_id]):
        wanted = Referral.objects.select_related("incident", "incident__reported_by")
        referral = wanted.get(pk=received.referral_number, to_agency_id=received.agency_id)
        step(job, referral, here)
        tell_news(by=job, incident=referral.incident, word=f"{referral.pk}:{referral.state}")


@transaction.atomic
def take_call(
    *,
    by: Access,
    source: str,
    said: str,
    from_name: str = "",
    caller: str = "",
    call_back: str = "",
    reference: str = "",
    scenario: str = "",
    allegation: bool = False,
    about: str = "",
    written_due_at: datetime | None = None,
    form_key: uuid.UUID | None = None,
) -> Received:
    """Record a referral to us by telephone, and make an incident of it. Sent twice it is one (Harrow 3.4 to 3.6).

    Copies to those whom the pack names become duties to tell them; the confirmation in writing has a clock of its own
    until it arrives. ``about``: the name of the member of staff whom it concerns, from whom it is kept.
    """
    require(by, "incidents.take_call")
    words_only(said, caller, call_back, reference, about)
    body = sources(partnership.pack_of(by)).get(source)
    if body is None:
        raise Refused(_("Choose who rang."))
    key = uuid.uuid5(form_key or uuid.uuid4(), f"call:{by.own_agency}:{by.person.pk if by.person else 0}")
    before = Received.objects.filter(form_key=key).first()
    if before:
        return before
    name = from_name.strip() or str(body.title)
    fields: Mapping[str, Any] = {
        "scenario": scenario or body.usual,
        "classification": body.aspect,
        "how_found": body.how_found,
        "happened_on": timezone.localdate(),
        "images": Images.MAYBE if body.images else Images.NO,
        "allegation": allegation or bool(about.strip()),
        "narrative": said,
    }
    people = [{"kin": Kin.STAFF, "part": Part.CONCERN, "name": about}] if about.strip() else []
    incident = report(by=by, fields=fields, people=people, form_key=key)
    now = timezone.now()
    received = Received.objects.create(
        agency_id=incident.agency_id,
        from_name=name,
        source=source,
        allegation=incident.allegation,
        caller=caller,
        call_back=call_back,
        reference=reference,
        said=said,
        state=ReceivedState.ACCEPTED,
        recorded_by=by.person,
        acknowledged_at=now,
        accepted_at=now,
        written_due_at=written_due_at or due(now, body.written),
        incident=incident,
        form_key=key,
    )
    history.record(by=by, verb="incidents.call_taken", obj=incident, facts={"received": received.pk, "source": source})
    _await_writing(by, incident, received)
    _copies(by, incident, received, body)
    return received


def _await_writing(by: Access, incident: Incident, received: Received) -> None:
    raise_duty(
        by=by,
        incident=incident,
        key=f"written:{received.pk}",
        kind=DutyKind.CONFIRM,
        title=_("Get the confirmation in writing from %(who)s") % {"who": received.from_name},
        owner=Owner.DESIGNATED_OFFICER,
        due_at=received.written_due_at or timezone.now(),
        tell=False,
    )


def _copies(by: Access, incident: Incident, received: Received, body: Any) -> None:
    """Owe a copy to each of those whom the source document names (Harrow 3.6)."""
    for kind in body.copies:
        raise_duty(
            by=by,
            incident=incident,
            key=f"copy:{received.pk}:{kind}",
            kind=DutyKind.TELL,
            title=_("Send a copy of the referral to %(who)s")
            % {"who": library.label(incident.pack, "contact-kinds", kind)},
            owner=Owner.DESIGNATED_OFFICER,
            due_at=due(received.at, body.copy_within),
            to=kind,
            tell=False,
        )


@transaction.atomic
def writing_arrived(*, by: Access, received: Received, reference: str = "") -> Received:
    """Record that the confirmation in writing has come; its clock stops. Twice is once."""
    require(by, "incidents.see_received", received)
    if received.written_at or received.incident is None:
        return received
    words_only(reference)
    received.written_at = timezone.now()
    received.reference = reference or received.reference
    received.save()
    history.record(by=by, verb="incidents.writing_arrived", obj=received.incident, facts={"received": received.pk})
    settle(by=by, incident=received.incident, kind=DutyKind.CONFIRM, key=f"written:{received.pk}")
    return received
