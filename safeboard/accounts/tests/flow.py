"""Signing in as people do it: by the pages alone."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from safeboard.accounts.models import Person
from safeboard.core.models import Entry
from safeboard.partnership.tests.factories import PASSWORD

SIGN_IN = "/account/sign-in/"
CODE = "/account/second-factor/code/"
ADD_APP = "/account/second-factor/app/add/"
CODES = "/account/second-factor/codes/"
ACCOUNT = "/account/"


def give_password(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    """Post the first step of signing in."""
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def code_now(secret: str, ahead: int = 0) -> str:
    """What an app shows now; ``ahead`` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def app_code(person: Person, ahead: int = 0) -> str:
    """What the person's app shows now."""
    app = Authenticator.objects.get(user_id=person.pk, type=Authenticator.Type.TOTP)
    return code_now(decrypt(app.data["secret"]), ahead)


def add_app(client: Client) -> Any:
    """Set up an authenticator app by the page, as somebody who types the key."""
    page = client.get(ADD_APP)
    assert page.status_code == 200, page.get("Location")
    secret = re.search(r'<code id="secret">(\w+)</code>', page.content.decode())
    assert secret
    return client.post(ADD_APP, {"code": code_now(secret[1])})


def recovery_codes(client: Client) -> list[str]:
    """The codes that the page shows."""
    return re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())


def sign_in(client: Client, person: Person, *, ahead: int = 1) -> Any:
    """Both steps, for somebody with an app; the code is the next one, so that one used just now does not matter."""
    give_password(client, person.email)
    return client.post(CODE, {"code": app_code(person, ahead)})


def verbs(person: Person | None = None) -> list[str]:
    """What the history of accounts holds, oldest first."""
    entries = Entry.objects.filter(verb__startswith="accounts.").order_by("number")
    if person is not None:
        entries = entries.filter(object_id=person.pk)
    return [entry.verb.removeprefix("accounts.") for entry in entries]
