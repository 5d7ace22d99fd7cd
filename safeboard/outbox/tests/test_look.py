"""The pages in a real browser: nothing for axe to find, nothing that scrolls sideways on a phone."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.outbox import clocks, operations
from safeboard.outbox.choices import State
from safeboard.outbox.models import ClockState, Message
from tests.support.browser import check_whole

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's loop runs in the thread of the test


def send(cast, by="board_officer", **given):
    words = {"to": cast.lead, "kind": "duty-late", "subject": "Safeboard: something needs you by 17:40, 3 December"}
    body = "A duty needs you. Sign in to see what it is.\n\n" + operations.link("/incidents/AB-2026-0017/")
    return operations.send(by=cast.access_for(cast.people[by]), **{**words, "body": body, **given})


@pytest.fixture
def look(cast, live_server, new_page):
    """Look at an address as somebody, at a desk and on a phone."""

    def at(who, address):
        cookie = cast.client_for(cast.people[who]).cookies["sessionid"].value
        for phone in (False, True):
            page = new_page(phone=phone)
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
            page.goto(address)
            check_whole(page)

    return at


def test_messages(cast, look):
    message = send(cast)
    for number in range(60):
        send(cast, subject=f"Number {number} of many things that need you")
    look("lead", "/messages/")
    look("lead", f"/messages/{message.pk}/")
    handed = send(cast, to=None, email="new.colleague@example.org", kind="invitation")
    look("board_officer", "/messages/")
    look("board_officer", f"/messages/{handed.pk}/")
    look("staff", "/messages/")


def test_service(cast, look, settings):
    look("administrator", "/service/")
    settings.EMAIL_HOST = "127.0.0.1"
    now = timezone.now()
    for _number in range(3):
        send(cast)
    failed = send(cast, to=None, email="a.long.address.of.somebody.somewhere@alder-bank.example.org")
    Message.objects.filter(pk=failed.pk).update(
        state=State.FAILED, failed_at=now, attempts=5, last_error="SMTPRecipientsRefused 550"
    )
    clocks.tick()
    ClockState.objects.filter(name="core.checkpoint").update(
        failures=2, last_error="PermissionError (history.py:190 checkpoint)", last_ok=now - timedelta(days=2)
    )
    look("administrator", "/service/")
