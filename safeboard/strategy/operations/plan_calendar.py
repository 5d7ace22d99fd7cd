"""A person's private link by which a calendar program reads what is theirs to do."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require

from ..models import CalendarLink
from ..queries.plan_calendar import digest_of

SECRET_BYTES = 32


@transaction.atomic
def make_calendar_link(*, by: Access) -> str:
    """Make the person's link and give back its secret, which is shown this once; the link before it stops working."""
    require(by, "strategy.see")
    assert by.person is not None
    Person.objects.select_for_update().get(pk=by.person.pk)
    _revoke(by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = CalendarLink.objects.create(person=by.person, digest=digest_of(secret))
    history.record(by=by, verb="strategy.calendar_made", obj=row)
    return secret


@transaction.atomic
def revoke_calendar_link(*, by: Access) -> None:
    """Let the person's link stop working. Without one nothing happens."""
    require(by, "strategy.see")
    _revoke(by)


def _revoke(by: Access) -> None:
    for row in CalendarLink.objects.filter(person=by.person, revoked_at=None):
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        history.record(by=by, verb="strategy.calendar_revoked", obj=row)
