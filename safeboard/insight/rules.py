"""Who sees a board's picture, and who releases its figures."""

from __future__ import annotations

import rules

from safeboard.core.access import Access, has_role, in_board
from safeboard.core.roles import BOARD_ROLES


@rules.predicate
def is_job(access: Access, obj: object = None) -> bool:
    """A job or a management command: no person ever counts incidents across agencies."""
    return access.person is None and bool(access.job)


rules.add_perm("insight.picture", in_board & has_role(*BOARD_ROLES))
rules.add_perm("insight.release", is_job)
