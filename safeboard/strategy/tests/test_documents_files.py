"""What is handed out of documents: Word, PDF, the pages that anybody may read."""

from __future__ import annotations

import io
import uuid

import pytest
from django.urls import reverse
from docx import Document as WordFile
from pikepdf import Pdf

from safeboard.documents.pdf import render_pdf
from safeboard.strategy.documents_files import as_html, as_word, edition_now, edition_of
from safeboard.strategy.models import Document, Version
from tests.support.office import needs_office, opened

from .documents import PIES, begun, published, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast, desk):
    """A strategy in force, as it is printed."""
    version = desk.do(lambda by: published(by, begun(by, **PIES)))
    with cast.wall_of(cast.board_officer):
        return edition_of(Version.objects.select_related("board").get(pk=version.pk))


def test_the_word_file_is_one_that_a_director_would_sign(edition):
    content = as_word(edition)
    made = WordFile(io.BytesIO(content))
    heads = [one.text for one in made.paragraphs if one.style.name.startswith("Heading")]
    assert heads[0] == "1. Position statement"
    assert {"6. Priorities and objectives", "1. Policies and practices", "Annex A: action plan"} <= set(heads)
    assert "Annex B: words and meanings" in heads
    assert heads[-1] == "Signed for the board"
    plan = made.tables[0]
    assert len(plan.rows) == 25
    assert [cell.text for cell in plan.rows[1].cells][:3] == [
        "1.1.1",
        "Ask every agency for its lead and who stands in",
        "E-safety officer",
    ]
    about = made.core_properties
    assert (about.author, about.last_modified_by, about.title) == ("", "", edition.whole.title)
    body = made.element.xml
    assert 'TOC \\o "1-2"' in body
    assert made.styles.element.xml.count('w:val="en-GB"') >= 1
    foot = made.sections[0].footer._element.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot
    assert made.sections[0].header.paragraphs[0].text == edition.whole.title
    assert as_word(edition) == content


def test_the_pdf_has_tags_title_bookmarks_and_language(edition):
    content = render_pdf(as_html(edition), title=edition.whole.title, lang="en-GB")
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as about:
            assert about["dc:title"] == edition.whole.title
            assert str(about["pdfuaid:part"]) == "1"
        with pdf.open_outline() as outline:
            top = outline.root[0]
            marks = [one.title for one in top.children]
        assert "/Author" not in pdf.docinfo
    assert marks[:2] == ["Contents", "1. Position statement"]
    assert "Annex: action plan" in marks


def test_a_draft_says_that_nobody_agreed_to_it(cast, desk):
    document = desk.do(small)
    with cast.wall_of(cast.board_officer):
        now = edition_now(Document.objects.select_related("board").get(pk=document.pk))
    assert "Draft, not agreed" in as_html(now)
    made = WordFile(io.BytesIO(as_word(now)))
    assert made.sections[0].header.paragraphs[0].text == "Safe online in Eastmarch – draft, not agreed"


@needs_office
def test_libreoffice_opens_the_word_file_with_all_its_words(edition, tmp_path):
    content = as_word(edition)
    shown = " ".join(opened(content, "docx", "txt:Text", tmp_path).split())
    made = WordFile(io.BytesIO(content))
    written = [one.text for one in made.paragraphs] + [c.text for t in made.tables for row in t.rows for c in row.cells]
    assert [text for text in written if " ".join(text.split()) not in shown] == []


def test_files_are_handed_to_whoever_may_read(cast, desk, agency_desk):
    document = desk.do(small)
    answer = desk.client.get(reverse("strategy:draft-file", args=[document.key, "docx"]))
    assert answer["Content-Disposition"] == 'attachment; filename="strategy-draft.docx"'
    version = desk.do(published, document)
    assert agency_desk.client.get(reverse("strategy:version-file", args=[version.key, "docx"])).status_code == 200
    assert agency_desk.client.get(reverse("strategy:version-file", args=[version.key, "pdf"])).status_code in (200, 202)
    agency_desk.get("draft-file", document.key, "docx", status=403)


@pytest.fixture
def anybody(cast):
    """A browser of somebody who is not signed in."""
    return cast.client_for(None)


def test_anybody_reads_the_plain_pages_and_nothing_else(desk, anybody):
    document = desk.do(begun, **PIES)
    url, child = (reverse(f"strategy:{name}", args=[document.key]) for name in ("public", "public-children"))
    assert anybody.get(url).status_code == 404
    desk.do(published, document)
    page = anybody.get(url).content.decode()
    assert "We make clear rules" in page
    assert "Ask every agency" not in page
    page = anybody.get(child).content.decode()
    assert "You have a right to be safe online" in page
    assert "0800 1111" in page


def test_what_is_not_meant_for_all_stays_closed(desk, anybody):
    document = desk.do(begun, **PIES)
    desk.do(lambda by: published(by, document, public=False))
    assert anybody.get(reverse("strategy:public", args=[document.key])).status_code == 404
    assert anybody.get(reverse("strategy:public", args=[uuid.uuid4()])).status_code == 404
