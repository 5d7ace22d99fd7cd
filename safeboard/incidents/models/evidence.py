"""Evidence: what it is, who has it, how it came to them, and the files that belong to it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Custody, EvidenceKind, Scan
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class EvidenceItem(CaseRecord):
    """Something that proves: a device, a paper, a log. Preserved, not examined (Toolkit s3; Checklists).

    ``first_*`` say who took it in, and where it was put; who has it now follows from the last handover.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "number", "kind", "state", "taken_in_at", "recorded_at", "form_key"),
        personal=("first_person", "recorded_by"),
        confidential=("what", "marks", "found", "first_name", "first_place"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="evidence_items")
    number = models.PositiveIntegerField(_("number within the incident"))
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    what = SealedTextField(_("what it is"))
    marks = SealedTextField(_("make, serial number, label"), blank=True)
    found = SealedTextField(_("where it was, and who had it"), blank=True)
    taken_in_at = models.DateTimeField(_("taken in"))
    first_person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_name = SealedTextField(_("who took it in, where they have no account"), blank=True)
    first_place = SealedTextField(_("where it was put"))
    state = models.CharField(_("where it stands"), max_length=10, choices=Custody, default=Custody.KEPT)
    recorded_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="evidence_number_once"),
            models.CheckConstraint(condition=Q(taken_in_at__lte=F("recorded_at")), name="evidence_not_ahead"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What stands on its envelope: E3."""
        return f"E{self.number}"


class Handover(CaseRecord):
    """Evidence passing from one keeper to the next. It is added, never altered; the chain of them is the custody."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("item", "state", "at", "recorded_at", "form_key"),
        personal=("from_person", "to_person", "recorded_by"),
        confidential=("from_name", "to_name", "place", "why", "receipt", "instruction"),
    )

    item = models.ForeignKey(EvidenceItem, on_delete=models.CASCADE, related_name="handovers")
    from_person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_name = SealedTextField(_("from whom, where they have no account"), blank=True)
    to_person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_name = SealedTextField(_("to whom, where they have no account"), blank=True)
    state = models.CharField(_("what became of it"), max_length=10, choices=Custody)
    at = models.DateTimeField(_("when"))
    place = SealedTextField(_("where it is now"))
    why = SealedTextField(_("why"))
    receipt = SealedTextField(_("receipt or reference"), blank=True)
    instruction = SealedTextField(_("on whose instruction"), blank=True)
    recorded_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="handover_not_ahead")]


class EvidenceFile(CaseRecord):
    """A file of a piece of evidence, encrypted. Never on an incident about images of children (PCA 1978 s.1).

    Sealing off (``sealed_off_at``) makes it unreadable to everyone until the police say what to do; ``removed_at`` says
    that they said so, and that its content is gone.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "item",
            "number",
            "size",
            "media_type",
            "scan",
            "added_at",
            "sealed_off_at",
            "removed_at",
            "told_at",
            "form_key",
        ),
        personal=("added_by", "removed_by"),
        confidential=("name", "sha256", "content", "told_by", "told_reference"),
    )

    item = models.ForeignKey(EvidenceItem, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField(_("number within the piece of evidence"))
    name = SealedTextField(_("file name"))
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type, told from the content"), max_length=60)
    sha256 = models.CharField(max_length=64)
    content = SealedBytesField()
    scan = models.CharField(_("virus scan"), max_length=12, choices=Scan)
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    sealed_off_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_by = SealedTextField(_("who in the police instructed it"), blank=True)
    told_reference = SealedTextField(_("their reference"), blank=True)
    told_at = models.DateTimeField(_("when they instructed it"), null=True, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["item_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="evidence_file_number_once"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(sealed_off_at__isnull=False, told_at__isnull=False),
                name="evidence_file_removed_when_told",
            ),
        ]

    @property
    def label(self) -> str:
        """Its number: E3-1."""
        return f"{self.item.label}-{self.number}"


class FileOpening(CaseRecord):
    """Somebody took a file out, and why."""

    privacy = Privacy(kept=Kept.CASE, open=("file", "at"), personal=("person",), confidential=("why",))

    file = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = SealedTextField(_("why"))

    class Meta:
        ordering = ["-pk"]


class EvidencePack(CaseRecord):
    """A pack that was asked for: made by the worker, kept sealed for a day, taken by whoever asked.

    ``content`` is emptied after that day, unless the incident turns out to be about images of children: then nothing
    goes by itself, and ``sealed_off_at`` keeps it from everyone.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "asked_at", "made_at", "size", "files", "failed_at", "sealed_off_at", "form_key"),
        personal=("asked_by",),
        confidential=("why", "content", "sha256"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="packs")
    asked_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    why = SealedTextField(_("what it is for"))
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content = SealedBytesField(default=b"")
    sealed_off_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]
