"""Tokens: making, using and revoking tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import LONGEST, PREFIX, Scope
from ..models import Token
from ..queries import digest_of
from ..rules import scopes_to_give


@transaction.atomic
def make_token(*, by: Access, name: str, scopes: Iterable[str], ends_on: date) -> tuple[Token, str]:
    """Make a token of the place acted in; gives it, and its secret, which is told this once and kept nowhere.

    Raises ValidationError for a scope that the maker could not use themselves, or a last day that is past or more than
    a year away.
    """
    require(by, "api.keep_tokens")
    if by.person is None:
        raise PermissionDenied("a token is somebody's")
    wanted = sorted({Scope(one) for one in scopes})
    if not wanted or not set(wanted) <= set(scopes_to_give(by)):
        raise ValidationError({"scopes": _("Choose what it may do, of what you may do here yourself.")})
    today = timezone.localdate()
    if not today <= ends_on <= today + LONGEST:
        raise ValidationError({"ends_on": _("The last day must be within a year from today.")})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        name=name,
        agency_id=by.agency_id,
        board_id=by.board_id,
        made_by=by.person,
        roles=sorted(by.roles),
        scopes=[str(one) for one in wanted],
        digest=digest_of(secret),
        start=secret[: len(PREFIX) + 4],
        ends_on=ends_on,
    )
    facts = {"scopes": token.scopes, "ends_on": ends_on.isoformat()}
    history.record(by=by, verb="api.token_made", obj=token, facts=facts)
    return token, secret


@transaction.atomic
def revoke_token(*, by: Access, token: Token) -> Token:
    """Revoke a token of the own place: from now on nobody can use it. Done twice it stays as it was."""
    require(by, "api.keep_tokens", token)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = timezone.now(), by.person
        token.save(update_fields=["revoked_at", "revoked_by"])
        history.record(by=by, verb="api.token_revoked", obj=token)
    return token


def note_use(*, token: Token) -> None:
    """Keep the day on which a token was last used; written at most once a day."""
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=today), pk=token.pk).update(last_used_on=today)
