"""A document that takes long is made by the worker, once, while a page waits."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from safeboard.documents.prepared import key_of, prepared, print_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_asked_for_once_and_then_there():
    cache.clear()
    key = key_of("test", "parts")
    html = "<html lang='en'><body><h1>Words</h1></body></html>"
    for _ in range(3):
        assert prepared(key, print_pdf, html=html, title="Words") is None
    assert DBTaskResult.objects.count() == 1
    call_command("worker", "--once", verbosity=0)
    assert prepared(key, print_pdf, html=html, title="Words").startswith(b"%PDF-")


def test_a_key_says_nothing_of_its_parts():
    assert "secret" not in key_of("poster", {"place": "secret"})
    assert key_of("poster", {"a": 1}) == key_of("poster", {"a": 1}) != key_of("poster", {"a": 2})


def test_a_poster_is_waited_for_and_opens_by_itself(cast, checked_client):
    cache.clear()
    client = cast.client_for(cast.lead)
    page = client.get("/charts/child-tells/poster-a4.pdf")
    assert (page.status_code, page["Refresh"]) == (202, "2")
    assert "Your document is being made" in page.content.decode()
    call_command("worker", "--once", verbosity=0)
    made = client.get("/charts/child-tells/poster-a4.pdf")
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert made.content.startswith(b"%PDF-")
