"""Who may do what with incidents.

Predicates take (access, incident). Which incidents a person can see at all is ``queries.visible_to``: these rules
speak of what may be done with one that was found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import rules
from django.utils.translation import gettext as _

from safeboard.core.access import Access, has_role, in_agency, in_board
from safeboard.core.roles import Role
from safeboard.core.text import holds_file

from .choices import WAITING, Alarm, ReceivedState, ReferralState, Status
from .errors import FilesRefused

if TYPE_CHECKING:
    from .models import Alert, BoardLesson, Duty, Incident, Lesson, Received, SeriousReview, Worry

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
    """Handles incidents of this sort: allegations go to the few who may know, the rest to lead and officer.

    The responsible person handles what passed to them because nobody else was left.
    """
    if incident is None:
        return bool(access.roles & {*CASE_ROLES, *ALLEGATION_ROLES})
    if incident.agency_id != access.agency_id:
        return False
    wanted = ALLEGATION_ROLES if incident.allegation else CASE_ROLES
    stands_in = Role.RESPONSIBLE_PERSON in access.roles and incident.passed_to_responsible
    return bool(access.roles & set(wanted)) or stands_in


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
    """Files may be added: never where it is, or may be, about images of children (PCA 1978 s.1; CJA 1988 s.160)."""
    return incident is None or not incident.refuses_files


@rules.predicate
def handles_alert(access: Access, alert: Alert | None = None) -> bool:
    """Handles alerts of this sort: where somebody who works here was signed in, the few who may know (Harrow 5.2)."""
    if alert is None:
        return bool(access.roles & {*CASE_ROLES, *ALLEGATION_ROLES})
    wanted = ALLEGATION_ROLES if alert.about_staff else CASE_ROLES
    return alert.agency_id == access.agency_id and bool(access.roles & set(wanted))


@rules.predicate
def handles_received(access: Access, received: Received | None = None) -> bool:
    """Handles referrals to the agency of this sort: concerns about staff go to the few who may know (Harrow 5.2)."""
    if received is None:
        return bool(access.roles & {*CASE_ROLES, *ALLEGATION_ROLES})
    wanted = ALLEGATION_ROLES if received.allegation else CASE_ROLES
    return received.agency_id == access.agency_id and bool(access.roles & set(wanted))


rules.add_perm("incidents.report", may_report)
rules.add_perm("incidents.list", works_for_agency)
rules.add_perm("incidents.see", works_for_agency)
# Who reported it, and does not handle it, sees their own part of the story; these read the whole of it.
rules.add_perm("incidents.read", in_agency & (handles | inspects))
rules.add_perm("incidents.print", may_report & handles)
rules.add_perm("incidents.walk", may_report & (handles | reported_it) & is_open)
rules.add_perm("incidents.note", may_report & (handles | reported_it) & is_open)
rules.add_perm("incidents.refer", may_report & (handles | reported_it))
rules.add_perm("incidents.evidence", may_report & handles)
rules.add_perm("incidents.take_in", may_report & handles & is_open)
# A device comes back from the police long after the incident was concluded: the chain of custody goes on.
rules.add_perm("incidents.hand_over", may_report & handles)
rules.add_perm("incidents.add_file", may_report & handles & is_open & takes_files)
rules.add_perm("incidents.remove_file", in_agency & has_role(Role.DESIGNATED_OFFICER) & handles)
rules.add_perm("incidents.pack", may_report & handles)
rules.add_perm("incidents.change", may_report & handles & is_open)
rules.add_perm("incidents.alerts", may_report & handles_alert)
# What a product's token carries: whoever handles incidents stands for what it sends.
rules.add_perm("incidents.send_alerts", may_report & has_role(*CASE_ROLES))
# A referral to us: anybody may take the call; who may know of it deals with it.
rules.add_perm("incidents.take_call", may_report)
rules.add_perm("incidents.see_received", may_report)
rules.add_perm("incidents.receive", may_report & handles_received)
rules.add_perm("incidents.hand_on", may_report & handles & is_open)
rules.add_perm("incidents.support", may_report & handles & is_open)
rules.add_perm("incidents.discuss", may_report & handles & is_open)
rules.add_perm("incidents.assess", may_report & handles & is_open)
rules.add_perm("incidents.conclude", in_agency & handles & is_open)
rules.add_perm("incidents.reopen", in_agency & handles & is_concluded)
rules.add_perm("incidents.history", in_agency & handles)
rules.add_perm("incidents.share_views", in_agency & has_role(Role.AGENCY_LEAD))
rules.add_perm("incidents.export", may_report & handles)


# Looking back --------------------------------------------------------------------------------------------------

# Whom a grave matter goes to: an incident that went there is talked over afterwards.
GRAVE_BODIES = frozenset({"ceop", "iwf", "childrens-social-care", "social-care-duty-team", "lado", "lado-service"})
LOOKING_BACK = (*CASE_ROLES, Role.RESPONSIBLE_PERSON, Role.ALLEGATIONS_OFFICER)
SUBGROUP = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)


def of_weight(*, images: bool, allegation: bool, referred_to: Iterable[str], at_once: bool) -> bool:
    """Whether an incident is talked over afterwards without anybody having to ask (Checklists, the incident chart).

    It is where it may be about images of children, is a concern about staff, went to the police, social care or CEOP,
    or a chart said that something had to be done at once. The officer may ask for a debrief of any other.
    """
    grave = any(to in GRAVE_BODIES or to.startswith("police") for to in referred_to)
    return images or allegation or at_once or grave


@rules.predicate
def is_second(access: Access, review: SeriousReview | None = None) -> bool:
    """May confirm a serious review: an officer or the responsible person, and not who wrote it."""
    if review is None:
        return bool(access.roles & set(LOOKING_BACK))
    wanted = ALLEGATION_ROLES if review.incident.allegation else (*CASE_ROLES, Role.RESPONSIBLE_PERSON)
    own = access.person is None or review.prepared_by_id == access.person.pk
    return review.agency_id == access.agency_id and bool(access.roles & set(wanted)) and not own


@rules.predicate
def keeps_lesson(access: Access, lesson: Lesson | BoardLesson | None = None) -> bool:
    """Sees to lessons of the place acted in, or to this one. Without one: may be given some."""
    if lesson is None:
        return True
    place = getattr(lesson, "agency_id", None) or getattr(lesson, "board_id", None)
    if place != (access.agency_id or access.board_id):
        return False
    roles = LOOKING_BACK if access.agency_id else SUBGROUP
    return bool(access.roles & set(roles)) or (access.person is not None and lesson.owner_id == access.person.pk)


rules.add_perm("incidents.debrief", may_report & handles)
rules.add_perm("incidents.prepare_review", may_report & handles)
rules.add_perm("incidents.see_serious", in_agency & has_role(*LOOKING_BACK))
rules.add_perm("incidents.confirm_review", may_report & is_second)
rules.add_perm("incidents.board_reviews", in_board)
rules.add_perm("incidents.add_finding", in_board & has_role(*SUBGROUP))
rules.add_perm("incidents.see_lessons", works_for_agency | in_board)
rules.add_perm("incidents.make_lesson", (in_agency & has_role(*LOOKING_BACK)) | (in_board & has_role(*SUBGROUP)))
rules.add_perm("incidents.keep_lesson", (may_report | (in_board & has_role(*SUBGROUP))) & keeps_lesson)
rules.add_perm("incidents.share_lesson", in_agency & has_role(*LOOKING_BACK) & keeps_lesson)
rules.add_perm("incidents.tell_near_miss", may_report)
rules.add_perm("incidents.see_near_misses", works_for_agency)
rules.add_perm("incidents.handle_near_miss", in_agency & has_role(*CASE_ROLES))
rules.add_perm("incidents.review_log", in_agency & has_role(*CASE_ROLES))
rules.add_perm("incidents.read_log_reviews", in_agency & has_role(*CASE_ROLES, Role.RESPONSIBLE_PERSON, Role.INSPECTOR))


def is_late(duty: Duty, now: datetime) -> bool:
    """Whether a duty is owed and its time has passed."""
    return duty.done_at is None and duty.dropped_at is None and duty.due_at < now


# From where to where a referral may go. What is not here is refused, in words, and nothing is lost.
REFERRAL_MOVES: Mapping[str, frozenset[str]] = {
    ReferralState.DRAFTED: frozenset({ReferralState.SENT, ReferralState.WITHDRAWN}),
    ReferralState.SENT: frozenset(
        {
            ReferralState.ACKNOWLEDGED,
            ReferralState.ACCEPTED,
            ReferralState.REFUSED,
            ReferralState.ANSWERED,
            ReferralState.WITHDRAWN,
        }
    ),
    ReferralState.ACKNOWLEDGED: frozenset(
        {ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.ANSWERED, ReferralState.WITHDRAWN}
    ),
    ReferralState.ACCEPTED: frozenset({ReferralState.ANSWERED, ReferralState.WITHDRAWN}),
    ReferralState.REFUSED: frozenset({ReferralState.SENT, ReferralState.ANSWERED, ReferralState.CLOSED}),
    ReferralState.ANSWERED: frozenset({ReferralState.CLOSED}),
    ReferralState.CLOSED: frozenset(),
    ReferralState.WITHDRAWN: frozenset(),
}
# The same for a referral that reached us from an agency of the board.
RECEIVED_MOVES: Mapping[str, frozenset[str]] = {
    ReceivedState.NEW: frozenset(
        {ReceivedState.ACKNOWLEDGED, ReceivedState.ACCEPTED, ReceivedState.REFUSED, ReceivedState.WITHDRAWN}
    ),
    ReceivedState.ACKNOWLEDGED: frozenset(
        {ReceivedState.ACCEPTED, ReceivedState.REFUSED, ReceivedState.ANSWERED, ReceivedState.WITHDRAWN}
    ),
    ReceivedState.ACCEPTED: frozenset({ReceivedState.ANSWERED, ReceivedState.WITHDRAWN}),
    ReceivedState.REFUSED: frozenset({ReceivedState.NEW}),
    ReceivedState.ANSWERED: frozenset(),
    ReceivedState.WITHDRAWN: frozenset(),
}


def alarm_of(
    state: str,
    send_due_at: datetime | None,
    acknowledge_due_at: datetime | None,
    answer_due_at: datetime | None,
    now: datetime,
) -> str:
    """What is amiss with a referral (see Alarm), '' where nothing is. Each of the three has a clock of its own.

    A referral that nobody acknowledged and whose answer is late too counts as not acknowledged: nobody knows of it.
    """
    if state == ReferralState.DRAFTED:
        return Alarm.NOT_SENT if send_due_at and send_due_at < now else ""
    if state == ReferralState.SENT and acknowledge_due_at and acknowledge_due_at < now:
        return Alarm.NOT_ACKNOWLEDGED
    if state in WAITING and answer_due_at and answer_due_at < now:
        return Alarm.OVERDUE
    return ""


# --- what is sent in without an account ----------------------------------------------------------------------------

# Who reads it; which of them reads which is ``queries.voice.readable``.
WORRY_ROLES = (Role.DESIGNATED_OFFICER, Role.RESPONSIBLE_PERSON)


@rules.predicate
def is_nobody(access: Access) -> bool:
    """Somebody without an account who writes to us: acts as a job, and is never known."""
    return access.person is None and bool(access.job)


@rules.predicate
def of_own_agency(access: Access, worry: Worry | None = None) -> bool:
    """The worry lies with the agency acted for."""
    return worry is None or worry.agency_id == access.agency_id


rules.add_perm("incidents.send_worry", is_nobody)
rules.add_perm("incidents.worries", in_agency & has_role(*WORRY_ROLES) & of_own_agency)


def words_only(*texts: str) -> None:
    """Raise FilesRefused where a text carries a file within it: text is for words (PCA 1978 s.1)."""
    if any(holds_file(text) for text in texts if text):
        raise FilesRefused(_("The text seems to hold a file. Take it out and describe in words what you saw."))


def born_after(birth_date: str, happened_on: date) -> bool:
    """Whether somebody's date of birth (as YYYY-MM-DD, or '') is later than the day on which it happened."""
    return bool(birth_date) and date.fromisoformat(birth_date) > happened_on
