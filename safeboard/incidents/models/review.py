"""Looking back at an incident: the debrief, and the review of a serious incident on its way to the board.

What the board has is a copy without names and with a number of its own. Nothing in it leads back to the casework.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import BoardRecord, CaseRecord

from ..choices import Asks, Effective, Prevented, SeriousState
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Debrief(CaseRecord):
    """What those who took part say afterwards (Checklists, incident chart; Toolkit s5). Or that none is needed."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "key", "needed", "held_on", "prevented", "effective", "written_at"),
        personal=("by",),
        confidential=("well", "badly", "how_prevented", "response", "learned", "took_part"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="debriefs")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    needed = models.BooleanField(default=True, help_text=_("no: somebody said that none is needed"))
    held_on = models.DateField(_("held on"), default=timezone.localdate)
    well = SealedTextField(_("what went well"), blank=True)
    badly = SealedTextField(_("what did not"), blank=True)
    prevented = models.CharField(_("could it have been prevented?"), max_length=8, choices=Prevented, blank=True)
    how_prevented = SealedTextField(_("how it could have been prevented"), blank=True)
    effective = models.CharField(_("was the response effective?"), max_length=6, choices=Effective, blank=True)
    response = SealedTextField(_("what else could have been done"), blank=True)
    learned = SealedTextField(_("what we learn"), blank=True)
    took_part = SealedTextField(_("who took part"), blank=True)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]


class AnswerFields(models.Model):
    """The text about a serious incident and the four answers (Toolkit s5)."""

    privacy = Privacy(kept=Kept.CASE, confidential=("subject", "account", "why", "prevented", "response", "lessons"))

    subject = SealedTextField(_("what it is about, in a few words"))
    account = SealedTextField(_("what happened and what was done"))
    why = SealedTextField(_("why it happened"), blank=True)
    prevented = SealedTextField(_("whether it could have been prevented"), blank=True)
    response = SealedTextField(_("the response"), blank=True)
    lessons = SealedTextField(_("lessons"), blank=True)

    class Meta:
        abstract = True


class SeriousReview(CaseRecord, AnswerFields):
    """What an agency prepares for its board: written anew, names replaced, confirmed by a second person."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "key", "for_board", "state", "number", "edition", "made_at", "asked_at", "released_at"),
        personal=("prepared_by", "released_by"),
        confidential=("letters", "more_names", "returned"),
    )

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="serious_review")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    for_board = models.ForeignKey("partnership.Board", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SeriousState, default=SeriousState.DRAFT)
    letters = SealedJSONField(help_text=_("whose letter is which: it never leaves the agency"))
    more_names = SealedTextField(_("other names that must not stand in it"), blank=True)
    returned = SealedTextField(_("why the second person gave it back"), blank=True)
    edition = models.PositiveIntegerField(default=1)
    number = models.CharField(_("the board's number for it"), max_length=20, blank=True)
    prepared_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SeriousState.RELEASED)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(prepared_by=models.F("released_by"))),
                name="serious_released_by_a_second",
            )
        ]


class BoardReview(BoardRecord, AnswerFields):
    """A serious incident as the board's subgroup reviews it: a copy without names, with the board's own number."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("year", "serial", "received_at", "considered_on", "warned_at"))

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    considered_on = models.DateField(_("considered on"), null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["board", "year", "serial"], name="board_review_number_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that the board quotes, such as SR 2026-03: counted by the board, whatever agency sent it."""
        return f"SR {self.year}-{self.serial:02d}"


class BoardFinding(BoardRecord):
    """What the subgroup finds on one of the four questions. It is added, never altered."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED, open=("review", "key", "about", "at"), personal=("by",), confidential=("text",)
    )

    review = models.ForeignKey(BoardReview, on_delete=models.CASCADE, related_name="findings")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(_("on which question"), max_length=10, choices=Asks)
    text = SealedTextField(_("what we find"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
