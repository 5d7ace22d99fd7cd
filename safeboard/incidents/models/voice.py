"""What a child, or a parent, wrote to us without an account; and what was answered.

A worry is a record of its own, and no incident yet. Whether it is one, and of what kind, a person decides who has
read it: an incident counts in the board's figures, is listed for everybody who handles incidents, and is no
other agency's, while a worry is read by the designated officer alone, may have come to the wrong place, and is
passed on whole. So it bears its own clock, the same way a duty does, and leads to an incident by a link.

Nothing here says who sent it, beyond what they wrote: no address, no browser, no cookie. Times of the sender's are
kept to the hour, so that they cannot be laid beside the minute of a school's own list of visits.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import CaseRecord
from safeboard.partnership.models import Setting

from ..choices import Asked, Author, ClosedWhy, Sender, Wish, WorryState
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Worry(CaseRecord):
    """What was sent in. The agency is the one whose designated officer reads it: it may be passed on to another."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "board",
            "sender",
            "setting",
            "danger",
            "about_adult",
            "wish",
            "state",
            "sent_at",
            "due_at",
            "read_at",
            "late_at",
            "closed_at",
            "closed_why",
            "incident",
        ),
        confidential=("receipt", "place", "name", "adult_name", "adult_words", "closing"),
    )

    board = models.ForeignKey("partnership.Board", on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(_("who wrote"), max_length=6, choices=Sender)
    setting = models.ForeignKey(
        "partnership.Setting",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("school or club"),
    )
    place = SealedTextField(_("what they typed for their school or club"), blank=True)
    danger = models.CharField(_("somebody is in danger now"), max_length=8, choices=Asked, blank=True)
    about_adult = models.CharField(
        _("about a grown-up who works or helps there"), max_length=8, choices=Asked, blank=True
    )
    adult_name = SealedTextField(_("the grown-up’s name, as written"), blank=True)
    adult_words = models.JSONField(default=list, help_text=_("keyed digests of the words of that name"))
    wish = models.CharField(_("who should read it"), max_length=8, choices=Wish, blank=True)
    name = SealedTextField(_("name, as written"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=WorryState, default=WorryState.NEW)
    sent_at = models.DateTimeField(_("sent, to the hour"))
    due_at = models.DateTimeField(_("to be read or answered by"), null=True, blank=True)
    read_at = models.DateTimeField(_("first read"), null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True, help_text=_("when lateness was first seen"))
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    closed_why = models.CharField(_("why it was ended"), max_length=10, choices=ClosedWhy, blank=True)
    closing = SealedTextField(_("what was decided"), blank=True)
    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.SET_NULL, related_name="worries")
    receipt = models.CharField(max_length=64, unique=True, help_text=_("a keyed digest of the seven words"))

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("worries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=WorryState.CLOSED, closed_at__isnull=False)
                | (~Q(state=WorryState.CLOSED) & Q(closed_at__isnull=True)),
                name="worry_closed_has_time",
            )
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_at"], name="worry_list"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="worry_clock"),
        ]

    @property
    def reference(self) -> str:
        """What staff call it: 'Worry 12'."""
        return str(_("Worry %(number)s") % {"number": self.pk})

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may be in danger now."""
        return self.danger in (Asked.YES, Asked.UNSURE)

    @property
    def setting_if_own(self) -> Setting | None:
        """The school or club, where it is one of the agency's that reads this."""
        return self.setting if self.setting and self.setting.agency_id == self.agency_id else None

    @property
    def asked_outside(self) -> bool:
        """Whether it must not go to the place it is about: they asked for somebody outside, or it is about staff."""
        return self.wish == Wish.OUTSIDE or self.about_adult in (Asked.YES, Asked.UNSURE)


class WorryMessage(CaseRecord):
    """One thing that was said, by who wrote or by who answered. It is added, never altered."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("worry", "author", "at", "form_key"),
        personal=("by",),
        confidential=("text",),
    )

    worry = models.ForeignKey(Worry, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(_("from"), max_length=6, choices=Author)
    by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now, help_text=_("to the hour where it came from outside"))
    text = SealedTextField(_("what was said"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author=Author.STAFF) | Q(by__isnull=True), name="worry_sender_has_no_account"
            )
        ]
