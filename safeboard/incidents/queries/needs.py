"""What needs a person: duties by clock, drafts, referrals not sent, not acknowledged, or without an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role
from safeboard.library import queries as library
from safeboard.partnership.queries import holders

from ..choices import Alarm, DutyKind, Owner, ReceivedState, ReferralState, WorryState
from ..models import Duty, Incident, Referral, Worry
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .handling import FIRST_LOOK, ROLES
from .inbox import Arrived, inbox
from .referring import in_any_alarm
from .states import FIELDS, of_referral, passed
from .visible import owed_by, visible_where

MOST = 50
OF_INCIDENT = tuple(f"incident__{field}" for field in ("year", "serial", "pack", "scenario"))


@dataclass(frozen=True)
class Needed:
    """One thing that needs somebody.

    kind: duty, received, not-sent, not-acknowledged, overdue, empty-post, alerts, draft. ``due_at`` is None where it
    has no clock; ``about`` is the reference of the incident, '' for a draft, and ``scenario`` its kind in words.
    ``word`` and ``colour`` are its tag.
    """

    kind: str
    url: str
    sentence: str
    due_at: datetime | None
    about: str
    word: str
    colour: str
    scenario: str = ""

    def late(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.due_at is not None and self.due_at < now


def home_rows(access: Access) -> list[Needed]:
    """What needs this person in the agency acted for: late first, then by clock, at most MOST of a sort; 3 queries.

    Nothing outside an agency. No case text. A referral that is prepared, or waits for its answer, stands for its duty.
    """
    if access.agency_id is None or access.person is None:
        return []
    now = timezone.now()
    referrals = _referrals(access, now)
    standing = {(one.incident_id, one.to) for one in referrals if one.state == ReferralState.DRAFTED}
    asked = {one.pk for one in referrals}
    duties = [duty for duty in _duties(access) if not _stands(duty, standing, asked)]
    rows = [*(_duty(duty, now) for duty in duties), *(_referral(one, now) for one in referrals)]
    rows += [SAID[one.kind](one, now) for one in inbox(access)]
    rows += _empty_posts(access, duties)
    return sorted(rows, key=lambda row: (LAST.get(row.kind, 0), row.due_at is None, row.due_at or now))


def _alerts(one: Arrived, now: datetime) -> Needed:
    """That alerts of products wait, in one line for all of them."""
    count = int(one.key)
    sentence = ngettext("%(count)s alert of a filter waits.", "%(count)s alerts of a filter wait.", count)
    grave = one.words != "0"
    return Needed(
        kind="alerts",
        url=reverse("incidents:alerts"),
        sentence=sentence % {"count": f"{count:,}"},
        due_at=None,
        about="",
        word=_("Grave") if grave else _("New"),
        colour="red" if grave else "yellow",
    )


def _empty_posts(access: Access, duties: list[Duty]) -> list[Needed]:
    """For the responsible person: that a post is empty, so that what it would owe is theirs. It shouts until filled."""
    mine = [duty for duty in duties if duty.owner == Owner.RESPONSIBLE_PERSON]
    if Role.RESPONSIBLE_PERSON not in access.roles or not mine:
        return []
    empty = [owner for owner in (Owner.DESIGNATED_OFFICER, Owner.HR) if not holders(access.own_agency, ROLES[owner])]
    words = _("Nobody here is the %(post)s. What that person would owe comes to you. Name somebody.")
    return [
        Needed(
            kind="empty-post",
            url=reverse("partnership:people"),
            sentence=words % {"post": owner.label},
            due_at=min(duty.due_at for duty in mine),
            about="",
            word=_("Nobody"),
            colour="red",
        )
        for owner in empty
    ]


@built_once
def _duties(access: Access) -> QuerySet[Duty]:
    fields = ("title", "key", "kind", "to", "owner", "due_at", "referral_id", "incident_id")
    return owed_by(access).only(*fields, *OF_INCIDENT)[: MOST * 2]


@built_once
def _referrals(access: Access, now: datetime) -> QuerySet[Referral]:
    """Those not sent and those in alarm, of incidents that this person handles or reported; soonest answer first."""
    amiss = Q(state=ReferralState.DRAFTED) | in_any_alarm(now)
    rows = Referral.objects.filter(amiss, visible_where(access, of="incident__"))
    if not access.roles & {*CASE_ROLES, *ALLEGATION_ROLES}:
        rows = rows.filter(incident__reported_by=access.person)
    fields = ("to", "made_at", "sent_at", *FIELDS)
    rows = rows.select_related("incident").only(*fields, *OF_INCIDENT, "incident_id")
    return rows.order_by("answer_due_at", "pk")[:MOST]


def _stands(duty: Duty, standing: set[tuple[int, str]], asked: set[int]) -> bool:
    """Whether a referral in the list says the same as this duty."""
    if duty.referral_id in asked:
        return duty.kind != DutyKind.DECIDE
    return duty.kind == DutyKind.REFER and (duty.incident_id, duty.to) in standing


def _duty(duty: Duty, now: datetime) -> Needed:
    late = duty.due_at < now
    return Needed(
        kind="duty",
        url=_url_of(duty),
        sentence=duty.title,
        due_at=duty.due_at,
        about=duty.incident.reference,
        word=_("Late") if late else _("Owed"),
        colour="red" if late else "yellow",
        scenario=_scenario(duty.incident),
    )


def _url_of(duty: Duty) -> str:
    """Where one does it: the record, the referral, the written record, or the list of what is owed."""
    if duty.key == FIRST_LOOK:
        return reverse("incidents:record", args=[duty.incident_id])
    if duty.kind == DutyKind.REFER and duty.to:
        return f"{reverse('incidents:referral-new', args=[duty.incident_id])}?duty={duty.pk}"
    if duty.referral_id:
        return reverse("incidents:referral", args=[duty.incident_id, duty.referral_id])
    if duty.kind == DutyKind.RECORD:
        return f"{reverse('incidents:written-record', args=[duty.incident_id])}?duty={duty.pk}"
    if duty.kind == DutyKind.DEBRIEF:
        return reverse("incidents:debrief", args=[duty.incident_id])
    return f"{reverse('incidents:duties', args=[duty.incident_id])}#duty-{duty.pk}"


def _referral(one: Referral, now: datetime) -> Needed:
    waits = passed(one)
    state = of_referral(waits, now)
    clocks = {Alarm.OVERDUE: one.answer_due_at, Alarm.NOT_ACKNOWLEDGED: one.acknowledge_due_at}
    kind = waits.alarm(now) or Alarm.NOT_SENT
    return Needed(
        kind=str(kind),
        url=reverse("incidents:referral", args=[one.incident_id, one.pk]),
        sentence=state.sentence,
        due_at=clocks.get(Alarm(kind), one.send_due_at),
        about=one.incident.reference,
        word=state.word,
        colour=state.colour,
        scenario=_scenario(one.incident),
    )


def _scenario(incident: Incident) -> str:
    return library.label(incident.pack, "incident-kinds", incident.scenario)


def _received(one: Arrived, now: datetime) -> Needed:
    """A referral to us: to be acknowledged by its clock, then to be taken on or refused."""
    late = one.state == ReceivedState.NEW and one.due_at is not None and one.due_at < now
    words = {"who": one.words}
    new = _("%(who)s has referred something to you: say that you have it") % words
    return Needed(
        kind="received",
        url=reverse("incidents:received", args=[one.key]),
        sentence=new if one.state == ReceivedState.NEW else _("Take on or refuse the referral of %(who)s") % words,
        due_at=one.due_at,
        about="",
        word=_("Late") if late else _("Waits for you"),
        colour="red" if late else "yellow",
    )


def _worry(one: Arrived, now: datetime) -> Needed:
    """What was sent in without an account: to be read, then answered."""
    late = bool(one.due_at and one.due_at < now)
    worry = Worry(pk=one.key, danger=one.words)
    urgent = worry.is_urgent and one.state == WorryState.NEW
    return Needed(
        kind="worry",
        url=reverse("incidents:worry", args=[one.key]),
        sentence=_("Read a worry that was sent in") if one.state == WorryState.NEW else _("Write back to a worry"),
        due_at=one.due_at,
        about=worry.reference,
        word=_("Danger now?") if urgent else _("Late") if late else _("Waits for you"),
        colour="red" if urgent or late else "yellow",
    )


def _draft(one: Arrived, now: datetime) -> Needed:
    """A report that was begun; one of what a child told has a clock, for its written record (Toolkit Annex E)."""
    told = one.due_at is not None
    late = one.due_at is not None and one.due_at < now
    return Needed(
        kind="told" if told else "draft",
        url=reverse("incidents:report-kind", args=[UUID(one.key)]) if told else reverse("incidents:drafts"),
        sentence=_("Write down what the child told you") if told else _("A report that is not sent yet"),
        due_at=one.due_at,
        about="",
        word=_("Late") if late else _("Not sent"),
        colour="red" if late else "grey",
    )


SAID: dict[str, Callable[[Arrived, datetime], Needed]] = {
    "received": _received,
    "worry": _worry,
    "alerts": _alerts,
    "draft": _draft,
}
LAST = {"alerts": 1, "told": 2, "draft": 2}  # of what is listed by clock, these come behind the rest
