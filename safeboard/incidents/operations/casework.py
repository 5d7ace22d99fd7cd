"""The story of an incident: notes, changes, conclusion, reopening."""

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

from ..choices import UNFINISHED, DutyKind, Images, NoteKind, ReferralState, Status
from ..errors import CannotConclude, ChangedMeanwhile, Owing, Refused
from ..models import Duty, Incident, Note, Referral
from ..queries import images_for, open_duties
from ..queries.support import undecided
from ..rules import words_only
from .allegation import raise_allegation
from .debriefs import raise_debrief
from .duties import settle
from .evidence_files import seal_off
from .keys import own_key
from .reports import SEALED


@transaction.atomic
def add_note(
    *,
    by: Access,
    incident: Incident,
    text: str,
    kind: str = NoteKind.ACTION,
    at: datetime | None = None,
    form_key: uuid.UUID | None = None,
    settles: Duty | None = None,
) -> Note:
    """Add an entry to the story and give it back; sent twice it is one.

    A written record settles the duty ``settles``, or the one to write a record that is due first (Toolkit Annex E).
    """
    require(by, "incidents.note", incident)
    words_only(text)
    now = timezone.now()
    if at and at > now:
        raise Refused(_("The time must not be in the future."))
    note, made = Note.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "incident": incident,
            "kind": kind,
            "at": at or now,
            "written_at": now,
            "by": by.person,
            "text": text,
        },
    )
    if made:
        history.record(
            by=by, verb="incidents.noted", obj=incident, facts={"note": note.pk, "kind": kind}, digests={"text": text}
        )
    if made and kind == NoteKind.RECORD:
        owed = open_duties().filter(incident=incident, kind=DutyKind.RECORD).order_by("due_at", "pk")
        duty = owed.filter(pk=settles.pk).first() if settles else owed.first()
        if duty:
            settle(by=by, incident=incident, kind=DutyKind.RECORD, key=duty.key)
    return note


@transaction.atomic
def set_images(*, by: Access, incident: Incident, images: str) -> None:
    """Say that a matter is, or may be, about images of children; files that are there are sealed away at once.

    It can be made graver by anyone who walks the chart; only ``change`` makes it less so.
    """
    graver = {Images.NO: 0, Images.MAYBE: 1, Images.YES: 2}
    if graver[Images(images)] <= graver[Images(incident.images)]:
        return
    incident.images = images
    incident.edition += 1
    incident.save(update_fields=["images", "edition"])
    history.record(by=by, verb="incidents.images", obj=incident, facts={"images": images})
    seal_off(by=by, incident=incident)


@transaction.atomic
def change(*, by: Access, incident: Incident, edition: int, fields: Mapping[str, Any]) -> Incident:
    """Change details. ``edition`` is the one that the form was filled from.

    Raises ChangedMeanwhile, with the difference, where somebody else was first; nothing is written then.
    """
    require(by, "incidents.change", incident)
    words_only(*(fields.get(name, "") for name in SEALED))
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    fields = _graver(held, fields)
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    if not changed:
        return held
    if held.edition != edition:
        raise ChangedMeanwhile(held, {name: (getattr(held, name), fields[name]) for name in changed})
    before = held.images
    for name in changed:
        setattr(held, name, fields[name])
    held.edition, held.changed_at = edition + 1, timezone.now()
    held.save()
    history.record(
        by=by,
        verb="incidents.changed",
        obj=held,
        facts={"fields": changed},
        digests={name: str(fields[name]) for name in changed if name in SEALED},
    )
    if before == Images.NO and held.images != Images.NO:
        seal_off(by=by, incident=held)
    raise_allegation(by=by, incident=held)
    return held


def _graver(held: Incident, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with images never less than what the kind of incident says by itself (PCA 1978 s.1)."""
    images = fields.get("images", held.images)
    return {**fields, "images": images_for(held.pack, fields.get("scenario", held.scenario), images)}


def owed_before_conclusion(incident: Incident) -> list[Owing]:
    """What must be settled before an incident is concluded: open duties, referrals that wait, support undecided.

    The debrief comes after the conclusion, and does not hold it up.
    """
    duties = open_duties().filter(incident=incident).exclude(kind=DutyKind.DEBRIEF)
    owed = [Owing(duty.title, "duties") for duty in duties]
    waiting = Referral.objects.filter(incident=incident, state__in=UNFINISHED)
    owed += [Owing(_("An answer from %(who)s") % {"who": referral.to_name}, "referrals") for referral in waiting]
    return owed + [Owing(one.missing, "people") for one in undecided(incident)]


@transaction.atomic
def conclude(*, by: Access, incident: Incident, conclusion: str) -> Incident:
    """Close an incident with its conclusion (Toolkit s5). Raises CannotConclude where something is still owed."""
    require(by, "incidents.conclude", incident)
    words_only(conclusion)
    owed = owed_before_conclusion(incident)
    if owed:
        raise CannotConclude(owed)
    incident.conclusion, incident.status = conclusion, Status.CONCLUDED
    incident.concluded_at, incident.concluded_by = timezone.now(), by.person
    incident.edition += 1
    incident.save()
    done = incident.referrals.filter(state__in=[ReferralState.ANSWERED, ReferralState.REFUSED])
    done.update(state=ReferralState.CLOSED, closed_at=incident.concluded_at)
    history.record(by=by, verb="incidents.concluded", obj=incident, digests={"conclusion": conclusion})
    raise_debrief(by=by, incident=incident)
    return incident


@transaction.atomic
def reopen(*, by: Access, incident: Incident, why: str) -> Incident:
    """Open a concluded incident again; the reason becomes part of the story, the old conclusion too."""
    require(by, "incidents.reopen", incident)
    if not why.strip():
        raise Refused(_("Say why the incident is opened again."))
    words_only(why)
    old, incident.conclusion = incident.conclusion, ""
    incident.status, incident.concluded_at, incident.concluded_by = Status.OPEN, None, None
    incident.edition += 1
    incident.save()
    add_note(by=by, incident=incident, kind=NoteKind.CONCLUDED, text=old)
    add_note(by=by, incident=incident, kind=NoteKind.REOPENED, text=why)
    history.record(by=by, verb="incidents.reopened", obj=incident)
    return incident
