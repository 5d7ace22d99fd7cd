"""What was done, by date, in the manner of Brent's table (Toolkit Annex A)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

from ..choices import EventKind


class Event(BoardRecord):
    """One line of the chronology. Where it came from a record, that record makes it once for each kind.

    ``until`` is the last day of what lasted longer; ``month_only`` where nobody knows the day.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "on", "until", "month_only", "kind", "what", "source_type", "source_id", "source_url", "made_at"),
        personal=("made_by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField(_("date"))
    until = models.DateField(_("last day"), null=True, blank=True)
    month_only = models.BooleanField(_("only the month is known"), default=False)
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind)
    what = models.CharField(_("what was done"), max_length=500)
    source_type = models.CharField(max_length=80, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "source_type", "source_id", "kind"],
                condition=models.Q(source_id__isnull=False),
                name="event_once_of_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("on")), name="event_ends_after"
            ),
        ]

    @property
    def by_itself(self) -> bool:
        """Whether a record wrote it, and nobody by hand."""
        return self.source_id is not None
