"""The bookmarks of a PDF that is bound behind another: read with the pages that they lead to, written further on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, Page, Pdf

DEEPEST = 4  # levels below the paper's own bookmark
MOST = 2_000  # bookmarks of one paper; what is beyond is left out


@dataclass(frozen=True)
class Mark:
    """A bookmark: its words, the page that it leads to (from 0), those below it."""

    title: str
    page: int
    below: Sequence[Mark]


def marks_of(pdf: Pdf) -> list[Mark]:
    """The bookmarks that lead to a page of the PDF itself; none where they cannot be read."""
    try:
        with pdf.open_outline(max_depth=DEEPEST) as outline:
            return _marks(pdf, outline.root, [MOST], DEEPEST)
    except (pikepdf.PdfError, pikepdf.OutlineStructureError, AttributeError, KeyError, TypeError, ValueError):
        return []  # a paper with broken bookmarks is still a paper: it keeps the one that bears its title


def _marks(pdf: Pdf, items: Iterable[OutlineItem], left: list[int], depth: int) -> list[Mark]:
    found: list[Mark] = []
    for one in items if depth else ():
        if left[0] <= 0:
            break
        left[0] -= 1
        page, below = _page(pdf, one), _marks(pdf, one.children, left, depth - 1)
        if page is None:
            found += below
        else:
            found.append(Mark(str(one.title), page, below))
    return found


def _page(pdf: Pdf, item: OutlineItem) -> int | None:
    """The page that a bookmark leads to; None where it leads elsewhere, or nowhere."""
    target: Any = item.destination
    if target is None and item.action is not None and item.action.get("/S") == Name.GoTo:
        target = item.action.get("/D")
    if isinstance(target, int):
        return target if 0 <= target < len(pdf.pages) else None
    if isinstance(target, pikepdf.String | Name | str):
        target = _named(pdf, target)
    if isinstance(target, Dictionary):
        target = target.get("/D")
    if not isinstance(target, Array) or not len(target) or not isinstance(target[0], Dictionary):
        return None
    return Page(target[0]).index


def _named(pdf: Pdf, name: Any) -> Any:
    """What a destination is called by its name stands for."""
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary) and isinstance(name, Name):
        return old.get(str(name))
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    return NameTree(names).get(str(name)) if names is not None else None


def items_of(marks: Iterable[Mark], first: int) -> list[OutlineItem]:
    """The same bookmarks as they are written, where the PDF begins on page ``first`` (from 0)."""
    found = []
    for one in marks:
        item = OutlineItem(one.title, first + one.page)
        item.children.extend(items_of(one.below, first))
        item.is_closed = True
        found.append(item)
    return found
