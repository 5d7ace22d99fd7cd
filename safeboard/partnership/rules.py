"""Who may do what in the partnership."""

import rules

from safeboard.core.access import has_role, is_signed_in
from safeboard.core.roles import Role

runs_board = has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)
in_board_role = has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)
leads_agency = has_role(Role.AGENCY_LEAD)

rules.add_perm("partnership.see_place", is_signed_in)
