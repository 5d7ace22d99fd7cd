"""The tags of PDFs that are bound as one: every part's, each mark found from its element and back."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from safeboard.documents.binding import bind, look_at
from safeboard.documents.pdf import render_pdf
from safeboard.documents.tests.tag_reader import Read, marks_of
from safeboard.documents.tests.test_binding import pdf as untagged

AGENDA = '<h1>Agenda</h1><p>See <a href="https://example.org">here</a></p>'
TABLE = "<table><thead><tr><th scope=col>When<th scope=col>What</thead><tbody><tr><th scope=row>May<td>x</table>"
PAPER = f"<h1>Eine Vorlage</h1>{TABLE}<p>Mehr <a href='https://example.org'>dort</a></p>"


@cache
def agenda() -> bytes:
    return render_pdf(AGENDA, title="The pack", lang="en")


@cache
def tagged() -> bytes:
    return render_pdf(PAPER, title="Eine Vorlage", lang="de")


def altered(change: Callable[[Pdf], None], content: bytes | None = None) -> bytes:
    """A tagged paper that somebody's program did something to."""
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(content or tagged())) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def bound(*papers: bytes) -> Pdf:
    parts = [(f"Paper {number}", content) for number, content in enumerate(papers, 1)]
    return Pdf.open(io.BytesIO(bind(agenda(), parts, title="The pack", foot="{page} of {pages}").content))


def held(pdf: Pdf) -> list[tuple[str, str]]:
    """The documents within the pack: title and language."""
    return [(str(one.get("/T", "")), str(one.get("/Lang", ""))) for one in pdf.Root.StructTreeRoot.K.K]


def circle(pdf: Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0]
    top.K[0].K = Array([top])


def twice(pdf: Pdf) -> None:
    first, second = list(pdf.Root.StructTreeRoot.K[0].K)[:2]
    first.K, first.Pg = Array([0]), pdf.pages[0].obj
    second.K, second.Pg = Array([0]), pdf.pages[0].obj


def no_kind(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.K[0].K[0].S


def no_element(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K = Array([String("words")])


def no_list(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Name.Nothing


def far_off(pdf: Pdf) -> None:
    first = pdf.Root.StructTreeRoot.K[0].K[0]
    first.K, first.Pg = Array([2_000_000_000]), pdf.pages[0].obj


def endless(pdf: Pdf) -> None:
    element = pdf.Root.StructTreeRoot.K[0]
    for _level in range(300):
        below = pdf.make_indirect(Dictionary(S=Name.Sect))
        element.K, element = Array([below]), below


DAMAGES = (circle, twice, no_kind, no_element, no_list, far_off, endless)


def test_a_pack_of_all_sorts_is_tagged_from_its_pages_up_and_back():
    damaged = altered(circle)
    pdf = bound(tagged(), untagged(2), damaged, tagged())
    read = Read(pdf)
    assert held(pdf) == [("", "en"), ("Paper 1", "de"), ("Paper 4", "de")]
    assert read.said[:3] == [(0, "/Document"), (1, "/Document"), (2, "/H1")]
    assert ["/StructParents" in page for page in read.pages] == [True, True, False, False, False, True]
    assert len([key for key in read.held if len(key) == 1]) == 3  # a link in the agenda, one in each tagged paper
    assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "en")
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as about:
        assert (about["dc:title"], "pdfuaid:part" in about) == ("The pack", False)
    assert pdf.check_pdf_syntax() == []


def test_pages_without_tags_are_neither_tagged_nor_called_decoration():
    pdf = bound(untagged(), altered(circle))
    drawn = "".join(part.read_bytes().decode("latin-1") for part in pdf.pages[1].Contents)
    assert drawn.count("/Artifact") == 1  # the page's number alone
    with Pdf.open(io.BytesIO(tagged())) as paper:
        assert list(marks_of(pdf.pages[2].obj)) == list(marks_of(paper.pages[0].obj))
    assert len(Read(pdf).held) == len(Read(bound()).held)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_tags_are_left_behind_and_the_paper_stays(damage):
    paper = altered(damage)
    assert look_at(paper).tagged is False
    pdf = bound(paper, tagged())
    Read(pdf)
    assert held(pdf) == [("", "en"), ("Paper 2", "de")]
    assert len(pdf.pages) == 3


def test_the_way_back_is_written_anew_where_it_leads_astray():
    def astray(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.ParentTree = Dictionary(Nums=Array([0, root]))
        root.K[0].P = root.K[0]

    pdf = bound(altered(astray))
    assert Read(pdf).said == Read(bound(tagged())).said


def test_elements_of_pages_that_were_taken_out_are_left_out():
    long = render_pdf("<h1>One</h1><h2 style='break-before: page'>Two</h2>", title="Two pages")

    def first_page_alone(pdf: Pdf) -> None:
        del pdf.pages[1]

    read = Read(bound(altered(first_page_alone, long)))
    kinds = [kind for _level, kind in read.said]
    assert (kinds.count("/H1"), kinds.count("/H2")) == (2, 0)


def test_names_that_papers_share_keep_their_own_meaning():
    def named(kind: str, colour: str) -> bytes:
        def change(pdf: Pdf) -> None:
            root = pdf.Root.StructTreeRoot
            root.RoleMap = Dictionary({"/Own": Name.Other, "/Other": Name(kind), "/P": Name.H6, "/Loop": Name.Loop})
            root.ClassMap = Dictionary({"/Look": Dictionary(O=Name.Layout, Color=String(colour))})
            root.K[0].K[0].S, root.K[0].K[0].C = Name.Own, Name.Look

        return altered(change)

    pdf = bound(named("/H2", "red"), named("/H3", "blue"), named("/H2", "red"))
    read, root = Read(pdf), pdf.Root.StructTreeRoot
    firsts = [one.K[0] for one in list(root.K.K)[1:]]
    assert [read.roles[str(one.S)] for one in firsts] == ["/H2", "/H3", "/H2"]
    assert [str(root.ClassMap[str(one.C[0])].Color) for one in firsts] == ["red", "blue", "red"]
    assert "/P" not in read.roles


def test_the_cells_of_each_papers_table_name_their_own_heads():
    read = Read(bound(tagged(), tagged()))
    assert len(read.ids) == 6
    assert {name.split("-")[0] for name in read.ids} == {"1", "2"}


def test_several_elements_at_the_top_stand_below_one():
    def without_its_own(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.K = pdf.Root.StructTreeRoot.K[0].K

    pdf = bound(altered(without_its_own))
    assert held(pdf)[1] == ("Paper 1", "de")
    assert Read(pdf).said == Read(bound(tagged())).said


def test_a_pack_of_what_has_no_tags_claims_none():
    made = bind(untagged(), [("One", untagged())], title="The pack", foot="{page}")
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root
