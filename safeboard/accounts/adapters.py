"""Where django-allauth asks the house: whom it lets in, what it says, and how it sends."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core import history, sealed
from safeboard.core.access import Access, job_access

from . import queries, wording
from .models import Person

SIGN_IN = "sign-in"  # the job that sends the messages of this room
SECRET_LABEL = "mfa.authenticator.secret"  # noqa: S105 - what the sealed value is for


def send(*, to: Person, kind: str, subject: str, body: str) -> None:
    """Send a message to a person's own address, by a room above (settings.ACCOUNTS_SEND).

    By a job, never by the person at the browser: whoever causes a message may read it where no mail server is set.
    """
    import_string(settings.ACCOUNTS_SEND)(by=job_access(SIGN_IN), to=to, kind=kind, subject=subject, body=body)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and passwords."""

    error_messages = {**DefaultAccountAdapter.error_messages, **wording.ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """A path of this service and nothing else may follow sign-in."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show allauth's messages in the house's words; those without words are not shown."""
        text = message or wording.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    # Limits

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; remember whose it is, for the history."""
        self.tried = str(credentials.get("email", ""))
        super().pre_authenticate(request, **credentials)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The error for a code. Where it is a limit reached, the history gets an entry."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            self._note_limit()
        return super().validation_error(code, *args)

    def _note_limit(self) -> None:
        """One entry for a person (or for all unknown addresses) in five minutes: attempts cannot flood the history."""
        person = self._who_is_tried()
        if cache.add(f"accounts:limit:{person.pk if person else 'unknown'}", True, timeout=300):
            with transaction.atomic():
                history.record(by=job_access(SIGN_IN), verb="accounts.attempts_limited", obj=person)

    def _who_is_tried(self) -> Person | None:
        stage = getattr(self.request, "_login_stage", None)
        if stage is not None and isinstance(stage.login, Login):
            return stage.login.user
        if self.request.user.is_authenticated:
            return self.request.user
        return queries.find_person(getattr(self, "tried", ""))

    # The password or the second factor, asked again

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of signing in: whoever was just asked is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if any(record["at"] > fresh for record in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor is asked for it; a password alone does not take it away."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != "reauthenticate"] or ways

    # Messages sent

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No message but those below is sent: another has no words of ours, and fails closed."""
        raise ImproperlyConfigured(f"there are no words for the message {template_prefix}")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By the address that was set, not by what a browser says the host is."""
        uid, _dash, token = key.partition("-")
        return settings.SAFEBOARD_ADDRESS + reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}
        )

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The link to set a new password."""
        body = render_to_string(
            "accounts/messages/password.txt", {"person": user, "link": context["password_reset_url"]}
        )
        send(to=user, kind="password-forgotten", subject=_("Choose a new Safeboard password"), body=body)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person that something about their sign-in was changed, so that they notice if it was not them."""
        what = wording.NOTICES[template_prefix]
        words = {"person": user, "what": what, "address": settings.SAFEBOARD_ADDRESS}
        send(
            to=user,
            kind="account-changed",
            subject=_("A change to how you sign in to Safeboard"),
            body=render_to_string("accounts/messages/changed.txt", words),
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator app, passkeys, recovery codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, **wording.FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are sealed like case text."""
        return b64encode(sealed.seal(text, SECRET_LABEL)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises core.sealed.CannotOpen."""
        return sealed.unseal(b64decode(encrypted_text), SECRET_LABEL)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The service as the browser names it beside the passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Safeboard"}

    def build_totp_svg(self, url: str) -> SafeString:
        """The code to point a phone at: drawn with attributes alone, since the page allows no inline style."""
        code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(url)
        code.make(fit=True)
        rows = code.get_matrix()
        dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg role="img" aria-label="{0}" width="220" height="220" viewBox="0 0 {1} {1}">'
            '<g shape-rendering="crispEdges"><rect width="{1}" height="{1}" fill="#fff"/>'
            '<path d="{2}" fill="#000"/></g></svg>',
            _("Square code for your authenticator app"),
            len(rows),
            dots,
        )


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in with an organisation's own accounts (OpenID Connect)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom we know by an address that the organisation has verified; turn back everyone else alike.

        The first time, the organisation's account is bound to the person: another account there that is later given
        the same address does not get in, nor does the bound account under another address.
        """
        if sociallogin.state.get("process") != "login":
            self._refuse()
        person = self._known(sociallogin)
        bound = SocialAccount.objects.filter(provider=sociallogin.account.provider, user=person).first()
        if person is None or (bound and bound.uid != sociallogin.account.uid):
            self._refuse()
        if sociallogin.account.pk and sociallogin.account.user_id != person.pk:
            self._refuse()
        self._bind(sociallogin, person)

    def _known(self, sociallogin: SocialLogin) -> Person | None:
        addresses = {entry.email.lower() for entry in sociallogin.email_addresses if entry.verified}
        found = list(Person.objects.filter(email__in=addresses))
        return found[0] if len(found) == 1 else None

    def _bind(self, sociallogin: SocialLogin, person: Person) -> None:
        new = sociallogin.account.pk is None
        sociallogin.user = person
        sociallogin.account.user = person
        sociallogin.account.extra_data = {}  # what the organisation says of a person beyond the address is not kept
        with transaction.atomic():
            sociallogin.account.save()
            if new:
                by = Access(person=person, place=None)
                history.record(by=by, verb="accounts.outside_account_bound", obj=person)

    def _refuse(self) -> None:
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))
