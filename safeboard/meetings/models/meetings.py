"""Meetings: when and where, who is asked, the agenda, interests declared."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord

from ..choices import Answer, Came, InterestDone, ItemKind, MeetingState, Purpose
from .members import Member

if TYPE_CHECKING:
    from .reports import SubgroupReport

PERSON = settings.AUTH_USER_MODEL


class Meeting(BoardRecord):
    """A meeting of the subgroup. ``key`` is its name in calendars, ``sequence`` counts the changes they must learn.

    ``digest``: what the approved minutes said, so that it shows where they were altered afterwards.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "key",
            "sequence",
            "title",
            "starts_at",
            "ends_at",
            "where",
            "state",
            "cancelled_why",
            "approved_on",
            "approved_in",
            "corrections",
            "digest",
            "called_at",
        ),
        personal=("chaired_by", "approved_by", "made_by"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where, or how to join"), max_length=300, blank=True)
    state = models.CharField(_("where it stands"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_why = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    chaired_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who chaired it")
    )
    approved_on = models.DateField(_("minutes approved on"), null=True, blank=True)
    approved_in = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="approved")
    approved_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrections = models.CharField(_("corrections agreed"), max_length=1000, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after")]
        indexes = [models.Index(fields=["board", "starts_at"], name="meetings_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        """The day of it, on the wall's clock."""
        return timezone.localdate(self.starts_at)

    @property
    def is_over(self) -> bool:
        """Whether it has begun: from then on it can be minuted."""
        return self.starts_at <= timezone.now()

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it can change any more."""
        return self.approved_on is not None or self.state == MeetingState.CANCELLED


class AgendaItem(BoardRecord):
    """An item of the agenda, and its minute. ``edition`` counts the changes of the minute.

    ``lines``: what a standing item said when the agenda was assembled: [{text, url, figure}].
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "meeting",
            "order",
            "kind",
            "standing",
            "title",
            "about",
            "purpose",
            "minutes",
            "lines",
            "confidential",
            "edition",
            "minuted_at",
        ),
        personal=("led_by", "minuted_by"),
        confidential=("minute",),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind, default=ItemKind.ITEM)
    standing = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=160)
    about = models.TextField(_("what it is about"), blank=True, max_length=1000)
    purpose = models.CharField(_("what members are asked to do"), max_length=8, choices=Purpose, default=Purpose.NOTE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    led_by = models.CharField(_("who leads"), max_length=120, blank=True)
    lines = models.JSONField(default=list)
    confidential = models.BooleanField(_("confidential"), default=False)
    minute = SealedTextField(_("minute"), blank=True)
    edition = models.PositiveIntegerField(default=0)
    minuted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minuted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> SubgroupReport | None:
        """The report of another subgroup that it stands for."""
        return getattr(self, "report", None)


class Attendance(BoardRecord):
    """One member, or a guest, at one meeting: what they answered, and whether they came."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED, open=("meeting", "answer", "came"), personal=("member", "guest", "deputy")
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guest = models.CharField(_("guest"), max_length=160, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.ASKED)
    came = models.CharField(_("came"), max_length=8, choices=Came, blank=True, default=Came.UNKNOWN)
    deputy = models.CharField(_("who came as deputy"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest="") | Q(member__isnull=True) & ~Q(guest=""),
                name="attendance_of_member_or_guest",
            ),
        ]


class Interest(BoardRecord):
    """An interest that somebody declared: who, about which item, what was done."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("meeting", "item", "done", "at", "form_key"),
        personal=("member", "made_by"),
        confidential=("what",),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="interests")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="interests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="interests")
    what = SealedTextField(_("what the interest is"))
    done = models.CharField(_("what was done"), max_length=6, choices=InterestDone)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["pk"]
