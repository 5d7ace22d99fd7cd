"""Which roles write the strategy and the plan, who answers for an action, who reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role

from .choices import LIVE, UNFINISHED, Colour, State

BOARD_LEADERS = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)
AGENCY_LEADERS = (Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON)

leads_board: Any = in_board & has_role(*BOARD_LEADERS)
leads_agency: Any = in_agency & has_role(*AGENCY_LEADERS)


@rules.predicate
def of_this_place(access: Access, action: Any = None) -> bool:
    """The action is the acting agency's to do, or the acting board's own; without one, any action."""
    if action is None:
        return True
    if action.agency_id is None:
        return access.board_id is not None and access.board_id == action.board_id
    return access.agency_id is not None and access.agency_id == action.agency_id


@rules.predicate
def of_this_board(access: Access, action: Any = None) -> bool:
    """The action stands in the plan of the acting board."""
    return action is None or (access.board_id is not None and access.board_id == action.board_id)


@rules.predicate
def sees_to_it(access: Access, action: Any = None) -> bool:
    """The acting person is the one who answers for the action, or holds the role that does."""
    if action is None:
        return access.person is not None
    if action.owner_id is not None:
        return access.person is not None and action.owner_id == access.person.pk
    return bool(action.owner_role) and action.owner_role in access.roles


@rules.predicate
def is_asked(access: Access, action: Any = None) -> bool:
    """The agency has not yet said yes, or may still change its no."""
    return action is None or action.state in (State.ASKED, State.DECLINED)


reads_only: Any = has_role(Role.INSPECTOR)

rules.add_perm("strategy.see", in_board | in_agency)
rules.add_perm("strategy.raise", leads_board | leads_agency | (in_board & has_role(Role.SUBGROUP_MEMBER)))
rules.add_perm("strategy.plan", leads_board)
rules.add_perm("strategy.money", in_board)
rules.add_perm(
    "strategy.work_on", (in_board | in_agency) & of_this_place & ~reads_only & (leads_board | leads_agency | sees_to_it)
)  # progress, milestones, done
rules.add_perm("strategy.steer", of_this_place & (leads_board | leads_agency))  # date, owner, words
rules.add_perm("strategy.answer", of_this_place & leads_agency & is_asked)
rules.add_perm("strategy.withdraw", (of_this_place & leads_agency) | (of_this_board & leads_board))


def colour_of(*, state: str, due_on: date, milestone_due: date | None, today: date) -> Colour:
    """Red, amber or green (Toolkit Annex G): overdue is red; a milestone past its day is amber; done needs evidence.

    ``milestone_due`` is the day of the next milestone that was not reached, None where there is none.
    """
    if state == State.DONE:
        return Colour.DONE
    if state not in UNFINISHED:
        return Colour.NONE
    if due_on < today:
        return Colour.RED
    if milestone_due is not None and milestone_due < today:
        return Colour.AMBER
    return Colour.GREEN if state in LIVE else Colour.NONE
