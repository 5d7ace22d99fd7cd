"""What is owed, by whom and by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import DutyKind, Owner
from .incident import Incident
from .referrals import Referral
from .walks import Walk

PERSON = settings.AUTH_USER_MODEL


class Duty(CaseRecord):
    """What is owed by a time. Its clock shows on the home page of whoever owes it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "walk",
            "referral",
            "key",
            "kind",
            "title",
            "to",
            "owner",
            "raised_at",
            "due_at",
            "done_at",
            "dropped_at",
            "warned_at",
            "late_at",
            "passed_up_at",
        ),
        personal=("person", "done_by"),
        confidential=("dropped_why",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="duties")
    walk = models.ForeignKey(Walk, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    key = models.CharField(max_length=140, help_text=_("the chart's name for it: raised once an incident"))
    kind = models.CharField(_("kind"), max_length=10, choices=DutyKind)
    title = models.CharField(_("what is owed"), max_length=300)
    to = models.CharField(max_length=60, blank=True)
    owner = models.CharField(_("who owes it"), max_length=20, choices=Owner)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = SealedTextField(_("why it is no longer owed"), blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True, help_text=_("when lateness was first seen"))
    passed_up_at = models.DateTimeField(null=True, blank=True, help_text=_("when the substitute was told of it"))

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name_plural = _("duties")
        constraints = [models.UniqueConstraint(fields=["incident", "key"], name="duty_once")]
        indexes = [
            models.Index(
                fields=["agency", "owner", "due_at"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="duty_open",
            ),
            models.Index(
                fields=["due_at"], condition=Q(done_at__isnull=True, dropped_at__isnull=True), name="duty_clock"
            ),
        ]
