"""Returns: what an agency writes, what it sends, the evidence for it, and what falls short.

What is being written (``DraftAnswer``) is the agency's alone: the wall never opens it in a board's place. What was sent
(``Answer``, of one ``Submission``) never changes.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField, SealedTextField
from safeboard.core.wall import AgencyRecord, CaseRecord

from ..choices import AnswerState, GapState, Origin

PERSON = settings.AUTH_USER_MODEL


class Return(AgencyRecord):
    """An agency's answers to one version of a review: one, for all boards that ask the same at the same time."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("key", "pack", "review", "version", "made_at", "begun_at"))

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    pack = models.CharField(max_length=60)
    review = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["agency", "review", "-id"], name="return_by_review")]


class Given(models.Model):
    """One answer. ``value``: a word of a list, a number, or a date as 2026-03-31; ``words``: what was written."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("question", "value", "evidence", "review_on"),
        confidential=("words", "plan"),
    )

    question = models.CharField(max_length=60)
    value = models.CharField(max_length=60, blank=True)
    words = SealedTextField(_("in words"), blank=True)
    plan = SealedTextField(_("what will be done"), blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    evidence = models.JSONField(_("numbers of what lies on the shelf"), default=list, blank=True)

    class Meta:
        abstract = True


class DraftAnswer(CaseRecord, Given):
    """An answer that is being written: the agency's alone, until it is sent.

    ``edition`` counts its changes, so that of two people who write in it the second is told.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED, open=("of", "state", "origin", "edition", "changed_at"), personal=("changed_by",)
    )

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.GIVEN)
    origin = models.CharField(max_length=10, choices=Origin, blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "question"], name="draft_answer_once")]


class Submission(AgencyRecord):
    """What an agency sent, as it was then. The next one stands beside it."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("of", "number", "at"), personal=("by",))

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="submission_number_once")]


class Answer(AgencyRecord, Given):
    """An answer as it was sent. ``figure`` is its value as a number, for spreads; ``gap``: it calls for an action."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("submission", "figure", "gap"))

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    figure = models.FloatField(null=True, blank=True)
    gap = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "question"], name="answer_once")]


class Proof(AgencyRecord):
    """Something on an agency's shelf of evidence: a file or words of where it is, attached once and used again.

    Boards open it only where an answer that was sent to them names it.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("number", "dated", "size", "media_type", "scan", "added_at", "withdrawn_at", "form_key"),
        personal=("added_by",),
        confidential=("title", "where", "name", "sha256", "content"),
    )

    number = models.PositiveIntegerField(_("number on the shelf"))
    title = SealedTextField(_("what it is"))
    where = SealedTextField(_("where it is kept"), blank=True)
    dated = models.DateField(_("its date"), null=True, blank=True)
    name = SealedTextField(_("file name"), blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    media_type = models.CharField(_("type, told from the content"), max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = SealedBytesField(default=b"")
    scan = models.CharField(_("virus scan"), max_length=12, blank=True)
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="proof_number_once")]


class Gap(AgencyRecord):
    """An answer that falls short, until it is put right: by an action that is done, or by another answer."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("of", "question", "value", "state", "found_at", "closed_at", "key"))

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="gaps")
    question = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=GapState, default=GapState.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "question"], name="gap_once"),
            models.CheckConstraint(
                condition=Q(state=GapState.OPEN) | Q(closed_at__isnull=False), name="gap_closed_has_a_time"
            ),
        ]
