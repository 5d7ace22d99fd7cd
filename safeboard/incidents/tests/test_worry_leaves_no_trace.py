"""Many reports from as many places leave nothing that tells who sent them: in database, log, mail or backup."""

from __future__ import annotations

import io
import logging
import sqlite3
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory

from safeboard.core.unseen import COUNTER, HOUR, Counter, UnseenMiddleware
from safeboard.core.wall import open_for
from safeboard.incidents.models import Worry
from safeboard.incidents.tests.worries import WORDS, Sender, begun, opened
from safeboard.incidents.views import voice_public
from safeboard.outbox.models import Message
from safeboard.outbox.operations import deliver
from safeboard.partnership import queries as partnership
from safeboard.web.logs import QuietFormatter

pytestmark = pytest.mark.django_db


def traces(number: int) -> dict[str, str]:
    """What a browser and its connection tell of themselves: like nobody else's."""
    address = f"198.{18 + number // 65536}.{number // 256 % 256}.{number % 256}"
    return {
        "REMOTE_ADDR": address,
        "HTTP_X_FORWARDED_FOR": f"2001:db8::{number + 4096:x}",
        "HTTP_FORWARDED": f"for=zqforwarded{number}qz",
        "HTTP_X_REAL_IP": f"zqreal{number}qz",
        "HTTP_USER_AGENT": f"zqagent{number}qz",
        "HTTP_REFERER": f"https://zqpage{number}qz.example.org/",
        "HTTP_COOKIE": f"sessionid=zqsession{number}qz; csrftoken=zqtoken{number}qz",
        "HTTP_SEC_CH_UA": f"zqhint{number}qz",
    }


def found_in(text: bytes) -> list[str]:
    """The traces that stand in these bytes."""
    signs = [b"zqforwarded", b"zqreal", b"zqagent", b"zqpage", b"zqsession", b"zqtoken", b"zqhint", b"2001:db8"]
    signs += [f"198.18.{number}.".encode() for number in range(4)]
    return [sign.decode() for sign in signs if sign in text]


def backup(folder: Path) -> bytes:
    """The whole database as a backup holds it: of SQLite page by page, deleted rows too; of PostgreSQL every row."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(folder / "copy.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        return (folder / "copy.sqlite3").read_bytes()
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            rows += [str(row[0]) for row in cursor.fetchall()]
        return "\n".join(rows).encode()


@pytest.fixture
def log():
    """All that is logged, as it is written."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db(transaction=True)  # a backup waits for the end of a transaction
@pytest.mark.parametrize("many", [100, pytest.param(1000, marks=pytest.mark.nightly)])
def test_many_reports_leave_no_trace(cast, log, tmp_path, monkeypatch, settings, many):
    COUNTER.forget()
    monkeypatch.setattr(voice_public, "SENDS", {"each": 2, "in_all": many + 1})
    settings.EMAIL_HOST = "mail.example.org"
    board = opened(cast)
    client = Client()
    address = f"/worry/{board.pk}/child/write/"
    for number in range(many):
        data = {**begun(text=f"{WORDS} {number}", place=str(cast.setting.pk)), "step": "danger", "do": "send"}
        answer = client.post(address, data, **traces(number))
        assert answer.status_code == 200
        assert not answer.cookies
    with open_for(casework=partnership.every_agency()):
        assert Worry.objects.count() == many
    for message in Message.objects.all()[:20]:
        deliver(message.pk)
    written = {
        "database and backup": backup(tmp_path),
        "log": log.getvalue().encode(),
        "mail": "".join(one.message().as_string() for one in mail.outbox).encode(),
    }
    assert {where: found_in(text) for where, text in written.items() if found_in(text)} == {}
    assert WORDS.encode() not in written["database and backup"]


def test_an_error_on_the_way_leaves_no_trace_either(cast, log, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(WORDS)

    board = opened(cast)
    monkeypatch.setattr(voice_public.operations, "send_worry", broken)
    client = Client(raise_request_exception=False)
    data = {**begun(text=WORDS), "step": "danger", "do": "send"}
    assert client.post(f"/worry/{board.pk}/child/write/", data, **traces(7)).status_code == 500
    assert client.get(f"/worry/{board.pk}/nobody/", **traces(8)).status_code == 404
    written = log.getvalue()
    assert "RuntimeError" in written
    assert WORDS not in written
    assert found_in(written.encode()) == []


def test_the_search_that_this_test_makes_would_find_something():
    assert found_in(str(traces(300)).encode())


def test_what_could_tell_who_asks_is_gone_before_anything_else_sees_the_request():
    seen = {}

    def next_one(request):
        seen.update({name: value for name, value in request.META.items() if isinstance(value, str)})
        seen["cookies"] = str(request.COOKIES)
        return voice_public.HttpResponse()

    request = RequestFactory().get("/worry/", HTTP_ACCEPT_LANGUAGE="cy", **traces(5))
    answer = UnseenMiddleware(next_one)(request)
    assert found_in(str(seen).encode()) == []
    assert seen["HTTP_ACCEPT_LANGUAGE"] == "cy"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_other_pages_are_left_as_they_are():
    request = RequestFactory().get("/help/", **traces(5))
    UnseenMiddleware(lambda _request: voice_public.HttpResponse())(request)
    assert request.META["HTTP_USER_AGENT"] == "zqagent5qz"


def test_every_public_page_of_ours_stands_where_nobody_is_seen(cast):
    from safeboard.core.unseen import UNSEEN
    from tests.architecture.addresses import routes

    public = [route for route in routes() if route.view.__module__ == voice_public.__name__]
    assert public
    for route in public:
        gaps = {"board": 1, "sender": "child"}
        assert route.path({name: gaps[name] for name in route.kwargs}).startswith(UNSEEN)


def test_a_bucket_says_nothing_of_the_address_and_lasts_an_hour():
    now = [0.0]
    counter = Counter(clock=lambda: now[0])
    first = counter.bucket("192.0.2.1")
    assert counter.bucket("192.0.2.1") == first != counter.bucket("192.0.2.2")
    assert [counter.take("send", first, each=2, in_all=9) for _ in range(3)] == [True, True, False]
    assert not counter.take("send", "another", each=2, in_all=2)
    now[0] = HOUR
    assert counter.bucket("192.0.2.1") != first
    assert counter.take("send", first, each=1, in_all=1)


def test_behind_a_proxy_the_limit_is_of_the_address_that_it_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    middleware = UnseenMiddleware(lambda _request: voice_public.HttpResponse())
    buckets = []
    for forwarded in ("192.0.2.1", "10.9.9.9, 192.0.2.1", "192.0.2.9"):
        request = RequestFactory().get("/worry/", HTTP_X_FORWARDED_FOR=forwarded)
        middleware(request)
        buckets.append(request.bucket)
    assert buckets[0] == buckets[1] != buckets[2]


def test_the_page_carries_the_words_sealed(cast):
    child = Sender(opened(cast))
    child.open()
    assert WORDS not in child.say("write", text=WORDS)
