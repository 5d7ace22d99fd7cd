"""Files of evidence: taken, sealed, taken out with a reason, removed on police instruction, and all that is refused."""

from __future__ import annotations

import hashlib
import os
import resource
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from safeboard.core import uploads
from safeboard.core.models import Entry
from safeboard.core.sealed import SealedBytesField
from safeboard.documents.files import CannotScan, Found
from safeboard.incidents import operations
from safeboard.incidents.choices import Images, Scan, Status
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Draft, EvidenceFile, FileOpening, Incident, Note
from safeboard.incidents.queries import evidence as reading
from safeboard.partnership.models import ImportRun
from tests.support.hostile import EICAR, Hostile, hostile, jpeg, multipart, pdf, png, png_part

from .evidence import file_on, item_on
from .factories import reported
from .reporting import begin, page_of

pytestmark = pytest.mark.django_db
PICTURE = png(chunks=png_part(b"eXIf", os.urandom(3000)))


@pytest.fixture
def officer(cast):
    return cast.client_for(cast.designated_officer)


@pytest.fixture
def item(cast):
    return item_on(cast, reported(cast))


@pytest.fixture
def received(monkeypatch):
    """The names of files that got past the gate."""
    found, kept = [], uploads.MemoryOnlyUploadHandler.new_file
    monkeypatch.setattr(
        uploads.MemoryOnlyUploadHandler, "new_file", lambda self, *a, **k: (found.append(a[1]), kept(self, *a, **k))[1]
    )
    return found


def add_to(item):
    return f"/incidents/{item.incident_id}/evidence/{item.pk}/files/add/"


def page_of_file(file):
    return f"/incidents/{file.item.incident_id}/evidence/{file.item_id}/files/{file.pk}/"


def upload(content=PICTURE, name="picture.png", declared="image/png"):
    return SimpleUploadedFile(name, content, declared)


def count(cast):
    with cast.wall_of(cast.lead):
        return EvidenceFile.objects.count()


# Taken ---------------------------------------------------------------------------------------------------------------


def test_a_file_is_added_and_taken_out_with_a_reason_as_a_file(cast, officer, item):
    page = officer.post(add_to(item), {"file": upload()}, follow=True).content.decode()
    assert "The file is added. It is encrypted." in page
    assert "picture.png" in page
    with cast.wall_of(cast.lead):
        kept = EvidenceFile.objects.select_related("item").get()
        assert (kept.sha256, kept.size) == (hashlib.sha256(PICTURE).hexdigest(), len(PICTURE))
        assert (kept.media_type, kept.scan, kept.label) == ("image/png", Scan.NOT_SCANNED, "E1-1")
    assert "Why do you need it?" in officer.get(page_of_file(kept)).content.decode()
    response = officer.post(page_of_file(kept), {"why": "For the police"})
    assert response.content == PICTURE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="picture.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    entry = Entry.objects.filter(verb="incidents.file_taken_out").get()
    assert (entry.person, entry.facts["file"]) == (cast.designated_officer, kept.pk)
    assert "police" not in str(entry.facts)
    with cast.wall_of(cast.lead):
        assert FileOpening.objects.get().why == "For the police"


def test_no_file_leaves_without_a_reason(cast, officer, item):
    kept = file_on(cast, item)
    for given in ({}, {"why": "  "}):
        response = officer.post(page_of_file(kept), given)
        assert response["Content-Type"].startswith("text/html")
        assert b"What was said" not in response.content
    assert not Entry.objects.filter(verb="incidents.file_taken_out").exists()


def test_the_bytes_lie_sealed_in_the_database(cast, item, django_db_blocker):
    from django.db import connection

    file_on(cast, item, content=b"unmistakable words of a witness")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM incidents_evidencefile")
        raw = bytes(cursor.fetchone()[0])
    assert raw.startswith(b"s1")
    assert b"unmistakable" not in raw
    assert isinstance(EvidenceFile._meta.get_field("content"), SealedBytesField)


@pytest.mark.parametrize("who", ["staff", "colleague", "inspector", "infrastructure", "other_lead", "board_officer"])
def test_only_those_who_handle_it_see_or_add_files(cast, item, who, received):
    kept = file_on(cast, item)
    stranger = cast.client_for(cast.people[who])
    for address in (add_to(item), page_of_file(kept)):
        assert stranger.get(address).status_code in (403, 404)
    assert stranger.post(add_to(item), {"file": upload()}).status_code in (403, 404)
    assert stranger.post(page_of_file(kept), {"why": "Let me see"}).status_code in (403, 404)
    assert count(cast) == 1
    assert received == []


