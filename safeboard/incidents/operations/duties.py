"""Duties and their clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.outbox import operations as outbox

from ..choices import DutyKind, Owner
from ..errors import Refused
from ..models import Duty, Incident, Referral, Walk
from ..queries.handling import ALLEGATION_FIRST, FIRST_LOOK, allowed, free_holders, handlers, owner_for, subjects
from ..rules import words_only

LOOK_WITHIN, LOOK_AT_ONCE = timedelta(days=1), timedelta(hours=1)


@transaction.atomic
def raise_duty(
    *,
    by: Access,
    incident: Incident,
    key: str,
    kind: str,
    title: str,
    owner: str,
    due_at: datetime,
    to: str = "",
    walk: Walk | None = None,
    referral: Referral | None = None,
    tell: bool = True,
    person: Person | None = None,
) -> Duty:
    """Raise a duty once an incident (by ``key``), tell whoever owes it (unless ``tell`` is off), and give it back.

    A chart that raises the same duty again, sooner, brings its time forward; it is never put back. ``person``: the one
    who owes it, of those who may handle the incident; nobody, where they may not.
    """
    owner = owner_for(incident, owner)
    key = _first_for(incident, kind, to) or key
    duty, made = Duty.objects.get_or_create(
        incident=incident,
        key=key,
        defaults={
            "agency_id": incident.agency_id,
            "kind": kind,
            "title": title,
            "to": to,
            "owner": owner,
            "person": incident.reported_by if owner == Owner.REPORTER else _free(incident, person),
            "due_at": due_at,
            "walk": walk,
            "referral": referral,
        },
    )
    if not made:
        if due_at < duty.due_at and duty.done_at is None:
            duty.due_at = due_at
            duty.save(update_fields=["due_at"])
        return duty
    history.record(by=by, verb="incidents.duty_raised", obj=incident, facts={"duty": duty.pk, "kind": kind})
    if tell:
        tell_owners(by=by, duty=duty, kind="duty-raised", urgent=due_at <= timezone.now() + timedelta(hours=24))
    return duty


def _first_for(incident: Incident, kind: str, to: str) -> str:
    """The key of the open duty to tell HR or the LADO first, where a chart asks for the same again."""
    if not to or kind not in (DutyKind.REFER, DutyKind.TELL):
        return ""
    first = incident.duties.filter(key=ALLEGATION_FIRST, to=to, done_at__isnull=True, dropped_at__isnull=True)
    return ALLEGATION_FIRST if first.exists() else ""


def _free(incident: Incident, person: Person | None) -> Person | None:
    """The person, where they may handle the incident."""
    return person if person and person in handlers(incident) else None


@transaction.atomic
def raise_first_look(*, by: Access, incident: Incident) -> Duty:
    """Have somebody look at a new report: no incident waits unseen (Toolkit Annex F, case 1; the times are ours).

    The end of a walk through a chart settles it. The message of the report itself tells them.
    """
    grave = incident.allegation or incident.refuses_files
    return raise_duty(
        by=by,
        incident=incident,
        key=FIRST_LOOK,
        kind=DutyKind.DECIDE,
        title=_("Read the report and follow the chart"),
        owner=Owner.DESIGNATED_OFFICER,
        due_at=incident.reported_at + (LOOK_AT_ONCE if grave else LOOK_WITHIN),
        tell=False,
    )


@transaction.atomic
def pass_on(*, by: Access, incident: Incident) -> int:
    """Give open duties to the substitute where their owner may no longer know of the matter; gives how many.

    Called when somebody turns out to be the subject of a concern (Harrow 5.2), or a post is no longer held.
    """
    moved = 0
    for duty in incident.duties.filter(done_at__isnull=True, dropped_at__isnull=True).select_related("person"):
        owner = owner_for(incident, duty.owner)
        person = incident.reported_by if owner == Owner.REPORTER else _free(incident, duty.person)
        if (owner, person) == (duty.owner, duty.person):
            continue
        duty.owner, duty.person = owner, person
        duty.save(update_fields=["owner", "person"])
        history.record(by=by, verb="incidents.duty_passed_on", obj=incident, facts={"duty": duty.pk, "to": owner})
        tell_owners(by=by, duty=duty, kind="duty-passed-on", urgent=True)
        moved += 1
    return moved


def tell_owners(*, by: Access, duty: Duty, kind: str, urgent: bool) -> None:
    """Send a message, without case text, to whoever owes the duty; nobody who is the subject is told."""
    for person in who_owes(duty):
        if by.person and person.pk == by.person.pk:
            continue
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind=kind if urgent else f"{kind}-quiet",
            subject=_("Safeboard: something needs you by %(when)s")
            % {"when": timezone.localtime(duty.due_at).strftime("%H:%M, %d %B")},
            body=_("A duty on incident %(reference)s needs you. Sign in to see what it is.")
            % {"reference": duty.incident.reference},
            about=duty,
            dedupe=f"{kind}:{duty.pk}:{person.pk}",
        )


def who_owes(duty: Duty) -> list[Person]:
    """Whoever owes a duty and may know of the incident: by name, or by the post."""
    if duty.person is None or duty.owner == Owner.REPORTER:
        return free_holders(duty.incident, duty.owner)
    return [] if subjects(duty.incident).has(duty.person) else [duty.person]


def told_of_report(incident: Incident) -> list[tuple[Owner, Person]]:
    """Who hears of a new report, with the role that is why; never the subject of the concern (Harrow 5.2).

    Where nobody else is left, the responsible person hears of it.
    """
    about = subjects(incident)
    told = [(owner, person) for owner in allowed(incident) for person in free_holders(incident, owner, about)]
    last = Owner.RESPONSIBLE_PERSON
    return told or [(last, person) for person in free_holders(incident, last, about)]


def tell_of_report(*, by: Access, incident: Incident) -> None:
    """Send those who handle such reports a message, without case text."""
    for _owner, person in told_of_report(incident):
        if by.person and person.pk == by.person.pk:
            continue
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind="report-new",
            subject=_("Safeboard: a new report is waiting for you"),
            body=_("Incident %(reference)s was reported. Sign in to see it and what is to be done.")
            % {"reference": incident.reference},
            about=incident,
            dedupe=f"report-new:{incident.pk}:{person.pk}",
        )


@transaction.atomic
def complete(*, by: Access, duty: Duty, at: datetime | None = None) -> Duty:
    """Mark a duty as done. Done twice stays as it was the first time."""
    require(by, "incidents.note", duty.incident)
    if duty.done_at is None and duty.dropped_at is None:
        duty.done_at, duty.done_by = min(at or timezone.now(), timezone.now()), by.person
        duty.save(update_fields=["done_at", "done_by"])
        history.record(by=by, verb="incidents.duty_done", obj=duty.incident, facts={"duty": duty.pk})
    return duty


@transaction.atomic
def drop(*, by: Access, duty: Duty, why: str) -> Duty:
    """Say that a duty is no longer owed, and why. The reason stays with the record."""
    require(by, "incidents.change", duty.incident)
    if duty.done_at or duty.dropped_at:
        return duty
    if not why.strip():
        raise Refused(_("Say why this is no longer needed."))
    words_only(why)
    duty.dropped_at, duty.dropped_why = timezone.now(), why
    duty.save(update_fields=["dropped_at", "dropped_why"])
    history.record(by=by, verb="incidents.duty_dropped", obj=duty.incident, facts={"duty": duty.pk})
    return duty


@transaction.atomic
def settle(*, by: Access, incident: Incident, kind: str, to: str = "", key: str = "") -> None:
    """Complete the open duties of a kind (and addressee, or key) that something just fulfilled."""
    owed = Duty.objects.filter(incident=incident, kind=kind, done_at__isnull=True, dropped_at__isnull=True)
    owed = owed.filter(to=to) if to else owed
    for duty in owed.filter(key=key) if key else owed:
        duty.done_at, duty.done_by = timezone.now(), by.person
        duty.save(update_fields=["done_at", "done_by"])
        history.record(by=by, verb="incidents.duty_done", obj=incident, facts={"duty": duty.pk})
