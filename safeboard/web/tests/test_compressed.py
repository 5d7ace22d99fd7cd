"""What is compressed on its way, and what never is: how long it is would tell of what stands in it."""

import gzip

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from safeboard.core.privacy import classified
from safeboard.incidents.tests.factories import reported
from safeboard.web.compressed import PAGES, ROOMS

pytestmark = pytest.mark.django_db
TAKES_IT = {"accept-encoding": "gzip, br"}


def encoding(client, name):
    answer = client.get(reverse(name), headers=TAKES_IT)
    assert answer.status_code == 200
    return answer.headers.get("Content-Encoding")


def as_officer(cast):
    """A client that does not look pages over: it would have to unpack them."""
    client = Client()
    client.cookies = cast.client_for(cast.designated_officer).cookies
    return client


@pytest.mark.parametrize("name", ["home", "help", "charts:list", "charts:directory"])
def test_a_page_without_case_text_is_compressed_for_who_takes_it(cast, name):
    client = as_officer(cast)
    plain = client.get(reverse(name))
    packed = client.get(reverse(name), headers=TAKES_IT)
    assert ("Content-Encoding" in plain, packed["Content-Encoding"]) == (False, "gzip")
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).decode().split("</title>")[0] == plain.text.split("</title>")[0]


@pytest.mark.parametrize("name", ["incidents:list", "account_change_password", "strategy:plan"])
def test_case_text_and_secrets_are_sent_as_they_are(cast, name):
    assert encoding(as_officer(cast), name) is None


def test_an_incident_is_sent_as_it_is(cast):
    incident = reported(cast)
    answer = as_officer(cast).get(reverse("incidents:record", args=[incident.pk]), headers=TAKES_IT)
    assert (answer.status_code, "Content-Encoding" in answer) == (200, False)
    assert incident.narrative in answer.text


def test_a_worry_is_sent_as_it_is():
    assert encoding(Client(), "worry:start") is None


def test_no_room_that_is_compressed_holds_anything_confidential():
    held = {
        f"{model.__name__}.{field}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field, kind in classified(model).items()
        if kind == "confidential"
    }
    assert held == {"Invitation.secret_digest"}, "a digest stands on no page; whatever else it is, take the room out"


def test_every_page_that_is_named_is_there():
    assert [name for name in PAGES if not reverse(name)] == []
