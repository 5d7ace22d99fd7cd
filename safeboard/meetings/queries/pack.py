"""The pack of a meeting: its agenda with the papers that somebody may read, as one PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.documents.files.judging import DOCX
from safeboard.documents.office import as_pdf, program

from ..models import Meeting, Paper
from .meetings import agenda, attended, general_interests, papers_of, who_chairs
from .record import reported
from .sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from safeboard.documents.binding import Bound, Looked

PDF = "application/pdf"
LOOK = 4  # raise it where the pack looks otherwise than before: packs that are kept are made anew


def contents_of(access: Access, meeting: Meeting) -> str:
    """A digest of what a pack would be made of for this person: another one where anything of it changed."""
    sheet = sheet_of(meeting, access)
    papers = [(one.pk, one.title, one.summary, one.apart) for one in papers_of(access, sheet)]
    shown = [(one.item, one.open) for one in agenda(access, sheet)]
    items = [
        (one.pk, one.order, one.title, one.about, one.lines, one.led_by, is_open, *reported(one))
        for one, is_open in shown
    ]
    when = (meeting.title, meeting.starts_at, meeting.ends_at, meeting.where)
    parts = (LOOK, when, items, papers, sheet.reader(access).confidential, program() is not None)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass
class Listed:
    """A paper in the list of the pack: the page it begins on, 0 where it lies beside the pack; what it brings."""

    paper: Paper
    looked: Looked
    page: int = 0

    @property
    def pages(self) -> int:
        return self.looked.pages


def packed(access: Access, meeting: Meeting) -> Bound:
    """The pack as this person may read it: agenda first, papers behind it, numbered through, with bookmarks."""
    from safeboard.documents.binding import Looked, bind, count_pages, look_at  # heavy

    sheet = sheet_of(meeting, access)
    papers = papers_of(access, sheet)
    made = _as_pdfs(papers)
    listed = [Listed(one, look_at(made[one.pk]) if one.pk in made else Looked(0, tagged=False)) for one in papers]
    first = _agenda(access, sheet, listed)
    if made:
        _place(listed, count_pages(first))
        first = _agenda(access, sheet, listed)
    parts = [(one.paper.title, made[one.paper.pk]) for one in listed if one.pages]
    return bind(first, parts, title=meeting.title, foot=_("Page {page} of {pages}"))


def _place(listed: Sequence[Listed], page: int) -> None:
    """Say on which page each paper begins, behind that many pages."""
    for one in listed:
        if one.pages:
            one.page = page + 1
            page += one.pages


def _as_pdfs(papers: Sequence[Paper]) -> dict[int, bytes]:
    """The papers that go into the pack, by id: PDFs as they are, Word files where they can be made into one."""
    wanted = [one.pk for one in papers if not one.apart and one.media_type in (PDF, DOCX)]
    whole = {one.pk: one for one in Paper.objects.filter(pk__in=wanted)}
    words = {str(pk): bytes(one.content) for pk, one in whole.items() if one.media_type == DOCX}
    found = {pk: bytes(one.content) for pk, one in whole.items() if one.media_type == PDF}
    return found | {int(pk): content for pk, content in as_pdf(words).items()}


def _agenda(access: Access, sheet: Sheet, listed: Sequence[Listed]) -> bytes:
    from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

    meeting = sheet.meeting
    chair, why = who_chairs(sheet)
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "items": agenda(access, sheet),
        "interests": general_interests(sheet),
        "attended": attended(sheet),
        "chair": chair,
        "vacant": why,
        "listed": listed,
    }
    html = render_to_string("meetings/agenda_paper.html", context)
    return render_pdf(html, title=meeting.title, lang=get_language() or "en")
