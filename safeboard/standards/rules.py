"""Who writes reviews and sends rounds, who answers for an agency, who reads what was answered."""

from __future__ import annotations

from typing import Any

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role

is_job: Any = rules.predicate(lambda access, record=None: access.person is None and bool(access.job), name="is_job")
leads_board: Any = in_board & has_role(Role.BOARD_MANAGER, Role.ESAFETY_OFFICER)
answers_for_agency: Any = in_agency & has_role(
    Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON, Role.INFRASTRUCTURE
)
signs_for_agency: Any = in_agency & has_role(Role.AGENCY_LEAD, Role.RESPONSIBLE_PERSON)
reads_in_agency: Any = answers_for_agency | (in_agency & has_role(Role.INSPECTOR))


@rules.predicate
def of_own_board(access: Access, record: Any = None) -> bool:
    """The record is the acting board's; without one, any."""
    return record is None or (access.board_id is not None and record.board_id == access.board_id)


@rules.predicate
def of_own_agency(access: Access, record: Any = None) -> bool:
    """The record is the acting agency's; without one, any."""
    return record is None or (access.agency_id is not None and record.agency_id == access.agency_id)


@rules.predicate
def sent_to_own_board(access: Access, place: Any = None) -> bool:
    """An agency's place in a round of the acting board; without one, any."""
    return place is None or (access.board_id is not None and place.round.board_id == access.board_id)


# Reviews, rounds and returns
rules.add_perm("standards.see_reviews", in_board)
rules.add_perm("standards.write_review", leads_board & of_own_board)
rules.add_perm("standards.see_rounds", in_board)
rules.add_perm("standards.keep_round", (leads_board | (is_job & in_board)) & of_own_board)
rules.add_perm("standards.judge_return", leads_board & sent_to_own_board)
rules.add_perm("standards.adopt", leads_board)
rules.add_perm("standards.see_returns", reads_in_agency)
rules.add_perm("standards.answer", answers_for_agency & of_own_agency)
rules.add_perm("standards.submit", signs_for_agency & of_own_agency)
rules.add_perm("standards.raise_from_gap", leads_board | signs_for_agency)

# Surveys
reads_results: Any = in_agency & has_role(
    Role.AGENCY_LEAD, Role.RESPONSIBLE_PERSON, Role.DESIGNATED_OFFICER, Role.SENIOR_PERSON, Role.INSPECTOR
)
rules.add_perm("standards.see_surveys", in_board)
rules.add_perm("standards.see_results", in_board | reads_results)
rules.add_perm("standards.run_surveys", leads_board & of_own_board)
rules.add_perm("standards.read_words", leads_board & of_own_board)
rules.add_perm("standards.answer_survey", is_job)
rules.add_perm("standards.count_surveys", is_job)
