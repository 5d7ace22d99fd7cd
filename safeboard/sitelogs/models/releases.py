"""What a board sees of the filter logs: counts of a quarter that has ended, suppressed and frozen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord


class LogRelease(BoardRecord):
    """A quarter's counts as the board sees them. No hidden figure is in it: what is not shown is not kept.

    ``tables``: ``asked``, ``reviewed`` and ``blocked`` as pairs of a key and what is shown; or ``withheld``. A release
    is never made anew: two of them could be subtracted from each other.
    """

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("year", "quarter", "tables", "made_at"))

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    tables = models.JSONField(_("figures"), default=dict)
    made_at = models.DateTimeField(_("released"), default=timezone.now)

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "quarter"], name="log_release_once"),
            models.CheckConstraint(condition=models.Q(quarter__gte=1, quarter__lte=4), name="log_release_of_a_quarter"),
        ]
