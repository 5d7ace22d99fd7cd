"""Who may do what in the partnership. No rule here reads more than the seats of the agency it is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import rules

from safeboard.core.access import Access, Place, has_role, in_agency, in_board, is_signed_in
from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES, PlaceKind, Role


class Where(Enum):
    """Where somebody is invited to, seen from who invites."""

    OWN_BOARD = "own board"
    SEATED_AGENCY = "an agency that sits in the own board"
    OWN_AGENCY = "own agency"
    UNLED_BOARD = "a board that nobody runs yet"


Table = Mapping[Role, Mapping[Where, frozenset[Role]]]

_RUNS_BOARD = {
    Where.OWN_BOARD: BOARD_ROLES,
    Where.SEATED_AGENCY: frozenset({Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER}),
}

# Who may give which role where. What is not in the table is refused; nobody gives a role to themselves.
MAY_GIVE: Table = {
    Role.BOARD_MANAGER: _RUNS_BOARD,
    Role.ESAFETY_OFFICER: _RUNS_BOARD,
    Role.AGENCY_LEAD: {Where.OWN_AGENCY: AGENCY_ROLES},
    Role.ADMINISTRATOR: {Where.UNLED_BOARD: frozenset({Role.BOARD_MANAGER, Role.ESAFETY_OFFICER})},
}
LEADERS_OF_BOARD = frozenset({Role.BOARD_MANAGER, Role.ESAFETY_OFFICER})


@dataclass(frozen=True)
class Grant:
    """A role that is about to be given or taken: to whom and where.

    boards: the boards that the agency sits in; unled: nobody runs the board yet.
    """

    role: Role
    place: Place
    email: str
    boards: frozenset[int] = frozenset()
    unled: bool = False

    def relations(self, access: Access) -> set[Where]:
        """How the place stands to the place that ``access`` acts in."""
        found = set()
        if self.place.is_agency and access.agency_id == self.place.id:
            found.add(Where.OWN_AGENCY)
        if self.place.is_agency and access.board_id in self.boards:
            found.add(Where.SEATED_AGENCY)
        if self.place.is_board and access.board_id == self.place.id:
            found.add(Where.OWN_BOARD)
        if self.place.is_board and self.unled and access.place and access.place.kind == PlaceKind.SERVICE:
            found.add(Where.UNLED_BOARD)
        return found


def roles_to_give(access: Access, where: Where) -> frozenset[Role]:
    """The roles that ``access`` may give in such a place."""
    found: frozenset[Role] = frozenset()
    for held in access.roles:
        found |= MAY_GIVE.get(held, {}).get(where, frozenset())
    return found


@rules.predicate
def is_job(access: Access, obj: object = None) -> bool:
    """A job or a management command: whoever may run one has the database anyway."""
    return access.person is None and bool(access.job)


@rules.predicate
def may_give(access: Access, grant: Grant | None = None) -> bool:
    """The table ``MAY_GIVE``, and never to oneself. Without a grant: whether any role may be given at all."""
    if grant is None:
        return any(role in MAY_GIVE for role in access.roles)
    if access.person is None or grant.email.casefold() == access.person.email.casefold():
        return False
    return any(grant.role in roles_to_give(access, where) for where in grant.relations(access))


@rules.predicate
def is_own(access: Access, grant: Grant | None = None) -> bool:
    """The person's own role in whatever place: anybody may give up what they hold."""
    return bool(grant and access.person and grant.email.casefold() == access.person.email.casefold())


def _agency_id(obj: Any) -> int | None:
    return getattr(obj, "agency_id", None) or (obj.pk if hasattr(obj, "seats") else None)


@rules.predicate
def of_own_agency(access: Access, obj: Any = None) -> bool:
    """The agency, or what belongs to it, is the one acted for."""
    return access.agency_id is not None and (obj is None or _agency_id(obj) == access.agency_id)


@rules.predicate
def of_seated_agency(access: Access, obj: Any = None) -> bool:
    """The agency, or what belongs to it, sits in the board acted for."""
    if access.board_id is None:
        return False
    agency = obj if obj is None or hasattr(obj, "seats") else obj.agency
    return agency is None or agency.seats.filter(board_id=access.board_id, until__isnull=True).exists()


@rules.predicate
def of_own_board(access: Access, obj: Any = None) -> bool:
    """The board, or what belongs to it, is the one acted for."""
    if obj is None:
        return access.board_id is not None
    return access.board_id is not None and getattr(obj, "board_id", obj.pk) == access.board_id


runs_board: Any = has_role(*LEADERS_OF_BOARD)
in_board_role: Any = has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)
leads_agency: Any = has_role(Role.AGENCY_LEAD)
administers: Any = has_role(Role.ADMINISTRATOR)
answers_for_people: Any = has_role(Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON)

rules.add_perm("partnership.see_place", is_signed_in)
rules.add_perm("partnership.see_board", in_board & of_own_board)
rules.add_perm("partnership.keep_board", runs_board & of_own_board)
rules.add_perm("partnership.import", runs_board & of_own_board)
rules.add_perm("partnership.create_board", administers | is_job)
rules.add_perm("partnership.see_agency", of_own_agency | of_seated_agency)
rules.add_perm("partnership.keep_agency", (leads_agency & of_own_agency) | (runs_board & of_seated_agency))
rules.add_perm("partnership.keep_seat", runs_board & of_own_board)
rules.add_perm("partnership.see_people", answers_for_people | runs_board | administers)
rules.add_perm("partnership.invite", may_give)
rules.add_perm("partnership.end_membership", may_give | is_own)
rules.add_perm("partnership.see_agencies", in_agency | in_board)
rules.add_perm("partnership.see_settings", in_agency | in_board)
rules.add_perm("partnership.see_contacts", in_agency | in_board)
