"""Papers: added to an item, sealed; a long one needs a summary. Packs: made by the worker for who asked."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from safeboard.core import history, wall
from safeboard.core.access import Access, job_access, require
from safeboard.core.once import file_key, place_key
from safeboard.core.roles import PlaceKind
from safeboard.documents.files import CannotScan, Found, Judged, Unfit, judge, scan
from safeboard.documents.prepared import or_failed
from safeboard.partnership import queries as partnership

from ..errors import Refused
from ..models import AgendaItem, Meeting, Pack, Paper
from ..queries.meetings import meetings
from ..queries.pack import contents_of, packed
from ..queries.terms import in_force
from .common import open_meeting

KEPT = timedelta(days=1)
MOST_PAPERS = 60
MOST_BYTES = 60_000_000
PDF = "application/pdf"
USUAL_LIMIT = 20  # pages, where no terms of reference are in force
FIELDS = ("kind", "title", "summary", "source", "confidential", "apart")


def add_paper(
    *,
    by: Access,
    item: AgendaItem,
    name: str,
    content: bytes,
    given: Mapping[str, Any],
    form_key: uuid.UUID | None = None,
    scanner: Callable[[bytes], Found] = scan,
) -> Paper:
    """Keep a paper of an item, sealed; the same form twice is one. ``given``: the fields of FIELDS.

    Raises Refused, in words for who sent it, where the file is not taken, or is long and has no summary.
    """
    require(by, "meetings.keep", item)
    looked = checked(name, content, scanner)
    return keep_paper(by=by, item=item, content=content, given=given, form_key=form_key, **looked)


def checked(name: str, content: bytes, scanner: Callable[[bytes], Found]) -> dict[str, Any]:
    """What ``keep_paper`` wants to know of a file. Raises Refused where it is not taken."""
    from safeboard.documents.binding import count_pages  # heavy

    try:
        judged = judge(name, content, word=True)
        pages = count_pages(content) if judged.media_type == PDF else 0
        return {"judged": judged, "pages": pages, "found": _scanned(content, scanner)}
    except Unfit as why:
        raise Refused(str(why)) from why


def _scanned(content: bytes, scanner: Callable[[bytes], Found]) -> Found:
    try:
        found = scanner(content)
    except CannotScan as why:
        raise Unfit("scanner", _("The virus scanner does not answer. Try again later.")) from why
    if found == Found.MALWARE:
        raise Unfit("malware", _("The virus scanner found something harmful in it."))
    return found


@transaction.atomic
def keep_paper(
    *,
    by: Access,
    item: AgendaItem,
    judged: Judged,
    content: bytes,
    pages: int,
    found: Found,
    given: Mapping[str, Any],
    form_key: uuid.UUID | None = None,
    told: str = "",
) -> Paper:
    """Write down a paper that was judged and scanned. Raises Refused where it is too long, or the meeting is full.

    ``told``: what its item says of it, in place of a summary.
    """
    require(by, "meetings.keep", item)
    meeting = open_meeting(item.meeting)
    key = file_key(place_key(form_key, by), content)
    there = Paper.objects.filter(form_key=key).defer("content").first()
    if there is not None:
        return there
    _check_room(meeting, len(content))
    check_length(meeting, pages, str(given.get("summary", "")) or told)
    values = {field: given[field] for field in FIELDS if field in given}
    row = Paper.objects.create(
        board_id=meeting.board_id,
        meeting=meeting,
        item=item,
        name=judged.name,
        size=len(content),
        media_type=judged.media_type,
        pages=pages,
        scanned=found == Found.NOTHING,
        content=content,
        added_by=by.person,
        form_key=key,
        **values,
    )
    facts = {"paper": row.pk, "size": row.size, "pages": pages, "confidential": row.confidential}
    digests = {"sha256": hashlib.sha256(content).hexdigest()}
    history.record(by=by, verb="meetings.paper_added", obj=meeting, facts=facts, digests=digests)
    return row


def _check_room(meeting: Meeting, more: int) -> None:
    sizes = list(Paper.objects.filter(meeting=meeting).values_list("size", flat=True))
    if len(sizes) >= MOST_PAPERS or sum(sizes) + more > MOST_BYTES:
        raise Refused(_("A meeting holds sixty papers of sixty megabytes in all. Nobody reads more."))


def check_length(meeting: Meeting, pages: int, summary: str) -> None:
    """Raise Refused where a paper is longer than the terms of reference allow, and no summary says what is in it."""
    terms = in_force(meeting.board_id)
    limit = terms.page_limit if terms else USUAL_LIMIT
    if pages > limit and not summary.strip():
        words = _("The paper has %(pages)s pages. One of more than %(limit)s needs a summary. Nothing was added.")
        raise Refused(words % {"pages": pages, "limit": limit})


@transaction.atomic
def remove_paper(*, by: Access, paper: Paper) -> None:
    """Take a paper out, before the minutes are approved; the history keeps its digest."""
    require(by, "meetings.keep", paper)
    meeting = open_meeting(paper.meeting)
    history.record(by=by, verb="meetings.paper_removed", obj=meeting, facts={"paper": paper.pk, "size": paper.size})
    paper.delete()


@transaction.atomic
def take_paper(*, by: Access, paper: Paper) -> bytes:
    """The bytes of a paper, for somebody who may read it. A look at a confidential one is in the history."""
    require(by, "meetings.see", paper)
    if paper.confidential or paper.item.confidential:
        history.record(by=by, verb="meetings.paper_read", obj=paper.meeting, facts={"paper": paper.pk})
    return bytes(Paper.objects.get(pk=paper.pk).content)


# Packs ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_pack(*, by: Access, meeting: Meeting) -> Pack:
    """The pack of a meeting for who asks: the one that is there, where nothing changed since; else it is being made."""
    require(by, "meetings.see", meeting)
    if by.person is None:
        raise PermissionDenied("a pack is for somebody")
    made_of = contents_of(by, meeting)
    given = {"board_id": meeting.board_id}
    row, made = Pack.objects.get_or_create(meeting=meeting, asked_by=by.person, made_of=made_of, defaults=given)
    gone = row.failed_at is not None or (row.made_at is not None and not row.size)
    if gone:
        Pack.objects.filter(pk=row.pk).update(failed_at=None, made_at=None, asked_at=timezone.now())
        row.refresh_from_db()
    if made or gone:
        history.record(by=by, verb="meetings.pack_asked", obj=meeting, facts={"pack": row.pk})
        transaction.on_commit(lambda: make_pack_soon.enqueue(row.pk, meeting.board_id))
    return row


@task()
def make_pack_soon(pk: int, board: int) -> None:
    """Make a pack from the queue, of what whoever asked for it may read now."""
    with wall.open_for(boards=[board], shared=[board], agencies=partnership.agencies_in(board)):
        row = Pack.objects.select_related("asked_by", "meeting").get(pk=pk)
        by = partnership.access_of(row.asked_by, chosen=f"{PlaceKind.BOARD.value}-{board}")
        with or_failed(lambda: fail_pack(by=by, pack=row), quiet=(PermissionDenied, Meeting.DoesNotExist)):
            make_pack(by=by, pack=row)


def make_pack(*, by: Access, pack: Pack) -> Pack:
    """Put the pack together and keep it, sealed. The work stands in no transaction: it takes some seconds."""
    meeting = meetings(by).get(pk=pack.meeting_id)
    return keep_pack(by=by, pack=pack, made=packed(by, meeting))


@transaction.atomic
def keep_pack(*, by: Access, pack: Pack, made: Any) -> Pack:
    """Keep what was put together, as what it was made of."""
    held = Pack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    held.content, held.size, held.pages = made.content, len(made.content), made.pages
    held.made_at = timezone.now()
    held.save()
    facts = {"pack": held.pk, "pages": held.pages}
    history.record(by=by, verb="meetings.pack_made", obj=held.meeting, facts=facts)
    return held


@transaction.atomic
def fail_pack(*, by: Access, pack: Pack) -> None:
    """Say that a pack could not be made, so that nobody waits for it."""
    Pack.objects.filter(pk=pack.pk).update(failed_at=timezone.now())
    history.record(by=by, verb="meetings.pack_failed", obj=pack.meeting, facts={"pack": pack.pk})


@transaction.atomic
def take_pack(*, by: Access, pack: Pack) -> bytes:
    """The bytes of a pack, for who asked for it, while it holds what they may read; none where it is gone or stale."""
    require(by, "meetings.see", pack)
    if by.person is None or pack.asked_by_id != by.person.pk:
        raise PermissionDenied("a pack is for who asked for it")
    if pack.made_of != contents_of(by, pack.meeting):
        return b""
    content = bytes(Pack.objects.get(pk=pack.pk).content)
    history.record(by=by, verb="meetings.pack_taken", obj=pack.meeting, facts={"pack": pack.pk})
    return content


@transaction.atomic
def clear_packs(*, by: Access | None = None) -> int:
    """Empty the packs that were made over a day ago; gives how many."""
    rows = list(Pack.objects.filter(made_at__lt=timezone.now() - KEPT, size__gt=0).defer("content"))
    for row in rows:
        row.content, row.size = b"", 0
        row.save(update_fields=["content", "size"])
    if rows:
        facts = {"packs": [row.pk for row in rows]}
        history.record(by=by or job_access("meetings.packs"), verb="meetings.packs_cleared", facts=facts)
    return len(rows)
