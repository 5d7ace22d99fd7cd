"""Files that show that an action was done: told by their content, scanned, sealed; kept by whoever works on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.documents.files import CannotScan, Found, Judged, Unfit, judge, scan

from ..errors import Refused
from ..models import Action, ActionFile
from .plan_answer import locked

MOST_FILES = 20
MOST_BYTES = 100 * 1024 * 1024  # of one action


def add_proof(
    *, by: Access, action: Action, name: str, content: bytes, scanner: Callable[[bytes], Found] = scan
) -> ActionFile:
    """Keep a file as evidence of an action, sealed. Raises Refused, in words for the sender, where it is not taken.

    It is told by its content, and scanned where a scanner is set up. The scan stands in no transaction.
    """
    require(by, "strategy.work_on", action)
    try:
        judged = judge(name, content)
        found = scanner(content)
    except Unfit as why:
        raise Refused(str(why)) from why
    except CannotScan as why:
        raise Refused(_("The virus scanner does not answer, so the file was not kept. Try again later.")) from why
    if found == Found.MALWARE:
        raise Refused(_("The virus scanner found something harmful in this file. It was not kept."))
    return keep_proof(by=by, action=action, judged=judged, content=content, scanned=found == Found.NOTHING)


@transaction.atomic
def keep_proof(*, by: Access, action: Action, judged: Judged, content: bytes, scanned: bool) -> ActionFile:
    """Write down a file that was judged and scanned; the same file twice is one. Raises Refused without room."""
    row = locked(action)
    require(by, "strategy.work_on", row)
    digest = hashlib.sha256(content).hexdigest()
    files = ActionFile.objects.filter(action=row)
    known = files.filter(sha256=digest).first()
    if known is not None:
        return known
    held = files.aggregate(bytes=Sum("size"))["bytes"] or 0
    if files.count() >= MOST_FILES or held + len(content) > MOST_BYTES:
        raise Refused(_("This action holds as many files as fit. Say in words where the rest is kept."))
    made = ActionFile.objects.create(
        action=row,
        name=judged.name,
        size=len(content),
        media_type=judged.media_type,
        sha256=digest,
        content=content,
        scanned=scanned,
        added_by=by.person,
    )
    facts = {"file": made.pk, "size": made.size}
    history.record(by=by, verb="strategy.proof_added", obj=row, facts=facts, digests={"sha256": digest})
    return made


@transaction.atomic
def take_proof(*, by: Access, file: ActionFile) -> bytes:
    """The bytes of a file, for whoever may read the action; the look is noted."""
    require(by, "strategy.see")
    history.record(by=by, verb="strategy.proof_read", obj=file.action, facts={"file": file.pk})
    return bytes(file.content)
