"""The written record of what a child told somebody, and its twelve hours (Toolkit Annex E)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import DutyKind, Owner
from ..models import Duty, Incident
from ..queries.walking import CHILD_TELLS
from .duties import raise_duty

RECORD_WITHIN = timedelta(hours=12)
# The name that the chart has for the same duty, so that walking it raises no second one.
WRITTEN_RECORD = f"{CHILD_TELLS}:written-record"


@transaction.atomic
def raise_written_record(*, by: Access, incident: Incident, due_at: datetime) -> Duty:
    """Have the record written that was begun while a child was telling: its clock runs since then, not since now."""
    return raise_duty(
        by=by,
        incident=incident,
        key=WRITTEN_RECORD,
        kind=DutyKind.RECORD,
        title=_("Write down what the child said and what you said, in the child’s own words"),
        owner=Owner.REPORTER,
        due_at=due_at,
        tell=False,
    )
