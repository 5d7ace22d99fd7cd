"""Evidence laid before an inspector or a peer reviewer: asked for, put together, looked at, closed (S8)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, wall
from safeboard.core.access import Access, job_access, require
from safeboard.documents.pack import signed_pack
from safeboard.partnership.models import Board

from ..errors import Refused
from ..models import ReviewerPack

CLOCK = job_access("insight.packs")


@transaction.atomic
def ask_for_pack(*, by: Access, board: Board, title: str, until: date) -> ReviewerPack:
    """Ask the worker for a pack that can be opened until the end of a day. Refused for a day that has passed."""
    require(by, "insight.open_pack", ReviewerPack(board=board))
    if by.person is None:
        raise PermissionDenied("a pack is asked for by somebody")
    if until < timezone.localdate():
        raise Refused(_("Choose a last day that has not passed."))
    row = ReviewerPack.objects.create(board=board, title=title, until=until, asked_by=by.person)
    history.record(by=by, verb="insight.pack_asked", obj=row, facts={"until": until.isoformat()})
    pk, person = row.pk, by.person.pk
    transaction.on_commit(lambda: _enqueue(pk, person, board.pk))
    return row


def _enqueue(pack: int, person: int, board: int) -> None:
    from ..jobs import make_pack  # the job calls this module

    make_pack.enqueue(pack=pack, person=person, board=board)


@transaction.atomic
def fill_pack(*, by: Access, pack: ReviewerPack, files: Mapping[str, bytes]) -> ReviewerPack:
    """Put a pack together of these files, once; it stays as it was made. For the worker, as whoever asked for it."""
    row = ReviewerPack.objects.select_for_update(of=("self",)).select_related("board").get(pk=pack.pk)
    require(by, "insight.open_pack", row)
    if row.made_at is not None:
        return row
    about = {"board": row.board.name, "for": row.title, "until": row.until.isoformat()}
    row.content = signed_pack(files, about)
    row.size, row.files = len(row.content), sorted(files)
    row.sha256, row.made_at, row.failed_at = hashlib.sha256(row.content).hexdigest(), timezone.now(), None
    row.save()
    history.record(by=by, verb="insight.pack_made", obj=row, facts={"sha256": row.sha256, "size": row.size})
    return row


@transaction.atomic
def pack_failed(*, by: Access, pack: ReviewerPack) -> None:
    """Keep that a pack could not be put together, so that its page says so and nobody waits for it."""
    pack.failed_at = timezone.now()
    pack.save(update_fields=["failed_at"])
    history.record(by=by, verb="insight.pack_failed", obj=pack)


@transaction.atomic
def open_pack(*, by: Access, pack: ReviewerPack) -> bytes:
    """The pack as it was made; each opening is an entry of the history. Refused past its last day."""
    require(by, "insight.see_packs")
    row = ReviewerPack.objects.get(pk=pack.pk, board_id=by.board_id or 0)
    if not row.is_open:
        raise Refused(_("Its last day has passed, or it is not ready. Ask the board to open it again."))
    history.record(by=by, verb="insight.pack_opened", obj=row, facts={"sha256": row.sha256})
    return bytes(row.content)


@transaction.atomic
def close_pack(*, by: Access, pack: ReviewerPack) -> None:
    """Close a pack before its last day: its content is cleared, that it was there stays."""
    row = ReviewerPack.objects.select_for_update().get(pk=pack.pk)
    require(by, "insight.open_pack", row)
    _clear(by, row)


def _clear(by: Access, row: ReviewerPack) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    row.content, row.size, row.until = b"", 0, min(row.until, yesterday)
    row.save(update_fields=["content", "size", "until"])
    history.record(by=by, verb="insight.pack_closed", obj=row)


def clear_closed(*, by: Access) -> int:
    """Clear the content of all packs whose last day has passed; gives how many. Called by the clock."""
    require(by, "insight.clear_packs")
    done = 0
    for board in Board.objects.order_by("pk"):
        with wall.open_for(boards=[board.pk]), transaction.atomic():
            closed = ReviewerPack.objects.filter(board=board, until__lt=timezone.localdate(), size__gt=0)
            for row in closed:
                _clear(by, row)
                done += 1
    return done
