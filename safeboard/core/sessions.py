"""Sessions in the database, as Django keeps them; read at every request, and so by a prepared query."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from .prepared import Prepared

_HELD = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    "a key",
    datetime(2000, 1, 1, tzinfo=UTC),
)


class SessionStore(db.SessionStore):
    """Django's sessions; only how one is read differs."""

    def load(self) -> dict[str, Any]:
        """What is kept under the key, or nothing, with the key forgotten, where there is none that still holds."""
        found = _HELD.rows(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])
