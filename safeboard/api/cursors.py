"""Where a list goes on: after which moment and which record."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from .problems import KEPT, Refusal

SALT = "safeboard.api.cursor"


def write(at: datetime, pk: int) -> str:
    """The word by which the next page is asked for."""
    return signing.dumps([at.isoformat(), pk], salt=SALT)


def read(word: str | None) -> tuple[datetime, int] | None:
    """The moment and the record that a word stands for; None where none was given. Refusal for a word of no list."""
    if not word:
        return None
    try:
        at, pk = signing.loads(word, salt=SALT)
        return datetime.fromisoformat(at), int(pk)
    except (signing.BadSignature, ValueError, TypeError):
        fault = {"field": "cursor", "problem": "is not one that a list gave; ask without it to begin anew"}
        raise Refusal(422, KEPT, [fault]) from None
