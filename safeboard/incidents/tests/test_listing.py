"""The list: who sees what, filters, sorting, pages, downloads, and few queries whatever the rows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.incidents.models import Duty

from .factories import CANARY, allegation, reported, rows

pytestmark = pytest.mark.django_db


def signed_in(checked_client, cast, person, **more):
    checked_client.cookies = cast.client_for(person, **more).cookies
    return checked_client


def queries_for(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_one_row_three_and_fifty_take_the_same_few_queries(cast, checked_client):
    client = signed_in(checked_client, cast, cast.designated_officer)
    client.get("/incidents/")
    counts = []
    for more in (1, 2, 47):
        rows(cast, more)
        counts.append(queries_for(client, "/incidents/"))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15
    assert client.get("/incidents/").content.count(b"<tr>") == 51


def test_the_list_says_how_many_and_what_state(cast, checked_client):
    incident = reported(cast)
    with cast.wall_of(cast.lead):
        Duty.objects.all().delete()
    client = signed_in(checked_client, cast, cast.lead)
    page = client.get("/incidents/").content.decode()
    assert "1 incident<" in page
    assert incident.reference in page
    assert "Bullying or harassment" in page
    assert "No chart has been followed yet." in page
    assert CANARY not in page
    with cast.wall_of(cast.lead):
        Duty.objects.create(
            agency=cast.agency,
            incident=incident,
            key="x",
            kind="record",
            title="Write it down",
            owner="designated_officer",
            due_at=timezone.now() - timedelta(hours=2, minutes=5),
        )
    page = client.get("/incidents/").content.decode()
    assert "Write it down: late by 2 hours." in page
    assert "govuk-tag--red" in page


def test_an_empty_list_says_what_to_do(cast, checked_client):
    page = signed_in(checked_client, cast, cast.staff).get("/incidents/").content.decode()
    assert "No incidents" in page
    assert "Nothing has been reported that you can see." in page


def test_staff_see_their_own_reports_and_other_agencies_none(cast):
    mine, theirs = reported(cast, "staff"), reported(cast, "colleague")
    page = cast.client_for(cast.staff).get("/incidents/").content.decode()
    assert mine.reference in page
    assert theirs.reference not in page
    assert mine.reference not in cast.client_for(cast.other_lead).get("/incidents/").content.decode()
    assert cast.client_for(cast.board_officer).get("/incidents/").status_code == 403


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("", 2),
        ("status=open", 2),
        ("status=concluded", 0),
        ("scenario=email-misuse", 1),
        ("classification=content", 1),
        ("setting=SETTING", 1),
        ("since=2020-01-01", 2),
        ("since=2100-01-01", 0),
        ("until=2100-01-01", 2),
        ("until=2020-01-01", 0),
        ("late=on", 1),
        ("since=yesterday&status=nothing&setting=0&page=99&sort=%00", 2),
    ],
)
def test_the_filter(cast, checked_client, query, hits):
    late = reported(cast, scenario="email-misuse", classification="content", setting=cast.setting)
    reported(cast)
    with cast.wall_of(cast.lead):
        Duty.objects.create(
            agency=cast.agency,
            incident=late,
            key="x",
            kind="record",
            title="x",
            owner="reporter",
            due_at=timezone.now() - timedelta(days=1),
        )
    client = signed_in(checked_client, cast, cast.lead)
    page = client.get(f"/incidents/?{query.replace('SETTING', str(cast.setting.pk))}").content.decode()
    assert len(re.findall(r'href="\d+/"', page)) == hits


@pytest.mark.parametrize("sort", ["reference", "kind", "happened", "reported", "status"])
def test_sorting_both_ways(cast, sort):
    rows(cast, 3)
    client = cast.client_for(cast.lead)
    found = [
        re.findall(r"2025-\d{4}", client.get(f"/incidents/?sort={sign}{sort}").content.decode()) for sign in ("", "-")
    ]
    assert sorted(found[0]) == sorted(found[1])
    if sort == "reference":
        assert found[0] == found[1][::-1] == sorted(found[0])


def test_pages_keep_the_filter(cast):
    rows(cast, 51)
    client = cast.client_for(cast.lead)
    page = client.get("/incidents/?status=open").content.decode()
    assert "?status=open&amp;page=2" in page
    assert len(re.findall(r'href="\d+/"', client.get("/incidents/?status=open&page=2").content.decode())) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_download_holds_no_case_text_and_is_recorded(cast, kind):
    incident = reported(cast)
    response = cast.client_for(cast.lead).get(f"/incidents/download/{kind}/")
    assert response.status_code == 200
    assert CANARY.encode() not in response.content
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        assert incident.reference in text
        assert "2026-03-03" in text
    entry = Entry.objects.get(verb="incidents.list_downloaded")
    assert entry.facts == {"rows": 1, "as": kind}
    assert cast.client_for(cast.lead).get("/incidents/download/exe/").status_code == 404


def test_the_subject_finds_nothing_in_the_list_or_the_download(cast):
    incident = allegation(cast)
    for client, seen in ((cast.client_for(cast.designated_officer), False), (cast.client_for(cast.staff), True)):
        assert (incident.reference in client.get("/incidents/").content.decode()) is seen
        csv = client.get("/incidents/download/csv/").content.decode()
        assert (incident.reference in csv) is seen
