"""What is taken down in a meeting: decisions, and minutes that two people wrote at once."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord

from .meetings import AgendaItem, Meeting

PERSON = settings.AUTH_USER_MODEL


class Decision(BoardRecord):
    """A decision of a meeting. ``quorate``: whether enough were there; below the quorum it awaits confirmation."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("meeting", "item", "number", "quorate", "at", "form_key"),
        personal=("made_by",),
        confidential=("text",),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(_("number within the meeting"))
    text = SealedTextField(_("what was decided"))
    quorate = models.BooleanField(_("taken by a quorum"), default=True)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once")]

    @property
    def label(self) -> str:
        """Its number as it is cited: D3."""
        return f"D{self.number}"


class MinuteClash(BoardRecord):
    """The second of two texts that were written for one minute at once. It is kept until somebody has settled it."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED, open=("item", "at", "settled_at"), personal=("by",), confidential=("text",)
    )

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="clashes")
    text = SealedTextField(_("the second text"))
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "by"], condition=models.Q(settled_at__isnull=True), name="one_open_clash_of_a_person"
            )
        ]
