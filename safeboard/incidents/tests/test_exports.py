"""Taking incidents out: by whom, with which columns, with a reason, and noted in each one's history."""

import io
import uuid
import zipfile
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from safeboard.core import history
from safeboard.core.models import Entry
from safeboard.incidents import jobs
from safeboard.incidents.models import Export, Incident
from safeboard.incidents.operations import exports

from .factories import CANARY, allegation, reported

pytestmark = pytest.mark.django_db
CHILD = {"kin": "child", "part": "affected", "name": "=Robin Marten", "birth_date": "2014-05-06"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def lead(cast, checked_client):
    checked_client.cookies = cast.client_for(cast.lead).cookies
    return checked_client


def make(client, query="", **given):
    fields = {"kind": "csv", "reason": "For the panel", "form_key": str(uuid.uuid4()), **given}
    return client.post(f"/incidents/export/{query}", fields, follow=True)


def file_of(client, cast, who="lead"):
    with cast.wall_of(getattr(cast, who)):
        pk = Export.objects.latest("pk").pk
    return client.get(f"/incidents/export/{pk}/file/")


def test_the_table_holds_what_was_chosen_and_no_more(cast, lead):
    reported(cast, people=[CHILD], where="By the lagoon")
    make(lead)
    plain = file_of(lead, cast).content.decode("utf-8-sig")
    assert "Bullying" in plain
    assert CANARY not in plain
    assert "Marten" not in plain
    make(lead, groups=["words", "people", "referrals", "duties"])
    whole = file_of(lead, cast).content.decode("utf-8-sig")
    for words in (CANARY, "By the lagoon", "'=Robin Marten", "2014-05-06", "Read the report"):
        assert words in whole, words


def test_a_spreadsheet(cast, lead):
    reported(cast, people=[CHILD])
    make(lead, kind="xlsx", groups=["words"])
    sheet = load_workbook(io.BytesIO(file_of(lead, cast).content)).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert CANARY in texts
    assert any("Confidential" in text for text in texts)


def test_it_is_noted_with_count_in_each_history_and_without_words(cast, lead):
    first, second = reported(cast), reported(cast)
    make(lead, groups=["words"], reason="For the heron panel")
    file_of(lead, cast)
    made = Entry.objects.get(verb="incidents.export_made")
    assert made.facts["rows"] == 2
    assert made.facts["groups"] == ["words"]
    assert Entry.objects.filter(verb="incidents.export_taken").count() == 1
    for incident in (first, second):
        assert history.of(incident).filter(verb="incidents.exported").count() == 1
        shown = lead.get(f"/incidents/{incident.pk}/history/").content.decode()
        assert "Took it out of the service" in shown
    assert "heron" not in str([entry.facts for entry in Entry.objects.all()])


@pytest.mark.parametrize(
    ("given", "words"),
    [({"reason": ""}, "Fill in"), ({"reason": " "}, "Fill in"), ({"kind": "exe"}, "choose one of the answers")],
)
def test_what_is_missing_is_asked_for(cast, lead, given, words):
    reported(cast)
    assert words in make(lead, **given).content.decode()
    with cast.wall_of(cast.lead):
        assert not Export.objects.exists()


def test_the_same_form_twice_is_one(cast, lead):
    reported(cast)
    key = str(uuid.uuid4())
    make(lead, form_key=key)
    make(lead, form_key=key)
    with cast.wall_of(cast.lead):
        assert Export.objects.count() == 1


def test_nothing_to_take_out_says_so(cast, lead):
    assert "There is nothing to take out" in make(lead).content.decode()


def test_only_what_one_handles_is_taken(cast):
    mine = reported(cast, by="responsible_person", narrative="A heron")
    hidden = allegation(cast, about="Somebody Staff", narrative="An otter")
    head = cast.client_for(cast.responsible_person)
    make(head, groups=["words"])
    text = file_of(head, cast, "responsible_person").content.decode("utf-8-sig")
    assert hidden.reference in text
    assert mine.reference not in text
    for who, status in (("staff", 403), ("inspector", 403), ("colleague", 403), ("other_lead", 200)):
        assert cast.client_for(getattr(cast, who)).get("/incidents/export/").status_code == status, who


def test_the_subject_takes_nothing_of_it(cast):
    allegation(cast)
    assert "There is nothing to take out" in make(cast.client_for(cast.designated_officer)).content.decode()


def test_an_export_is_its_makers_alone(cast, lead):
    reported(cast)
    make(lead)
    with cast.wall_of(cast.lead):
        pk = Export.objects.get().pk
    for who in ("designated_officer", "other_lead"):
        for end in ("", "file/"):
            assert cast.client_for(getattr(cast, who)).get(f"/incidents/export/{pk}/{end}").status_code == 404


def test_the_records_are_printed_by_the_worker(cast, lead, monkeypatch):
    monkeypatch.setattr("safeboard.documents.pdf.render_pdf", lambda html, title: html.encode())
    incident = reported(cast, people=[CHILD])
    page = make(lead, kind="records").content.decode()
    with cast.wall_of(cast.lead):
        export = Export.objects.get()
        Incident.objects.get(pk=incident.pk)
    if "are being printed" in page:
        assert lead.get(f"/incidents/export/{export.pk}/").headers["Refresh"]
        jobs.print_records.func(export=export.pk, agency=cast.agency.pk)
    archive = zipfile.ZipFile(io.BytesIO(file_of(lead, cast).content))
    assert archive.namelist() == ["contents.csv", f"{incident.reference}.pdf"]
    assert CANARY in archive.read(f"{incident.reference}.pdf").decode()
    assert CANARY.encode() not in bytes(cache.get(exports.key_of(export)))
    assert "Your export is ready" in lead.get(f"/incidents/export/{export.pk}/").content.decode()


def test_who_lost_the_role_meanwhile_gets_no_file(cast, lead, monkeypatch):
    reported(cast)
    monkeypatch.setattr("safeboard.incidents.views.exports.print_records", Mock())
    make(lead, kind="records")
    with cast.wall_of(cast.lead):
        export = Export.objects.get()
    cast.lead.memberships.update(ended_at="2020-01-01T00:00Z")
    jobs.print_records.func(export=export.pk, agency=cast.agency.pk)
    assert exports.kept_file(export) is None
    with cast.wall_of(cast.designated_officer):
        export.refresh_from_db()
    assert export.failed_at
