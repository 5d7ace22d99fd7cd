"""Where lines come from: the filters of settings, what was taken in, and who may send by a program."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedBytesField, SealedTextField
from safeboard.core.wall import AgencyRecord, CaseRecord

from ..choices import Layout, Taken

PERSON = settings.AUTH_USER_MODEL
LEAST_DAYS = 92  # three months, at least (Toolkit Annex A, Havering)


class LogSetting(AgencyRecord):
    """The filter of a setting, whose lines are kept. ``key`` names it in the archive; its board knows that it is kept.

    ``zone`` is the clock of its lines: stated, never guessed. ``columns`` maps a CSV's headings to what they mean.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "setting", "layout", "zone", "columns", "keep_days", "made_at", "verified_at", "fault"),
    )

    key = models.SlugField(_("name in the archive"), max_length=60, unique=True)
    setting = models.ForeignKey(
        "partnership.Setting", on_delete=models.PROTECT, related_name="+", verbose_name=_("setting")
    )
    layout = models.CharField(_("how its lines are written"), max_length=20, choices=Layout, default=Layout.AUTO)
    zone = models.CharField(_("clock of its lines"), max_length=40, default="Europe/London")
    columns = models.JSONField(default=dict, blank=True)
    keep_days = models.PositiveIntegerField(_("days that its lines are kept"), default=LEAST_DAYS)
    made_at = models.DateTimeField(default=timezone.now)
    verified_at = models.DateTimeField(_("last held against its hashes"), null=True, blank=True)
    fault = models.CharField(_("the first segment that does not hold"), max_length=200, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(keep_days__gte=LEAST_DAYS), name="log_setting_three_months"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def kept_for(self) -> timedelta:
        """How long its lines are kept."""
        return timedelta(days=self.keep_days)


class Intake(CaseRecord):
    """A file of lines that came in. Its bytes are kept, sealed, between the preview and the yes; then never again."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "log", "how", "size", "sha256", "layout", "made_at", "taken_at", "lines", "unreadable", "again"),
        personal=("made_by",),
        confidential=("name", "content"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    log = models.ForeignKey(LogSetting, on_delete=models.PROTECT, related_name="intakes")
    how = models.CharField(_("how it came"), max_length=8, choices=Taken)
    name = SealedTextField(_("name of the file"), blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    layout = models.CharField(max_length=20, choices=Layout, blank=True)
    content = SealedBytesField(blank=True)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(_("taken in"), null=True, blank=True)
    lines = models.PositiveBigIntegerField(default=0)
    unreadable = models.PositiveBigIntegerField(_("lines that could not be read"), default=0)
    again = models.BooleanField(_("had been taken in before"), default=False)

    class Meta:
        ordering = ["-pk"]


class LogDoor(models.Model):
    """What a filter's program shows to send lines of one setting. It reads nothing. Only a keyed digest is kept."""

    unwalled = "found by its digest before anybody is known; listed through queries.doors_of"
    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("id", "log", "agency", "start", "made_at", "ends_on", "last_used_on", "revoked_at"),
        personal=("made_by",),
        confidential=("digest",),
    )

    log = models.ForeignKey(LogSetting, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("partnership.Agency", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=20, help_text=_("its first letters, to know it by"))
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class LogHold(CaseRecord):
    """Lines that a live case needs: while it stands, no segment that holds them is disposed of (Toolkit s3)."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("log", "since", "until", "because_type", "because_id", "made_at", "released_at"),
        personal=("made_by", "released_by"),
        confidential=("why",),
    )

    log = models.ForeignKey(LogSetting, on_delete=models.PROTECT, related_name="holds")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    why = SealedTextField(_("why"))
    because_type = models.CharField(max_length=60, blank=True)
    because_id = models.BigIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="log_hold_right_way_round")
        ]
