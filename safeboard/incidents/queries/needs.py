"""What needs a person: duties by clock, drafts, referrals not sent, not acknowledged, or without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import DutyKind, ReferralState
from ..models import Duty, Referral
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .states import Passed, of_referral
from .visible import drafts_of, owed_by, visible_to

MOST = 50


@dataclass(frozen=True)
class Needed:
    """One thing that needs somebody.

    kind: duty, not-sent, not-acknowledged, overdue, draft. ``due_at`` is None where it has no clock; ``about`` is the
    reference of the incident, '' for a draft. ``word`` and ``colour`` are its tag.
    """

    kind: str
    url: str
    sentence: str
    due_at: datetime | None
    about: str
    word: str
    colour: str

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
    referrals = list(_referrals(access))
    standing = {(one.incident_id, one.to) for one in referrals if one.state == ReferralState.DRAFTED}
    asked = {one.pk for one in referrals}
    duties = [duty for duty in _duties(access) if not _stands(duty, standing, asked)]
    rows = [*(_duty(duty, now) for duty in duties), *(_referral(one, now) for one in referrals)]
    rows.sort(key=lambda row: (row.due_at is None, row.due_at or now))
    return rows + list(_drafts(access))


def _duties(access: Access) -> QuerySet[Duty]:
    fields = ("title", "kind", "to", "due_at", "referral_id", "incident__year", "incident__serial", "incident_id")
    return owed_by(access).only(*fields)[: MOST * 2]


def _referrals(access: Access) -> QuerySet[Referral]:
    """Those that wait for somebody, of incidents that this person handles or reported; soonest answer first."""
    waiting = [ReferralState.DRAFTED, ReferralState.SENT, ReferralState.ACKNOWLEDGED]
    mine = visible_to(access)
    if not access.roles & {*CASE_ROLES, *ALLEGATION_ROLES}:
        mine = mine.filter(reported_by=access.person)
    rows = Referral.objects.filter(state__in=waiting, incident__in=mine.values("pk"))
    rows = rows.filter(~Q(state=ReferralState.ACKNOWLEDGED) | Q(answer_due_at__lt=timezone.now()))
    fields = ("to", "to_name", "state", "made_at", "sent_at", "answer_due_at")
    rows = rows.select_related("incident").only(*fields, "incident__year", "incident__serial", "incident_id")
    return rows.order_by("answer_due_at", "pk")[:MOST]


def _stands(duty: Duty, standing: set[tuple[int, str]], asked: set[int]) -> bool:
    """Whether a referral in the list says the same as this duty."""
    if duty.kind == DutyKind.ANSWER:
        return duty.referral_id in asked
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
    )


def _url_of(duty: Duty) -> str:
    """Where one does it: the referral, the written record, or the list of what is owed."""
    if duty.kind == DutyKind.REFER and duty.to:
        return f"{reverse('incidents:referral-new', args=[duty.incident_id])}?duty={duty.pk}"
    if duty.kind == DutyKind.RECORD:
        return f"{reverse('incidents:written-record', args=[duty.incident_id])}?duty={duty.pk}"
    return f"{reverse('incidents:duties', args=[duty.incident_id])}#duty-{duty.pk}"


def _referral(one: Referral, now: datetime) -> Needed:
    state = of_referral(Passed(one.to_name, one.state, one.answer_due_at), now)
    overdue = bool(one.answer_due_at and one.answer_due_at < now and one.sent_at)
    kind = "overdue" if overdue else "not-sent" if one.sent_at is None else "not-acknowledged"
    return Needed(
        kind=kind,
        url=reverse("incidents:referral", args=[one.incident_id, one.pk]),
        sentence=state.sentence,
        due_at=one.made_at if one.sent_at is None else one.answer_due_at,
        about=one.incident.reference,
        word=state.word,
        colour=state.colour,
    )


def _drafts(access: Access) -> Iterator[Needed]:
    for _draft in drafts_of(access).defer("answers")[:MOST]:
        yield Needed(
            kind="draft",
            url=reverse("incidents:drafts"),
            sentence=_("A report that you have not sent yet."),
            due_at=None,
            about="",
            word=_("Not sent"),
            colour="grey",
        )
