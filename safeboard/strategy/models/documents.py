"""Strategies, practice guidance and the reporting mechanism as documents (Toolkit s1, Annex G; Bromley; Harrow).

What the board works on is its own: a document and its parts. What others see is a version: a whole copy that never
changes. Agencies meet versions alone, and of these only what was opened to them.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.roles import Role
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import AgencyRecord, BoardRecord, JointRecord, SharedRecord

from ..choices import DocumentKind, DocumentState, PartKind, Taken

PERSON = settings.AUTH_USER_MODEL


class Document(BoardRecord):
    """One document through its whole life. ``template`` is the item of the pack that it was begun from."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            *("key", "kind", "title", "state", "pack", "template", "template_version", "starts_on", "review_on"),
            *("consulted", "made_at", "edition"),
        ),
        personal=("made_by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of document"), max_length=10, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("where it stands"), max_length=12, choices=DocumentState, default=DocumentState.DRAFT)
    pack = models.CharField(max_length=40, blank=True)
    template = models.CharField(max_length=60, blank=True)
    template_version = models.PositiveIntegerField(default=0)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    consulted = models.BooleanField(_("agencies were asked about this round"), default=False)
    edition = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where the board works on it."""
        return reverse("strategy:document", args=[self.key])


class Part(BoardRecord):
    """A paragraph, priority, objective, action or term of a document; its key stays the same through all versions.

    ``edition`` counts its changes, so that of two people who change it the second is told. What was taken out can be
    put back.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            *("key", "document", "kind", "parent", "order", "title", "text", "measure", "agency", "owner_role"),
            *("indicator_pack", "indicator", "indicator_title"),
            *("due_on", "after", "edition", "changed_at", "taken_out_at"),
        ),
        personal=("owner", "changed_by"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="below")
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    measure = models.TextField(_("how we shall know"), blank=True)
    indicator_pack = models.CharField(max_length=40, blank=True)
    indicator = models.CharField(_("indicator"), max_length=60, blank=True)
    indicator_title = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("partnership.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(_("role that sees to it"), max_length=24, choices=Role, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    after = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("waits for")
    )
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["document", "kind", "order"], name="part_in_order")]


class Version(SharedRecord):
    """A whole copy of a document as it was opened for consultation, or ratified. ``body`` never changes.

    ``sha256`` is over the body, and lies in the history too. Agencies see it from ``opened_at`` on.
    """

    privacy = Privacy(
        kept=Kept.ALWAYS,
        open=(
            *(
                "key",
                "document",
                "number",
                "kind",
                "title",
                "body",
                "sha256",
                "at",
                "opened_at",
                "closes_on",
                "closed_at",
            ),
            *("minute", "ratified_on", "unconsulted_why", "review_on", "published_at", "superseded_at", "public"),
        ),
        personal=("by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=DocumentKind)
    title = models.CharField(max_length=200)
    body = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(_("opened to the agencies"), null=True, blank=True)
    closes_on = models.DateField(_("comments until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minute = models.CharField(_("meeting and minute"), max_length=200, blank=True)
    ratified_on = models.DateField(_("ratified on"), null=True, blank=True)
    unconsulted_why = models.CharField(_("why agencies were not asked"), max_length=300, blank=True)
    review_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(_("anybody may read the plain pages"), default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_once")]

    @property
    def url(self) -> str:
        """Where it is read."""
        return reverse("strategy:version", args=[self.key])

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self.published_at is not None and self.superseded_at is None


class Comment(JointRecord):
    """What an agency, or somebody of the board where ``agency`` is empty, says about one paragraph; and the answer.

    The version was open for comments. An agency's comment is read by the board and that agency alone.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "version", "part", "at", "taken", "answered_at"),
        personal=("by", "answered_by"),
        confidential=("text", "answer"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="comments")
    part = models.UUIDField()
    text = SealedTextField(_("comment"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken = models.CharField(_("what came of it"), max_length=8, choices=Taken, blank=True)
    answer = SealedTextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    @property
    def of(self) -> str:
        """Whose it is: the agency's, or that of the board's own group."""
        return self.agency.name if self.agency else _("Subgroup")


class Receipt(AgencyRecord):
    """That an agency has a version which is in force."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("version", "at"), personal=("by",))

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="receipts")
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "version"], name="receipt_once")]
