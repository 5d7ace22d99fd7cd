"""Taking many incidents out of the service at once: with a reason, and with an entry in the history of each."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.sealed import CannotOpen, seal, unseal
from safeboard.documents.prepared import keep

from ..choices import ExportKind
from ..errors import Refused
from ..models import Export, Incident
from ..queries.exports import MOST
from ..rules import words_only

LABEL = "incidents.export.file"
HOUR = 3600


@transaction.atomic
def make_export(
    *,
    by: Access,
    incidents: Sequence[Incident],
    kind: str,
    reason: str,
    groups: Sequence[str] = (),
    form_key: uuid.UUID,
) -> Export:
    """Note that these incidents leave the service, and why; the same form sent twice is one.

    Each incident gets an entry in its own history. Raises Refused for none, for too many, and without a reason.
    """
    require(by, "incidents.export")
    if by.person is None:
        raise PermissionDenied("incidents.export")
    for incident in incidents:
        require(by, "incidents.export", incident)
    sent = Export.objects.filter(form_key=form_key, made_by=by.person).first()
    if sent:
        return sent
    words_only(reason)
    if not reason.strip():
        raise Refused(_("Say why they are taken out."))
    if not incidents:
        raise Refused(_("There is nothing to take out: no incident that you handle fits this filter."))
    if len(incidents) > MOST[kind]:
        raise Refused(
            _("These are %(count)s incidents. At most %(most)s can be taken out so at once: narrow the filter.")
            % {"count": f"{len(incidents):,}", "most": f"{MOST[kind]:,}"}
        )
    export = Export.objects.create(
        agency_id=by.own_agency,
        made_by=by.person,
        reason=reason,
        kind=kind,
        groups=list(groups) if kind != ExportKind.RECORDS else [],
        incidents=[incident.pk for incident in incidents],
        count=len(incidents),
        form_key=form_key,
        ready_at=None if kind == ExportKind.RECORDS else timezone.now(),
    )
    facts = {"as": kind, "groups": export.groups, "rows": export.count}
    history.record(by=by, verb="incidents.export_made", obj=export, facts=facts, digests={"reason": reason})
    each = {"export": export.pk, "as": kind}
    history.record_many(by=by, rows=[("incidents.exported", one, each, {}, None) for one in incidents])
    return export


@transaction.atomic
def taken_away(*, by: Access, export: Export) -> None:
    """Note that the file was downloaded."""
    require(by, "incidents.export")
    history.record(by=by, verb="incidents.export_taken", obj=export, facts={"as": export.kind})


@transaction.atomic
def finished(*, by: Access, export: Export, content: bytes | None) -> None:
    """Keep the file for a day, sealed; None: it could not be made."""
    if content is not None:
        keep(key_of(export), seal(base64.b64encode(content).decode(), LABEL))
    moment = {"ready_at": timezone.now()} if content is not None else {"failed_at": timezone.now()}
    Export.objects.filter(pk=export.pk).update(**moment)
    history.record(by=by, verb="incidents.export_finished", obj=export, facts={"made": content is not None})


def key_of(export: Export) -> str:
    """Under which name the file is kept."""
    return f"export-{export.form_key}"


def note_progress(export: Export, done: int) -> None:
    """Say how many records are printed so far, for the page that waits."""
    cache.set(f"{key_of(export)}-done", done, HOUR)


def progress(export: Export) -> int:
    """How many records are printed so far."""
    return int(cache.get(f"{key_of(export)}-done", 0))


def kept_file(export: Export) -> bytes | None:
    """The file that the worker made; None where it is not there yet, or not there any more."""
    sealed = cache.get(key_of(export))
    try:
        return base64.b64decode(unseal(sealed, LABEL)) if sealed else None
    except CannotOpen:
        return None
