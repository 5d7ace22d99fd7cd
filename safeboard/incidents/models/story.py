"""What happened, by time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import NoteKind
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Note(CaseRecord):
    """An entry of the story: what was done, said or decided. It is added, never altered."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "kind", "at", "written_at", "form_key"),
        personal=("by",),
        confidential=("text",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind)
    at = models.DateTimeField(_("when it happened"), default=timezone.now)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(_("what was done, said or decided"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="note_not_ahead_of_writing")]
