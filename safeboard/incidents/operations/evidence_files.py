"""Files of evidence: sealed, never where it is about images of children, and never gone but on police instruction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import file_key
from safeboard.documents.files import CannotScan, Found, Judged, Unfit, judge, scan

from ..choices import DutyKind, Owner, Scan
from ..errors import FilesRefused, Refused
from ..models import EvidenceFile, EvidenceItem, EvidencePack, FileOpening, Incident
from ..queries.evidence import files_of, room_for
from ..rules import words_only
from .duties import raise_duty
from .keys import own_key

SCANNED = {Found.NOTHING: Scan.CLEAN, Found.NO_SCANNER: Scan.NOT_SCANNED}


def add_file(
    *,
    by: Access,
    item: EvidenceItem,
    name: str,
    content: bytes,
    form_key: uuid.UUID | None = None,
    scanner: Callable[[bytes], Found] = scan,
) -> EvidenceFile:
    """Keep a file of a piece of evidence, sealed; the same form sent twice is one.

    Raises FilesRefused on an incident about images of children.

    It is told by its content, and scanned where a scanner is set up. Raises Refused, in words for the sender, where it
    is not taken; a file that the scanner refused, or could not scan, is not kept. The scan stands in no transaction.
    Sources: Protection of Children Act 1978 s.1; Toolkit Annex B, charts 3 and 4.
    """
    _check_taken(by, Incident.objects.get(pk=item.incident_id))
    try:
        judged = judge(name, content)
        said = _scanned(content, scanner)
    except Unfit as why:
        refuse_file(by=by, item=item, why=why.code)
        raise Refused(str(why)) from why
    return keep_file(by=by, item=item, judged=judged, content=content, said=said, form_key=form_key)


def _check_taken(by: Access, incident: Incident) -> None:
    if incident.refuses_files:
        raise FilesRefused(_("This incident takes no files. Leave the device as it is."))
    require(by, "incidents.add_file", incident)


def _scanned(content: bytes, scanner: Callable[[bytes], Found]) -> Scan:
    try:
        found = scanner(content)
    except CannotScan as why:
        words = _("The virus scanner does not answer. Try again later; if it stays so, tell whoever runs this service.")
        raise Unfit("scanner", words) from why
    if found == Found.MALWARE:
        raise Unfit("malware", _("The virus scanner found something harmful in it."))
    return SCANNED[found]


@transaction.atomic
def keep_file(
    *,
    by: Access,
    item: EvidenceItem,
    judged: Judged,
    content: bytes,
    said: Scan,
    form_key: uuid.UUID | None = None,
) -> EvidenceFile:
    """Write down a file that was judged and scanned. Raises Refused where the incident has no room for it."""
    incident = Incident.objects.select_for_update().get(pk=item.incident_id)
    _check_taken(by, incident)
    key = file_key(own_key(form_key, by, incident), content)
    known = EvidenceFile.objects.filter(form_key=key).defer("content").first()
    if known is not None:
        return known
    full = room_for(incident, len(content))
    if full:
        raise Refused(full)
    last = EvidenceFile.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    row = EvidenceFile.objects.create(
        agency_id=incident.agency_id,
        item=item,
        number=last + 1,
        name=judged.name,
        size=len(content),
        media_type=judged.media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        scan=said,
        added_by=by.person,
        form_key=key,
    )
    facts = {"item": item.pk, "file": row.pk, "size": row.size, "scan": said}
    history.record(by=by, verb="incidents.file_added", obj=incident, facts=facts, digests={"sha256": row.sha256})
    return row


@transaction.atomic
def refuse_file(*, by: Access, item: EvidenceItem, why: str) -> None:
    """Note that a file was refused, and why in a word; nothing of it is kept."""
    history.record(by=by, verb="incidents.file_refused", obj=item.incident, facts={"item": item.pk, "refused": why})


@transaction.atomic
def take_out(*, by: Access, file: EvidenceFile, why: str) -> bytes:
    """The bytes of a file, for whoever handles the incident and says why. Raises Refused where it is sealed off."""
    require(by, "incidents.evidence", file.item.incident)
    words_only(why)
    if not why.strip():
        raise Refused(_("Say why you take the file out."))
    held = EvidenceFile.objects.select_for_update().get(pk=file.pk)
    incident = Incident.objects.get(pk=file.item.incident_id)
    if held.removed_at:
        raise Refused(_("This file was removed on the instruction of the police."))
    if held.sealed_off_at or incident.refuses_files:
        raise Refused(_("This file is sealed. Nobody can open it until the police say what is to be done with it."))
    FileOpening.objects.create(agency_id=held.agency_id, file=held, person=by.person, why=why)
    facts, texts = {"item": held.item_id, "file": held.pk}, {"why": why}
    history.record(by=by, verb="incidents.file_taken_out", obj=incident, facts=facts, digests=texts)
    return bytes(held.content)


@transaction.atomic
def seal_off(*, by: Access, incident: Incident) -> int:
    """Make every file of an incident unreadable to everyone, and have the designated officer call the police.

    Gives how many. Nothing is removed: that is done, and recorded, on police instruction only. Packs that were made and
    not taken yet hold copies of the files: they are sealed off with them.
    """
    now = timezone.now()
    EvidencePack.objects.filter(incident=incident, sealed_off_at__isnull=True).update(sealed_off_at=now)
    open_files = EvidenceFile.objects.filter(item__incident=incident, sealed_off_at__isnull=True)
    count = open_files.update(sealed_off_at=now)
    if count:
        history.record(by=by, verb="incidents.sealed_off", obj=incident, facts={"files": count})
        raise_duty(
            by=by,
            incident=incident,
            key="sealed-off",
            kind=DutyKind.REFER,
            title=_("Call the police: files on this incident were sealed because it may be about images of children"),
            owner=Owner.DESIGNATED_OFFICER,
            due_at=now,
            to="police",
        )
    return count


@transaction.atomic
def remove_file(
    *, by: Access, file: EvidenceFile, told_by: str, reference: str, told_at: datetime | None = None
) -> EvidenceFile:
    """Remove a file that was sealed off, on the instruction of the police: who told it, their reference, and when.

    Its content goes, its name, size and SHA-256 stay. Packs that may hold a copy of it are emptied with it. Raises
    Refused where nobody in the police is named, or the file was not sealed off.
    """
    held = EvidenceFile.objects.select_for_update().select_related("item__incident").get(pk=file.pk)
    incident = held.item.incident
    require(by, "incidents.remove_file", incident)
    words_only(told_by, reference)
    now = timezone.now()
    if not held.sealed_off_at or held.removed_at:
        raise Refused(_("Only a file that is sealed can be removed, and only once."))
    if not (told_by.strip() and reference.strip()):
        raise Refused(_("A file is removed on police instruction alone. Say who instructed it, and their reference."))
    if told_at and told_at > now:
        raise Refused(_("The time must not be in the future."))
    held.content, held.removed_at, held.removed_by = b"", now, by.person
    held.told_by, held.told_reference, held.told_at = told_by, reference, told_at or now
    held.save()
    if not files_of(incident).filter(sealed_off_at__isnull=False, removed_at__isnull=True).exists():
        EvidencePack.objects.filter(incident=incident, sealed_off_at__isnull=False).update(content=b"")
    facts, texts = {"item": held.item_id, "file": held.pk}, {"told_by": told_by, "reference": reference}
    history.record(by=by, verb="incidents.file_removed", obj=incident, facts=facts, digests=texts)
    return held
