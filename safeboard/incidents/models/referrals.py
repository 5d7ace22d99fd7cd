"""Handing a matter to somebody who must act."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import How, ReferralState
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Referral(CaseRecord):
    """Handing a matter to somebody who must act. Nothing here can hold up sending it.

    Each of its three clocks has a time of its own: to be sent, to be acknowledged, to be answered. Where it goes to
    another agency of the board (``to_agency``), ``packet`` holds exactly what that agency is shown, and nothing else.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "to",
            "to_name",
            "to_agency",
            "about_them",
            "how",
            "state",
            "made_at",
            "send_due_at",
            "sent_at",
            "acknowledge_due_at",
            "acknowledged_at",
            "accepted_at",
            "refused_at",
            "answer_due_at",
            "answered_at",
            "closed_at",
            "withdrawn_at",
            "form_key",
        ),
        personal=("sent_by",),
        confidential=("what", "packet", "spoke_to", "reference", "acknowledged_by", "refused_why", "outcome"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="referrals")
    to = models.CharField(_("to whom"), max_length=60, help_text=_("directory or contact kind; '' for an agency"))
    to_name = models.CharField(_("as it was shown"), max_length=160)
    to_agency = models.ForeignKey(
        "partnership.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agency of the board"),
    )
    about_them = models.BooleanField(_("about somebody who works there"), default=False)
    how = models.CharField(_("how"), max_length=10, choices=How, blank=True)
    what = SealedTextField(_("what was passed on"), blank=True)
    packet = SealedJSONField(_("what the other agency is shown"))
    spoke_to = SealedTextField(_("whom you spoke to"), blank=True)
    reference = SealedTextField(_("their reference"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReferralState, default=ReferralState.DRAFTED)
    made_at = models.DateTimeField(default=timezone.now)
    send_due_at = models.DateTimeField(_("to be sent by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledge_due_at = models.DateTimeField(_("to be acknowledged by"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = SealedTextField(_("who acknowledged it"), blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refused_why = SealedTextField(_("why they refused it"), blank=True)
    answer_due_at = models.DateTimeField(_("answer due"), null=True, blank=True)
    outcome = SealedTextField(_("what they answered"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
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
        indexes = [models.Index(fields=["agency", "state", "answer_due_at"], name="referral_waiting")]
