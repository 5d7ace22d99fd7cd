"""Several PDFs as one: page numbers at the foot, a bookmark for each part with its own below it, and their tags.

A part without tags, or with damaged ones, stays without: its pages are neither tagged by guess nor called decoration,
which screen readers would pass over.
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
from .tags import Joined, is_tagged

FOOT = 24  # points above the lower edge
MOST_PAGES = 2_000
PDF_UA = "pdfuaid:part"  # says that a PDF keeps to ISO 14289


@dataclass(frozen=True)
class Bound:
    """One document made of several, and its number of pages."""

    content: bytes
    pages: int


@dataclass(frozen=True)
class Looked:
    """What a PDF would bring: its number of pages, and whether it has tags that can be kept."""

    pages: int
    tagged: bool


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


def look_at(content: bytes) -> Looked:
    """What a PDF would bring. Raises Unfit where no page can be told from it."""
    pages = count_pages(content)
    with Pdf.open(io.BytesIO(content)) as pdf:
        return Looked(pages, is_tagged(pdf))


def bind(first: bytes, parts: Sequence[tuple[str, bytes]], *, title: str, foot: str) -> Bound:
    """The first PDF with the others behind it, each with its title as a bookmark, and its own bookmarks below that.

    ``foot`` says the number of each page, with {page} and {pages} in it, such as "Page {page} of {pages}". Each keeps
    the tags that hold together, below one element with its title and its language; the whole has those of the first.
    """
    pdf = Pdf.open(io.BytesIO(first))
    marks: list[OutlineItem] = []
    tags = Joined(pdf, title)
    _tagged(tags, pdf, "")
    for name, content in parts:
        with Pdf.open(io.BytesIO(content)) as part:
            mark = OutlineItem(name, at := len(pdf.pages))
            mark.children.extend(items_of(marks_of(part), at))
            mark.is_closed = True
            marks.append(mark)
            _tagged(tags, part, name)
    tags.write()
    _number(pdf, foot)
    with pdf.open_outline() as outline:
        if not outline.root:
            outline.root.append(OutlineItem(title, 0))
        outline.root.extend(marks)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata() as about:
        about["dc:title"] = title
        if parts and PDF_UA in about:
            del about[PDF_UA]  # what others made cannot be vouched for
    buffer = io.BytesIO()
    pages = len(pdf.pages)
    pdf.save(buffer, compress_streams=True)
    return Bound(buffer.getvalue(), pages)


def _tagged(tags: Joined, part: Pdf, title: str) -> None:
    """Bring the pages of a part with their tags, in this order: numbers, pages, and what leads to them."""
    tree = tags.taken(part, title)
    if part is not tags.pdf:
        tags.pdf.pages.extend(part.pages)
    if tree is not None:
        tags.add(tree, part)


def _number(pdf: Pdf, foot: str) -> None:
    """Write its number at the foot of every page."""
    face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    total = len(pdf.pages)
    for number, page in enumerate(pdf.pages, 1):
        page.obj.Tabs = Name.S if "/StructParents" in page.obj else Name.R  # from link to link: as tagged, or by rows
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
