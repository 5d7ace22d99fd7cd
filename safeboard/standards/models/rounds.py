"""Rounds: a board's sending of a review to its agencies, and where each of them stands."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import AgencyRecord, SharedRecord

from ..choices import RoundState, Stand
from .returns import Return, Submission

PERSON = settings.AUTH_USER_MODEL


class Round(SharedRecord):
    """One sending of a review. ``pack``, ``review`` and ``version`` say which words were sent, for ever the same."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "title",
            "pack",
            "review",
            "version",
            "note",
            "chosen",
            "opens_on",
            "due_on",
            "remind_before",
            "remind_every",
            "state",
            "sent_at",
            "closed_at",
            "form_key",
        ),
        personal=("made_by",),
    )

    title = models.CharField(_("title"), max_length=200)
    pack = models.CharField(max_length=60)
    review = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    note = models.TextField(_("what the agencies are told with it"), blank=True)
    chosen = models.JSONField(_("ids of the agencies it is to go to"), default=list, blank=True)
    opens_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("to be answered by"))
    remind_before = models.PositiveSmallIntegerField(_("days before that day a reminder goes"), default=14)
    remind_every = models.PositiveSmallIntegerField(_("days between reminders once it is late"), default=7)
    state = models.CharField(_("how far it is"), max_length=6, choices=RoundState, default=RoundState.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="round_due_after_it_opens")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether agencies answer it now."""
        return self.state == RoundState.SENT

    @property
    def is_late(self) -> bool:
        """Whether the day has passed by which it was to be answered."""
        return self.is_open and self.due_on < timezone.localdate()


class RoundAgency(AgencyRecord):
    """An agency in a round: how far it is, what the board has of it, and what the board makes of that.

    ``submission`` is the last that was sent to this board; without one the board knows the counts alone. ``told`` are
    the ids of the messages to those who answer for the agency; ``nobody``: there was nobody to write to.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "round",
            "of",
            "submission",
            "stand",
            "asked",
            "answered",
            "to_confirm",
            "gaps",
            "score",
            "told",
            "nobody",
            "told_at",
            "reminded_on",
            "started_at",
            "submitted_at",
            "decided_at",
            "more",
        ),
        personal=("decided_by",),
        confidential=("remarks",),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agencies")
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="rounds")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    stand = models.CharField(_("where it stands"), max_length=12, choices=Stand, default=Stand.NOT_STARTED)
    asked = models.PositiveSmallIntegerField(_("questions"), default=0)
    answered = models.PositiveSmallIntegerField(_("answered"), default=0)
    to_confirm = models.PositiveSmallIntegerField(_("to be confirmed"), default=0)
    gaps = models.PositiveSmallIntegerField(_("fall short"), default=0)
    score = models.PositiveSmallIntegerField(_("of a hundred"), null=True, blank=True)
    told = models.JSONField(default=list, blank=True)
    nobody = models.BooleanField(_("there was nobody to write to"), default=False)
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("accepted, or sent back"), null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remarks = SealedTextField(_("what more is needed"), blank=True)
    more = models.JSONField(_("questions that need more"), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="round_agency_once"),
            models.CheckConstraint(
                condition=~Q(stand__in=[Stand.SUBMITTED, Stand.RETURNED, Stand.ACCEPTED]) | Q(submission__isnull=False),
                name="round_agency_sent_has_a_submission",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "stand"], name="round_agency_by_stand"),
            models.Index(fields=["agency", "stand"], name="round_agency_by_agency"),
        ]

    @property
    def can_be_filled(self) -> bool:
        """Whether the agency can still write in it, for this board."""
        return self.stand in (Stand.NOT_STARTED, Stand.PART_DONE, Stand.RETURNED)


class Moderation(AgencyRecord):
    """A board's other view of one answer, with its reason. What the agency said stays beside it."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("place", "question", "before", "value", "at"),
        personal=("by",),
        confidential=("reason",),
    )

    place = models.ForeignKey(RoundAgency, on_delete=models.CASCADE, related_name="moderations")
    question = models.CharField(max_length=60)
    before = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60)
    reason = SealedTextField(_("why"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["place", "question", "-id"], name="moderation_by_question")]
