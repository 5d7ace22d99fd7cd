"""The strategy discussion and its minutes: added to, never altered (Toolkit Annexes E, F; Children Act 1989 s.47)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history, times
from safeboard.core.access import Access, require

from ..choices import DutyKind, MinuteKind, Owner
from ..errors import Refused
from ..models import Attendee, Discussion, Duty, Incident, Minute
from ..queries.handling import handlers
from ..rules import words_only
from .duties import raise_duty, settle
from .keys import own_key
from .searching import index

ARRANGE = "arrange-discussion"


@dataclass(frozen=True)
class Guest:
    """Somebody of another agency: name, agency, role."""

    name: str
    organisation: str = ""
    role: str = ""


@transaction.atomic
def arrange_discussion(*, by: Access, incident: Incident, due_at: datetime, owner: str = "") -> Duty:
    """Have a strategy discussion arranged by a time; writing it down settles the duty. Gives the duty."""
    require(by, "incidents.discuss", incident)
    return raise_duty(
        by=by,
        incident=incident,
        key=ARRANGE,
        kind=DutyKind.DISCUSS,
        title=_("Arrange a strategy discussion"),
        owner=owner or Owner.DESIGNATED_OFFICER,
        due_at=due_at,
    )


@transaction.atomic
def record_discussion(
    *,
    by: Access,
    incident: Incident,
    how: str,
    held_at: datetime | None = None,
    where: str = "",
    shared: str = "",
    present: Sequence[Person] = (),
    guests: Iterable[Guest] = (),
    absent: Iterable[Guest] = (),
    form_key: uuid.UUID | None = None,
) -> Discussion:
    """Write down that a strategy discussion was held, who was there and what was shared; give it back.

    ``present`` are people of the agency who may know of the incident; others are ignored. Sent twice it is one.
    """
    require(by, "incidents.discuss", incident)
    guests, absent = list(guests), list(absent)
    words_only(where, shared, *(text for one in (*guests, *absent) for text in (one.name, one.organisation, one.role)))
    now = timezone.now()
    if held_at and held_at > now:
        raise Refused(_("The time must not be in the future. To plan one, say by when it is to be arranged."))
    found, made = Discussion.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "incident": incident,
            "how": how,
            "held_at": held_at or now,
            "where": where,
            "shared": shared,
            "by": by.person,
        },
    )
    if made:
        own = [one for one in present if one in handlers(incident)]
        _attend(found, own, guests, absent)
        history.record(
            by=by,
            verb="incidents.discussed",
            obj=incident,
            facts={"discussion": found.pk, "present": [one.pk for one in own]},
            digests={"shared": shared} if shared else {},
        )
        settle(by=by, incident=incident, kind=DutyKind.DISCUSS)
    return found


def _attend(discussion: Discussion, own: Sequence[Person], guests: Sequence[Guest], absent: Sequence[Guest]) -> None:
    mine = {"agency_id": discussion.agency_id, "discussion": discussion}
    Attendee.objects.bulk_create(
        [
            *(Attendee(**mine, person=one) for one in own),
            *(Attendee(**mine, name=one.name, organisation=one.organisation, role=one.role) for one in guests),
            *(
                Attendee(**mine, name=one.name, organisation=one.organisation, role=one.role, came=False)
                for one in absent
            ),
        ]
    )
    index(incident=discussion.incident)


@transaction.atomic
def add_minute(
    *,
    by: Access,
    discussion: Discussion,
    kind: str,
    text: str = "",
    why: str = "",
    who: str = "",
    due_at: datetime | None = None,
    owner: str = "",
    person: Person | None = None,
    form_key: uuid.UUID | None = None,
) -> Minute:
    """Add to the minutes and give back what was added: a decision, who tells whom what, an action, anything later.

    What is to be told or done by a time becomes a duty, of ``owner`` or ``person``: of somebody here, also where
    ``who`` is an outsider, whom they follow up. Sent twice it is one. Raises Refused where something is missing.
    """
    incident = discussion.incident
    require(by, "incidents.discuss", incident)
    words_only(text, why, who)
    _whole(kind, text, why, due_at)
    minute, made = Minute.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "discussion": discussion,
            "kind": kind,
            "text": text,
            "why": why,
            "who": who,
            "due_at": due_at,
            "by": by.person,
        },
    )
    if made:
        history.record(
            by=by,
            verb="incidents.minuted",
            obj=incident,
            facts={"discussion": discussion.pk, "minute": minute.pk, "of": kind},
            digests={name: words for name, words in (("text", text), ("why", why)) if words},
        )
        if due_at:
            _owe(by=by, minute=minute, owner=owner, person=person)
    return minute


def _whole(kind: str, text: str, why: str, due_at: datetime | None) -> None:
    if kind == MinuteKind.DECISION and not (text.strip() and why.strip()):
        raise Refused(_("Write what was decided, and why."))
    if kind in (MinuteKind.CHILD, MinuteKind.PARENTS) and not (text.strip() or why.strip()):
        raise Refused(_("Write what they are told, or why they are not told yet."))
    if kind == MinuteKind.ACTION and not (text.strip() and due_at):
        raise Refused(_("Write what is to be done, and by when."))
    if kind == MinuteKind.ADDED and not text.strip():
        raise Refused(_("Write what is added."))


def _owe(*, by: Access, minute: Minute, owner: str, person: Person | None) -> None:
    incident = minute.discussion.incident
    assert minute.due_at is not None  # the caller has looked
    minute.duty = raise_duty(
        by=by,
        incident=incident,
        key=f"minute:{minute.pk}",
        kind=DutyKind.TELL if minute.kind in (MinuteKind.CHILD, MinuteKind.PARENTS) else DutyKind.DECIDE,
        title=_title(minute),
        owner=owner or Owner.DESIGNATED_OFFICER,
        due_at=minute.due_at,
        person=person,
    )
    minute.save(update_fields=["duty"])


def _title(minute: Minute) -> str:
    """The words of the duty: no case text, for they stand on the home page and in lists."""
    day = {"day": times.exact(timezone.localtime(minute.discussion.held_at).date())}
    told = bool(minute.text.strip())
    titles = {
        MinuteKind.CHILD: (_("Decide again whether the child is told"), _("Tell the child what was agreed")),
        MinuteKind.PARENTS: (
            _("Decide again whether the parents or carers are told"),
            _("Tell the parents or carers what was agreed"),
        ),
    }
    if minute.kind in titles:
        return f"{titles[MinuteKind(minute.kind)][told]} ({day['day']})"
    return _("Action from the strategy discussion of %(day)s") % day


@transaction.atomic
def minutes_printed(*, by: Access, discussion: Discussion) -> None:
    """Note that the minutes left the service as a document."""
    require(by, "incidents.print", discussion.incident)
    history.record(
        by=by, verb="incidents.minutes_printed", obj=discussion.incident, facts={"discussion": discussion.pk}
    )
