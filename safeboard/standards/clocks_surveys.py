"""What surveys ask of the clock: close and count those whose last day has passed."""

from __future__ import annotations

from datetime import timedelta

from safeboard.core.access import job_access
from safeboard.outbox.operations import clock

from .operations.survey_answers import count_closed


@clock(every=timedelta(hours=1), name="standards.surveys")
def count_surveys() -> int:
    """Count what is over; gives how many."""
    return count_closed(by=job_access("standards.surveys"))
