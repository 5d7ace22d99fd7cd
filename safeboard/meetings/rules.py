"""Who sees the subgroup, who runs its meetings, who counts for the quorum. Who reads what is confidential: queries."""

from __future__ import annotations

from math import ceil
from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_board
from safeboard.core.roles import Role

RUNNERS = frozenset({Role.BOARD_MANAGER, Role.ESAFETY_OFFICER})


@rules.predicate
def of_own_board(access: Access, obj: Any = None) -> bool:
    """The record belongs to the board acted for."""
    return obj is None or obj.board_id == access.board_id


sees: Any = in_board & has_role(*RUNNERS, Role.SUBGROUP_MEMBER, Role.INSPECTOR) & of_own_board
runs: Any = in_board & has_role(*RUNNERS) & of_own_board
takes_part: Any = in_board & has_role(*RUNNERS, Role.SUBGROUP_MEMBER) & of_own_board

rules.add_perm("meetings.see", sees)
rules.add_perm("meetings.keep", runs)
# A member says for themselves whether they come, and declares their own interests; who runs it, for anybody.
rules.add_perm("meetings.take_part", takes_part)


def quorum(voting: int, *, share: int, least: int) -> int:
    """How many voting members must be there: the share of them in per cent, rounded up, and never fewer than least."""
    return max(least, ceil(voting * share / 100))


def is_quorate(present: int, needed: int, *, led: bool, needs_lead: bool) -> bool:
    """Whether a meeting can decide. ``led``: the chair, or the deputy chair, is there."""
    return present >= needed and (led or not needs_lead)
