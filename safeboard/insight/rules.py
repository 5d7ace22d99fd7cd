"""Who sees a board's picture, who releases its figures, who writes and signs its annual report."""

from __future__ import annotations

from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import BOARD_ROLES, Role
from safeboard.meetings.queries.members import chair_of


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
# Figures leave for other boards, and come from them, by whoever runs the board.
rules.add_perm("insight.exchange", runs_board & of_own_board)


# The annual report: who writes it, who reads what is opened, who says something about it, who signs it (S6).
takes_part: Any = in_board & has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)
speaks_for_agency: Any = in_agency & has_role(
    Role.AGENCY_LEAD, Role.RESPONSIBLE_PERSON, Role.DESIGNATED_OFFICER, Role.SENIOR_PERSON
)


@rules.predicate
def is_chair(access: Access, obj: object = None) -> bool:
    """Whoever holds the chair of the acting board's subgroup today; nobody while it is vacant."""
    if access.board_id is None or access.person is None:
        return False
    found = chair_of(access.board_id)
    return not found.vacant and found.chair is not None and found.chair.person_id == access.person.pk


rules.add_perm("insight.reports", (in_board & has_role(*BOARD_ROLES)) | answers_for_agency)
rules.add_perm("insight.see_report", takes_part & of_own_board)
rules.add_perm("insight.write_report", runs_board & of_own_board)
# A month's returns: asked for by whoever runs the board, or by the clock acting in the board's place.
rules.add_perm("insight.send_returns", (runs_board | (is_job & in_board)) & of_own_board)
rules.add_perm("insight.comment_on_report", takes_part | speaks_for_agency)
rules.add_perm("insight.sign_report", takes_part & of_own_board & is_chair)
# What is laid before an inspector or a peer reviewer (S8)
reviews: Any = has_role(Role.INSPECTOR)
rules.add_perm("insight.guide", reviews | runs_board)
rules.add_perm("insight.reads_guide", reviews)  # of whom it stands in the navigation
rules.add_perm("insight.see_packs", in_board & has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.INSPECTOR))
rules.add_perm("insight.open_pack", runs_board & of_own_board)
rules.add_perm("insight.clear_packs", is_job)
