"""Several PDFs bound as one: where their bookmarks lead."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, Pdf, String

from safeboard.documents.binding import bind


def pdf(pages: int = 1, marks: tuple[OutlineItem, ...] = (), names: dict[str, int] | None = None) -> bytes:
    """A PDF of empty pages, with bookmarks and named places."""
    made = Pdf.new()
    for _number in range(pages):
        made.add_blank_page()
    if names:
        tree = NameTree.new(made)
        for name, page in names.items():
            tree[name] = Array([made.pages[page].obj, Name.Fit])
        made.Root.Names = Dictionary(Dests=tree.obj)
    with made.open_outline() as outline:
        outline.root.extend(marks)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def bound(*parts: tuple[str, bytes]) -> list[tuple[int, str, int]]:
    """The bookmarks of these bound behind one page: (level, words, page from 0)."""
    made = bind(pdf(), parts, title="The pack", foot="{page} of {pages}")
    with Pdf.open(io.BytesIO(made.content)) as found, found.open_outline() as outline:
        return list(_flat(found, outline.root, 0))


def _flat(found, items, level):
    for one in items:
        yield level, str(one.title), pikepdf.Page(one.destination[0]).index
        yield from _flat(found, one.children, level + 1)


def test_a_papers_own_bookmarks_stand_below_its_title_and_lead_to_its_pages():
    chapter = OutlineItem("Chapter 1", 1)
    chapter.children.append(OutlineItem("Section 1.1", 2))
    named = OutlineItem("By name", String("there"))
    goto = OutlineItem("By action", action=Dictionary(S=Name.GoTo, D=String("there")))
    first, second = pdf(3, (chapter,)), pdf(2, (named, goto), {"there": 1})
    assert bound(("One", first), ("Two", second)) == [
        *[(0, "The pack", 0), (0, "One", 1), (1, "Chapter 1", 2), (2, "Section 1.1", 3)],
        *[(0, "Two", 4), (1, "By name", 5), (1, "By action", 5)],
    ]


def test_bookmarks_that_lead_out_or_nowhere_are_left_behind():
    out = OutlineItem("Elsewhere", action=Dictionary(S=Name.URI, URI=String("http://example.org/")))
    lost = OutlineItem("Lost", String("no-such-place"))
    out.children.append(OutlineItem("Below it", 1))
    assert bound(("One", pdf(2, (out, lost)))) == [(0, "The pack", 0), (0, "One", 1), (1, "Below it", 2)]


def test_a_paper_whose_bookmarks_are_broken_is_bound_with_its_title():
    broken = Pdf.open(io.BytesIO(pdf(1, (OutlineItem("a", 0),))))
    broken.Root.Outlines.First.Next = broken.Root.Outlines.First  # a circle
    buffer = io.BytesIO()
    broken.save(buffer)
    assert bound(("One", buffer.getvalue()))[:2] == [(0, "The pack", 0), (0, "One", 1)]
