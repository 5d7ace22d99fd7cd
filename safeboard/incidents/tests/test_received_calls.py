"""A telephone call becomes an incident in under a minute; copies to the three; in writing by its own clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.incidents import operations, queries
from safeboard.incidents.errors import FilesRefused, Refused
from safeboard.incidents.models import Duty, Incident, Received
from safeboard.incidents.queries import home_rows
from safeboard.incidents.queries.received import received_by
from safeboard.outbox.models import Message

from .factories import reported
from .helpers import client_of
from .test_handing_on import handed

pytestmark = pytest.mark.django_db
CALL = "/incidents/received/call/"
SAID = "CANARY what CEOP said"


def called(cast, by="staff", **given):
    person = getattr(cast, by)
    with cast.wall_of(person):
        return operations.take_call(by=cast.access_for(person), **{"source": "ceop", "said": SAID, **given})


def test_ceop_rings_and_three_are_owed_a_copy(cast):
    row = called(cast, caller="An officer", reference="CEOP-7")
    with cast.wall_of(cast.lead):
        incident = Incident.objects.get()
        assert (row.state, row.incident_id) == ("accepted", incident.pk)
        assert (incident.how_found, incident.images, incident.narrative) == ("police-or-ceop", "maybe", SAID)
        copies = Duty.objects.filter(kind="tell").values_list("to", flat=True)
        assert sorted(copies) == ["board-chair", "police-team", "social-care-duty-team"]
        assert Duty.objects.filter(key="first-look").exists()
        (written,) = Duty.objects.filter(key=f"written:{row.pk}")
        assert written.due_at == row.written_due_at
    told = set(Message.objects.values_list("to__name", flat=True))
    assert {"Dora Designated", "Lena Lead"} <= told
    assert not any("CANARY" in message.body for message in Message.objects.all())


def test_the_confirmation_in_writing_stops_its_clock(cast):
    row = called(cast, written_due_at=timezone.now() + timedelta(hours=5))
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        for _again in range(2):
            operations.writing_arrived(by=by, received=received_by(by).get(), reference="CEOP-8")
        assert Received.objects.get().reference == "CEOP-8"
        assert Duty.objects.get(key=f"written:{row.pk}").done_at


def test_only_who_rang_and_what_they_said_is_needed(cast, checked_client):
    client = client_of(checked_client, cast, cast.staff)
    page = client.get(CALL)
    key = page.context["form"]["form_key"].value()
    typed = {"form_key": key, "source": "police", "said": "They have found a name"}
    for _again in range(2):
        assert client.post(CALL, typed).status_code == 302
    with cast.wall_of(cast.lead):
        assert Incident.objects.count() == 1
        assert Received.objects.get().from_name == "The police"
    page = client.post(CALL, {"source": "", "said": ""}).content.decode()
    assert "Choose who rang" in page
    assert "Write what they said" in page


def test_a_call_about_somebody_here_is_kept_from_them(cast):
    row = called(cast, about="Dora Designated")
    assert row.allegation
    with cast.wall_of(cast.designated_officer):
        access = cast.access_for(cast.designated_officer)
        assert not received_by(access).exists()
        assert not queries.visible_to(access).exists()
    with cast.wall_of(cast.lead):
        assert not received_by(cast.access_for(cast.lead)).exists()
    with cast.wall_of(cast.responsible_person):
        assert received_by(cast.access_for(cast.responsible_person)).exists()
    assert not Message.objects.filter(to__in=[cast.designated_officer, cast.lead]).exists()


def test_files_and_unknown_bodies_are_refused(cast):
    with pytest.raises(FilesRefused):
        called(cast, said="data:image/png;base64,AAAA")
    with pytest.raises(Refused, match="Choose who rang"):
        called(cast, source="nobody")


def test_colleagues_and_other_agencies_see_nothing_of_it(cast, checked_client):
    row = called(cast)
    path = f"/incidents/received/{row.pk}/"
    assert client_of(checked_client, cast, cast.staff).get(path).status_code == 200
    for who in ("colleague", "other_lead", "other_designated_officer"):
        assert cast.client_for(getattr(cast, who)).get(path).status_code == 404, who
    for who in ("inspector", "board_officer", "administrator"):
        assert cast.client_for(getattr(cast, who)).get(path).status_code == 403, who


def test_the_pages_of_one_that_another_agency_sent(cast, checked_client):
    handed(cast, reported(cast), names=())
    client = client_of(checked_client, cast, cast.other_designated_officer)
    with cast.wall_of(cast.other_designated_officer):
        access = cast.access_for(cast.other_designated_officer)
        (need,) = [one for one in home_rows(access) if one.kind == "received"]
        pk = Received.objects.get().pk
    assert "Alder Bank School has referred something to you" in need.sentence
    assert "Alder Bank School" in client.get("/").content.decode()
    assert "Alder Bank School" in client.get("/incidents/received/").content.decode()
    page = client.get(need.url).content.decode()
    assert "Please look after her brother." in page
    assert "We have it" in page
    assert client.post(f"{need.url}have-it/").status_code == 302
    assert client.get(f"{need.url}refuse/").status_code == 200
    assert "Write why" in client.post(f"{need.url}refuse/", {"why": ""}).content.decode()
    assert client.post(f"{need.url}accept/").status_code == 302
    assert client.get(f"{need.url}answer/").status_code == 200
    assert client.post(f"{need.url}answer/", {"answer": "We will see him"}).status_code == 302
    page = client.get(need.url).content.decode()
    assert "We will see him" in page
    assert client.post(f"{need.url}accept/").status_code == 302
    with cast.wall_of(cast.other_lead):
        assert Received.objects.get(pk=pk).state == "answered"
        new = Incident.objects.get()
    page = client.get(f"/incidents/{new.pk}/").content.decode()
    assert "a referral of Alder Bank School" in page
    assert "Referred to us by Alder Bank School" in page
