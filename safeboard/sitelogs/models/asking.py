"""Who may ask, what a question rests on, and the questions themselves (Toolkit Annex A Havering; Leeds)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Ground, Sure

PERSON = settings.AUTH_USER_MODEL


class Clearance(CaseRecord):
    """That somebody may ask: trained in the law on a day, and the head signed the agreement on a day (Leeds)."""

    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("trained_on", "signed_on", "made_at", "ended_at"),
        personal=("person", "made_by", "ended_by"),
        confidential=("training", "signed_by"),
    )

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    trained_on = models.DateField(_("trained in the law on"))
    training = SealedTextField(_("which training"))
    signed_on = models.DateField(_("agreement signed on"))
    signed_by = SealedTextField(_("head who signed it"))
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person"], condition=models.Q(ended_at__isnull=True), name="clearance_once"
            )
        ]


class Authority(CaseRecord):
    """What questions rest on: a record of this service, a notice, a review, or a reason that somebody allowed.

    ``network``: whether one can be sure that the people who look after the network are not involved (Leeds).
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "ground",
            "because_type",
            "because_id",
            "network",
            "allowed_on",
            "made_at",
            "withdrawn_at",
            "form_key",
        ),
        personal=("made_by", "withdrawn_by"),
        confidential=("reason", "allowed_by", "withdrawn_why"),
    )

    ground = models.CharField(_("what it rests on"), max_length=10, choices=Ground)
    because_type = models.CharField(max_length=60, blank=True)
    because_id = models.BigIntegerField(null=True, blank=True)
    reason = SealedTextField(_("the reason, or the reference"))
    allowed_by = SealedTextField(_("who allowed it"), blank=True)
    allowed_on = models.DateField(_("when it was allowed"), null=True, blank=True)
    network = models.CharField(_("network staff are not involved"), max_length=6, choices=Sure, default=Sure.UNSURE)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = SealedTextField(_("why it was withdrawn"), blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("authorities")

    @property
    def holds(self) -> bool:
        """Whether questions may still be asked under it."""
        return self.withdrawn_at is None


class Question(CaseRecord):
    """A question to the logs: what is asked, of which filters, under which authority, by whom.

    ``terms``: see ``terms.Terms``. A question that may be about the asker needs a second person before it runs.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("authority", "logs", "asked_at", "about_self", "needs_second", "second_at", "allowed", "form_key"),
        personal=("asked_by", "second"),
        confidential=("terms", "second_why", "name"),
    )

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="questions")
    terms = SealedJSONField()
    logs = models.JSONField(default=list, help_text=_("ids of the filters that are asked"))
    asked_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    about_self = models.BooleanField(_("may be about who asks"), default=False)
    needs_second = models.BooleanField(default=False)
    second = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    allowed = models.BooleanField(null=True, blank=True)
    second_why = SealedTextField(blank=True)
    name = SealedTextField(_("kept under the name"), blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    @property
    def may_run(self) -> bool:
        """Whether it may be asked now: its authority holds, and a second person allowed it where one is needed."""
        return self.authority.holds and (not self.needs_second or self.allowed is True)

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return self.needs_second and self.second_at is None and self.authority.holds
