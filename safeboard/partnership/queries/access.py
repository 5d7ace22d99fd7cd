"""What a person may act as, and how far the wall opens for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.access import Access, Place
from safeboard.core.prepared import Prepared
from safeboard.core.roles import PlaceKind, Role

from ..models import Agency, Membership, Seat


def current(today: date | None = None) -> Q:
    """The condition that a membership holds today."""
    today = today or timezone.localdate()
    return Q(starts__lte=today, ended_at__isnull=True) & (Q(ends__isnull=True) | Q(ends__gte=today))


# Read at every request: these columns alone, without a model for each.
_OF_AGENCY = ("agency_id", "agency__name", "agency__home_board__pack")
_OF_BOARD = ("board_id", "board__name", "board__pack")


def _place(held: Mapping[str, Any]) -> Place:
    for kind, columns in ((PlaceKind.AGENCY, _OF_AGENCY), (PlaceKind.BOARD, _OF_BOARD)):
        pk, name, pack = (held[column] for column in columns)
        if pk:
            return Place(kind, pk, name, pack or "")
    return Place(PlaceKind.SERVICE, None, str(PlaceKind.SERVICE.label))


_COLUMNS = ("role", *_OF_AGENCY, *_OF_BOARD)
_HELD = Prepared(
    lambda pk, today: Membership.objects.filter(current(today), person=pk).order_by("pk").values_list(*_COLUMNS),
    -1,
    date(2000, 1, 1),
)


def access_of(person: Person, *, chosen: str = "") -> Access:
    """What a person may act as now. ``chosen`` is the key of a place; the first one where it is not theirs.

    Read afresh at every request, so that a leaver or a changed role takes effect at once.
    """
    roles: dict[Place, set[Role]] = {}
    for values in _HELD.rows(person.pk, timezone.localdate()):
        row = dict(zip(_COLUMNS, values, strict=True))
        roles.setdefault(_place(row), set()).add(Role(row["role"]))
    places = tuple(roles)
    place = next((p for p in places if p.key == chosen), places[0] if places else None)
    return Access(person=person, place=place, roles=frozenset(roles[place]) if place else frozenset(), places=places)


@lru_cache(maxsize=1000)
def _seats(wanted: str, given: str, pk: int) -> QuerySet[Seat, Any]:
    """A query of the seats that hold, made once; never asked itself, only what is made of it."""
    return Seat.objects.filter(**{given: pk}, until__isnull=True).values(wanted)


def agencies_in(board_id: int) -> QuerySet[Seat, Any]:
    """The ids of the agencies that sit in a board, as a query."""
    return _seats("agency_id", "board_id", board_id).all()


def boards_of(agency_id: int) -> QuerySet[Seat, Any]:
    """The ids of the boards that an agency sits in, as a query."""
    return _seats("board_id", "agency_id", agency_id).all()


def scopes(access: Access) -> dict[str, object]:
    """Which scopes the wall opens for this access (see core.wall): nothing without a place."""
    if access.agency_id:
        own = [access.agency_id]
        return {"agencies": own, "casework": own, "shared": boards_of(access.agency_id)}
    if access.board_id:
        own = [access.board_id]
        return {"agencies": agencies_in(access.board_id), "boards": own, "shared": own}
    return {}


def people_of(agency_id: int) -> QuerySet[Person]:
    """The active people who hold any role in an agency today."""
    held = Membership.objects.filter(current(), agency_id=agency_id).values("person_id")
    return Person.objects.filter(pk__in=held, is_active=True).order_by("name")


def lock_agency(agency_id: int) -> None:
    """Hold the agency's row until the transaction ends, so that numbers are given out one after another."""
    Agency.objects.select_for_update().values_list("pk").get(pk=agency_id)


def every_agency() -> QuerySet[Seat, Any]:
    """The ids of all agencies, as a query: for jobs and commands that open the wall for the whole service."""
    return Seat.objects.values("agency_id")
