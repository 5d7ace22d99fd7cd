"""Comments of agencies and of the board's own people, the answers to them, and receipts."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key

from ..choices import Taken
from ..errors import Refused
from ..models import Comment, Receipt, Version
from ..rules_documents import takes_comments


@transaction.atomic
def comment_on(
    *, by: Access, version: Version, part: uuid.UUID, text: str, form_key: uuid.UUID | None = None
) -> Comment:
    """Say something about one paragraph of a version that is open for comments. The same form twice is one.

    It is the acting agency's, or the board's own where somebody says it who sits in its subgroup. Raises Refused where
    comments are closed, or the version has no such paragraph.
    """
    row = Version.objects.select_for_update().get(pk=version.pk)
    require(by, "strategy.comment", row)
    if not takes_comments(row, timezone.localdate()):
        raise Refused(_("Comments are closed by now. What you wrote is still here: send it to the board another way."))
    if str(part) not in {one["key"] for one in row.body["parts"]}:
        raise Refused(_("That paragraph is not in this version."))
    key = place_key(form_key, by)
    place = {"board_id": row.board_id, "agency_id": by.agency_id}
    given = {**place, "version": row, "part": part, "text": text, "by": by.person}
    made, new = Comment.objects.get_or_create(key=key, defaults=given)
    if new:
        facts = {"version": row.pk, "part": str(part)}
        history.record(by=by, verb="strategy.commented", obj=made, facts=facts, digests={"text": text})
    return made


@transaction.atomic
def answer_comment(*, by: Access, comment: Comment, taken: str, answer: str) -> Comment:
    """Say what came of a comment; whoever wrote it reads it. It may be put right until the document is ratified."""
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    version = Version.objects.get(pk=row.version_id)
    require(by, "strategy.write", version)
    if taken in (Taken.NO, Taken.PARTLY) and not answer.strip():
        raise Refused(_("Say why not all of it was taken up: whoever commented reads your answer."))
    row.taken, row.answer = Taken(taken), answer
    row.answered_by, row.answered_at = by.person, timezone.now()
    row.save(update_fields=["taken", "answer", "answered_by", "answered_at"])
    facts = {"taken": taken, "version": version.pk}
    history.record(by=by, verb="strategy.comment_answered", obj=row, facts=facts, digests={"answer": answer})
    return row


@transaction.atomic
def confirm(*, by: Access, version: Version) -> Receipt:
    """Say for the acting agency that it has a version which is in force. Twice is once."""
    require(by, "strategy.confirm")
    row = Version.objects.get(pk=version.pk)
    if not row.holds:
        raise Refused(_("This version is not in force. Open the one that is, and confirm that."))
    made, new = Receipt.objects.get_or_create(agency_id=by.own_agency, version=row, defaults={"by": by.person})
    if new:
        history.record(by=by, verb="strategy.confirmed", obj=made, facts={"version": row.pk, "number": row.number})
    return made
