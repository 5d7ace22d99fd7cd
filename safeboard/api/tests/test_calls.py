"""Calls to other programs: off by default, to set addresses alone, signed, without a word of a case, tried again."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from safeboard.api import checks, clocks, operations, posting
from safeboard.api.models import Call
from safeboard.incidents.tests.factories import reported

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/safeboard"


@pytest.fixture
def hooked(settings):
    """One address, and what is called in place of it."""
    settings.SAFEBOARD_WEBHOOK_URLS = [URL]
    settings.SAFEBOARD_WEBHOOK_SECRET = "s" * 40
    operations.note_events()


@pytest.fixture
def posted(monkeypatch):
    """What was sent: address and body each."""
    found: list[tuple[str, dict]] = []
    monkeypatch.setattr(posting, "post", lambda url, body: found.append((url, body)))
    return found


def test_nothing_is_called_by_default(cast, posted):
    reported(cast)
    assert clocks.calls() == 0
    assert posted == []
    assert not Call.objects.exists()


def test_an_event_is_a_kind_ids_and_a_time(cast, hooked, posted):
    incident = reported(cast)
    assert clocks.calls() == 1
    assert clocks.calls() == 0
    [(url, body)] = posted
    assert url == URL
    assert set(body) == {"id", "event", "at", "place", "about"}
    assert (body["event"], body["about"], body["place"]) == (
        "incident.reported",
        incident.pk,
        f"agency-{cast.agency.pk}",
    )
    assert "CANARY" not in json.dumps(list(Call.objects.values_list("body", "to")))


def test_what_is_away_is_tried_again_and_then_given_up(cast, hooked, monkeypatch):
    monkeypatch.setattr(posting, "post", lambda *_given: (_ for _ in ()).throw(OSError("secret of the other side")))
    reported(cast)
    for _attempt in range(6):
        clocks.calls()
        Call.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    call = Call.objects.get()
    assert (call.state, call.attempts, call.last_error) == ("failed", 5, "OSError")


def test_an_address_that_is_not_set_any_more_is_not_called(cast, hooked, posted, settings):
    reported(cast)
    operations.note_events()
    settings.SAFEBOARD_WEBHOOK_URLS = ["https://other.example.org/"]
    clocks.calls()
    assert Call.objects.get().state == "failed"
    assert posted == []


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://[::ffff:192.168.1.1]/",
        "https://169.254.169.254/latest",
        "https://name:word@hooks.example.org/",
        "ftp://hooks.example.org/",
        "https:///path",
    ],
)
def test_no_private_network_and_nothing_but_https(url, settings):
    settings.SAFEBOARD_WEBHOOK_URLS, settings.SAFEBOARD_WEBHOOK_SECRET = [url], "s" * 40
    assert posting.faults(url)
    assert [one.id for one in checks.webhooks(None)] == ["api.E001"]
    with pytest.raises(posting.NotTaken):
        posting.post(url, {})


def test_a_secret_is_needed(settings):
    settings.SAFEBOARD_WEBHOOK_URLS, settings.SAFEBOARD_WEBHOOK_SECRET = [URL], "short"
    assert [one.id for one in checks.webhooks(None)] == ["api.E002"]


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "192.168.0.1"], []])
def test_a_name_that_leads_inside_is_not_called(monkeypatch, addresses):
    found = [(2, 1, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(posting.NotTaken):
        posting.address_of(urlsplit(URL))


def test_a_call_is_signed_and_follows_no_redirect(monkeypatch, settings):
    settings.SAFEBOARD_WEBHOOK_SECRET = "s" * 40
    sent = SimpleNamespace(status=204)

    class Connection:
        def __init__(self, parts, address):
            sent.address = address

        def request(self, method, path, data, headers):
            sent.path, sent.data, sent.headers = path, data, headers

        def getresponse(self):
            return SimpleNamespace(status=sent.status)

        def close(self):
            pass

    monkeypatch.setattr(posting, "_Pinned", Connection)
    monkeypatch.setattr(posting, "address_of", lambda _parts: "93.184.216.34")
    posting.post(f"{URL}?a=1", {"event": "x"})
    at = int(sent.headers["Safeboard-Signature"].partition(",")[0].removeprefix("t="))
    assert sent.headers["Safeboard-Signature"] == posting.signature(sent.data, at)
    assert sent.path == "/safeboard?a=1"
    sent.status = 302
    with pytest.raises(posting.NotTaken):
        posting.post(URL, {})
