"""Incidents for the tests of this room, made without the operations where only rows are wanted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from safeboard.incidents import operations
from safeboard.incidents.choices import DutyKind, Kin, Owner, Part, ReferralState
from safeboard.incidents.models import Duty, Incident, Referral

CANARY = "CANARY words about a child"
FIELDS = {
    "scenario": "bullying-harassment",
    "classification": "contact",
    "how_found": "told-by-child",
    "happened_on": date(2026, 3, 3),
    "narrative": CANARY,
}


def reported(cast: Any, by: str = "staff", **changes: Any) -> Incident:
    """An incident that was reported as people do it."""
    people = changes.pop("people", ())
    person = getattr(cast, by)
    with cast.wall_of(person):
        return operations.report(by=cast.access_for(person), fields={**FIELDS, **changes}, people=people)


def allegation(cast: Any, about: str = "Dora Designated", by: str = "staff", **changes: Any) -> Incident:
    """A concern about somebody who works there, by name."""
    people = [{"kin": Kin.STAFF, "part": Part.CONCERN, "name": about}]
    return reported(cast, by, people=people, **changes)


def rows(cast: Any, count: int) -> list[Incident]:
    """That many incidents with a duty and a referral each, written straight to the database."""
    now, agency = timezone.now(), cast.agency
    with cast.wall_of(cast.lead):
        start = Incident.objects.count() + 1
        made = Incident.objects.bulk_create(
            Incident(
                agency=agency,
                year=2025,
                serial=start + n,
                pack="england-2026",
                setting=cast.setting,
                reported_by=cast.staff,
                **FIELDS,
            )
            for n in range(count)
        )
        Duty.objects.bulk_create(
            Duty(
                agency=agency,
                incident=one,
                key="k",
                kind=DutyKind.RECORD,
                title="Write it down",
                owner=Owner.DESIGNATED_OFFICER,
                due_at=now + timedelta(hours=3),
            )
            for one in made
        )
        Referral.objects.bulk_create(
            Referral(
                agency=agency,
                incident=one,
                to="ceop",
                to_name="CEOP",
                state=ReferralState.SENT,
                sent_at=now,
                acknowledge_due_at=now - timedelta(hours=1),
            )
            for one in made
        )
    return made
