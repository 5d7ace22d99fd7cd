"""Messages on their way out, and the clocks that rooms keep."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.roles import PlaceKind
from safeboard.core.sealed import SealedTextField

from .choices import SUBJECT_LENGTH, State


class Message(models.Model):
    """One message to one person: that something needs them, with a link. Never case text, never a file."""

    unwalled = (
        "it belongs to the person it is for; read through queries.visible_to, and without text by queries.watched"
    )
    privacy = Privacy(
        kept=Kept.MESSAGE,
        open=(
            "id",
            "kind",
            "about_type",
            "about_id",
            "place_kind",
            "place_id",
            "dedupe",
            "quiet",
            "gathered_in",
            "state",
            "made_at",
            "not_before",
            "sent_at",
            "failed_at",
            "attempts",
            "last_error",
        ),
        personal=("to", "email", "subject", "caused_by"),
        confidential=("body",),
    )

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("for"),
    )
    email = models.CharField(_("email address"), max_length=254)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    body = SealedTextField(_("text"))
    kind = models.CharField(_("why"), max_length=40)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices, blank=True)
    place_id = models.BigIntegerField(null=True, blank=True)
    dedupe = models.CharField(max_length=160, unique=True, null=True, blank=True)
    caused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("caused by"),
    )
    quiet = models.BooleanField(_("waits for the day's digest"), default=False)
    gathered_in = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="gathered", verbose_name=_("digest")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    made_at = models.DateTimeField(_("made"))
    not_before = models.DateTimeField(_("not before"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("what went wrong"), max_length=120, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | Q(failed_at__isnull=False), name="message_failed_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(dedupe=""), name="message_dedupe_is_a_word"),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state=State.QUEUED), name="message_due"),
            models.Index(fields=["to", "-made_at"], name="message_by_addressee"),
            models.Index(fields=["caused_by", "-made_at"], name="message_by_cause"),
            models.Index(fields=["state", "-made_at"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ClockState(models.Model):
    """When a clock last ran, whether that went well, and who holds it while it runs."""

    unwalled = "names of jobs and their times, without any agency's data"
    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("name", "next_at", "held_until", "last_ran", "last_ok", "last_error", "failures"),
    )

    name = models.CharField(_("clock"), max_length=60, primary_key=True)
    next_at = models.DateTimeField(_("next run"), null=True, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    last_ran = models.DateTimeField(_("last run"), null=True, blank=True)
    last_ok = models.DateTimeField(_("last went well"), null=True, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(_("failed runs in a row"), default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
