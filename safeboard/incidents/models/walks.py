"""Passages through charts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import CaseRecord

from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Walk(CaseRecord):
    """One passage through a chart, with the chart's version as it was then."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "pack", "chart", "version", "title", "outcome", "outcome_title", "started_at", "ended_at"),
        personal=("started_by",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="walks")
    pack = models.CharField(max_length=40)
    chart = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200, help_text=_("as it was shown"))
    outcome = models.CharField(max_length=60, blank=True)
    outcome_title = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class WalkStep(CaseRecord):
    """A step that was answered, in the words that were shown. Going back marks it, and never removes it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("walk", "order", "step", "question", "answer", "answer_label", "at", "taken_back_at"),
        personal=("by",),
    )

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=60)
    question = models.CharField(max_length=500)
    answer = models.CharField(max_length=60)
    answer_label = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "order"], condition=Q(taken_back_at__isnull=True), name="walk_step_once"
            )
        ]
