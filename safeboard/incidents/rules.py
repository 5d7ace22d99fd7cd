"""Who may do what with incidents.

Predicates take (access, incident). Which incidents a person can see at all is ``queries.visible_to``: these rules
speak of what may be done with one that was found there.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import rules
from django.utils.translation import gettext as _

from safeboard.core.access import Access, has_role, in_agency
from safeboard.core.roles import Role
from safeboard.core.text import holds_file

from .choices import Status
from .errors import FilesRefused

if TYPE_CHECKING:
    from .models import Duty, Incident

# Everybody who works for an agency may report; inspectors only read.
REPORTING_ROLES = (
    Role.STAFF,
    Role.AGENCY_LEAD,
    Role.DESIGNATED_OFFICER,
    Role.RESPONSIBLE_PERSON,
    Role.ALLEGATIONS_OFFICER,
    Role.INFRASTRUCTURE,
    Role.SENIOR_PERSON,
)
# Who handles incidents, allegations aside; and who may know of an allegation (Harrow 5.2; Checklists).
CASE_ROLES = (Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER)
ALLEGATION_ROLES = (Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON, Role.ALLEGATIONS_OFFICER)

may_report = in_agency & has_role(*REPORTING_ROLES)
works_for_agency = in_agency & has_role(*REPORTING_ROLES, Role.INSPECTOR)


@rules.predicate
def handles(access: Access, incident: Incident | None = None) -> bool:
    """Handles incidents of this sort: allegations go to the few who may know, the rest to lead and officer."""
    if incident is None:
        return bool(access.roles & {*CASE_ROLES, *ALLEGATION_ROLES})
    wanted = ALLEGATION_ROLES if incident.allegation else CASE_ROLES
    return incident.agency_id == access.agency_id and bool(access.roles & set(wanted))


@rules.predicate
def reported_it(access: Access, incident: Incident | None = None) -> bool:
    """Reported this incident. Without one: may have reported some."""
    if incident is None:
        return True
    mine = access.person is not None and incident.reported_by_id == access.person.pk
    return mine and incident.agency_id == access.agency_id


@rules.predicate
def inspects(access: Access, incident: Incident | None = None) -> bool:
    """Reads, as the agency's inspector, whatever is no allegation."""
    if incident is None:
        return Role.INSPECTOR in access.roles
    return Role.INSPECTOR in access.roles and incident.agency_id == access.agency_id and not incident.allegation


@rules.predicate
def is_open(access: Access, incident: Incident | None = None) -> bool:
    """Not concluded."""
    return incident is None or incident.status != Status.CONCLUDED


@rules.predicate
def is_concluded(access: Access, incident: Incident | None = None) -> bool:
    """Concluded, so that it could be reopened."""
    return incident is None or incident.status == Status.CONCLUDED


@rules.predicate
def takes_files(access: Access, incident: Incident | None = None) -> bool:
    """Files may be attached: never where it is, or may be, about images of children (PCA 1978 s.1; CJA 1988 s.160)."""
    return incident is None or not incident.refuses_attachments


rules.add_perm("incidents.report", may_report)
rules.add_perm("incidents.list", works_for_agency)
rules.add_perm("incidents.see", works_for_agency)
# Who reported it, and does not handle it, sees their own part of the story; these read the whole of it.
rules.add_perm("incidents.read", in_agency & (handles | inspects))
rules.add_perm("incidents.print", may_report & handles)
rules.add_perm("incidents.walk", may_report & (handles | reported_it) & is_open)
rules.add_perm("incidents.note", may_report & (handles | reported_it) & is_open)
rules.add_perm("incidents.refer", may_report & (handles | reported_it))
rules.add_perm("incidents.attach", may_report & handles & is_open & takes_files)
rules.add_perm("incidents.read_files", may_report & handles)
rules.add_perm("incidents.change", may_report & handles & is_open)
rules.add_perm("incidents.conclude", in_agency & handles & is_open)
rules.add_perm("incidents.reopen", in_agency & handles & is_concluded)
rules.add_perm("incidents.history", in_agency & handles)


def is_late(duty: Duty, now: datetime) -> bool:
    """Whether a duty is owed and its time has passed."""
    return duty.done_at is None and duty.dropped_at is None and duty.due_at < now


def words_only(*texts: str) -> None:
    """Raise FilesRefused where a text carries a file within it: text is for words (PCA 1978 s.1)."""
    if any(holds_file(text) for text in texts if text):
        raise FilesRefused(_("The text seems to hold a file. Take it out and describe in words what you saw."))


def born_after(birth_date: str, happened_on: date) -> bool:
    """Whether somebody's date of birth (as YYYY-MM-DD, or '') is later than the day on which it happened."""
    return bool(birth_date) and date.fromisoformat(birth_date) > happened_on
