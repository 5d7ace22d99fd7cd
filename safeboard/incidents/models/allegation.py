"""What belongs to a concern about a member of staff alone. Every row is added, never altered: the newest holds."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Finding, RiskLevel, Threshold
from .incident import Incident, Involved

PERSON = settings.AUTH_USER_MODEL


class ThresholdDecision(CaseRecord):
    """Harm threshold or low-level concern, with the reason (Keeping Children Safe in Education, part 4)."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "at", "form_key"),
        personal=("by",),
        confidential=("level", "why"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="thresholds")
    level = SealedTextField(_("how grave it is"), choices=Threshold.choices)
    why = SealedTextField(_("why"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]


class RiskAssessment(CaseRecord):
    """Whether somebody who deliberately reached unsuitable sites is a risk to children (Harrow 5.2).

    ``answers`` are the questions in the words that were shown, each with its answer and what was written beside it.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "involved", "pack", "version", "review_on", "at", "form_key"),
        personal=("by",),
        confidential=("answers", "level", "why", "measures", "decided_by"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="risks")
    involved = models.ForeignKey(Involved, null=True, blank=True, on_delete=models.CASCADE, related_name="risks")
    pack = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    answers = SealedJSONField()
    level = SealedTextField(_("what it came to"), choices=RiskLevel.choices)
    why = SealedTextField(_("why"))
    measures = SealedTextField(_("measures for now"), blank=True)
    decided_by = SealedTextField(_("who decided"))
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]


class OnlineAllegation(CaseRecord):
    """What is particular to an allegation that was made online (Toolkit s3): reach, permanence, proof, finding."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "pack", "version", "at", "form_key"),
        personal=("by",),
        confidential=("answers", "finding", "why"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="online")
    pack = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    answers = SealedJSONField()
    finding = SealedTextField(_("what was found"), choices=Finding.choices)
    why = SealedTextField(_("how it is known"), blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]
