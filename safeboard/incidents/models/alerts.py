"""Alerts of filtering and monitoring products, until somebody makes a report of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import AlertCategory, Images, Severity
from .incident import Draft, Incident

PERSON = settings.AUTH_USER_MODEL


class Alert(CaseRecord):
    """What a product noticed. Nobody's until a handler makes a report of it, or says why it is no incident.

    Where it may be about images of children the product's excerpt is dropped unread: ``dropped`` says so.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "product",
            "category",
            "severity",
            "images",
            "setting",
            "happened_at",
            "last_at",
            "received_at",
            "times",
            "dropped",
            "about_staff",
            "draft",
            "incident",
            "dismissed_at",
            "told_at",
        ),
        personal=("dismissed_by",),
        confidential=(
            "reference",
            "device",
            "user",
            "user_index",
            "address",
            "excerpt",
            "content_key",
            "dismissed_why",
        ),
    )

    product = models.CharField(_("product"), max_length=40)
    reference = SealedTextField(_("the product's own number for it"), blank=True)
    category = models.CharField(_("what it is about"), max_length=20, choices=AlertCategory)
    severity = models.CharField(_("how grave the product thinks it is"), max_length=6, choices=Severity)
    images = models.CharField(_("about images of children"), max_length=5, choices=Images, default=Images.NO)
    setting = models.ForeignKey(
        "partnership.Setting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device = SealedTextField(_("device"), blank=True)
    user = SealedTextField(_("who was signed in"), blank=True)
    user_index = models.CharField(max_length=64, blank=True)
    address = SealedTextField(_("web address, as text"), blank=True)
    excerpt = SealedTextField(_("what the product says"), null=True, blank=True)
    dropped = models.BooleanField(_("what the product says was dropped unread"), default=False)
    about_staff = models.BooleanField(_("somebody who works here was signed in"), default=False)
    content_key = models.CharField(max_length=64, db_index=True)
    times = models.PositiveIntegerField(_("how often"), default=1)
    happened_at = models.DateTimeField(_("first noticed"))
    last_at = models.DateTimeField(_("last noticed"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.SET_NULL, related_name="alerts")
    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dismissed_why = SealedTextField(_("why it is no incident"), blank=True)

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(images=Images.NO) | Q(excerpt__isnull=True), name="alert_grave_has_no_excerpt"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True) | Q(incident__isnull=True), name="alert_ends_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-last_at"],
                condition=Q(dismissed_at__isnull=True, draft__isnull=True, incident__isnull=True),
                name="alert_waiting",
            )
        ]

    @property
    def urgent(self) -> bool:
        """Whether its handlers are told within minutes."""
        return self.severity == Severity.HIGH or self.images != Images.NO


class AlertNumber(CaseRecord):
    """A number by which a product sent an alert: the same one again is the same alert. Only a keyed digest is kept."""

    privacy = Privacy(kept=Kept.CASE, open=("alert",), confidential=("key",))

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="numbers")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="alert_number_once")]
