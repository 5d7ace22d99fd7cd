"""Messages are written with the change that causes them, go out by a real mail server, and are never in the way."""

import json
import logging
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from safeboard.core import history
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.outbox import operations, posting
from safeboard.outbox.choices import WAITS, State
from safeboard.outbox.models import Message
from safeboard.outbox.worker import Worker

pytestmark = pytest.mark.django_db

CANARY = "Zaunkönig-7731 told her aunt"
JOB = job_access("tests")


@pytest.fixture
def deliver_all(django_capture_on_commit_callbacks):
    """Send with the arguments given, commit, and let the worker do what is due."""

    def do(**given):
        with django_capture_on_commit_callbacks(execute=True):
            message = send(**given)
        Worker().once()
        message.refresh_from_db()
        return message

    return do


def send(**given):
    words = {
        "by": JOB,
        "to": None,
        "email": "somebody@example.org",
        "kind": "invitation",
        "subject": "Something needs you",
        "body": "Open this:\nhttp://127.0.0.1:8000/join/abc/\n",
    }
    return operations.send(**{**words, **given})


@pytest.fixture
def server_down(settings):
    """A mail server is set, and nobody listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"


def make_due(message):
    posting.note_away(None)
    Message.objects.filter(pk=message.pk).update(not_before=timezone.now())


# By a real mail server ------------------------------------------------------------------------------------


def test_the_text_arrives_plain_and_marked_as_automatic(smtp_server, deliver_all, cast):
    message = deliver_all(to=cast.lead, email="", subject="Nächste Schritte", body="Für Sie: ünïcode\r\nZweite Zeile")
    assert message.state == State.SENT
    assert message.sent_at
    [mail] = smtp_server.messages
    assert smtp_server.recipients == [["lead@example.org"]]
    assert mail["Subject"] == "Nächste Schritte"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "lead@example.org"
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    assert mail.get_content().splitlines()[:2] == ["Für Sie: ünïcode", "Zweite Zeile"]
    assert socket.gethostname() not in mail["Message-ID"]


def test_a_subject_cannot_add_headers(smtp_server, deliver_all):
    deliver_all(subject="Hello\r\nBcc: thief@example.org\u2028X-More: 1\x00\u202e", email="a@example.org")
    [mail] = smtp_server.messages
    assert smtp_server.recipients == [["a@example.org"]]
    assert mail["Bcc"] is None
    assert mail["X-More"] is None
    assert mail["Subject"] == "Hello Bcc: thief@example.org X-More: 1"


def test_a_header_forged_in_the_database_is_refused(smtp_server, deliver_all):
    message = send()
    Message.objects.filter(pk=message.pk).update(subject="Hello\nBcc: thief@example.org")
    assert operations.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 1)
    assert smtp_server.messages == []


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "a@" + "x" * 300 + ".org"],
)
def test_an_address_that_cannot_be_used_fails_without_an_error(smtp_server, deliver_all, address):
    message = deliver_all(email=address)
    assert message.state == State.FAILED
    assert smtp_server.messages == []


def test_nothing_is_sent_where_the_change_was_rolled_back(smtp_server, django_capture_on_commit_callbacks):
    class Stop(Exception):
        pass

    def change():
        with transaction.atomic():
            send()
            raise Stop

    with django_capture_on_commit_callbacks(execute=True) as called, pytest.raises(Stop):
        change()
    Worker().once()
    assert called == []
    assert Message.objects.count() == 0
    assert smtp_server.messages == []


def test_the_same_word_twice_is_one_message(smtp_server, deliver_all):
    first = deliver_all(dedupe="duty-late-7")
    second = deliver_all(dedupe="duty-late-7", subject="Another")
    assert first.pk == second.pk
    assert len(smtp_server.messages) == 1


def test_what_is_for_later_waits(smtp_server, deliver_all):
    message = deliver_all(not_before=timezone.now() + timedelta(hours=1))
    assert message.state == State.QUEUED
    make_due(message)
    operations.deliver_due()
    assert len(smtp_server.messages) == 1


def test_a_message_goes_out_once_however_often_it_is_delivered(smtp_server, deliver_all):
    message = deliver_all()
    assert operations.deliver(message.pk) is False
    assert operations.deliver_due() == 0
    assert len(smtp_server.messages) == 1


def test_a_closed_account_gets_nothing(smtp_server, deliver_all, cast):
    cast.staff.is_active = False
    cast.staff.save()
    assert deliver_all(to=cast.staff, email="").state == State.FAILED
    assert smtp_server.messages == []


# A mail server that is away -------------------------------------------------------------------------------


def test_a_server_that_is_away_is_tried_again_with_growing_waits_then_failed(server_down, deliver_all):
    message = deliver_all()
    waits = []
    for _attempt in WAITS:
        assert message.state == State.QUEUED
        assert message.last_error == "ConnectionRefusedError"
        waits.append(round((message.not_before - timezone.now()).total_seconds() / 60))
        make_due(message)
        assert operations.deliver(message.pk) is False
        message.refresh_from_db()
    assert waits == [1, 5, 25, 120]
    assert (message.state, message.attempts) == (State.FAILED, 5)
    assert message.failed_at


def test_a_server_that_is_away_is_not_asked_for_each_message(server_down):
    first, second = send(), send()
    operations.deliver_due()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)


def test_it_arrives_once_the_server_is_back(server_down, deliver_all, request):
    message = deliver_all()
    server = request.getfixturevalue("smtp_server")
    make_due(message)
    assert operations.deliver_due() == 1
    assert len(server.messages) == 1


def test_a_server_that_refuses_is_tried_again_and_its_words_are_not_kept(smtp_server, deliver_all):
    smtp_server.refuse_with = f"554 {CANARY.encode('ascii', 'ignore').decode()}"
    message = deliver_all(body=CANARY)
    assert message.state == State.QUEUED
    assert message.last_error == "SMTPDataError 554"


def test_a_failed_message_is_queued_again_by_hand(smtp_server, deliver_all, django_capture_on_commit_callbacks):
    message = deliver_all()
    Message.objects.filter(pk=message.pk).update(state=State.FAILED, failed_at=timezone.now(), attempts=5)
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.retry(by=JOB, message=message)
        assert not operations.retry(by=JOB, message=message)
    Worker().once()
    message.refresh_from_db()
    assert message.state == State.SENT


def test_a_queue_that_cannot_take_it_does_not_reach_the_caller(
    smtp_server, django_capture_on_commit_callbacks, monkeypatch
):
    def broken(pk):
        raise RuntimeError("the queue is broken")

    monkeypatch.setattr(operations, "_enqueue", broken)
    with django_capture_on_commit_callbacks(execute=True):
        message = send()
    operations.deliver_due()
    message.refresh_from_db()
    assert message.state == State.SENT


# Without a mail server ------------------------------------------------------------------------------------


def test_without_a_mail_server_it_is_shown_and_nothing_is_queued(deliver_all):
    message = deliver_all()
    assert message.state == State.SHOWN
    assert DBTaskResult.objects.count() == 0


# What it may not carry ------------------------------------------------------------------------------------


def test_no_sealed_text_of_what_it_is_about_gets_anywhere(smtp_server, deliver_all, caplog):
    caplog.set_level(logging.DEBUG)
    secret = send(body=CANARY, not_before=timezone.now() + timedelta(days=1))
    message = deliver_all(about=secret, kind="referral-unanswered")
    assert (message.about_type, message.about_id) == ("outbox.message", secret.pk)
    [mail] = smtp_server.messages
    kept = json.dumps([*Entry.objects.values("verb", "facts"), *DBTaskResult.objects.values("args_kwargs")])
    for text in (mail.as_string(), mail.get_content(), kept, caplog.text):
        assert "7731" not in text


def test_the_text_is_sealed_in_the_database():
    message = send(body=CANARY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM outbox_message WHERE id = %s", [message.pk])
        raw = bytes(cursor.fetchone()[0])
    assert b"7731" not in raw
    assert Message.objects.get(pk=message.pk).body == CANARY


def test_the_history_says_that_it_was_made_and_sent_and_holds(smtp_server, deliver_all):
    message = deliver_all()
    assert [entry.verb for entry in history.of(message)] == ["outbox.sent", "outbox.made"]
    assert list(history.verify()) == []


def test_a_kind_is_a_word():
    with pytest.raises(ValueError, match="short word"):
        send(kind="Her name was read out")


# Digest ---------------------------------------------------------------------------------------------------

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def turn(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return turn


def test_quiet_messages_go_out_together_on_the_next_weekday(smtp_server, at, cast):
    at(FRIDAY)
    for number in range(3):
        send(to=cast.lead, email="", kind="return-due", subject=f"Return {number} is due", body=CANARY)
    send(to=cast.staff, email="", kind="return-due", subject="Return is due")
    assert operations.deliver_due() == 0
    at(FRIDAY + timedelta(days=1))
    assert operations.digest() == 0
    at(MONDAY)
    assert operations.digest() == 2
    assert operations.digest() == 0
    operations.deliver_due()
    assert sorted(mail["Subject"] for mail in smtp_server.messages) == ["1 thing needs you", "3 things need you"]
    [text] = smtp_server.texts_for("lead@example.org")
    assert text.splitlines()[:3] == [f"* Return {number} is due" for number in range(3)]
    assert "7731" not in text
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_there_is_one_digest_a_day(smtp_server, at, cast):
    at(MONDAY)
    send(to=cast.lead, email="", kind="return-due", not_before=MONDAY)
    assert operations.digest() == 1
    late = send(to=cast.lead, email="", kind="return-due", not_before=MONDAY)
    assert operations.digest() == 0
    at(MONDAY + timedelta(days=1))
    assert operations.digest() == 1
    late.refresh_from_db()
    assert late.gathered_in


def test_urgent_messages_do_not_wait(smtp_server, deliver_all):
    assert deliver_all(kind="duty-late").state == State.SENT


# Keeping --------------------------------------------------------------------------------------------------


def test_messages_are_removed_after_a_year():
    old, new = send(), send()
    Message.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=366))
    assert operations.clear_old() == 1
    assert list(Message.objects.all()) == [new]
