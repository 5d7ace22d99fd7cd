"""The random review: a slot drawn by chance, looked through on a schedule, with what was found (Leeds)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Found
from .asking import Question
from .sources import LogSetting

PERSON = settings.AUTH_USER_MODEL


class ReviewPlan(CaseRecord):
    """How often a filter's lines are looked through at random, and when next."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("log", "weeks", "minutes", "next_on", "stopped_at"))

    log = models.OneToOneField(LogSetting, on_delete=models.PROTECT, related_name="plan")
    weeks = models.PositiveSmallIntegerField(_("every so many weeks"), default=4)
    minutes = models.PositiveSmallIntegerField(_("minutes that are looked through"), default=30)
    next_on = models.DateField(_("next"))
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["next_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=52, minutes__gte=5, minutes__lte=480), name="review_plan_sane"
            )
        ]


class RandomReview(CaseRecord):
    """One random review: the slot that was drawn, who looked, and what was found."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("plan", "question", "since", "until", "drawn_at", "found", "done_at"),
        personal=("made_by", "done_by"),
        confidential=("note",),
    )

    plan = models.ForeignKey(ReviewPlan, on_delete=models.PROTECT, related_name="reviews")
    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="review")
    since = models.DateTimeField()
    until = models.DateTimeField()
    drawn_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(_("what was found"), max_length=10, choices=Found, blank=True, default=Found.OPEN)
    note = SealedTextField(_("note"), blank=True)
    done_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
