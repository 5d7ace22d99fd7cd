"""Deciding on support: no incident is concluded with it undecided (Harrow 4.5, 4.6, 6.4)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..choices import DutyKind, Owner, SupportState
from ..errors import Refused
from ..models import Duty, Incident, Involved, Support
from ..queries import open_duties
from ..queries.support import undecided
from ..rules import words_only
from .duties import raise_duty, settle
from .keys import own_key

# Duties of the charts that a decision on every question settles.
CHART_DUTIES = (":support-child", ":support-receiver")
MORNING = time(9)


@transaction.atomic
def decide_support(
    *,
    by: Access,
    incident: Incident,
    question: str,
    state: str,
    involved: Involved | None = None,
    who: str = "",
    what: str = "",
    by_whom: str = "",
    why: str = "",
    starts_on: date | None = None,
    review_on: date | None = None,
    form_key: uuid.UUID | None = None,
) -> Support:
    """Record what was decided about support for somebody named, or for those a question asks about; give it back.

    A later decision takes the place of an earlier one, which stays on record. A date to look at it again becomes a
    duty; the same form twice is one. Raises Refused where it is not said what was offered, or why not.
    """
    require(by, "incidents.support", incident)
    words_only(who, what, by_whom, why)
    _whole(state, involved, what, why, review_on)
    before = _now(incident, question, involved)
    row, made = Support.objects.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={
            "agency_id": incident.agency_id,
            "incident": incident,
            "question": question,
            "involved": involved,
            "state": state,
            "who": who,
            "what": what,
            "by_whom": by_whom,
            "why": why,
            "starts_on": starts_on,
            "review_on": review_on,
            "by": by.person,
        },
    )
    if not made:
        return row
    history.record(
        by=by,
        verb="incidents.support_decided",
        obj=incident,
        facts={"support": row.pk, "question": question, "state": state},
        digests={name: text for name, text in (("what", what), ("why", why)) if text},
    )
    if before and before.review_on:
        settle(by=by, incident=incident, kind=DutyKind.SUPPORT, key=_review(before))
    if review_on:
        _raise_review(by=by, row=row, on=review_on)
    if not undecided(incident):
        _settle_charts(by=by, incident=incident)
    return row


def _whole(state: str, involved: Involved | None, what: str, why: str, review_on: date | None) -> None:
    if state == SupportState.NOBODY and involved:
        raise Refused(_("Somebody is named here. Say what they were offered, or why they need nothing."))
    if state in (SupportState.OFFERED, SupportState.DECLINED) and not what.strip():
        raise Refused(_("Write what was offered."))
    if state == SupportState.NOT_NEEDED and not why.strip():
        raise Refused(_("Write why no support is needed."))
    if review_on and review_on < timezone.localdate():
        raise Refused(_("The day to look at it again must be today or later."))


def _now(incident: Incident, question: str, involved: Involved | None) -> Support | None:
    rows = Support.objects.filter(incident=incident, question=question, involved=involved)
    return rows.order_by("-pk").first()


def _review(row: Support) -> str:
    return f"support-review:{row.pk}"


def _raise_review(*, by: Access, row: Support, on: date) -> Duty:
    return raise_duty(
        by=by,
        incident=row.incident,
        key=_review(row),
        kind=DutyKind.SUPPORT,
        title=_("Look again whether the support helps"),
        owner=Owner.DESIGNATED_OFFICER,
        due_at=timezone.make_aware(datetime.combine(on, MORNING)),
    )


def _settle_charts(*, by: Access, incident: Incident) -> None:
    for duty in open_duties().filter(incident=incident, kind=DutyKind.SUPPORT):
        if duty.key.endswith(CHART_DUTIES):
            settle(by=by, incident=incident, kind=DutyKind.SUPPORT, key=duty.key)
