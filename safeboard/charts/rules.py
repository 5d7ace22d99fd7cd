"""Who reads the charts of a place, who keeps a local copy of one, and who sees which agencies do."""

from __future__ import annotations

from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role


@rules.predicate
def of_own_place(access: Access, chart: Any = None) -> bool:
    """The local chart is kept by the agency or the board acted for; without one, whether such a place is acted for."""
    if chart is None:
        return access.agency_id is not None or access.board_id is not None
    if hasattr(chart, "agency_id"):
        return access.agency_id is not None and chart.agency_id == access.agency_id
    return access.board_id is not None and chart.board_id == access.board_id


RUN_THE_BOARD = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)
keeps: Any = has_role(Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER, *RUN_THE_BOARD)

rules.add_perm("charts.see", in_agency | in_board)
rules.add_perm("charts.keep", keeps & of_own_place)
rules.add_perm("charts.see_adapted", in_board)
