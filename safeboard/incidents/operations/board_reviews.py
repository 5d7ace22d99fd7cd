"""What the board's subgroup does with a serious incident: findings on the four questions; considered (Toolkit s5)."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key

from ..models import BoardFinding, BoardReview
from ..rules import words_only


@transaction.atomic
def add_finding(
    *, by: Access, review: BoardReview, about: str, text: str, form_key: uuid.UUID | None = None
) -> BoardFinding:
    """Add what is found on one of the four questions; it is never altered. The same form twice is one."""
    require(by, "incidents.add_finding")
    words_only(text)
    row, made = BoardFinding.objects.get_or_create(
        key=place_key(form_key, by),
        defaults={"board_id": review.board_id, "review": review, "about": about, "text": text, "by": by.person},
    )
    if made:
        facts = {"finding": row.pk, "about": about}
        history.record(by=by, verb="incidents.finding", obj=review, facts=facts, digests={"text": text})
    return row


@transaction.atomic
def consider(*, by: Access, review: BoardReview) -> BoardReview:
    """Say that the subgroup has considered it. Twice stays as it was the first time."""
    require(by, "incidents.add_finding")
    if review.considered_on is None:
        review.considered_on = timezone.localdate()
        review.save(update_fields=["considered_on"])
        history.record(by=by, verb="incidents.considered", obj=review)
    return review
