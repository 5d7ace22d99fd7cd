"""The rule on indecent images of children, as it holds in the browser (PCA 1978 s.1; CJA 1988 s.160)."""

import base64
import os
import tempfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern
from django.urls.converters import UUIDConverter

from safeboard.core import uploads
from safeboard.core.text import holds_file, without_files
from safeboard.incidents import operations
from safeboard.incidents.choices import Images
from safeboard.incidents.models import Draft, Duty, EvidenceFile
from tests.support.hostile import png, png_part

from .evidence import file_on, item_on
from .reporting import DONE, PERSON, WHAT, WHERE, begin, hidden, page_of, send, yesterday
from .test_story import made

pytestmark = pytest.mark.django_db
PICTURE = png(chunks=png_part(b"eXIf", os.urandom(3000)))
DATA_ADDRESS = "data:image/png;base64," + base64.b64encode(PICTURE).decode()


@pytest.fixture
def officer(cast):
    return cast.client_for(cast.designated_officer)


@pytest.fixture
def received(monkeypatch):
    """The names of files that got past the gate, and every chunk of one that was kept."""
    found = []
    names, chunks = uploads.MemoryOnlyUploadHandler.new_file, uploads.MemoryOnlyUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        uploads.MemoryOnlyUploadHandler, "new_file", lambda self, *a, **k: (found.append(a[1]), names(self, *a, **k))[1]
    )
    monkeypatch.setattr(
        uploads.MemoryOnlyUploadHandler,
        "receive_data_chunk",
        lambda self, raw, start: (found.append(len(raw)), chunks(self, raw, start))[1],
    )
    return found


def incident_of(cast, **changes):
    with cast.wall_of(cast.staff):
        return made(cast, **changes)


def add_to(item):
    """Where a file is added to a piece of evidence."""
    return f"/incidents/{item.incident_id}/evidence/{item.pk}/files/add/"


def take_out(file):
    """Where a file is taken out."""
    return f"/incidents/{file.item.incident_id}/evidence/{file.item_id}/files/{file.pk}/"


def picture(content=PICTURE, name="picture.png"):
    return SimpleUploadedFile(name, content, "image/png")


def count(cast):
    with cast.wall_of(cast.staff):
        return EvidenceFile.objects.count()


# Where none is taken -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("images", [Images.MAYBE, Images.YES])
def test_a_file_is_refused_unread_and_the_page_says_what_to_do(cast, officer, received, images, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)  # whoever would write one fails
    item = item_on(cast, incident_of(cast, images=images))
    assert 'type="file"' not in officer.get(add_to(item)).content.decode()
    response = officer.post(add_to(item), {"file": picture()})
    assert response.status_code == 403
    page = response.content.decode()
    assert "refused unread" in page
    for words in ("Stop, and close it", "Leave the device as it is", "Call the police", "tel:999", "tel:101"):
        assert words in page
    assert "delete" not in page.lower()
    assert response.wsgi_request.refused_upload
    assert not response.wsgi_request.FILES
    assert received == []
    assert count(cast) == 0


