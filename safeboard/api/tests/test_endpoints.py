"""What programs get: incidents, reports, notes, duties, the picture; and problems in plain words."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone

from safeboard.api.choices import Scope
from safeboard.api.limits import METER
from safeboard.api.tests.helpers import ALERT, REPORT, program, token_of
from safeboard.core.models import Entry
from safeboard.incidents.models import Incident, Note
from safeboard.incidents.tests.factories import CANARY, allegation, reported, rows
from safeboard.insight.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_minute():
    METER.clear()


def test_a_report_is_made_once_and_says_that_a_program_made_it(cast):
    asking = program(cast, cast.lead)
    answers = [asking.post("/incidents", REPORT, **{"Idempotency-Key": "one"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    first, second = (one.json() for one in answers)
    assert first == second
    with cast.wall_of(cast.lead):
        incident = Incident.objects.get()
    assert (incident.pk, incident.reported_by) == (first["id"], cast.lead)
    assert incident.classification
    entry = Entry.objects.get(verb="incidents.reported")
    assert entry.person == cast.lead
    assert entry.job.startswith("api-token-")
    shown = cast.client_for(cast.designated_officer).get(f"/incidents/{incident.pk}/history/").content.decode()
    assert "A program with a token of Lena Lead" in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"happened_on": "yesterday"}, "happened_on"),
        ({"kind": "no-such-kind"}, "scenario"),
        ({"how_found": "no-such-way"}, "how_found"),
        ({"setting": 999999}, "setting"),
        ({"narrative": ""}, "narrative"),
        ({"narrative": "see data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"}, "narrative"),
        ({"file": "x.png"}, "file"),
        ({"images": "unsure"}, "images"),
        ({"people": [{"kin": "child", "part": "nobody"}]}, "people.0.part"),
        ({"people": [{"kin": "child", "part": "affected", "birth_date": "2026-03-05"}]}, "people.0.birth_date"),
    ],
)
def test_what_the_form_refuses_is_refused_in_words(cast, change, field):
    answer = program(cast, cast.lead).post("/incidents", {**REPORT, **change})
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert field in [one["field"] for one in answer.json()["errors"]]
    assert "iVBOR" not in answer.content.decode()
    with cast.wall_of(cast.lead):
        assert not Incident.objects.exists()


def test_what_the_kind_says_of_images_holds(cast):
    answer = program(cast, cast.lead).post("/incidents", {**REPORT, "kind": "accidental-illegal"})
    assert answer.json()["images"] == "maybe"


def test_the_list_goes_page_by_page_and_each_incident_comes_once(cast):
    rows(cast, 7)
    asking, found, cursor = program(cast, cast.lead), [], ""
    while True:
        page = asking.get(f"/incidents?limit=3{cursor}").json()
        found += [one["id"] for one in page["incidents"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(found) == len(set(found)) == 7
    assert CANARY not in json.dumps(page)
    assert asking.get("/incidents?cursor=made-up").status_code == 422
    assert len(asking.get("/incidents?kind=network-misuse").json()["incidents"]) == 0


def test_a_filter_that_is_not_known_is_refused_and_the_known_ones_are_named(cast):
    refused = program(cast, cast.lead).get("/incidents?stauts=open")
    assert refused.status_code == 422
    assert "Known here: status, kind" in refused.json()["detail"]
    assert "stauts" not in refused.content.decode()
    assert program(cast, cast.lead).get("/incidents?status=open&limit=5").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(cast, django_assert_max_num_queries, count):
    rows(cast, count)
    asking = program(cast, cast.lead)
    asking.get("/incidents")
    with django_assert_max_num_queries(6):
        assert len(asking.get("/incidents").json()["incidents"]) == count


def test_one_incident_is_what_the_maker_may_read(cast):
    incident = reported(cast, people=[{"kin": "child", "part": "affected", "name": "Kay"}])
    asking = program(cast, cast.lead)
    told = asking.get(f"/incidents/{incident.pk}").json()
    assert told["narrative"] == CANARY
    assert told["people"][0]["name"] == "Kay"
    assert told["duties"][0]["incident"] == incident.pk
    assert "content" not in json.dumps(told)
    assert Entry.objects.filter(verb="incidents.saw", object_id=incident.pk, person=cast.lead).count() == 1
    about = allegation(cast, about="Hugo Head")
    assert asking.get(f"/incidents/{about.pk}").status_code == 404
    assert program(cast, cast.designated_officer).get(f"/incidents/{about.pk}").status_code == 200
    theirs = allegation(cast, about="Dora Designated")
    assert program(cast, cast.designated_officer).get(f"/incidents/{theirs.pk}").status_code == 404


def test_a_note_is_added_once_and_not_to_what_is_concluded(cast):
    incident = reported(cast)
    asking = program(cast, cast.lead)
    for _ in range(2):
        answer = asking.post(f"/incidents/{incident.pk}/notes", {"text": "Rang both"}, **{"Idempotency-Key": "n"})
        assert answer.status_code == 201
    with cast.wall_of(cast.lead):
        assert Note.objects.filter(incident=incident).count() == 1
        Incident.objects.filter(pk=incident.pk).update(status="concluded", concluded_at=timezone.now())
    assert asking.post(f"/incidents/{incident.pk}/notes", {"text": "Late"}).status_code == 403
    assert asking.post("/incidents/999999/notes", {"text": "Late"}).status_code == 404


def test_duties_are_the_makers(cast):
    incident = reported(cast)
    owed = program(cast, cast.designated_officer).get("/duties").json()["duties"]
    assert [one["reference"] for one in owed] == [incident.reference]
    assert program(cast, cast.lead).get("/duties").json()["duties"] == []


def test_the_picture_gives_what_was_released(cast):
    tables = {"total": 48, "kinds": [["bullying-harassment", "c"]], "classifications": [], "agencies": []}
    with cast.wall_of(cast.board_officer):
        Release.objects.create(board=cast.board, year=2025, quarter=2, tables=tables, final=True)
    told = program(cast, cast.board_officer, Scope.PICTURE_READ).get("/picture").json()
    assert told["quarters"][0]["total"] == 48
    assert told["quarters"][0]["kinds"] == [{"line": "bullying-harassment", "count": "c"}]


# Who gets in --------------------------------------------------------------------------------------------------


def test_a_cookie_opens_nothing(cast):
    client = cast.client_for(cast.lead)
    for path in ("/incidents", "/duties", "/picture"):
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
    assert client.post("/api/v1/alerts", "{}", content_type="application/json").status_code == 401


def test_another_scope_opens_nothing_here(cast):
    asking = program(cast, cast.lead, Scope.ALERTS_WRITE)
    assert asking.get("/incidents").status_code == 403
    assert asking.post("/incidents", {}).status_code == 403
    assert program(cast, cast.board_officer, Scope.PICTURE_READ).get("/incidents").status_code == 403


def test_a_token_ends_with_its_makers_role_its_day_and_its_account(cast):
    token, _secret = token_of(cast, cast.lead, Scope.INCIDENTS_READ)
    asking = program(cast, cast.lead, Scope.INCIDENTS_READ)
    assert asking.get("/incidents").status_code == 200
    held = cast.lead.memberships.get()
    held.ended_at = timezone.now()
    held.save()
    assert asking.get("/incidents").status_code == 401
    held.ended_at = None
    held.save()
    token.__class__.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert asking.get("/incidents").status_code == 401
    token.__class__.objects.update(ends_on=timezone.localdate())
    assert asking.get("/incidents").status_code == 200
    cast.lead.is_active = False
    cast.lead.save()
    assert asking.get("/incidents").status_code == 401


def test_roles_given_later_add_nothing_to_a_token(cast):
    from safeboard.partnership.tests.factories import MembershipFactory

    about = allegation(cast, about="Hugo Head")
    before = program(cast, cast.lead)
    MembershipFactory(person=cast.lead, role="designated_officer", agency=cast.agency)
    assert before.get(f"/incidents/{about.pk}").status_code == 404
    assert program(cast, cast.lead).get(f"/incidents/{about.pk}").status_code == 200


def test_files_and_forms_are_refused_unread(cast):
    asking = program(cast, cast.lead)
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "image/png"):
        answer = asking.client.generic(
            "POST", "/api/v1/incidents", b"x", kind, headers={"Authorization": f"Bearer {asking.secret}"}
        )
        assert answer.status_code == 415
    assert asking.ask("POST", "/incidents", {"narrative": "x" * 3_000_000}).status_code == 413


def test_too_many_are_told_when_to_come_again(cast):
    asking = program(cast, cast.lead)
    with mock.patch.dict("safeboard.api.door.A_MINUTE", {Scope.INCIDENTS_READ: 2}):
        answers = [asking.get("/duties") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 61


def test_what_breaks_says_nothing_of_what_was_sent(cast, caplog):
    asking = program(cast, cast.lead)
    with mock.patch("safeboard.incidents.operations.report", side_effect=ValueError("CANARY")):
        answer = asking.post("/incidents", REPORT)
    assert answer.status_code == 500
    assert "CANARY" not in answer.content.decode()
    with mock.patch("safeboard.incidents.operations.report", side_effect=OperationalError("locked CANARY")):
        answer = asking.post("/incidents", REPORT)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert not [one for one in caplog.records if "CANARY" in one.getMessage()]
    assert logging.getLevelName(caplog.records[-1].levelno) == "ERROR"


def test_what_is_not_json_is_said_to_be_so(cast):
    asking = program(cast, cast.lead)
    answer = asking.client.generic(
        "POST", "/api/v1/alerts", "{no", "application/json", headers={"Authorization": f"Bearer {asking.secret}"}
    )
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("What was sent is not JSON")
    assert asking.post("/alerts/no-such-product", ALERT).status_code == 404


# The description ----------------------------------------------------------------------------------------------


def test_the_description_names_every_endpoint_with_its_refusals(client):
    told = client.get("/api/v1/openapi.json").json()
    found = {f"{method} {path}": one for path, methods in told["paths"].items() for method, one in methods.items()}
    assert len(found) == 14
    for name, one in found.items():
        assert one["description"], name
        assert one["security"], name
        assert {"401", "403", "404", "415", "422", "429"} <= set(one["responses"]), name
    assert "file" not in json.dumps(told["components"]["schemas"]["ReportIn"]["properties"]).replace("never a file", "")


def test_the_page_about_it_names_them_too(checked_client):
    shown = checked_client.get("/api/").content.decode()
    assert "POST /api/v1/alerts" in shown
    assert "https://" not in shown.replace("https://www.w3", "").split("<main")[1].split("</main")[0]
