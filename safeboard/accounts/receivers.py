"""What django-allauth and Django tell of sign-in, written into the history; and the second factor just proved."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from safeboard.core import history
from safeboard.core.access import Access

from . import operations, queries
from .choices import Ended
from .middleware import OPENED, SEEN
from .models import Person

CODES = Authenticator.Type.RECOVERY_CODES


def _own(verb: str, person: Person, **facts: Any) -> None:
    """An entry of something that a person did to their own account."""
    with transaction.atomic():
        history.record(by=Access(person=person, place=None), verb=f"accounts.{verb}", obj=person, facts=facts)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """A session begins: its clock starts, and how it was opened is noted."""
    request.session[OPENED] = request.session[SEEN] = int(time.time())
    records = get_authentication_records(request, user)
    _own("signed_in", user, ways=[":".join(str(r[k]) for k in ("method", "type") if r.get(k)) for r in records])


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    """A session ends, by whoever's wish."""
    if user is not None:
        _own("signed_out", user, why=getattr(request, "session_ended", Ended.ASKED.value))


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
def password_changed(user: Person, **_: Any) -> None:
    """A person changed the password while signed in."""
    _own("password_changed", user)


@receiver(account_signals.password_reset)
def password_reset(request: HttpRequest, user: Person, **_: Any) -> None:
    """A person set a new password by a link; failed attempts before that no longer count."""
    get_adapter()._delete_login_attempts_cached_email(request, email=user.email)
    _own("password_reset", user)


@receiver(post_save, sender=Authenticator)
def factor_saved(instance: Authenticator, created: bool, **_: Any) -> None:
    """A second factor, or a set of recovery codes, was made.

    Adding an app took a code of it, adding a passkey its answer: the session has its second factor from now on.
    """
    if not created:
        return
    _factor("recovery_codes_made" if instance.type == CODES else "second_factor_added", instance)
    request = context.request
    if instance.type != CODES and request is not None and request.user.pk == instance.user_id:
        record_authentication(request, request.user, "mfa", id=instance.pk, type=str(instance.type))


@receiver(post_delete, sender=Authenticator)
def factor_deleted(instance: Authenticator, **_: Any) -> None:
    """A second factor was taken away. Recovery codes go with the last one, or for new ones."""
    if instance.type != CODES:
        _factor("second_factor_removed", instance)


def _factor(verb: str, factor: Authenticator) -> None:
    person = factor.user
    facts = {} if factor.type == CODES else {"type": str(factor.type)}
    with transaction.atomic():
        history.record(by=operations.acting_for(person), verb=f"accounts.{verb}", obj=person, facts=facts)


@receiver(mfa_signals.authenticator_used)
def recovery_code_used(user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A recovery code was used up."""
    if authenticator.type == CODES:
        _own("recovery_code_used", user)


@receiver(mfa_signals.authenticator_removed)
def last_factor_removed(request: HttpRequest, user: Person, **_: Any) -> None:
    """Without any second factor left, this session no longer has one either."""
    if not queries.second_factors(user):
        records = [r for r in get_authentication_records(request, user) if r.get("method") != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
