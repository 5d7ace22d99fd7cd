"""Support for those whom an incident touched: what was decided, for whom."""

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

from ..choices import SupportFor, SupportState
from .incident import Incident, Involved

PERSON = settings.AUTH_USER_MODEL


class Support(CaseRecord):
    """One decision about support. It is never altered: a later one about the same people takes its place."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "question", "involved", "state", "starts_on", "review_on", "at", "form_key"),
        personal=("by",),
        confidential=("who", "what", "by_whom", "why"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="support")
    question = models.CharField(_("for whom"), max_length=6, choices=SupportFor)
    involved = models.ForeignKey(Involved, null=True, blank=True, on_delete=models.CASCADE, related_name="support")
    state = models.CharField(_("what was decided"), max_length=10, choices=SupportState)
    who = SealedTextField(_("who they are"), blank=True)
    what = SealedTextField(_("what was offered"), blank=True)
    by_whom = SealedTextField(_("who gives it"), blank=True)
    why = SealedTextField(_("why"), blank=True)
    starts_on = models.DateField(_("from when"), null=True, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("support")
        constraints = [
            models.CheckConstraint(
                condition=Q(involved__isnull=True) | ~Q(state=SupportState.NOBODY), name="support_nobody_is_nobody"
            )
        ]
