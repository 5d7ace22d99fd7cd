"""Writes about people: making and closing accounts, passwords, second factors, and signing somebody in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from safeboard.core import history
from safeboard.core.access import Access

from . import queries
from .choices import Reason
from .models import Person

_acting: ContextVar[Access | None] = ContextVar("acting", default=None)


@contextmanager
def acting(by: Access) -> Iterator[None]:
    """Whoever changes somebody's second factor inside is ``by``, and not the person themselves."""
    token = _acting.set(by)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_for(person: Person) -> Access:
    """Who changes this person's second factor now: whoever was named by ``acting``, else the person."""
    return _acting.get() or Access(person=person, place=None)


# People ----------------------------------------------------------------------------------------------------


@transaction.atomic
def create_person(*, by: Access, email: str, name: str) -> Person:
    """A new person who cannot sign in until a password is set. Raises ValidationError where the address is taken."""
    person = Person.objects.create_user(email=email, name=name.strip())
    history.record(by=by, verb="accounts.made", obj=person)
    return person


@transaction.atomic
def find_or_create_person(*, by: Access, email: str, name: str) -> tuple[Person, bool]:
    """The person with this address, and whether they were made now. A name that is there already stays as it is."""
    person = queries.find_person(email)
    if person is not None:
        return person, False
    return create_person(by=by, email=email, name=name), True


@transaction.atomic
def set_password(*, by: Access, person: Person, password: str) -> Person:
    """Set a password and end all sessions of the person. Raises ValidationError where the password is too weak."""
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    history.record(by=by, verb="accounts.password_set", obj=person)
    return person


@transaction.atomic
def change_email(*, by: Access, person: Person, email: str) -> Person:
    """Give a person another address to sign in with. Raises ValidationError where it is taken or is no address."""
    person.email = email.strip().lower()
    person.full_clean(exclude=["password"])
    person.save(update_fields=["email"])
    history.record(by=by, verb="accounts.email_changed", obj=person, digests={"email": person.email})
    return person


@transaction.atomic
def deactivate(*, by: Access, person: Person, reason: Reason) -> Person:
    """Close an account: the person is signed out everywhere at the next request and cannot sign in again."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person=person)
    history.record(by=by, verb="accounts.closed", obj=person, facts={"reason": Reason(reason).value})
    return person


@transaction.atomic
def activate(*, by: Access, person: Person, reason: Reason) -> Person:
    """Open a closed account again. What it may do is still what its memberships say."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    history.record(by=by, verb="accounts.opened", obj=person, facts={"reason": Reason(reason).value})
    return person


def end_sessions(*, person: Person) -> None:
    """Sign the person out everywhere, at the next request of each session."""
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def reset_second_factor(*, by: Access, person: Person, reason: Reason) -> int:
    """Take away app, passkeys and recovery codes, and end all sessions. Gives back how many factors there were.

    Where a role needs a second factor, its holder is asked for a new one at the next sign-in.
    """
    factors = len(queries.second_factors(person))
    with acting(by):
        Authenticator.objects.filter(user_id=person.pk).delete()
    end_sessions(person=person)
    facts = {"reason": Reason(reason).value, "factors": factors}
    history.record(by=by, verb="accounts.second_factor_reset", obj=person, facts=facts)
    return factors


# Signing in ------------------------------------------------------------------------------------------------


def password_link(person: Person) -> str:
    """The full address of a page where this person sets a password, once, within ``PASSWORD_RESET_TIMEOUT`` seconds.

    Whoever has the link has the account, but for its second factor: print it on the machine or send it to the
    person's own address, nowhere else. Any sign-in and any change of password uses it up.
    """
    person = Person.objects.get(pk=person.pk)  # the link is bound to the last sign-in, as it is now
    words = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.SAFEBOARD_ADDRESS + reverse("account_reset_password_from_key", kwargs=words)


def sign_in(request: HttpRequest, person: Person, *, way: str = "invitation", next_url: str = "") -> HttpResponse:
    """Sign a person in by other means than a password, such as a one-time link that the caller has checked.

    The second factor is asked for where the person has one; the session gets a new id and is noted in the history.
    ``way`` is the word for the history; ``next_url`` a path of this service. Gives back the redirect to follow.
    Somebody else who was signed in here is signed out first.
    """
    if next_url and not get_adapter().is_safe_url(next_url):
        next_url = ""
    if request.user.is_authenticated:
        if request.user.pk == person.pk:
            return HttpResponseRedirect(next_url or reverse(settings.LOGIN_REDIRECT_URL))
        logout(request, show_message=False)
    record_authentication(request, person, way)
    return perform_login(request, Login(user=person, redirect_url=next_url or None))


def sign_in_demonstration(request: HttpRequest, person: Person) -> None:
    """Open a session as a made-up person of the demonstration, as if the second factor had been given.

    Raises PermissionDenied anywhere but in a demonstration that listens on this machine alone.
    """
    if not (settings.DEMONSTRATION and settings.ACCOUNTS_DEMONSTRATION_SIGN_IN):
        raise PermissionDenied("only in the demonstration")
    if request.user.is_authenticated:
        logout(request, show_message=False)
    record_authentication(request, person, "mfa", type=queries.DEMONSTRATION)
    get_adapter().login(request, person)


# Keys ------------------------------------------------------------------------------------------------------


@transaction.atomic
def reseal_second_factors() -> int:
    """Seal the secrets of apps and recovery codes with the newest key, after a new one was made. Gives back how many.

    allauth keeps them in a JSON field, which the rotation of sealed fields does not see.
    """
    resealed = 0
    for factor in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        for name in {"secret", "seed"} & factor.data.keys():
            factor.data[name] = encrypt(decrypt(factor.data[name]))
            resealed += 1
        factor.save(update_fields=["data"])
    return resealed
