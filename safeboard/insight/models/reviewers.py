"""What a board lays before an inspector or a peer reviewer, for a time (Toolkit s5, s6; Checklists)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField
from safeboard.core.wall import BoardRecord

PERSON = settings.AUTH_USER_MODEL


class ReviewerPack(BoardRecord):
    """Strategy, plan, minutes, rounds, indicators and report as one signed ZIP, open until the end of a day.

    It is made once, by the worker, and stays as it was made; after its last day its content is cleared.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "title", "until", "asked_at", "made_at", "failed_at", "size", "files", "sha256"),
        personal=("asked_by",),
        confidential=("content",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("who it is for"), max_length=160)
    until = models.DateField(_("last day on which it can be opened"))
    content = SealedBytesField(blank=True)
    size = models.PositiveIntegerField(default=0)
    files = models.JSONField(_("what is in it"), default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    @property
    def is_open(self) -> bool:
        """Whether it can be opened today."""
        return self.made_at is not None and self.until >= timezone.localdate()

    @property
    def is_closed(self) -> bool:
        """Whether its last day has passed."""
        return self.until < timezone.localdate()
