"""Who may ask the filter logs, and under which authority.

Whoever asks has been trained in the law, and the head has signed the agreement (Leeds, site reporting): that is
looked up by the operation (``queries.clearance_of``); the rules here speak of roles and of the record at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role

from .choices import Ground, Sure

if TYPE_CHECKING:
    from .models import Authority, Question

# Who may be cleared to ask: who keeps the logs, who handles cases, who answers for the agency, who handles notices.
ASKING = (Role.INFRASTRUCTURE, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON, Role.SENIOR_PERSON)
REVIEWING = (Role.INFRASTRUCTURE, Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON)
SECOND = (Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON, Role.ALLEGATIONS_OFFICER)
KEEPING = (Role.AGENCY_LEAD, Role.INFRASTRUCTURE)
SUBGROUP = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER, Role.INSPECTOR)


@rules.predicate
def of_own_agency(access: Access, obj: object = None) -> bool:
    """The record is the own agency's."""
    return obj is None or getattr(obj, "agency_id", None) == access.agency_id


@rules.predicate
def may_know(access: Access, authority: Authority | None = None) -> bool:
    """A notice is for whoever recorded it and for nominated senior people alone: nobody may be tipped off."""
    if authority is None or authority.ground != Ground.NOTICE:
        return True
    mine = access.person is not None and authority.made_by_id == access.person.pk
    return mine or Role.SENIOR_PERSON in access.roles


@rules.predicate
def made_it_or_answers(access: Access, authority: Authority | None = None) -> bool:
    """Recorded the authority, or answers for the agency; for a notice a nominated senior person."""
    if authority is None:
        return True
    mine = access.person is not None and authority.made_by_id == access.person.pk
    other = Role.SENIOR_PERSON if authority.ground == Ground.NOTICE else Role.RESPONSIBLE_PERSON
    return mine or other in access.roles


@rules.predicate
def is_job(access: Access, obj: object = None) -> bool:
    """A job or a command: whoever may run one has the database anyway."""
    return access.person is None and bool(access.job)


@rules.predicate
def is_another(access: Access, question: Question | None = None) -> bool:
    """Is not who asks: four eyes."""
    return question is None or (access.person is not None and question.asked_by_id != access.person.pk)


rules.add_perm("sitelogs.see", in_agency & has_role(*KEEPING, *ASKING, Role.INSPECTOR) & of_own_agency)
rules.add_perm("sitelogs.ask", in_agency & has_role(*ASKING) & of_own_agency & may_know)
rules.add_perm("sitelogs.withdraw", in_agency & has_role(*ASKING) & of_own_agency & made_it_or_answers)
rules.add_perm("sitelogs.second", in_agency & has_role(*SECOND) & of_own_agency & is_another)
rules.add_perm("sitelogs.clear", in_agency & has_role(Role.RESPONSIBLE_PERSON, Role.AGENCY_LEAD) & of_own_agency)
rules.add_perm("sitelogs.keep", in_agency & has_role(*KEEPING) & of_own_agency)
rules.add_perm("sitelogs.verify", is_job | (in_agency & has_role(*KEEPING, *ASKING) & of_own_agency))
rules.add_perm("sitelogs.hold", in_agency & has_role(Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON) & of_own_agency)
rules.add_perm("sitelogs.review", in_agency & has_role(*REVIEWING) & of_own_agency)
rules.add_perm("sitelogs.counts", in_board & has_role(*SUBGROUP))
rules.add_perm("sitelogs.release", is_job)
rules.add_perm("sitelogs.dispose", is_job)
rules.add_perm("sitelogs.send", is_job & of_own_agency)


def needs_second(*, about_self: bool, names_asker: bool, network: str, by_network: bool) -> bool:
    """Whether a question needs a second person before it runs (Toolkit s3; Leeds' protocol, chart 2).

    It does where it may be about who asks, and where somebody who looks after the network asks although it is not sure
    that network staff are not involved.
    """
    return about_self or names_asker or (by_network and network != Sure.YES)


def names(text: str, *, name: str, email: str) -> bool:
    """Whether a user's name in a log could be this person's: the same as their name, e-mail or its first part."""
    plain = text.strip().casefold().rpartition("\\")[2]
    mine = {email.casefold(), email.casefold().partition("@")[0], name.casefold(), name.casefold().replace(" ", ".")}
    return bool(plain) and (plain in mine or plain.partition("@")[0] in mine)
