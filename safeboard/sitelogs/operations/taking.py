"""Taking lines in: looked over first where a person uploads them, at once where a program sends them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from .. import engine
from ..choices import Layout, Taken
from ..errors import Refused
from ..models import Intake, LogSetting

LARGEST = 20_000_000  # bytes of an upload; larger files come by the command or a program
WAITS = timedelta(days=1)  # how long an upload waits for the yes


@transaction.atomic
def stage(*, by: Access, log: LogSetting, name: str, content: bytes, layout: str = Layout.AUTO) -> Intake:
    """Keep an uploaded file, sealed, until somebody has looked over what it would become. Raises Refused."""
    require(by, "sitelogs.keep", log)
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 20 MB. Ask whoever runs this service to take it in by the command."))
    Intake.objects.filter(agency_id=log.agency_id, taken_at=None, made_at__lt=timezone.now() - WAITS).delete()
    row = Intake.objects.create(
        agency_id=log.agency_id,
        log=log,
        how=Taken.PAGE,
        name=name[:200],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        layout=layout,
        made_by=by.person,
    )
    history.record(by=by, verb="sitelogs.uploaded", obj=row, facts={"log": log.pk, "size": row.size})
    return row


@transaction.atomic
def discard(*, by: Access, intake: Intake) -> None:
    """Throw an upload away that was not taken in."""
    require(by, "sitelogs.keep", intake)
    if intake.taken_at is None:
        history.record(by=by, verb="sitelogs.upload_discarded", obj=intake)
        intake.delete()


@transaction.atomic
def take(
    *, by: Access, intake: Intake, layout: str = Layout.AUTO, columns: Mapping[str, Any] | None = None
) -> Intake:
    """Take an upload in, and forget its bytes here: from now on they are evidence. Done twice it is once.

    ``columns``: which column of a table holds what; it is kept with the filter. Raises Refused, with nothing taken in.
    """
    require(by, "sitelogs.keep", intake)
    held = Intake.objects.select_for_update().select_related("log").get(pk=intake.pk)
    if held.taken_at is not None:
        return held
    if columns is not None and held.log.columns != columns:
        held.log.columns = dict(columns)
        held.log.save(update_fields=["columns"])
        history.record(by=by, verb="sitelogs.log_changed", obj=held.log, facts={"fields": ["columns"]})
    taken = engine.take_in(held.log, bytes(held.content), layout=layout, name=held.name)
    held.layout, held.content = layout, b""
    return _note(by, held, taken)


@transaction.atomic
def take_sent(*, by: Access, log: LogSetting, content: bytes) -> Intake:
    """Take in what a program sent with the filter's token. The same bytes again add nothing. Raises Refused."""
    require(by, "sitelogs.send", log)
    if by.extras.get("log") != log.pk:
        raise PermissionDenied("the token is of another filter")
    digest = hashlib.sha256(content).hexdigest()
    taken = engine.take_in(log, content, layout=log.layout, name="")
    row = Intake(agency_id=log.agency_id, log=log, how=Taken.DOOR, size=len(content), sha256=digest)
    return _note(by, row, taken)


def _note(by: Access, row: Intake, taken: engine.Taken) -> Intake:
    row.taken_at = timezone.now()
    row.lines, row.unreadable, row.again = taken.lines, taken.unreadable, taken.again
    row.save()
    facts = {"log": row.log_id, "lines": row.lines, "unreadable": row.unreadable, "again": row.again}
    history.record(by=by, verb="sitelogs.taken_in", obj=row, facts={**facts, "sha256": row.sha256})
    return row
