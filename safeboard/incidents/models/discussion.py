"""The strategy discussion: who was there, what was shared, and its minutes (Toolkit Annexes E, F; s.47)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Held, MinuteKind
from .duties import Duty
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Discussion(CaseRecord):
    """A strategy discussion about an incident. It is added to (``Minute``), never altered."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "held_at", "how", "written_at", "form_key"),
        personal=("by",),
        confidential=("where", "shared"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="discussions")
    held_at = models.DateTimeField(_("when it was held"), default=timezone.now)
    how = models.CharField(_("how it was held"), max_length=10, choices=Held)
    where = SealedTextField(_("where"), blank=True)
    shared = SealedTextField(_("what information was shared"), blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-held_at", "-pk"]


class Attendee(CaseRecord):
    """Somebody who was there, or sent apologies: of the own agency by account, of others by name."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("discussion", "came"),
        personal=("person",),
        confidential=("name", "organisation", "role"),
    )

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="attendees")
    came = models.BooleanField(_("was there"), default=True)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = SealedTextField(_("name"), blank=True)
    organisation = SealedTextField(_("agency"), blank=True)
    role = SealedTextField(_("role"), blank=True)

    class Meta:
        ordering = ["-came", "pk"]

    @property
    def line(self) -> str:
        """Name, agency and role, as far as they are known."""
        parts = (self.name or (self.person.name if self.person else ""), self.organisation, self.role)
        return ", ".join(part for part in parts if part)


class Minute(CaseRecord):
    """An entry of the minutes: a decision with its reason, who tells whom what, an action, or what was added later."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("discussion", "kind", "due_at", "duty", "written_at", "form_key"),
        personal=("by",),
        confidential=("text", "why", "who"),
    )

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="minutes")
    kind = models.CharField(_("what it is"), max_length=8, choices=MinuteKind)
    text = SealedTextField(_("what was decided, told or done"), blank=True)
    why = SealedTextField(_("why"), blank=True)
    who = SealedTextField(_("who does it"), blank=True)
    due_at = models.DateTimeField(_("by when"), null=True, blank=True)
    duty = models.OneToOneField(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="minute")
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
