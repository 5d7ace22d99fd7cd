"""One structure tree, read strictly and made ready to stand among others: numbered on, its names its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from .tags_content import set_apart

DEEPEST = 200  # elements within one another
MOST = 200_000  # elements of one PDF, and places for its marked content
NUMBERS = ("/StructParent", "/StructParents")
# ISO 32000-1, 14.8.4: what every reader knows. To map one of these to another would change it for all that is bound.
STANDARD = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
    L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
    Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
KNOWN = frozenset(f"/{name}" for name in STANDARD.split())


class Damaged(ValueError):
    """What a PDF is tagged with does not hold together."""


@dataclass
class Tree:
    """What a PDF is tagged with. ``parents``: by number, the element of an object, or those of a page by mark.

    ``roles``: what its own names of elements mean; ``classes``: its named attributes; ``ids``: its named elements.
    """

    top: Any
    roles: dict[str, str]
    classes: dict[str, Object]
    parents: list[tuple[int, Object]]
    ids: list[tuple[str, Any]]


def element_of(kind: Name, title: str) -> Dictionary:
    """A new element of the tree."""
    made = Dictionary(Type=Name.StructElem, S=kind)
    if title:
        made.T = String(title)
    return made


def unnumber(pdf: Pdf) -> None:
    """Take the ways from pages, pictures and links to their elements out: they would lead into another tree."""
    for one in pdf.objects:
        if isinstance(one, Dictionary | Stream):
            _without(one)
    for page in pdf.pages:
        for note in _listed(page.obj.get("/Annots")):
            if isinstance(note, Dictionary):
                _without(note)


def _without(one: Any) -> None:
    for name in NUMBERS:
        if name in one:
            del one[name]


def _listed(found: Any) -> list[Any]:
    return list(found) if isinstance(found, Array) else [] if found is None else [found]


class Reading:
    """The reading of one tree, numbered on from ``first``; ``order`` sets its names apart from those of the others."""

    def __init__(
        self, pdf: Pdf, first: int, order: int, roles: Mapping[str, str], classes: Mapping[str, Object]
    ) -> None:
        self.pdf, self.first, self.order = pdf, first, order
        self.others_roles, self.others_classes = roles, classes
        self.pages = {page.objgen for page in pdf.pages}
        notes = (note for page in pdf.pages for note in _listed(page.obj.get("/Annots")))
        self.notes = {note.objgen for note in notes if isinstance(note, Dictionary) and note.is_indirect}
        self.seen: set[tuple[int, int]] = set()
        self.marks: dict[tuple[int, int], tuple[Any, dict[int, Any]]] = {}
        self.things: dict[tuple[int, int], tuple[Any, Any]] = {}
        self.ids: list[tuple[str, Any]] = []

    def kids(self, root: Any) -> list[Any]:
        """What is directly below this root; none where nothing of it is on a page. Raises Damaged."""
        self.roles = self._roles(root.get("/RoleMap"))
        self.classes = self._classes(root.get("/ClassMap"))
        kids = [one for one in _listed(root.get("/K")) if self._element(one, None, 0)]
        if sum(max(marks) + 1 for _place, marks in self.marks.values()) > MOST:
            raise Damaged("marked content with numbers that nobody needs")
        return kids if self.marks or self.things else []

    def tree(self, root: Any, title: str) -> Tree | None:
        """The tree below this root; None where nothing of it is on a page. Raises Damaged."""
        kids = self.kids(root)
        if not kids:
            return None
        top = self._top(kids, title)
        unnumber(self.pdf)
        for page in self.pdf.pages:
            set_apart(self.pdf, page, self.marks.get(page.objgen, (page, {}))[1])
        roles = dict(self.roles.values())
        return Tree(top, roles, dict(self.classes.values()), list(self._numbered()), self.ids)

    def _top(self, kids: list[Any], title: str) -> Any:
        """The one element for the whole of this PDF: its own where it has one, with its title and its language."""
        top = kids[0]
        if len(kids) > 1 or self._meaning(top) != "/Document":
            top = self.pdf.make_indirect(element_of(Name.Document, ""))
            top.K = Array(kids)
            for one in kids:
                one.P = top
        elif "/P" in top:
            del top["/P"]  # the old root, which stays behind
        if title:
            top.T = String(title)
        lang = self.pdf.Root.get("/Lang")
        if isinstance(lang, String) and "/Lang" not in top:
            top.Lang = lang
        return top

    def _meaning(self, element: Any) -> str:
        kind = str(element.S)
        return dict(self.roles.values()).get(kind, kind)

    # Names that elements share ---------------------------------------------------------------------------------------

    def _roles(self, found: Any) -> dict[str, tuple[str, str]]:
        """What each of its own kinds of element means, with the name that it bears here."""
        own = {name: str(kind) for name, kind in found.items()} if isinstance(found, Dictionary) else {}
        roles = {}
        for name in own.keys() - KNOWN:
            kind, steps = own[name], 0
            while kind not in KNOWN and kind in own and steps < len(own):
                kind, steps = own[kind], steps + 1
            if kind in KNOWN:
                taken = self.others_roles.get(name, kind) != kind
                roles[name] = (self._apart(name) if taken else name, kind)
        return roles

    def _classes(self, found: Any) -> dict[str, tuple[str, Object]]:
        """Its named attributes, with the name that each bears here."""
        own = dict(found.items()) if isinstance(found, Dictionary) else {}
        for attributes in own.values():
            self._refer(attributes)
        return {name: (self._apart(name) if name in self.others_classes else name, own[name]) for name in own}

    def _apart(self, name: str) -> str:
        return f"{name}-{self.order}"

    def _id(self, name: Any) -> String:
        return String(f"{self.order}-{name}") if self.order else String(str(name))

    def _refer(self, attributes: Any) -> None:
        """Let cells of a table name their heads by the names that these bear here."""
        for one in _listed(attributes):
            if isinstance(one, Dictionary) and isinstance(one.get("/Headers"), Array) and one.objgen not in self.seen:
                one.Headers = Array([self._id(name) for name in one.Headers])
                if one.is_indirect:
                    self.seen.add(one.objgen)

    # Elements and what they hold -------------------------------------------------------------------------------------

    def _element(self, element: Any, parent: Any, depth: int) -> bool:
        """Read an element and what is below it; whether anything is left of it."""
        if not isinstance(element, Dictionary) or not isinstance(element.get("/S"), Name) or not element.is_indirect:
            raise Damaged("this is no element")
        if element.objgen in self.seen or len(self.seen) > MOST or depth > DEEPEST:
            raise Damaged("an element that is there twice, or too many of them")
        self.seen.add(element.objgen)
        self._rename(element)
        if parent is not None and getattr(element.get("/P"), "objgen", None) != parent.objgen:
            element.P = parent
        there = _listed(element.get("/K"))
        kids = [one for one in there if self._kid(one, element, depth)]
        if len(kids) != len(there):
            element.K = Array(kids)
        if there and not kids:
            return False
        if "/ID" in element:
            element.ID = self._id(element.ID)
            self.ids.append((str(element.ID), element))
        return True

    def _rename(self, element: Any) -> None:
        kind = str(element.S)
        if self.roles.get(kind, (kind, ""))[0] != kind:
            element.S = Name(self.roles[kind][0])
        if "/C" in element:
            names = {name: new for name, (new, _attributes) in self.classes.items()}
            said = [Name(names.get(str(one), str(one))) if isinstance(one, Name) else one for one in _listed(element.C)]
            element.C = Array(said)
        if "/A" in element:
            self._refer(element.A)

    def _kid(self, kid: Any, element: Any, depth: int) -> bool:
        """Read what an element holds: marked content, an object, or another element."""
        if kid is None:
            return False
        if isinstance(kid, int):
            return self._mark(kid, element.get("/Pg"), element)
        if not isinstance(kid, Dictionary):
            raise Damaged("an element holds what it cannot hold")
        kind = kid.get("/Type")
        if kind == Name.MCR:
            place = kid.get("/Stm", kid.get("/Pg", element.get("/Pg")))
            return self._mark(kid.get("/MCID"), place, element)
        if kind == Name.OBJR:
            return self._thing(kid.get("/Obj"), element)
        return self._element(kid, element, depth + 1)

    def _mark(self, mark: Any, place: Any, element: Any) -> bool:
        """Marked content of a page, or of a drawing on one; there is none where the page is not there."""
        if not isinstance(mark, int) or not 0 <= mark < MOST:
            raise Damaged("marked content without a number")
        if not isinstance(place, Dictionary | Stream) or not place.is_indirect:
            return False
        if isinstance(place, Dictionary) and place.objgen not in self.pages:
            return False
        _place, marks = self.marks.setdefault(place.objgen, (place, {}))
        if mark in marks:
            raise Damaged("marked content of two elements")
        marks[mark] = element
        return True

    def _thing(self, thing: Any, element: Any) -> bool:
        """A link, a field or a picture as a whole; a link of a page that is not there is none."""
        if not isinstance(thing, Dictionary | Stream) or not thing.is_indirect:
            return False
        if isinstance(thing, Dictionary) and thing.objgen not in self.notes:
            return False
        if thing.objgen in self.things:
            raise Damaged("an object of two elements")
        self.things[thing.objgen] = (thing, element)
        return True

    def _numbered(self) -> Iterator[tuple[int, Object]]:
        """Number the pages, drawings and objects, and give the elements that each number leads to."""
        number = self.first
        for place, marks in self.marks.values():
            place.StructParents = number
            yield number, Array([marks.get(mark) for mark in range(max(marks) + 1)])
            number += 1
        for thing, element in self.things.values():
            thing.StructParent = number
            yield number, element
            number += 1
