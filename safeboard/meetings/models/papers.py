"""Papers of a meeting, and packs made of them. Both lie sealed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField
from safeboard.core.wall import BoardRecord

from ..choices import PaperKind
from .meetings import AgendaItem, Meeting

PERSON = settings.AUTH_USER_MODEL


class Paper(BoardRecord):
    """A paper of an item. It is confidential where it says so, or its item is. ``pages``: 0 where it has none.

    ``apart``: too long or of another kind, so it goes beside the pack and is listed in it.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "meeting",
            "item",
            "kind",
            "title",
            "summary",
            "source",
            "confidential",
            "apart",
            "name",
            "size",
            "media_type",
            "pages",
            "scanned",
            "added_at",
            "form_key",
        ),
        personal=("added_by",),
        confidential=("content",),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("what it is"), max_length=8, choices=PaperKind, default=PaperKind.PAPER)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("what members need to know of it"), blank=True, max_length=2000)
    source = models.CharField(_("from whom"), max_length=160, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    apart = models.BooleanField(_("not in the pack"), default=False)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    scanned = models.BooleanField(_("looked over by the virus scanner"), default=False)
    content = SealedBytesField()
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["item__order", "pk"]

    def __str__(self) -> str:
        return self.title


class Pack(BoardRecord):
    """A meeting's agenda and papers as one PDF, for one person: what they may not read is not in it. Kept for a day."""

    privacy = Privacy(
        kept=Kept.SHORT,
        open=("meeting", "made_of", "size", "pages", "asked_at", "made_at", "failed_at"),
        personal=("asked_by",),
        confidential=("content",),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="packs")
    asked_by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    made_of = models.CharField(_("digest of what went in"), max_length=64)
    content = SealedBytesField(blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "asked_by", "made_of"], name="pack_once")]
