"""Files that belong to an incident."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Attachment(CaseRecord):
    """A file that belongs to an incident, encrypted. Never on an incident about images of children.

    Sealing away (``sealed_off_at``) makes it unreadable to everyone until the police say what to do.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "size", "media_type", "added_at", "sealed_off_at"),
        personal=("added_by",),
        confidential=("name", "sha256", "content"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="attachments")
    name = SealedTextField(_("file name"))
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type, told from the content"), max_length=60)
    sha256 = models.CharField(max_length=64)
    content = SealedTextField(help_text=_("the bytes in base 64"))
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    sealed_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
