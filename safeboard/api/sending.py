"""Sent twice is kept once: the word that a program gives a sending."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from ninja import Header

from .door import access_of

KEY = Header(
    None,
    alias="Idempotency-Key",
    max_length=200,
    description="A word of your own for this sending. Sent again with the same word, it is kept once.",
)


def own_key(request: HttpRequest, key: str | None) -> uuid.UUID | None:
    """The key of a sending: of this token and this word."""
    token = access_of(request).extras["token"]
    return uuid.uuid5(uuid.NAMESPACE_OID, f"safeboard api {token.pk} {key}") if key else None