def test_the_file_of_one_piece_of_evidence_is_not_found_under_another(cast, item):
    kept, other = file_on(cast, item), item_on(cast, item.incident)
    browser = cast.client_for(cast.designated_officer)
    assert browser.get(page_of_file(kept).replace(f"evidence/{item.pk}", f"evidence/{other.pk}")).status_code == 404


# Refused -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", b"", "0 bytes"),
        ("a.png", b"MZ\x90\x00 a program", "Only PDF, PNG, JPEG and plain text"),
        ("a.txt", b"x" * 5_000_001, "larger than 5 MB"),
        ("a.txt", b"x" * 20_500_000, "larger than 5 MB"),
        ("a.txt", EICAR, "virus scanners"),
        ("a.pdf", PICTURE, "does not fit its content, which is PNG"),
        ("a.zip", b"PK\x03\x04", "Archives are not taken"),
        ("a.docx", b"PK\x03\x04", "Office files are not taken"),
    ],
)
def test_a_file_that_is_not_taken_gets_a_clear_word(cast, officer, item, name, content, words):
    response = officer.post(add_to(item), {"file": upload(content, name)})
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert "Nothing was added" in page
    assert count(cast) == 0


def test_no_file_at_all_gets_a_clear_word(officer, item):
    assert "Choose a file first" in officer.post(add_to(item), {}).content.decode()


def test_a_concluded_incident_takes_no_file(cast, officer, item, received):
    with cast.wall_of(cast.lead):
        Incident.objects.update(status=Status.CONCLUDED, concluded_at=timezone.now())
    assert "takes no files now" in officer.post(add_to(item), {"file": upload()}).content.decode()
    assert received == []


def test_there_is_an_end_to_number_and_size(cast, item, monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 2)
    file_on(cast, item)
    file_on(cast, item)
    with pytest.raises(Refused, match="has 2 files"):
        file_on(cast, item_on(cast, item.incident))
    monkeypatch.setattr(reading, "MOST_FILES", 20)
    monkeypatch.setattr(reading, "MOST_BYTES", 30)
    with pytest.raises(Refused, match="25 MB together"):
        file_on(cast, item)


# Scanned -------------------------------------------------------------------------------------------------------------


def scanned(cast, item, said):
    person = cast.lead
    with cast.wall_of(person):
        return operations.add_file(
            by=cast.access_for(person), item=item, name="a.txt", content=b"words", scanner=lambda content: said
        )


def test_what_the_scanner_says_is_kept_with_the_file(cast, item):
    assert scanned(cast, item, Found.NOTHING).scan == Scan.CLEAN
    assert scanned(cast, item, Found.NO_SCANNER).scan == Scan.NOT_SCANNED


def test_what_the_scanner_refuses_is_not_kept_and_the_refusal_is(cast, item):
    with pytest.raises(Refused, match="something harmful"):
        scanned(cast, item, Found.MALWARE)
    assert count(cast) == 0
    assert Entry.objects.get(verb="incidents.file_refused").facts == {"item": item.pk, "refused": "malware"}


def test_where_the_scanner_does_not_answer_nothing_is_kept(cast, officer, item, settings):
    settings.SAFEBOARD_CLAMD = "unix:/nowhere/clamd.ctl"
    page = officer.post(add_to(item), {"file": upload()}).content.decode()
    assert "The virus scanner does not answer" in page
    assert count(cast) == 0

    def broken(content):
        raise CannotScan("gone")

    with cast.wall_of(cast.lead), pytest.raises(Refused, match="does not answer"):
        operations.add_file(by=cast.access_for(cast.lead), item=item, name="a.txt", content=b"words", scanner=broken)


# Sealed, and removed on police instruction ------------------------------------------------------------------------


@pytest.fixture
def sealed(cast, item):
    """A file on an incident that turned out to be about images."""
    kept, by = file_on(cast, item), cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        held = Incident.objects.get(pk=item.incident_id)
        operations.change(by=by, incident=held, edition=held.edition, fields={"images": Images.YES})
        return EvidenceFile.objects.select_related("item").get(pk=kept.pk)


