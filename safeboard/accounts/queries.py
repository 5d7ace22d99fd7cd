"""Reads about people and about how a session was opened."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from safeboard.core.roles import Role

from .models import Person

DEMONSTRATION = "demonstration"  # the type of "second factor" of a session opened by the demonstration's button


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor.

    allauth notes each method used in the session: a code of the app, a recovery code, a passkey (with or without the
    password before it). Adding a factor proves it as well and is noted the same way (see receivers).
    """
    return any(_counts(record) for record in get_authentication_records(request, request.user))


def _counts(record: dict[str, object]) -> bool:
    if record.get("type") == DEMONSTRATION:
        return bool(settings.DEMONSTRATION and settings.ACCOUNTS_DEMONSTRATION_SIGN_IN)
    return record.get("method") == "mfa"


def second_factors(person: Person) -> list[Authenticator]:
    """The person's app and passkeys, oldest first; recovery codes are none."""
    factors = Authenticator.objects.filter(user_id=person.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(factors.order_by("created_at", "pk"))


def find_person(email: str) -> Person | None:
    """The person with this address, however it is written, whether or not the account is open."""
    return Person.objects.filter(email=email.strip().lower()).first()


def people() -> QuerySet[Person]:
    """Everybody with an account, by address: for administrators on the machine."""
    return Person.objects.order_by("email")


def people_to_try() -> list[tuple[Person, str]]:
    """For the demonstration's sign-in page: two people of each role at most, each with the role in words."""
    chosen: list[tuple[Person, str]] = []
    for role in Role:
        # The memberships are the partnership's, a room above: read by the name that they give themselves here.
        held = {"memberships__role": role, "memberships__ended_at__isnull": True}
        most = 2 if role in {Role.STAFF, Role.ESAFETY_OFFICER, Role.AGENCY_LEAD} else 1
        found = Person.objects.filter(is_active=True, **held).distinct().order_by("pk")
        chosen += [(person, str(role.label)) for person in found[:most]]
    return chosen
