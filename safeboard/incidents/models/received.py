"""What reaches an agency from outside: a referral of another agency of its board, or a telephone call."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import ReceivedState
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class Received(CaseRecord):
    """A referral to this agency. It holds a copy of exactly what was shared; nothing is read across the wall.

    From an agency of the board: ``from_agency``, ``referral_number`` and ``packet``. From outside: ``source`` (of the
    pack), who called, and what was said. ``allegation``: about staff, so that only the few may know of it.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "from_agency",
            "from_name",
            "source",
            "referral_number",
            "allegation",
            "state",
            "at",
            "look_due_at",
            "late_at",
            "passed_up_at",
            "acknowledged_at",
            "accepted_at",
            "refused_at",
            "answered_at",
            "withdrawn_at",
            "written_due_at",
            "written_at",
            "incident",
            "form_key",
        ),
        personal=("recorded_by",),
        confidential=("packet", "caller", "call_back", "reference", "said", "refused_why", "answer"),
    )

    from_agency = models.ForeignKey(
        "partnership.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_name = models.CharField(_("from whom"), max_length=160)
    source = models.CharField(_("kind of body"), max_length=60, blank=True)
    # The sender's referral: a number, no key, so that nothing can be joined across the wall.
    referral_number = models.BigIntegerField(null=True, blank=True, unique=True)
    packet = SealedJSONField(_("what was shared"))
    allegation = models.BooleanField(_("a concern about a member of staff or volunteer"), default=False)
    caller = SealedTextField(_("who called"), blank=True)
    call_back = SealedTextField(_("number to ring back"), blank=True)
    reference = SealedTextField(_("their reference"), blank=True)
    said = SealedTextField(_("what was said"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReceivedState, default=ReceivedState.NEW)
    at = models.DateTimeField(_("received"), default=timezone.now)
    look_due_at = models.DateTimeField(_("to be acknowledged by"), null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    passed_up_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refused_why = SealedTextField(_("why it was refused"), blank=True)
    answer = SealedTextField(_("what was answered"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    written_due_at = models.DateTimeField(_("confirmation in writing expected"), null=True, blank=True)
    written_at = models.DateTimeField(_("confirmation in writing arrived"), null=True, blank=True)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="received", verbose_name=_("incident")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = _("received")
        indexes = [models.Index(fields=["agency", "state", "-at"], name="received_list")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReceivedState.ACCEPTED) | Q(incident__isnull=False),
                name="received_accepted_has_incident",
            )
        ]


class ReceivedSubject(CaseRecord):
    """Whom the concern of a received referral is about: they see nothing of it, by account or by name.

    The name is kept as a keyed digest alone, whether or not the sender shared it.
    """

    privacy = Privacy(kept=Kept.CASE, open=("received",), personal=("person",), confidential=("name_index",))

    received = models.ForeignKey(Received, on_delete=models.CASCADE, related_name="subjects")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_index = models.CharField(max_length=64, blank=True, db_index=True)
