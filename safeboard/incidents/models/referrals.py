"""Handing a matter to somebody who must act."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import How, ReferralState
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Referral(CaseRecord):
    """Handing a matter to somebody who must act. Nothing here can hold up sending it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "to",
            "to_name",
            "how",
            "state",
            "made_at",
            "sent_at",
            "acknowledged_at",
            "answer_due_at",
            "answered_at",
            "withdrawn_at",
            "form_key",
        ),
        personal=("sent_by",),
        confidential=("what", "spoke_to", "reference", "acknowledged_by", "outcome"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="referrals")
    to = models.CharField(_("to whom"), max_length=60, help_text=_("directory or contact kind"))
    to_name = models.CharField(_("as it was shown"), max_length=160)
    how = models.CharField(_("how"), max_length=10, choices=How, blank=True)
    what = SealedTextField(_("what was passed on"), blank=True)
    spoke_to = SealedTextField(_("whom you spoke to"), blank=True)
    reference = SealedTextField(_("their reference"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReferralState, default=ReferralState.DRAFTED)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = SealedTextField(_("who acknowledged it"), blank=True)
    answer_due_at = models.DateTimeField(_("answer due"), null=True, blank=True)
    outcome = SealedTextField(_("what they answered"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ReferralState.DRAFTED, ReferralState.WITHDRAWN]) | Q(sent_at__isnull=False),
                name="referral_sent_has_time",
            )
        ]
