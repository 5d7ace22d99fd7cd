"""Taking lines in: looked over first where a person uploads them, at once where a program sends them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import file_key, place_key

from .. import engine
from ..choices import Layout, Taken
from ..errors import Refused
from ..models import Intake, LogSetting
from .keeping import change_log

LARGEST = 20_000_000  # bytes of an upload; larger files come by the command or a program
WAITS = timedelta(days=1)  # how long an upload waits for the yes


@transaction.atomic
def stage(
    *,
    by: Access,
    log: LogSetting,
    name: str,
    content: bytes,
    layout: str = Layout.AUTO,
    form_key: uuid.UUID | None = None,
) -> Intake:
    """Keep an uploaded file, sealed, until somebody has looked over what it would become; a form sent twice is one.

    Raises Refused.
    """
    require(by, "sitelogs.keep", log)
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 20 MB. Ask whoever runs this service to take it in by the command."))
    Intake.objects.filter(agency_id=log.agency_id, taken_at=None, made_at__lt=timezone.now() - WAITS).delete()
    key = file_key(place_key(form_key, by), content)
    known = Intake.objects.filter(key=key).first()
    if known is not None:
        return known
    row = Intake.objects.create(
        agency_id=log.agency_id,
        log=log,
        key=key,
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


def take(*, by: Access, intake: Intake, layout: str = Layout.AUTO, columns: Mapping[str, Any] | None = None) -> Intake:
    """Take an upload in, and forget its bytes here: from now on they are evidence. Done twice it is once.

    ``columns``: which column of a table holds what; it is kept with the filter. Raises Refused, with nothing taken in.
    It stands in no transaction: the archive's own work takes a while, and done again it doubles nothing.
    """
    require(by, "sitelogs.keep", intake)
    held = Intake.objects.select_related("log").get(pk=intake.pk)
    if held.taken_at is not None:
        return held
    if columns is not None:
        change_log(by=by, log=held.log, given={"columns": dict(columns)})
    taken = engine.take_in(held.log, bytes(held.content), layout=layout, columns=columns)
    held.layout, held.content = layout, b""
    return _note(by, held, taken)


def take_sent(*, by: Access, log: LogSetting, content: bytes) -> Intake:
    """Take in what a program sent with the filter's token. The same bytes again add nothing. Raises Refused."""
    require(by, "sitelogs.send", log)
    if by.extras.get("log") != log.pk:
        raise PermissionDenied("the token is of another filter")
    layout = Layout.CSV if log.columns else log.layout
    taken = engine.take_in(log, content, layout=layout, columns=log.columns or None)
    digest = hashlib.sha256(content).hexdigest()
    row = Intake(agency_id=log.agency_id, log=log, how=Taken.DOOR, size=len(content), sha256=digest, layout=layout)
    return _note(by, row, taken)


@transaction.atomic
def _note(by: Access, row: Intake, taken: engine.Taken) -> Intake:
    row.taken_at = timezone.now()
    row.lines, row.unreadable, row.again = taken.lines, taken.unreadable, taken.again
    row.save()
    facts = {
        "log": row.log_id,
        "lines": row.lines,
        "unreadable": row.unreadable,
        "again": row.again,
        "sha256": row.sha256,
        "manifest": engine.archive().newest,
    }
    history.record(by=by, verb="sitelogs.taken_in", obj=row, facts=facts)
    return row
