"""Files that prove an action, plans that were read from a file, and links by which a calendar reads the plan."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField, SealedJSONField, SealedTextField
from safeboard.core.wall import BoardRecord

from .plan import PartOfAction

PERSON = settings.AUTH_USER_MODEL


class ActionFile(PartOfAction):
    """A file that shows that an action was done, sealed. What is kept is what came."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "size", "media_type", "scanned", "added_at"),
        personal=("added_by",),
        confidential=("name", "sha256", "content"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = SealedTextField(_("file name"))
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type, told from the content"), max_length=60)
    sha256 = models.CharField(max_length=64)
    content = SealedBytesField()
    scanned = models.BooleanField(_("a virus scanner found nothing in it"), default=False)
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class PlanImport(BoardRecord):
    """A plan that was read from a spreadsheet or a Word table: what it would add, and whether that was done."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "filename", "sha256", "made_at", "done_at"),
        personal=("made_by",),
        confidential=("found",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    found = SealedJSONField(default=dict)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class CalendarLink(models.Model):
    """A person's private link to a calendar of what is theirs to do. Only a digest of its secret is kept."""

    unwalled = "found by the digest of its secret, or by its own person; what it leads to is read behind the wall"
    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("id", "made_at", "last_used_on", "revoked_at"),
        personal=("person",),
        confidential=("digest",),
    )

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_link_once_at_a_time"
            )
        ]
