"""The annual report of a board, what is kept of it for good, comments on it, and each agency's month (Harrow; Bromley).

What the board works on is its own: a report and its sections. What others read is an issue: a whole copy, with its
figures, that never changes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord, JointRecord, SharedRecord
from safeboard.strategy.choices import Taken

from ..choices import ReportState
from .releases import Frozen

PERSON = settings.AUTH_USER_MODEL
ENDED = (ReportState.SIGNED, ReportState.PUBLISHED)


class Report(BoardRecord):
    """A board's report of a year. ``figures``: its figures by name, once they are frozen; they are frozen once."""

    privacy = Privacy(
        kept=Kept.ALWAYS,
        open=(
            *("key", "year", "title", "state", "pack", "template", "template_version", "figures", "frozen_at"),
            *("terms", "consulted", "made_at"),
        ),
        personal=("made_by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("where it stands"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    pack = models.CharField(max_length=60)
    template = models.CharField(max_length=60)
    template_version = models.PositiveIntegerField(default=0)
    figures = models.JSONField(_("figures"), default=dict)
    frozen_at = models.DateTimeField(_("figures frozen"), null=True, blank=True)
    terms = models.JSONField(_("words and meanings"), default=list)
    consulted = models.BooleanField(_("members and agencies were asked about it"), default=False)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["board", "year"], name="report_of_a_year_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where the board works on it."""
        return reverse("insight:report", args=[self.key])

    @property
    def ended(self) -> bool:
        """Whether it is signed, so that nothing of it changes any more."""
        return self.state in ENDED


class ReportPart(BoardRecord):
    """A section of a report; its key stays the same through all issues.

    ``edition`` counts its changes, so that of two people who change it the second is told. ``figures``: the names of
    those that it can take; ``taken``: of those that stand in it.
    """

    privacy = Privacy(
        kept=Kept.ALWAYS,
        open=(
            *("key", "report", "section", "order", "title", "belongs", "text", "figures", "taken", "left_out"),
            *("edition", "changed_at"),
        ),
        personal=("changed_by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    section = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    belongs = models.JSONField(_("what belongs in it"), default=list)
    text = models.TextField(blank=True)
    figures = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    left_out = models.BooleanField(_("left out of the report"), default=False)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="section_of_a_report_once")]

    @property
    def paragraphs(self) -> list[str]:
        """Its text, paragraph by paragraph."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]


# What may still be said of an issue once it is written: that comments are closed, that others may read it.
LATER = frozenset({"closed_at", "opened_at", "published_at", "public"})


class IssueQuerySet(models.QuerySet):
    """Refuses to change what was issued, or to remove it."""

    def update(self, **values: Any) -> int:
        """As ever for what comes later than the words. Frozen otherwise."""
        if not set(values) <= LATER:
            raise Frozen("What was issued stays as it is.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Frozen: what was issued stays."""
        raise Frozen("What was issued stays as it is.")


class ReportIssue(SharedRecord):
    """A whole copy of a report, with its figures: opened for comments, or signed. ``body`` never changes.

    ``sha256`` is over the body, and lies in the history too. Agencies see it from ``opened_at`` on.
    """

    privacy = Privacy(
        kept=Kept.ALWAYS,
        open=(
            *("key", "report", "number", "year", "title", "body", "sha256", "at", "signed", "closes_on", "closed_at"),
            *("opened_at", "published_at", "public"),
        ),
        personal=("by", "signed_by"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    signed = models.BooleanField(_("signed by the chair"), default=False)
    signed_by = models.CharField(_("the chair who signed it"), max_length=120, blank=True)
    closes_on = models.DateField(_("comments until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(_("opened to the agencies"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(_("anybody may read it"), default=False)

    objects = ScopedManager(_manager_class=models.Manager.from_queryset(IssueQuerySet), shared="board__in")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="issue_once"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(signed=True), name="report_signed_once"),
        ]

    @property
    def url(self) -> str:
        """Where it is read."""
        return reverse("insight:issue", args=[self.key])

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write it, or what comes later than its words. Frozen otherwise."""
        if self.pk is not None and not (update_fields and set(update_fields) <= LATER):
            raise Frozen("What was issued stays as it is.")
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Frozen: what was issued stays."""
        raise Frozen("What was issued stays as it is.")


class ReportComment(JointRecord):
    """What a member of the subgroup, or an agency, says about a section that is open for comments, and the answer."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "issue", "part", "at", "taken", "answered_at"),
        personal=("by", "answered_by"),
        confidential=("text", "answer"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue = models.ForeignKey(ReportIssue, on_delete=models.PROTECT, related_name="comments")
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


class ReturnClock(BoardRecord):
    """Whether the worker asks the agencies of each month for their return by itself, and who said so."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("on", "set_at"), personal=("set_by",))

    on = models.BooleanField(_("asked for without a press"), default=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board"], name="return_clock_once")]


class ReturnMonth(JointRecord):
    """The month, 1 to 12, in which an agency makes its annual return to a board."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("month",))

    month = models.PositiveSmallIntegerField(_("month"))

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "agency"], name="return_month_once"),
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="return_month_of_a_year"),
        ]
