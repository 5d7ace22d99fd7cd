"""Why information was shared, or was not."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Consent, Share
from .incident import Incident
from .referrals import Referral

PERSON = settings.AUTH_USER_MODEL


class SharingDecision(CaseRecord):
    """A decision to share information or not, with its reason (Children's Wellbeing and Schools Act 2026 s.4).

    It is added, never altered: whoever decides anew adds another. It may be written after the referral was made.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "referral",
            "decision",
            "consent",
            "basis",
            "basis_version",
            "basis_words",
            "at",
            "written_at",
            "form_key",
        ),
        personal=("by",),
        confidential=("information", "with_whom", "reason", "consent_why"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="sharing")
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="sharing")
    decision = models.CharField(_("share or not"), max_length=5, choices=Share)
    information = SealedTextField(_("what information"), blank=True)
    with_whom = SealedTextField(_("with whom"), blank=True)
    reason = SealedTextField(_("reason"))
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, blank=True)
    consent_why = SealedTextField(_("why consent was not sought"), blank=True)
    basis = models.CharField(_("what it rests on"), max_length=60, blank=True)
    basis_version = models.PositiveIntegerField(default=0)
    basis_words = models.CharField(_("as it was shown"), max_length=300, blank=True)
    at = models.DateTimeField(_("when it was decided"), default=timezone.now)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-at", "-pk"]
