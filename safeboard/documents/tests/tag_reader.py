"""A strict reading of a tagged PDF, from its pages up to its root and back (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Pdf

from safeboard.documents.tags_reading import KNOWN


class Read:
    """Everything that one can rely on in a tagged PDF, each broken rule an AssertionError."""

    def __init__(self, pdf: Pdf) -> None:
        self.root = pdf.Root.StructTreeRoot
        self.pages = [page.obj for page in pdf.pages]
        self.roles = {name: str(kind) for name, kind in self.root.RoleMap.items()}
        self.held: dict[tuple[Any, ...], Any] = {}  # what each element holds: (page, mark) or (object,)
        self.ids: dict[str, Any] = {}
        self.said: list[tuple[int, str]] = []  # (level, kind), from top to bottom
        self._walk(self.root.K, self.root, 0)
        self._check_names()
        self._check_ways_back(NumberTree(self.root.ParentTree))

    def _walk(self, element: Any, parent: Any, level: int) -> None:
        assert element.is_indirect
        assert element.P.objgen == parent.objgen
        kind = str(element.S)
        self.said.append((level, self.roles.get(kind, kind)))
        assert self.said[-1][1] in KNOWN, kind
        if "/ID" in element:
            assert self.ids.setdefault(str(element.ID), element) is element
        found = element.get("/K", Array())
        for kid in found if isinstance(found, Array) else [found]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                self._walk(kid, element, level + 1)
                continue
            key = self._content(kid, element)
            assert key not in self.held, "held twice"
            self.held[key] = element

    def _content(self, kid: Any, element: Any) -> tuple[Any, ...]:
        if isinstance(kid, int):
            return (element.Pg.objgen, kid)
        if kid.Type == Name.OBJR:
            return (kid.Obj.objgen,)
        return (kid.get("/Stm", kid.get("/Pg", element.get("/Pg"))).objgen, kid.MCID)

    def _check_names(self) -> None:
        assert {str(name) for name in NameTree(self.root.IDTree)} == set(self.ids)
        for element in list(self.held.values()):
            for one in _each(element.P.get("/A")):
                assert {str(name) for name in one.get("/Headers", [])} <= set(self.ids)

    def _check_ways_back(self, parents: NumberTree) -> None:
        """Each mark of each page has one element that holds it, and nothing is held that is not there."""
        numbers, there = [], set()
        for page in self.pages:
            marks = set(marks_of(page)) if "/StructParents" in page else set()
            if "/StructParents" in page:
                numbers.append(int(page.StructParents))
                row = parents[numbers[-1]]
                held = {at: one for at, one in enumerate(row) if one is not None}
                assert held.keys() == marks
                there |= {(page.objgen, mark) for mark in marks}
                assert all(self.held[page.objgen, mark].objgen == one.objgen for mark, one in held.items())
            for note in page.get("/Annots", []):
                if "/StructParent" in note:
                    numbers.append(int(note.StructParent))
                    there.add((note.objgen,))
                    assert parents[numbers[-1]].objgen == self.held[note.objgen,].objgen
        assert there == self.held.keys()
        assert sorted(numbers) == sorted(parents)
        assert len(numbers) == len(set(numbers))
        assert int(self.root.ParentTreeNextKey) > max(numbers)


def marks_of(page: Any) -> Iterator[int]:
    """The numbers of the marked content of a page."""
    for step in pikepdf.parse_content_stream(pikepdf.Page(page)):
        if str(step.operator) == "BDC" and isinstance(step.operands[1], Dictionary) and "/MCID" in step.operands[1]:
            yield int(step.operands[1].MCID)


def _each(found: Any) -> list[Any]:
    return [one for one in (found if isinstance(found, Array) else [found]) if isinstance(one, Dictionary)]
