"""Evidence packs: asked for with a reason, made by the worker, taken, and gone after a day."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from safeboard.accounts.models import Person
from safeboard.core import history, wall
from safeboard.core.access import Access, require
from safeboard.core.roles import PlaceKind
from safeboard.documents.prepared import or_failed
from safeboard.partnership import queries as partnership

from ..errors import Refused
from ..models import EvidencePack, Incident
from ..queries.pack import Packed, packed
from ..queries.visible import visible_to
from ..rules import words_only
from .keys import own_key

KEPT = timedelta(days=1)


@transaction.atomic
def ask_for_pack(*, by: Access, incident: Incident, why: str, form_key: uuid.UUID | None = None) -> EvidencePack:
    """Ask for an evidence pack and say what it is for; the worker makes it. Sent twice it is one."""
    require(by, "incidents.pack", incident)
    words_only(why)
    if not why.strip():
        raise Refused(_("Say what the pack is for."))
    row, made = EvidencePack.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={"agency_id": incident.agency_id, "incident": incident, "asked_by": by.person, "why": why},
    )
    if made:
        history.record(by=by, verb="incidents.pack_asked", obj=incident, facts={"pack": row.pk}, digests={"why": why})
        transaction.on_commit(lambda: make_pack_soon.enqueue(pk=row.pk, agency=incident.agency_id))
    return row


def _asked_by(pack: EvidencePack) -> Person:
    if pack.asked_by is None:
        raise PermissionDenied("nobody asked for this pack")
    return pack.asked_by


@task()
def make_pack_soon(pk: int, agency: int) -> None:
    """Make a pack from the queue, as whoever asked for it may read the incident now."""
    with wall.open_for(agencies=[agency], casework=[agency]):
        row = EvidencePack.objects.select_related("asked_by", "incident").get(pk=pk)
        by = partnership.access_of(_asked_by(row), chosen=f"{PlaceKind.AGENCY.value}-{agency}")
        with or_failed(lambda: fail_pack(by=by, pack=row), quiet=(PermissionDenied, Incident.DoesNotExist)):
            make_pack(by=by, pack=row)


def make_pack(*, by: Access, pack: EvidencePack) -> EvidencePack:
    """Put the pack together and keep it, sealed. The work stands in no transaction: it takes some seconds.

    Raises Incident.DoesNotExist or PermissionDenied where who asked may not have it any more.
    """
    incident = visible_to(by).select_related("setting").get(pk=pack.incident_id)
    require(by, "incidents.pack", incident)
    pack.incident = incident
    history.checkpoint()
    return keep_pack(by=by, pack=pack, made=packed(by, pack))


@transaction.atomic
def keep_pack(*, by: Access, pack: EvidencePack, made: Packed) -> EvidencePack:
    """Keep what was put together, unless it was made before, or the incident was sealed off meanwhile."""
    incident = Incident.objects.select_for_update().get(pk=pack.incident_id)
    held = EvidencePack.objects.select_for_update().get(pk=pack.pk)
    if held.made_at or held.sealed_off_at or (made.files and incident.refuses_files):
        return held
    held.content, held.size, held.files = made.content, len(made.content), made.files
    held.sha256, held.made_at = hashlib.sha256(made.content).hexdigest(), timezone.now()
    held.save()
    facts = {"pack": held.pk, "files": held.files, "size": held.size}
    history.record(by=by, verb="incidents.pack_made", obj=incident, facts=facts, digests={"sha256": held.sha256})
    return held


@transaction.atomic
def fail_pack(*, by: Access, pack: EvidencePack) -> None:
    """Say that a pack could not be made, so that nobody waits for it."""
    EvidencePack.objects.filter(pk=pack.pk).update(failed_at=timezone.now())
    history.record(by=by, verb="incidents.pack_failed", obj=pack.incident, facts={"pack": pack.pk})


@transaction.atomic
def take_pack(*, by: Access, pack: EvidencePack) -> bytes:
    """The bytes of a pack, for who asked for it; none where it is not kept any more. It is recorded that it left."""
    held = EvidencePack.objects.select_for_update().select_related("incident").get(pk=pack.pk)
    require(by, "incidents.pack", held.incident)
    if by.person is None or held.asked_by_id != by.person.pk:
        raise PermissionDenied("a pack is for who asked for it, and said why")
    stale = held.files and held.incident.refuses_files
    if not held.content or held.sealed_off_at or stale:
        return b""
    history.record(by=by, verb="incidents.pack_taken", obj=held.incident, facts={"pack": held.pk})
    return bytes(held.content)


@transaction.atomic
def clear_packs(*, by: Access) -> int:
    """Empty the packs that were made over a day ago, but those that were sealed off; gives how many."""
    old = EvidencePack.objects.filter(made_at__lt=timezone.now() - KEPT, sealed_off_at__isnull=True, size__gt=0)
    rows = list(old.defer("content"))
    for row in rows:
        row.content, row.size = b"", 0
        row.save(update_fields=["content", "size"])
    if rows:
        history.record(by=by, verb="incidents.packs_cleared", facts={"packs": [row.pk for row in rows]})
    return len(rows)
