"""Tokens by which other programs act for a person, and the calls by which they are told of something."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy

from .choices import CallState, Scope

PERSON = settings.AUTH_USER_MODEL


class Token(models.Model):
    """What another program shows to act for the person who made it, in one place, within its scopes.

    Only a keyed digest of it is kept. ``roles`` are the maker's roles when it was made: roles given to them later add
    nothing, roles that they lose are lost at once.
    """

    unwalled = "found by its digest before anybody is known; listed through queries.tokens_of"
    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=(
            "id",
            "name",
            "agency",
            "board",
            "roles",
            "scopes",
            "start",
            "made_at",
            "ends_on",
            "last_used_on",
            "revoked_at",
        ),
        personal=("made_by", "revoked_by"),
        confidential=("digest",),
    )

    name = models.CharField(_("what uses it"), max_length=80)
    agency = models.ForeignKey("partnership.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    board = models.ForeignKey("partnership.Board", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField(default=list)
    scopes = models.JSONField(_("what it may do"), default=list)
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=20, help_text=_("its first letters, to know it by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    ends_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, board__isnull=True) | Q(agency__isnull=True, board__isnull=False),
                name="token_of_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"

    @property
    def place_key(self) -> str:
        """The place that it acts in, as core.access.Place writes it."""
        return f"agency-{self.agency_id}" if self.agency_id else f"board-{self.board_id}"

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in words."""
        return [str(Scope(one).label) for one in self.scopes]


class Cursor(models.Model):
    """The one row that says up to which entry of the history other programs were told."""

    unwalled = "one row for the whole service, a number"
    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("id", "number"))

    number = models.BigIntegerField()


class Call(models.Model):
    """One event on its way to one address that the administrator set. Never a word of a case: a kind, ids, a time."""

    unwalled = "kinds of events and ids, read by the worker alone"
    privacy = Privacy(
        kept=Kept.SHORT,
        open=("id", "to", "entry", "body", "state", "made_at", "not_before", "attempts", "ended_at", "last_error"),
    )

    to = models.CharField(max_length=64, help_text=_("a digest of the address: the address stays in the environment"))
    entry = models.BigIntegerField()
    body = models.JSONField()
    state = models.CharField(_("state"), max_length=8, choices=CallState, default=CallState.QUEUED)
    made_at = models.DateTimeField(_("made"))
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["to", "entry"], name="call_once")]
        indexes = [models.Index(fields=["not_before"], condition=Q(state=CallState.QUEUED), name="call_due")]
