"""Papers and the pack: what is taken, how long it may be, who reads it, one PDF of all of it."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import timedelta

import docx
import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.documents import office
from safeboard.documents.binding import Bound, Looked, look_at
from safeboard.documents.files import Unfit, judge
from safeboard.documents.tests.tag_reader import Read
from safeboard.documents.tests.test_tags import tagged
from safeboard.meetings import operations
from safeboard.meetings.errors import Refused
from safeboard.meetings.models import Pack, Paper
from safeboard.meetings.operations import papers
from safeboard.meetings.queries.meetings import papers_of
from safeboard.meetings.queries.pack import packed
from safeboard.meetings.queries.sheet import sheet_of
from safeboard.meetings.tests.factories import held, item_of, pdf
from safeboard.partnership.models import Membership
from tests.support.office import needs_office

pytestmark = pytest.mark.django_db


def word() -> bytes:
    file, buffer = docx.Document(), io.BytesIO()
    file.add_paragraph("A short report")
    file.save(buffer)
    return buffer.getvalue()


def paper(by, item, content=None, name="paper.pdf", **given):
    given = {"title": "A paper", **given}
    return operations.add_paper(by=by, item=item, name=name, content=content or pdf(), given=given)


def test_a_paper_is_kept_sealed_with_its_pages(cast, by, opened, meeting):
    row = paper(by, item_of(cast, meeting), pdf(3))
    assert (row.pages, bytes(Paper.objects.get(pk=row.pk).content)[:5]) == (3, b"%PDF-")


def test_a_paper_of_three_hundred_pages_needs_a_summary(cast, by, opened, meeting):
    item, long = item_of(cast, meeting), pdf(300)
    with pytest.raises(Refused, match="300 pages"):
        paper(by, item, long)
    assert paper(by, item, long, summary="Read chapter 2").pages == 300


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("paper.pdf", b"%PDF-1.4 cut off", "broken"),
        ("macro.docm", b"PK\x03\x04more", "Office files"),
        ("paper.docx", b"PK\x03\x04no zip", "broken"),
        ("sheet.xlsx", b"PK\x03\x04more", "Office files"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(cast, by, opened, meeting, name, content, why):
    item = item_of(cast, meeting)
    with pytest.raises(Refused, match=why):
        operations.add_paper(by=by, item=item, name=name, content=content, given={"title": "A paper"})
    assert Paper.objects.count() == 0


def test_a_word_paper_is_taken_unless_something_runs_or_is_fetched():
    clean = word()
    assert judge("report.docx", clean, word=True).ending == ".docx"
    with pytest.raises(Unfit):
        judge("report.docx", clean)
    template = b'<Relationship Id="x" Type="t/attachedTemplate" TargetMode="External" Target="http://example.org/"/>'
    for name, more in (("word/vbaProject.bin", b"x"), ("word/_rels/settings.xml.rels", template)):
        box = io.BytesIO(clean)
        with zipfile.ZipFile(box, "a") as changed:
            changed.writestr(name, more)
        with pytest.raises(Unfit):
            judge("report.docx", box.getvalue(), word=True)


@needs_office
def test_word_papers_go_into_the_pack_by_libreoffice():
    made = office.as_pdf({"1": word()})
    assert look_at(made["1"]) == Looked(1, tagged=True)


def test_twenty_papers_become_one_numbered_pdf_with_bookmarks_title_language_and_tags(
    cast, by, opened, meeting, monkeypatch
):
    monkeypatch.setattr(office, "PROGRAMS", ())  # a Word paper is then listed beside the pack
    item = item_of(cast, meeting)
    for number in range(19):
        paper(by, item, tagged() if number % 2 else pdf(2), title=f"Paper {number}")
    paper(by, item, pdf(300), title="A long one", summary="Read chapter 2")
    paper(by, item, word(), name="report.docx", title="In Word")
    begun = time.process_time()
    made = packed(by, meeting)
    assert time.process_time() - begun < 10
    with pikepdf.open(io.BytesIO(made.content)) as found, found.open_outline() as outline:
        titles = [one.title for one in outline.root]
        assert titles == [meeting.title, *(f"Paper {n}" for n in range(19)), "A long one"]
        assert len(found.pages) == made.pages > 10 * 2 + 9 + 300
        assert str(found.Root.Lang).startswith("en")
        assert Read(found).said.count((1, "/Document")) == 1 + 9
        assert found.open_metadata()["dc:title"] == meeting.title
        for number, page in ((1, found.pages[0]), (made.pages, found.pages[-1])):
            assert f"Page {number} of {made.pages}".encode() in page.Contents[-1].read_bytes()


def test_a_pack_holds_what_who_asked_may_read(cast, by, opened, meeting):
    item, secret = item_of(cast, meeting), item_of(cast, meeting, "A case", confidential=True)
    paper(by, item, title="Open")
    paper(by, item, title="Secret paper", confidential=True)
    paper(by, secret, title="Paper of a secret item")
    member = cast.access_for(cast.subgroup_member)
    everything = [one.title for one in papers_of(by, sheet_of(meeting))]
    assert everything == ["Open", "Secret paper", "Paper of a secret item"]
    for access in (member, cast.access_for(cast.board_inspector)):
        assert [one.title for one in papers_of(access, sheet_of(meeting))] == ["Open"]
    made = packed(member, meeting)
    with pikepdf.open(io.BytesIO(made.content)) as found, found.open_outline() as outline:
        assert [one.title for one in outline.root] == [meeting.title, "Open"]


def test_a_confidential_paper_is_not_there_for_others(cast, by, opened, meeting):
    row = paper(by, item_of(cast, meeting), confidential=True)
    address = reverse("meetings:paper", args=[meeting.pk, row.pk])
    assert cast.client_for(cast.board_manager).get(address).status_code == 200
    for person in (cast.subgroup_member, cast.board_inspector, cast.other_board_officer):
        assert cast.client_for(person).get(address).status_code == 404


def test_a_pack_is_for_who_asked_and_stale_once_something_changed(cast, by, opened, meeting):
    item = item_of(cast, meeting)
    pack = operations.ask_for_pack(by=by, meeting=meeting)
    assert operations.ask_for_pack(by=by, meeting=meeting) == pack
    operations.make_pack(by=by, pack=pack)
    assert operations.take_pack(by=by, pack=pack)[:5] == b"%PDF-"
    with pytest.raises(PermissionDenied):
        operations.take_pack(by=cast.access_for(cast.board_manager), pack=pack)
    paper(by, item)
    assert operations.take_pack(by=by, pack=pack) == b""
    assert operations.ask_for_pack(by=by, meeting=meeting) != pack


def test_the_worker_makes_the_pack_as_who_asked_may_read_it_now(cast, by, opened, meeting, monkeypatch):
    pack = operations.ask_for_pack(by=by, meeting=meeting)
    lost = operations.ask_for_pack(by=cast.access_for(cast.subgroup_member), meeting=meeting)
    Membership.objects.filter(person=cast.subgroup_member).update(ended_at=timezone.now())
    monkeypatch.setattr(papers, "packed", lambda by, meeting: Bound(f"for {by.person.name}".encode(), 1))
    with wall.open_for():
        for one in (pack, lost):
            papers.make_pack_soon.call(one.pk, cast.board.pk)
    pack.refresh_from_db()
    lost.refresh_from_db()
    assert (bytes(pack.content), bool(pack.made_at)) == (b"for Olga Officer", True)
    assert (lost.size, bool(lost.failed_at)) == (0, True)


def test_old_packs_are_emptied(cast, by, opened, meeting):
    given = {"meeting": meeting, "board": cast.board, "asked_by": cast.board_officer, "content": b"%PDF-", "size": 5}
    for days in (0, 2):
        Pack.objects.create(**given, made_of=str(days), made_at=timezone.now() - timedelta(days=days))
    assert operations.clear_packs() == 1
    assert [one.size for one in Pack.objects.order_by("made_of")] == [5, 0]


def test_nothing_is_added_once_minutes_are_approved(cast, by, opened):
    meeting = held(cast, {})
    item = item_of(cast, meeting)
    type(meeting).objects.filter(pk=meeting.pk).update(approved_on=meeting.day)
    with pytest.raises(Refused, match="approved"):
        paper(by, item)
