"""Handing on to another agency of the board: a sealed copy of exactly what was chosen goes over the wall, nothing else.

The receiving agency's rows are written with the wall opened for that agency by name, for these writes alone. Nothing of
either agency is read for the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core import history, wall
from safeboard.core.access import Access, job_access, require
from safeboard.core.sealed import blind_index
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership

from ..choices import Part, ReceivedState
from ..errors import Refused
from ..models import Incident, Involved, Received, ReceivedSubject, Referral
from ..queries.handling import Subjects, subjects
from ..queries.received import about_staff_of, packet, receivers, subjects_of
from ..queries.referring import wait_until
from ..rules import RECEIVED_MOVES, words_only
from .keys import own_key
from .referral_moves import await_sending

HANDING = "incidents.handing_on"


@transaction.atomic
def prepare_hand_on(
    *,
    by: Access,
    incident: Incident,
    agency: int,
    parts: Iterable[str] = (),
    people: Iterable[int] = (),
    message: str = "",
    about_them: bool = False,
    form_key: uuid.UUID | None = None,
) -> Referral:
    """Prepare a referral to another ``agency`` of the board (its id), and give it back: what it is shown is fixed.

    Raises Refused where the two sit in no board together, or where nobody there may know of it: the concern is about
    everybody who could receive it. Sent twice it is one.
    """
    require(by, "incidents.hand_on", incident)
    words_only(message)
    name = partnership.beside(incident.agency_id).get(agency)
    if name is None:
        raise Refused(_("That agency sits in no board with yours. Ring it, and record the referral."))
    about_them = about_them or about_staff_of(agency, incident)
    shown = packet(by, incident, parts=parts, people=people, message=message, about_them=about_them)
    _reachable(agency, incident, shown["about_staff"])
    referral, made = Referral.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "incident": incident,
            "to": "",
            "to_name": name,
            "to_agency_id": agency,
            "about_them": about_them,
            "what": message,
            "packet": shown,
        },
    )
    if made:
        facts = {"referral": referral.pk, "agency": agency, "fields": sorted(shown)}
        history.record(by=by, verb="incidents.hand_on_prepared", obj=incident, facts=facts)
        await_sending(by=by, referral=referral)
    return referral


def _reachable(agency: int, incident: Incident, allegation: bool) -> None:
    if not receivers(agency, allegation=allegation, about=subjects(incident)):
        raise Refused(
            _("Nobody there may receive this here. Ring their head, or the officer for allegations of your area.")
        )


@transaction.atomic
def deliver(*, by: Access, referral: Referral) -> None:
    """Put a prepared referral before the agency it goes to, or put it there again after a challenge.

    Whom the concern is about goes with it as digests, so that they see nothing of it there either.
    """
    incident, agency_id = referral.incident, referral.to_agency_id or 0
    about = list(_about(incident))
    allegation = bool(referral.packet["about_staff"]) or about_staff_of(agency_id, incident)
    look_due = wait_until(incident.pack, "", timezone.now(), handed_on=True)[0]
    job = job_access(HANDING)
    with wall.open_for(casework=[agency_id]):
        received, made = Received.objects.get_or_create(
            referral_number=referral.pk,
            defaults={
                "agency_id": agency_id,
                "from_agency_id": incident.agency_id,
                "from_name": referral.packet["from"],
                "packet": referral.packet,
                "allegation": allegation,
                "look_due_at": look_due,
            },
        )
        if made:
            rows = [ReceivedSubject(agency_id=agency_id, received=received, **one) for one in about]
            ReceivedSubject.objects.bulk_create(rows)
        elif ReceivedState.NEW in RECEIVED_MOVES[received.state]:
            received.state, received.look_due_at = ReceivedState.NEW, look_due
            received.late_at = received.passed_up_at = received.acknowledged_at = None
            received.save()
        history.record(by=job, verb="incidents.received", obj=received, facts={"from": incident.agency_id})
        tell_receivers(by=job, received=received, kind="referral-received")


def _about(incident: Incident) -> Iterable[dict[str, object]]:
    for row in Involved.objects.filter(incident=incident, part=Part.CONCERN).select_related("person"):
        names = {row.name_index, blind_index(row.person.name) if row.person and row.person.name else ""} - {""}
        for name_index in names or {""}:
            yield {"person": row.person, "name_index": name_index}


@transaction.atomic
def recall(*, by: Access, referral: Referral) -> None:
    """Show the agency it went to that it was withdrawn; an incident that was made of it there stays theirs."""
    job = job_access(HANDING)
    with wall.open_for(casework=[referral.to_agency_id or 0]):
        received = Received.objects.filter(referral_number=referral.pk).first()
        if received is None or ReceivedState.WITHDRAWN not in RECEIVED_MOVES[received.state]:
            return
        received.state, received.withdrawn_at = ReceivedState.WITHDRAWN, timezone.now()
        received.save()
        history.record(by=job, verb="incidents.received_withdrawn", obj=received)
        tell_receivers(by=job, received=received, kind="referral-withdrawn")


WORDS = {
    "referral-received": (
        gettext_lazy("Safeboard: another agency has referred something to you"),
        gettext_lazy("Sign in and look under Incidents, Referrals to us. Say first that you have it."),
    ),
    "referral-withdrawn": (
        gettext_lazy("Safeboard: a referral to you was withdrawn"),
        gettext_lazy("Sign in and look under Incidents, Referrals to us. What you have begun stays yours to decide."),
    ),
    "received-late": (
        gettext_lazy("Safeboard: a referral to you waits, and nobody has said that you have it"),
        gettext_lazy("Sign in and look under Incidents, Referrals to us. Say first that you have it."),
    ),
    "received-passed-up": (
        gettext_lazy("Safeboard: a referral to your agency has waited a day too long"),
        gettext_lazy(
            "Nobody has said that you have it. See to it today that the designated officer, or whoever stands in for "
            "them, looks under Incidents, Referrals to us."
        ),
    ),
}


def tell_receivers(*, by: Access, received: Received, kind: str, people: Iterable | None = None) -> None:
    """Send those who may know of a referral to their agency a message, without case text and without the sender."""
    about: Subjects = subjects_of(received)
    told = receivers(received.agency_id, allegation=received.allegation, about=about) if people is None else people
    subject, body = WORDS[kind]
    for person in told:
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind=kind,
            subject=str(subject),
            body=str(body),
            about=received,
            dedupe=f"{kind}:{received.pk}:{person.pk}:{received.look_due_at or ''}",
        )
