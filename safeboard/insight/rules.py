"""Who sees a board's picture, and who releases its figures."""

from __future__ import annotations

from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import BOARD_ROLES, Role


@rules.predicate
def is_job(access: Access, obj: object = None) -> bool:
    """A job or a management command: no person ever counts incidents across agencies."""
    return access.person is None and bool(access.job)


@rules.predicate
def of_own_board(access: Access, record: Any = None) -> bool:
    """The record is the acting board's; without one, any."""
    return record is None or (access.board_id is not None and record.board_id == access.board_id)


runs_board: Any = in_board & has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)
# Who sees how the own agency stands, and that its staff see it otherwise than its lead.
answers_for_agency: Any = in_agency & has_role(
    Role.AGENCY_LEAD, Role.RESPONSIBLE_PERSON, Role.DESIGNATED_OFFICER, Role.SENIOR_PERSON, Role.INSPECTOR
)

rules.add_perm("insight.picture", in_board & has_role(*BOARD_ROLES))
rules.add_perm("insight.release", is_job)
rules.add_perm("insight.set_indicators", runs_board & of_own_board)
rules.add_perm("insight.take_snapshot", is_job | (runs_board & of_own_board))
rules.add_perm("insight.our_standing", answers_for_agency)
