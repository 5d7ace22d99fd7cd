"""Several PDFs as one: page numbers at the foot, a bookmark for each part with its own below it.

The first one keeps its tags. Those of the others are left behind: pikepdf and qpdf bring pages over, not what these
are tagged with, and half a structure tree reads worse than none. Every paper can be opened by itself, tags and all.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf

from .files.unfit import Unfit
from .outlines import items_of, marks_of

FOOT = 24  # points above the lower edge
MOST_PAGES = 2_000


@dataclass(frozen=True)
class Bound:
    """One document made of several, and its number of pages."""

    content: bytes
    pages: int


def count_pages(content: bytes) -> int:
    """The number of pages of a PDF. Raises Unfit where no page can be told from it."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            found = len(pdf.pages)
    except pikepdf.PdfError as why:
        raise Unfit("broken", _("The PDF cannot be read. Print it to a new PDF and add that.")) from why
    if not 0 < found <= MOST_PAGES:
        raise Unfit("unclear", _("The PDF has no pages, or more than two thousand."))
    return found


def bind(first: bytes, parts: Sequence[tuple[str, bytes]], *, title: str, foot: str) -> Bound:
    """The first PDF with the others behind it, each with its title as a bookmark, and its own bookmarks below that.

    ``foot`` says the page of each part, with {page} and {pages} in it, such as "Page {page} of {pages}". The first
    document keeps its tags and its language; the parts bring their pages, not what they are tagged with.
    """
    pdf = Pdf.open(io.BytesIO(first))
    marks: list[OutlineItem] = []
    own = len(pdf.pages)
    for name, content in parts:
        with Pdf.open(io.BytesIO(content)) as part:
            mark = OutlineItem(name, at := len(pdf.pages))
            mark.children.extend(items_of(marks_of(part), at))
            mark.is_closed = True
            marks.append(mark)
            pdf.pages.extend(part.pages)
    _number(pdf, own, foot)
    with pdf.open_outline() as outline:
        if not outline.root:
            outline.root.append(OutlineItem(title, 0))
        outline.root.extend(marks)
    pdf.Root.PageMode = Name.UseOutlines
    with pdf.open_metadata() as about:
        about["dc:title"] = title
    buffer = io.BytesIO()
    pages = len(pdf.pages)
    pdf.save(buffer, compress_streams=True)
    return Bound(buffer.getvalue(), pages)


def _number(pdf: Pdf, after: int, foot: str) -> None:
    """Write its number at the foot of every page behind the first document, which numbers its own."""
    face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    total = len(pdf.pages)
    for number, page in enumerate(pdf.pages[after:], after + 1):
        for name in ("/StructParents", "/Tabs"):  # they would point into the tags of a document that is not here
            if name in page.obj:
                del page.obj[name]
        font = page.add_resource(face, Name.Font)
        _write(pdf, page, str(font), foot.format(page=number, pages=total))


def _write(pdf: Pdf, page: Page, font: str, text: str) -> None:
    """One short line at the lower right, on white, as an artefact that screen readers pass over."""
    left, low, right, _high = (float(value) for value in Array(page.mediabox))
    wide = 5.2 * len(text) + 8
    said = text.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"").decode("latin-1")
    at = max(left + 4, right - wide - 36)
    drawn = (
        f"Q /Artifact BMC q 1 g {at:.1f} {low + FOOT - 4:.1f} {wide:.1f} 14 re f 0 g "
        f"BT /{font.lstrip('/')} 9 Tf {at + 4:.1f} {low + FOOT:.1f} Td ({said}) Tj ET Q EMC"
    )
    page.contents_add(b"q", prepend=True)
    page.contents_add(drawn.encode("latin-1"))
