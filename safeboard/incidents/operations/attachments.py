"""Files on an incident: encrypted, never on one about images of children, sealed away when it becomes one."""

from __future__ import annotations

import base64
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import DutyKind, Owner
from ..errors import FilesRefused, Refused
from ..models import Attachment, Incident
from .duties import raise_duty

LARGEST = 5_000_000
# What a file is, told from its first bytes; anything else is refused.
KNOWN = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def media_type(content: bytes) -> str:
    """The type told from the content. Raises Refused where it is not one that we take."""
    for mark, name in KNOWN.items():
        if content.startswith(mark):
            return name
    if content and b"\0" not in content:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "text/plain"
    raise Refused(_("Only PDF, PNG, JPEG and plain text files can be attached."))


@transaction.atomic
def attach(*, by: Access, incident: Incident, name: str, content: bytes) -> Attachment:
    """Attach a file (at most LARGEST bytes), encrypted. Raises FilesRefused on an incident about images of children.

    Sources: Protection of Children Act 1978 s.1; Toolkit Annex B, charts 3 and 4.
    """
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.refuses_attachments:
        raise FilesRefused(_("Nothing can be attached to this incident. Leave the device as it is."))
    require(by, "incidents.attach", held)
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 5 MB."))
    row = Attachment.objects.create(
        agency_id=held.agency_id,
        incident=held,
        name=name[:200],
        size=len(content),
        media_type=media_type(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=base64.b64encode(content).decode(),
        added_by=by.person,
    )
    history.record(by=by, verb="incidents.attached", obj=held, facts={"attachment": row.pk, "size": row.size})
    return row


@transaction.atomic
def read_attachment(*, by: Access, attachment: Attachment) -> bytes:
    """The bytes of a file, for whoever handles the incident; the look is recorded. Raises Refused where sealed."""
    require(by, "incidents.read_files", attachment.incident)
    held = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if held.sealed_off_at or attachment.incident.refuses_attachments:
        raise Refused(_("This file is sealed. Nobody can open it until the police say what is to be done with it."))
    history.record(by=by, verb="incidents.attachment_read", obj=held.incident, facts={"attachment": held.pk})
    return base64.b64decode(held.content)


@transaction.atomic
def seal_off(*, by: Access, incident: Incident) -> int:
    """Make every file of an incident unreadable to everyone, and have the designated officer call the police.

    Gives how many. Nothing is removed: that is done, and recorded, on police instruction only.
    """
    count = Attachment.objects.filter(incident=incident, sealed_off_at__isnull=True).update(
        sealed_off_at=timezone.now()
    )
    if count:
        history.record(by=by, verb="incidents.sealed_off", obj=incident, facts={"attachments": count})
        raise_duty(
            by=by,
            incident=incident,
            key="sealed-off",
            kind=DutyKind.REFER,
            title=_("Call the police: files on this incident were sealed because it may be about images of children"),
            owner=Owner.DESIGNATED_OFFICER,
            due_at=timezone.now(),
            to="police",
        )
    return count