def test_a_large_body_is_refused_unread_though_the_token_is_read_from_it(cast, received):
    closed, other = item_on(cast, incident_of(cast, images=Images.MAYBE)), item_on(cast, incident_of(cast))
    browser = cast.client_for(cast.designated_officer)
    browser.handler.enforce_csrf_checks = True
    token = hidden(browser.get(add_to(other)), "csrfmiddlewaretoken")
    large = picture(PICTURE + b"x" * 12_000_000)
    response = browser.post(add_to(closed), {"file": large, "csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert "refused unread" in response.content.decode()
    assert received == []
    assert browser.post(add_to(other), {"file": picture(), "csrfmiddlewaretoken": token}).status_code == 302
    assert received[0] == "picture.png"


def test_nothing_is_read_without_the_second_factor_or_signed_out(cast, received):
    item = item_on(cast, incident_of(cast, images=Images.MAYBE))
    for browser in (cast.client_for(cast.designated_officer, second_factor=False), cast.client_for(None)):
        assert browser.post(add_to(item), {"file": picture()}).status_code == 302
    assert received == []
    assert count(cast) == 0


def posting_routes():
    """Every route of the room that takes a post, but the one that takes files."""
    from safeboard.incidents.urls import urlpatterns

    routes = [one for one in urlpatterns if isinstance(one, URLPattern)]
    return [one for one in routes if "POST" in one.callback.page_mark.methods and one.name != "evidence-file-add"]


def test_no_other_page_of_the_room_keeps_a_file(cast, officer, received, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    incident = incident_of(cast)
    browser = cast.client_for(cast.designated_officer)
    key = begin(browser)
    routes = posting_routes()
    assert len(routes) >= 8
    for route in routes:
        names = route.pattern.converters
        uuids = {name: key if name == "key" else uuid4() for name in names if isinstance(names[name], UUIDConverter)}
        values = dict.fromkeys(names, incident.pk) | uuids
        values |= {name: "becta-incident" for name in names if names[name].regex in ("[^/]+", "[-a-zA-Z0-9_]+")}
        response = browser.post("/incidents/" + _address(route, values), {"file": picture(), "text": "words"})
        assert response.wsgi_request.refused_upload, route.name
        assert not response.wsgi_request.FILES, route.name
    assert received == []
    assert count(cast) == 0


def _address(route, values):
    address = str(route.pattern)
    for name, value in values.items():
        start = address.rfind("<", 0, address.index(f"{name}>"))
        address = address[:start] + str(value) + address[address.index(">", start) + 1 :]
    return address


def test_a_file_with_a_page_of_the_report_is_told_and_the_words_are_saved(cast):
    browser = cast.client_for(cast.staff)
    key = begin(browser, images="yes")
    page = browser.post(page_of("done", key), {**DONE, "file": picture()}, follow=True).content.decode()
    assert "refused unread" in page
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["actions"] == DONE["actions"]


# A later change of mind --------------------------------------------------------------------------------------


def test_files_are_sealed_when_it_turns_out_to_be_about_images_and_nobody_opens_them(cast, officer):
    incident = incident_of(cast)
    by = cast.access_for(cast.designated_officer)
    kept = file_on(cast, item_on(cast, incident), name="CANARY-name.png", content=PICTURE)
    with cast.wall_of(cast.staff):
        operations.change(by=by, incident=incident, edition=incident.edition, fields={"images": Images.MAYBE})
        assert Duty.objects.filter(incident=incident, to="police").exists()
    for who in ("designated_officer", "lead", "responsible_person", "administrator", "staff"):
        browser = cast.client_for(cast.people[who])
        for response in (browser.get(take_out(kept)), browser.post(take_out(kept), {"why": "I must see it"})):
            assert response.status_code in (403, 404), who
            assert PICTURE[50:200] not in response.content
    for page in (f"/incidents/{incident.pk}/evidence/{kept.item_id}/", add_to(kept.item)):
        text = officer.get(page).content.decode()
        assert "ealed" in text
        assert "CANARY-name" not in text
    assert count(cast) == 1
    with cast.wall_of(cast.staff):
        incident.refresh_from_db()
        operations.change(by=by, incident=incident, edition=incident.edition, fields={"images": Images.NO})
    assert officer.get(take_out(kept)).status_code == 403
    assert "CANARY-name" not in officer.get(f"/incidents/{incident.pk}/evidence/{kept.item_id}/").content.decode()


# Files dressed as text -----------------------------------------------------------------------------------------

WRAPPED = "\r\n".join(base64.encodebytes(PICTURE).decode().splitlines())
FIELDS = [("what", "narrative"), ("where", "where"), ("where", "address"), ("who", "name"), ("done", "actions")]
FILLED = {
    "what": {**WHAT},
    "where": {**WHERE, "setting": "elsewhere"},
    "who": PERSON,
    "done": DONE,
}


@pytest.mark.parametrize("file", ["data:image/png;base64,iVBORw0KGgo=", DATA_ADDRESS[:190]])
@pytest.mark.parametrize(("name", "field"), [*FIELDS, ("done", "evidence")])
def test_a_data_address_is_taken_out_of_every_field_and_the_words_stay(cast, name, field, file):
    reporter = cast.client_for(cast.staff)
    key = begin(reporter)
    text = f"My words {file}"[:110] if field == "name" else f"My words {file}"
    response = send(reporter, page_of(name, key), {**FILLED[name], **yesterday(), field: text})
    assert response.status_code == 200
    page = response.content.decode()
    assert "dressed as text" in page
    assert "My words" in page
    assert "iVBORw0" not in page
    with cast.wall_of(cast.staff):
        assert field not in Draft.objects.get().answers


@pytest.mark.parametrize("text", [base64.b64encode(PICTURE).decode(), WRAPPED, PICTURE.hex(), DATA_ADDRESS])
def test_runs_of_base_64_are_found_in_whatever_form(text):
    for whole in (text, f"See: {text} end", text.replace("\r\n", "\n")):
        assert holds_file(whole)
        assert not holds_file(without_files(whole))
    assert without_files(f"My words {text}\nand more").startswith("My words [a file was here")


@pytest.mark.parametrize(
    "text",
    [
        "She sent me data: photos/videos, and more",
        "x" * 100_000,
        "https://example.org/a/" + "path-with-words/" * 20,
        "A long story about a child. " * 300,
        "-" * 500,
    ],
)
def test_ordinary_words_are_no_file(text):
    assert not holds_file(text)
    assert without_files(text) == text


def test_what_is_kept_over_a_sign_in_holds_no_file(cast):
    browser = cast.client_for(cast.staff)
    key = begin(browser)
    mark = hidden(browser.get(page_of("done", key)), "kept_for")
    browser.logout()
    browser.post(page_of("done", key), {"actions": f"Words {DATA_ADDRESS}", "kept_for": mark})
    from safeboard.core import kept

    fields = dict(kept._open(browser.session[kept.BOX])["fields"])
    assert fields["actions"].startswith("Words [a file")
