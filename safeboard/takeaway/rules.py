"""Who takes everything of a place away, and who brings it into another installation."""

from __future__ import annotations

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role


@rules.predicate
def is_job(access: Access, obj: object = None) -> bool:
    """A command: whoever may run one has the database anyway."""
    return access.person is None and bool(access.job)


# Of an agency, whoever keeps its confidential record; of a board, whoever runs it. Each gets what they may read.
rules.add_perm(
    "takeaway.take", (in_agency & has_role(Role.DESIGNATED_OFFICER)) | (in_board & has_role(Role.BOARD_MANAGER))
)
rules.add_perm("takeaway.bring", is_job)
