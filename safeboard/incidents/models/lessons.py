"""Lessons: what is learned, who sees to it, how it was shared, and whether it worked after three months.

A lesson holds no case text. An agency's are its own; a board has copies of what agencies show it, and its own.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord, CaseRecord

from ..choices import Effective, LessonKind, Origin
from .incident import Draft, Incident

PERSON = settings.AUTH_USER_MODEL


class LessonFields(models.Model):
    """What agencies' and boards' lessons have in common. Its key is its address, and the key of its form."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "key",
            "kind",
            "origin",
            "made_at",
            "due_on",
            "done_on",
            "look_on",
            "looked_on",
            "worked",
            "warned_at",
            "late_at",
        ),
        personal=("owner", "made_by"),
        confidential=("what", "done", "shared", "found"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what it becomes"), max_length=10, choices=LessonKind)
    origin = models.CharField(_("learned from"), max_length=10, choices=Origin, default=Origin.ELSEWHERE)
    what = SealedTextField(_("what we learned"))
    owner = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    due_on = models.DateField(_("by when"))
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done = SealedTextField(_("what was done"), blank=True)
    shared = SealedTextField(_("how it was shared, and with whom"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    look_on = models.DateField(_("look back on"), null=True, blank=True)
    looked_on = models.DateField(_("looked back on"), null=True, blank=True)
    worked = models.CharField(_("did it work?"), max_length=6, choices=Effective, blank=True)
    found = SealedTextField(_("how one can tell, and what now"), blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def owed_on(self) -> date | None:
        """The day by which the next thing is owed: to do it, then to look back; None where nothing is."""
        if self.done_on is None:
            return self.due_on
        return None if self.looked_on else self.look_on

    @property
    def is_late(self) -> bool:
        """Whether that day has passed."""
        return self.owed_on is not None and self.owed_on < timezone.localdate()


class NearMiss(CaseRecord):
    """Something that nearly happened, told in half a minute by anybody who works here. Nobody is named."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "setting", "at", "draft"),
        personal=("reported_by",),
        confidential=("what", "where", "stopped"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    what = SealedTextField(_("what nearly happened"))
    where = SealedTextField(_("where"), blank=True)
    setting = models.ForeignKey(
        "partnership.Setting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stopped = SealedTextField(_("what stopped it"), blank=True)
    reported_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("reported"), default=timezone.now)
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = _("near misses")


class Lesson(CaseRecord, LessonFields):
    """A lesson of an agency. ``everybody``: all who work there may read it, and the team's page prints it."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("incident", "near_miss", "everybody", "copied_at"))

    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons")
    near_miss = models.ForeignKey(NearMiss, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons")
    everybody = models.BooleanField(_("everybody who works here may read it"), default=False)
    copied_at = models.DateTimeField(_("shared with the board"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]


class BoardLesson(BoardRecord, LessonFields):
    """A lesson of a board: its own, or a copy of one that an agency shared. It leads to no casework."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("review",), confidential=("sent_by",))

    review = models.ForeignKey(
        "incidents.BoardReview", null=True, blank=True, on_delete=models.SET_NULL, related_name="learned"
    )
    sent_by = SealedTextField(_("the agency that shared it, where it said so"), blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
