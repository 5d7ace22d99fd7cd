"""The structure trees of PDFs that are bound as one (ISO 32000-1, 14.7 and 14.8), joined below one element each.

A tree is read from the top down: which element holds which marked content. The way back, from the content to its
element, is written anew from that, so that the two agree. Elements of pages that are not there are left out. A tree
that does not hold together is left behind whole: half of one reads worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf

from .tags_reading import Reading, Tree, element_of, unnumber

UNREADABLE = (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError)


def is_tagged(pdf: Pdf) -> bool:
    """Whether a PDF has tags that hold together. The look changes what is open: take it for nothing else afterwards."""
    try:
        root = pdf.Root.get("/StructTreeRoot")
        return isinstance(root, Dictionary) and bool(Reading(pdf, 0, 0, {}, {}).kids(root))
    except UNREADABLE:
        return False


@dataclass
class Joined:
    """The structure tree of a PDF that others are bound behind. ``next``: the first number that is free in it."""

    pdf: Pdf
    title: str
    next: int = 0
    trees: list[Tree] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, Object] = field(default_factory=dict)

    def taken(self, part: Pdf, title: str) -> Tree | None:
        """The tags of a PDF, made ready to stand behind those that are here; None where none can be used.

        Its marked content is numbered on from there, in the PDF itself: bring its pages after this, then ``add``.
        """
        try:
            root = part.Root.get("/StructTreeRoot")
            reading = Reading(part, self.next, len(self.trees), self.roles, self.classes)
            found = reading.tree(root, title) if isinstance(root, Dictionary) else None
        except UNREADABLE:
            found = None
        if found is None:
            unnumber(part)
        return found

    def add(self, tree: Tree, part: Pdf) -> None:
        """Hang up a tree that was taken, now that the pages of its PDF are here."""
        here = tree if part is self.pdf else _brought(tree, part, self.pdf)
        self.trees.append(here)
        self.next += len(here.parents)
        self.roles |= here.roles
        self.classes |= here.classes

    def write(self) -> None:
        """Write the common tree into the PDF; one without anything tagged gets none."""
        if not self.trees:
            return
        pdf = self.pdf
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = pdf.make_indirect(element_of(Name.Document, self.title))
        root.K.P, root.K.K = root, Array([one.top for one in self.trees])
        for one in self.trees:
            one.top.P = root.K
        parents, names = NumberTree.new(pdf), NameTree.new(pdf)
        for number, found in chain.from_iterable(one.parents for one in self.trees):
            parents[number] = found
        for name, element in chain.from_iterable(one.ids for one in self.trees):
            names[name] = element
        root.ParentTree, root.ParentTreeNextKey, root.IDTree = parents.obj, self.next, names.obj
        root.RoleMap = Dictionary({name: Name(plain) for name, plain in self.roles.items()})
        root.ClassMap = Dictionary(self.classes)
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)


def _brought(tree: Tree, part: Pdf, pdf: Pdf) -> Tree:
    """A tree of another PDF over here, in one parcel: it leads to the pages that were brought before."""
    parcel = Dictionary(
        Top=tree.top,
        Parents=Array([found for _number, found in tree.parents]),
        Ids=Array([element for _name, element in tree.ids]),
        Classes=Dictionary(tree.classes),
    )
    here = pdf.copy_foreign(part.make_indirect(parcel))
    parents = [(number, found) for (number, _old), found in zip(tree.parents, here.Parents, strict=True)]
    ids = [(name, element) for (name, _old), element in zip(tree.ids, here.Ids, strict=True)]
    return Tree(here.Top, tree.roles, dict(here.Classes.items()), parents, ids)
