"""Reads of tokens: those of a place, and the access that one of them carries now."""

from __future__ import annotations

import hashlib
import hmac

from django.db.models import QuerySet
from django.utils import timezone

from safeboard.core import keys
from safeboard.core.access import Access
from safeboard.partnership import queries as partnership

from .choices import PERMISSIONS, Scope
from .models import Token


def digest_of(secret: str) -> str:
    """What is kept of a token: a digest with a key that lies outside of the database."""
    return hmac.new(keys.secret("token"), secret.encode(), hashlib.sha256).hexdigest()


def tokens_of(access: Access) -> QuerySet[Token]:
    """All tokens of the place acted in, the newest first; none for whoever does not keep them."""
    if not access.can("api.keep_tokens"):
        return Token.objects.none()
    of_agency = Token.objects.filter(agency_id=access.agency_id or 0)
    rows = of_agency if access.agency_id else Token.objects.filter(board_id=access.board_id or 0)
    return rows.select_related("made_by", "revoked_by")


def find_token(secret: str) -> Token | None:
    """The token of this secret, where it is neither revoked nor past its last day and its maker's account is open."""
    rows = Token.objects.filter(digest=digest_of(secret), revoked_at=None, ends_on__gte=timezone.localdate())
    return rows.filter(made_by__is_active=True).select_related("made_by").first()


def access_through(token: Token) -> Access | None:
    """What a token acts as now, or None where its maker may keep no token there any more.

    It is the maker in the token's place, with the roles that they hold now and held when they made it, and with the
    permissions of its scopes alone.
    """
    now = partnership.access_of(token.made_by, chosen=token.place_key)
    if now.place is None or now.place.key != token.place_key or not now.can("api.keep_tokens", token):
        return None
    allowed = [PERMISSIONS[Scope(one)] for one in token.scopes]
    return Access(
        person=token.made_by,
        place=now.place,
        roles=now.roles & frozenset(token.roles),
        places=(now.place,),
        through=f"api-token-{token.pk}",
        only=frozenset().union(*allowed),
        extras={"second_factor": True, "token": token},
    )


def is_alive(token: Token) -> bool:
    """Whether a token of the list can be used today."""
    ended = token.revoked_at is not None or token.ends_on < timezone.localdate() or not token.made_by.is_active
    return not ended and access_through(token) is not None
