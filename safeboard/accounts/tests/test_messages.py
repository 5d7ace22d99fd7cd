"""What the room sends goes out by the outbox, and whoever asks at the browser cannot read it there."""

import pytest
from django.conf import settings

from safeboard.accounts import wording
from safeboard.outbox.models import Message
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import add_app, give_password

pytestmark = pytest.mark.django_db


def test_a_link_goes_to_the_person_and_was_caused_by_nobody(checked_client: CheckedClient, cast: Cast):
    checked_client.post("/account/password/forgotten/", {"email": cast.staff.email})
    message = Message.objects.get()
    assert (message.to, message.caused_by, message.kind) == (cast.staff, None, "password-forgotten")
    assert f"{settings.SAFEBOARD_ADDRESS}/account/password/new/" in message.body
    assert "one hour" in message.body


def test_every_notice_has_its_words():
    assert all(str(words).endswith(".") for words in wording.NOTICES.values())


def test_a_change_is_told(checked_client: CheckedClient, cast: Cast, django_capture_on_commit_callbacks):
    give_password(checked_client, cast.staff.email)
    with django_capture_on_commit_callbacks(execute=True):
        add_app(checked_client)
    message = Message.objects.get()
    assert message.subject == "A change to how you sign in to Safeboard"
    assert str(wording.NOTICES["mfa/email/totp_activated"]) in message.body
    assert message.body.startswith(f"Dear {cast.staff.name},")
