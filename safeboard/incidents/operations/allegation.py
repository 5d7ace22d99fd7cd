"""A concern about somebody who works here: who hears first, how grave it is, the risk, what is particular online."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, times
from safeboard.core.access import Access, require

from ..choices import DutyKind, Owner, ReferralState
from ..errors import Refused
from ..models import Incident, Involved, OnlineAllegation, Referral, RiskAssessment, ThresholdDecision
from ..queries.allegation import path_of, questions_of
from ..queries.handling import ALLEGATION_FIRST
from ..rules import words_only
from .duties import raise_duty, settle
from .keys import own_key

RISK = "risk-assessment"
CHART_RISK = ":risk-assessment"
MORNING = time(9)
Answers = list[dict[str, str]]
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def raise_allegation(*, by: Access, incident: Incident, tell: bool = True) -> None:
    """Raise what every concern about staff owes first: HR or the LADO hears; a risk assessment where it is called for.

    Called whenever an incident is, or becomes, an allegation. Nothing is raised twice. ``tell``: whether owners are
    told; the message of a new report tells them already.
    """
    path = path_of(incident)
    if not incident.allegation or path is None:
        return
    now = timezone.now()
    told = Referral.objects.filter(incident=incident, to=path.first).exclude(state=ReferralState.WITHDRAWN)
    asked = incident.duties.filter(to=path.first, done_at__isnull=True, dropped_at__isnull=True)
    if not told.exists() and not asked.exclude(key=ALLEGATION_FIRST).exists():
        raise_duty(
            by=by,
            incident=incident,
            key=ALLEGATION_FIRST,
            kind=DutyKind.REFER,
            title=str(path.duty),
            owner=Owner.HR,
            due_at=times.after(now, path.by.within, working_days=path.by.working_days),
            to=path.first,
            tell=tell,
        )
    if incident.scenario in path.assess and not incident.risks.exists():
        raise_duty(
            by=by,
            incident=incident,
            key=RISK,
            kind=DutyKind.DECIDE,
            title=str(path.assess_duty),
            owner=Owner.HR,
            due_at=times.after(now, path.assess_by.within, working_days=path.assess_by.working_days),
            tell=tell,
        )


@transaction.atomic
def decide_threshold(
    *, by: Access, incident: Incident, level: str, why: str, form_key: uuid.UUID | None = None
) -> ThresholdDecision:
    """Record harm threshold or low-level concern with the reason. An earlier one stays on record (KCSIE part 4)."""
    path = path_of(incident)
    if path is None or level not in [one.id for one in path.levels]:
        raise Refused(_("Choose one of the two."))
    given = {"level": level, "why": why}
    return _kept(ThresholdDecision, "incidents.threshold", by, incident, form_key, given)


@transaction.atomic
def assess_risk(
    *,
    by: Access,
    incident: Incident,
    answers: Answers,
    level: str,
    why: str,
    decided_by: str,
    measures: str = "",
    review_on: date | None = None,
    involved: Involved | None = None,
    form_key: uuid.UUID | None = None,
) -> RiskAssessment:
    """Record the risk assessment of a member of staff (Harrow 5.2) and give it back; it settles the duty.

    ``answers`` as ``queries.allegation.answered`` makes them. A day to look at it again becomes a duty.
    """
    if review_on and review_on < timezone.localdate():
        raise Refused(_("The day to look at it again must be today or later."))
    given = {
        **_questions(incident, "staff-risk", answers),
        "level": level,
        "why": why,
        "measures": measures,
        "decided_by": decided_by,
        "review_on": review_on,
        "involved": involved,
    }
    risks = RiskAssessment.objects.filter(incident=incident)
    before = set(risks.values_list("pk", flat=True))
    row = _kept(RiskAssessment, "incidents.risk_assessed", by, incident, form_key, given)
    if row.pk not in before:
        _settle_risk(by=by, incident=incident)
        if review_on:
            _raise_review(by=by, row=row, on=review_on)
    return row


@transaction.atomic
def describe_online(
    *,
    by: Access,
    incident: Incident,
    answers: Answers,
    finding: str,
    why: str = "",
    form_key: uuid.UUID | None = None,
) -> OnlineAllegation:
    """Record what is particular to an allegation made online (Toolkit s3) and give it back."""
    given = {**_questions(incident, "allegation-online", answers), "finding": finding, "why": why}
    return _kept(OnlineAllegation, "incidents.online_described", by, incident, form_key, given)


@transaction.atomic
def allegation_printed(*, by: Access, incident: Incident) -> None:
    """Note that the record of the concern left the service as a document."""
    require(by, "incidents.print", incident)
    history.record(by=by, verb="incidents.allegation_printed", obj=incident)


def _questions(incident: Incident, name: str, answers: Answers) -> dict[str, Any]:
    words_only(*(text for one in answers for text in one.values()))
    found = questions_of(incident, name)
    if found is None:
        raise Refused(_("The content pack of this incident has no such questions."))
    return {"answers": answers, "pack": incident.pack, "version": found.version}


def _kept(
    model: type[Row], verb: str, by: Access, incident: Incident, form_key: uuid.UUID | None, given: dict[str, Any]
) -> Row:
    """The row, added with its entry in the history; the same form twice is one."""
    require(by, "incidents.assess", incident)
    words = {name: value for name, value in given.items() if isinstance(value, str) and name != "pack"}
    words_only(*words.values())
    row, made = model._default_manager.get_or_create(
        form_key=own_key(form_key, by, incident),
        defaults={"agency_id": incident.agency_id, "incident": incident, "by": by.person, **given},
    )
    if made:
        history.record(by=by, verb=verb, obj=incident, facts={"row": row.pk}, digests=words)
    return row


def _settle_risk(*, by: Access, incident: Incident) -> None:
    for key in incident.duties.filter(kind=DutyKind.DECIDE, done_at__isnull=True).values_list("key", flat=True):
        if key == RISK or key.endswith(CHART_RISK) or key.startswith(f"{RISK}:"):
            settle(by=by, incident=incident, kind=DutyKind.DECIDE, key=key)


def _raise_review(*, by: Access, row: RiskAssessment, on: date) -> None:
    raise_duty(
        by=by,
        incident=row.incident,
        key=f"{RISK}:{row.pk}",
        kind=DutyKind.DECIDE,
        title=_("Look again at the risk assessment"),
        owner=Owner.HR,
        due_at=timezone.make_aware(datetime.combine(on, MORNING)),
    )
