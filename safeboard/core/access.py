"""Who acts, where, and in what capacity: what every view, operation and job is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import PermissionDenied

from .roles import SECOND_FACTOR_ROLES, PlaceKind, Role

if TYPE_CHECKING:
    from safeboard.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Place:
    """An agency, a board, or the service itself: where a person is acting at the moment.

    ``pack`` is the content pack that holds there, where whoever made the place knew it.
    """

    kind: PlaceKind
    id: int | None
    name: str
    pack: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The place as one word, such as ``agency-12``; kept in the session."""
        return f"{self.kind.value}-{self.id or 0}"

    @property
    def is_agency(self) -> bool:
        return self.kind == PlaceKind.AGENCY

    @property
    def is_board(self) -> bool:
        return self.kind == PlaceKind.BOARD


@dataclass(frozen=True, slots=True)
class Access:
    """What a request or a job acts as. ``person`` is None for the service's own jobs.

    ``places`` are all the places that the person may choose from in the header. ``through``: what acts for the
    person (a token of the API), named for the history; it carries the permissions of ``only`` at most.
    """

    person: Person | None
    place: Place | None
    roles: frozenset[Role] = frozenset()
    places: tuple[Place, ...] = ()
    job: str = ""
    extras: dict[str, Any] = field(default_factory=dict, compare=False)
    through: str = ""
    only: frozenset[str] | None = None

    def can(self, permission: str, obj: object = None) -> bool:
        """Whether this access carries the permission, for ``obj`` where one is given. Unknown: refused."""
        if self.only is not None and permission not in self.only:
            return False
        return rules.perm_exists(permission) and bool(rules.has_perm(permission, self, obj))

    @property
    def agency_id(self) -> int | None:
        """The agency acted for, or None in a board's or the service's place."""
        return self.place.id if self.place and self.place.is_agency else None

    @property
    def own_agency(self) -> int:
        """The agency acted for. Raises PermissionDenied in a board's or the service's place."""
        if self.agency_id is None:
            raise PermissionDenied("no agency is acted for")
        return self.agency_id

    @property
    def board_id(self) -> int | None:
        """The board acted for, or None elsewhere."""
        return self.place.id if self.place and self.place.is_board else None

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role held here lets its holder see case text or steer the service."""
        return bool(self.roles & SECOND_FACTOR_ROLES)


def job_access(name: str, *, place: Place | None = None) -> Access:
    """The access of a job or a management command, named for the history."""
    return Access(person=None, place=place, job=name)


def require(access: Access, permission: str, obj: object = None) -> None:
    """Raise PermissionDenied unless the access carries the permission."""
    if not access.can(permission, obj):
        raise PermissionDenied(permission)


def has_role(*wanted: Role) -> Callable[..., bool]:
    """A predicate: the access holds one of these roles in the place it acts in."""
    names = frozenset(wanted)

    @rules.predicate(name=f"has_role:{'+'.join(sorted(names))}")
    def predicate(access: Access, obj: object = None) -> bool:
        return bool(access.roles & names)

    return predicate


@rules.predicate
def is_signed_in(access: Access) -> bool:
    """A known person, in whatever place."""
    return access.person is not None


@rules.predicate
def in_agency(access: Access) -> bool:
    """Acting for an agency."""
    return access.agency_id is not None


@rules.predicate
def in_board(access: Access) -> bool:
    """Acting for a board."""
    return access.board_id is not None
