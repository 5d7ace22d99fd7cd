"""An agency's periodic review of its own log (Toolkit s5)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Every

PERSON = settings.AUTH_USER_MODEL


class AgencyReview(CaseRecord):
    """One review of the log: its period, the figures as they were counted then, conclusions, and the next date.

    The figures leave out concerns about staff, and never change: two papers of one period cannot give away, by
    subtraction, what each of them hides.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "since", "until", "held_on", "every", "next_on", "made_at", "warned_at", "late_at"),
        personal=("by",),
        confidential=("figures", "asked", "conclusions"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    held_on = models.DateField(_("held on"), default=timezone.localdate)
    figures = SealedJSONField()
    asked = SealedTextField(_("what staff ask"), blank=True)
    conclusions = SealedTextField(_("what we conclude"))
    every = models.CharField(_("how often"), max_length=6, choices=Every, default=Every.TERM)
    next_on = models.DateField(_("next review"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    warned_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "until"], name="log_reviewed_once")]
