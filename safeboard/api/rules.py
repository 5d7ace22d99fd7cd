"""Who keeps the tokens of a place, and how a token differs from a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role

from .choices import PERMISSIONS, SCOPES_OF, Scope

if TYPE_CHECKING:
    from .models import Token


@rules.predicate
def of_own_place(access: Access, token: Token | None = None) -> bool:
    """The token is of the agency or the board acted for."""
    return token is None or (token.agency_id, token.board_id) == (access.agency_id, access.board_id)


@rules.predicate
def in_person(access: Access, token: Token | None = None) -> bool:
    """Not through a token: a token never makes another."""
    return not access.through


keeps_agency = in_agency & has_role(Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER)
keeps_board = in_board & has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)

rules.add_perm("api.keep_tokens", in_person & (keeps_agency | keeps_board) & of_own_place)


def scopes_to_give(access: Access) -> list[Scope]:
    """The scopes that whoever acts can give to a token of this place: none that they could not use themselves."""
    if access.place is None:
        return []
    offered = SCOPES_OF[access.place.kind]
    return [scope for scope in offered if any(access.can(one) for one in PERMISSIONS[scope])]
