"""Messages are read by whom they are for; administrators see that they wait, never what they say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.core.access import job_access
from safeboard.outbox import operations
from safeboard.outbox.choices import State
from safeboard.outbox.models import ClockState, Message
from tests.support.pages import check_page

pytestmark = pytest.mark.django_db

SUBJECT, TEXT = (
    "Canary subject 7731",
    "Canary text 7732: http://127.0.0.1:8000/join/abc/ and http://elsewhere.example/x",
)


@pytest.fixture
def made(cast):
    """A message for the lead, caused by the board's officer, and one for nobody with an account."""

    def send(by=None, **given):
        words = {"to": cast.lead, "email": "", "kind": "invitation", "subject": SUBJECT, "body": TEXT}
        return operations.send(by=cast.access_for(by or cast.board_officer), **{**words, **given})

    return send


def page_of(cast, person, name, *args):
    response = cast.client_for(person).get(reverse(f"outbox:{name}", args=args))
    check_page(response)
    return response


def test_the_addressee_reads_it_with_links_to_this_service_alone(cast, made):
    message = made()
    listed = page_of(cast, cast.lead, "messages").content.decode()
    assert SUBJECT in listed
    assert "Canary text" not in listed
    shown = page_of(cast, cast.lead, "message", message.pk).content.decode()
    assert '<a class="govuk-link" href="http://127.0.0.1:8000/join/abc/">' in shown
    assert "http://elsewhere.example/x" in shown
    assert 'href="http://elsewhere' not in shown


def test_who_caused_it_hands_it_over_where_nothing_is_posted(cast, made):
    message = made(to=None, email="new@example.org")
    shown = page_of(cast, cast.board_officer, "message", message.pk).content.decode()
    assert "http://127.0.0.1:8000/join/abc/" in shown
    assert 'href="http://127.0.0.1:8000/join/abc/"' not in shown


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT, State.FAILED])
def test_who_caused_it_does_not_read_what_is_posted(cast, made, state):
    message = made(to=None, email="new@example.org")
    now = timezone.now()
    Message.objects.filter(pk=message.pk).update(state=state, sent_at=now, failed_at=now)
    response = page_of(cast, cast.board_officer, "message", message.pk)
    assert response.status_code == 200
    assert "7732" not in response.content.decode()


@pytest.mark.parametrize("who", ["staff", "designated_officer", "other_lead", "board_officer", "administrator"])
def test_nobody_else_finds_it_not_even_who_caused_it(cast, made, who):
    message = made()
    person = cast.people[who]
    assert cast.client_for(person).get(reverse("outbox:message", args=[message.pk])).status_code == 404
    assert "7731" not in page_of(cast, person, "messages").content.decode()


def test_a_message_of_a_job_is_nobodys_to_hand_over(cast, made):
    message = operations.send(
        by=job_access("tests"), to=None, email="x@example.org", kind="invitation", subject=SUBJECT, body=TEXT
    )
    for who in ("lead", "board_officer", "administrator"):
        assert cast.client_for(cast.people[who]).get(reverse("outbox:message", args=[message.pk])).status_code == 404


@pytest.mark.parametrize("name", ["messages", "service"])
def test_signing_in_comes_first(client, db, name):
    assert client.get(reverse(f"outbox:{name}")).status_code == 302


@pytest.mark.parametrize("who", ["lead", "staff", "board_manager", "board_officer", "inspector", "infrastructure"])
def test_the_service_is_for_administrators(cast, made, who):
    client = cast.client_for(cast.people[who])
    assert client.get(reverse("outbox:service")).status_code == 403
    assert client.post(reverse("outbox:again", args=[1])).status_code == 403


def test_administrators_see_that_messages_fail_and_wait_but_no_text(cast, made, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    made(to=None, email="not an address")
    made()
    ClockState.objects.create(name="outbox.post", failures=2, last_error="OSError (posting.py:1 post)")
    shown = page_of(cast, cast.administrator, "service").content.decode()
    assert "1 waiting, 1 failed, 0 sent, 0 shown" in shown
    assert "OSError (posting.py:1 post)" in shown
    assert "not an address" in shown
    assert "No worker has been seen" in shown
    assert "773" not in shown
    assert "lead@example.org" not in shown


def test_administrators_try_a_failed_message_again(cast, made, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    message = made()
    client = cast.client_for(cast.administrator)
    assert client.get(reverse("outbox:again", args=[message.pk])).status_code == 405
    Message.objects.update(state=State.FAILED, failed_at=timezone.now())
    response = client.post(reverse("outbox:again", args=[message.pk]), follow=True)
    check_page(response)
    assert "in the queue again" in response.content.decode()
    message.refresh_from_db()
    assert message.state == State.QUEUED
    Message.objects.update(state=State.SENT, sent_at=timezone.now())
    assert client.post(reverse("outbox:again", args=[message.pk])).status_code == 404


@pytest.mark.parametrize(("name", "who"), [("messages", "lead"), ("service", "administrator")])
def test_lists_take_as_many_queries_for_many_rows_as_for_one(
    cast, made, settings, django_assert_max_num_queries, name, who
):
    settings.EMAIL_HOST = "127.0.0.1"
    client = cast.client_for(cast.people[who])
    made()
    with django_assert_max_num_queries(15) as one:
        client.get(reverse(f"outbox:{name}"))
    for number in range(3):
        made(subject=f"More {number}")
    with django_assert_max_num_queries(len(one)):
        client.get(reverse(f"outbox:{name}"))


def test_html_in_a_message_stays_text(cast, made):
    message = made(subject="<b>x</b>", body="<script>alert(1)</script>")
    shown = page_of(cast, cast.lead, "message", message.pk).content.decode()
    assert "<script>alert" not in shown
    assert "<b>x</b>" not in shown
