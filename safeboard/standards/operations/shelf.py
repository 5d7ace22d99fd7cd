"""Writes of the shelf of evidence: laid there once, named in every return, taken off."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import file_key, place_key
from safeboard.documents.files import CannotScan, Found, Judged, Unfit, judge, scan

from ..errors import Refused
from ..models import Proof

ROOM_ON_SHELF = 200 * 1024 * 1024  # bytes
SCANNED = {Found.NOTHING: "clean", Found.NO_SCANNER: "not-scanned"}


def add_proof(
    *,
    by: Access,
    title: str,
    where: str = "",
    dated: date | None = None,
    name: str = "",
    content: bytes = b"",
    form_key: uuid.UUID | None = None,
    scanner: Callable[[bytes], Found] = scan,
) -> Proof:
    """Lay something on the agency's shelf: a file, or words that say where it is kept. Files are sealed.

    The same form sent twice is one; so are the same bytes. A file is told by its content, and scanned where a scanner
    is set up, in no transaction. Raises Refused, in words for the sender, where it is not taken, where the shelf is
    full, or where neither file nor place is given.
    """
    require(by, "standards.answer")
    if not content and not where.strip():
        raise Refused(_("Add a file, or say where it is kept."))
    judged, said = None, ""
    if content:
        try:
            judged = judge(name, content)
            said = _scanned(content, scanner)
        except Unfit as why:
            raise Refused(str(why)) from why
    given = {"title": title, "where": where, "dated": dated, "form_key": file_key(place_key(form_key, by), content)}
    return keep_proof(by=by, given=given, judged=judged, content=content, said=said)


def _scanned(content: bytes, scanner: Callable[[bytes], Found]) -> str:
    try:
        found = scanner(content)
    except CannotScan as why:
        words = _("The virus scanner does not answer. Try again later; if it stays so, tell whoever runs this service.")
        raise Unfit("scanner", words) from why
    if found == Found.MALWARE:
        raise Unfit("malware", _("The virus scanner found something harmful in it."))
    return SCANNED[found]


@transaction.atomic
def keep_proof(*, by: Access, given: Mapping[str, Any], judged: Judged | None, content: bytes, said: str) -> Proof:
    """Write down what was judged and scanned: title, where, dated, form_key. Raises Refused where the shelf is full."""
    require(by, "standards.answer")
    rows = Proof.objects.filter(agency_id=by.own_agency).select_for_update()
    sha256 = hashlib.sha256(content).hexdigest() if content else ""
    taken = list(rows.values_list("number", "size"))
    same = rows.filter(form_key=given["form_key"]).first()
    if same is None and content:
        same = rows.filter(sha256=sha256, withdrawn_at__isnull=True).first()
    if same is not None:
        return same
    if sum(size for _number, size in taken) + len(content) > ROOM_ON_SHELF:
        raise Refused(_("The shelf holds no more than 200 MB. Say in words where this one is kept."))
    row = Proof.objects.create(
        agency_id=by.own_agency,
        number=max((number for number, _size in taken), default=0) + 1,
        **given,
        name=judged.name if judged else "",
        media_type=judged.media_type if judged else "",
        size=len(content),
        sha256=sha256,
        content=content,
        scan=said,
        added_by=by.person,
    )
    facts = {"number": row.number, "size": row.size, "scan": said}
    history.record(by=by, verb="standards.proof_added", obj=row, facts=facts, digests={"title": row.title})
    return row


@transaction.atomic
def withdraw_proof(*, by: Access, proof: Proof) -> Proof:
    """Take something off the shelf: it is offered no more. Where it was sent with a return, that keeps it."""
    require(by, "standards.answer", proof)
    held = Proof.objects.select_for_update().get(pk=proof.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        history.record(by=by, verb="standards.proof_withdrawn", obj=held)
    return held


@transaction.atomic
def open_proof(*, by: Access, proof: Proof) -> bytes:
    """The bytes of a file on the shelf; the look is in the history. Who may is found by the caller's look-up."""
    history.record(by=by, verb="standards.proof_opened", obj=proof, facts={"number": proof.number})
    return bytes(Proof.objects.get(pk=proof.pk).content)
