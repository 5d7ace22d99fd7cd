"""Who signs in, and who is signed in: as django-allauth has it, read by a prepared query at every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from safeboard.core.prepared import Prepared

from .models import Person

COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_HELD = Prepared(lambda pk: Person.objects.filter(pk=pk).values_list(*COLUMNS), -1)


class PersonBackend(AuthenticationBackend):
    """Sign-in by e-mail address and password; only how a signed-in person is read differs."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person whose session this is, or None where the account is gone or closed."""
        for row in _HELD.rows(user_id):
            person = Person.from_db(connection.alias, COLUMNS, row)
            return person if self.user_can_authenticate(person) else None
        return None