TOLD = {"told_by": "DC Bo Example 99, Eastmarch Police", "reference": "EP/1/26"}


def test_a_sealed_file_goes_on_police_instruction_and_who_gave_it_stays(cast, officer, sealed):
    page = f"{page_of_file(sealed)}removed/"
    assert "Only the police can say that this file goes" in officer.get(page).content.decode()
    assert "Write their reference" in officer.post(page, {"told_by": "DC Bo"}).content.decode()
    text = officer.post(page, TOLD, follow=True).content.decode()
    assert "Instructed by DC Bo Example 99, Eastmarch Police, reference EP/1/26" in text
    with cast.wall_of(cast.lead):
        row = EvidenceFile.objects.get()
        assert (bytes(row.content), row.size, row.removed_by) == (b"", 13, cast.designated_officer)
        assert row.sha256
    entry = Entry.objects.get(verb="incidents.file_removed")
    assert "Bo" not in str(entry.facts)
    assert "Only a file that is sealed" in officer.post(page, TOLD, follow=True).content.decode()


@pytest.mark.parametrize("who", ["lead", "responsible_person", "staff", "administrator", "other_designated_officer"])
def test_nobody_but_the_designated_officer_removes_a_file(cast, sealed, who):
    browser = cast.client_for(cast.people[who])
    assert browser.post(f"{page_of_file(sealed)}removed/", TOLD).status_code in (403, 404)
    with cast.wall_of(cast.lead):
        assert EvidenceFile.objects.get().removed_at is None


def test_a_file_that_is_not_sealed_is_never_removed(cast, officer, item):
    kept = file_on(cast, item)
    assert (
        "Only a file that is sealed"
        in officer.post(f"{page_of_file(kept)}removed/", TOLD, follow=True).content.decode()
    )
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer), pytest.raises(Refused, match="sealed"):
        operations.remove_file(by=by, file=kept, told_by="x", reference="y")


# Hostile files at every upload point ----------------------------------------------------------------------------


def pushed(browser, address: str, one: Hostile, field: str = "file"):
    """Push a file at an address as a browser does; the answer, which is never an error of the server's."""
    body, kind = multipart(field, one)
    response = browser.generic("POST", address, body, content_type=kind)
    assert response.status_code < 500, (address, one.sort, one.name[:60])
    return response


def test_hostile_files_leave_nothing_at_any_upload_point(cast, item, received):
    push_everywhere(cast, item, received, 60)


@pytest.mark.nightly
def test_five_hundred_hostile_files_leave_nothing_within_ten_seconds_and_512_megabytes_each(cast, item, received):
    push_everywhere(cast, item, received, 500)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 512 * 1024


def push_everywhere(cast, item, received, many: int) -> None:
    """Push that many files at each point that takes files, and at some that take none; nothing is kept of them."""
    officer, runner = cast.client_for(cast.designated_officer), cast.client_for(cast.board_officer)
    images = item_on(cast, reported(cast, images=Images.MAYBE))
    key = begin(officer)
    closed = [add_to(images), f"/incidents/{item.incident_id}/note/", page_of("what", key), "/people/invite/"]
    slowest = 0.0
    for number, one in enumerate(hostile(many)):
        for browser, address in ((officer, add_to(item)), (runner, "/imports/")):
            started = time.monotonic()
            pushed(browser, address, one)
            slowest = max(slowest, time.monotonic() - started)
        past = list(received)
        pushed(officer, closed[number % len(closed)], one)
        assert received == past, "a page that takes no files read one"
    assert slowest < 10
    with cast.wall_of(cast.designated_officer):
        assert (EvidenceFile.objects.count(), Note.objects.count(), Draft.objects.count()) == (0, 0, 1)
    with cast.wall_of(cast.board_officer):
        assert ImportRun.objects.count() <= many // 20, "what could be read as a list is a preview, and no more"


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf()), ("a.png", png()), ("a.jpg", jpeg()), ("a.txt", b"x")])
def test_what_is_honest_is_taken_at_the_same_point(cast, item, name, content):
    browser = cast.client_for(cast.designated_officer)
    assert pushed(browser, add_to(item), Hostile("honest", name, content)).status_code == 302
    assert count(cast) == 1
