"""What the register keeps for finding: blinded words, saved views, exports."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import ExportKind
from .incident import Incident

PERSON = settings.AUTH_USER_MODEL


class IncidentWord(CaseRecord):
    """That a word stands somewhere in an incident: its keyed digest, never the word (see core.words).

    ``own``: it stands in what whoever reported the incident may read themselves. The key is the row itself, so that
    a hundred thousand incidents stay small, and one agency's words lie side by side.
    """

    privacy = Privacy(kept=Kept.CASE, open=("incident", "own"), confidential=("word",))

    agency = models.ForeignKey("partnership.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.BigIntegerField()
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    own = models.BooleanField(default=False)
    pk = models.CompositePrimaryKey("agency_id", "word", "incident_id")


class SavedView(CaseRecord):
    """A filter of the list that somebody keeps by a name: their own, or one that the lead gave to the agency."""

    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("made_at", "is_default"),
        personal=("owner",),
        confidential=("name", "chosen"),
    )

    owner = models.ForeignKey(PERSON, null=True, on_delete=models.CASCADE, related_name="+")
    name = SealedTextField(_("name"))
    chosen = SealedJSONField(help_text=_("the filter as the address has it, and the words"))
    is_default = models.BooleanField(_("open the list with this view"), default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "owner"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(owner__isnull=False), name="saved_view_default_own"
            ),
        ]

    @property
    def shared(self) -> bool:
        """The agency's, not one person's."""
        return self.owner_id is None


class Export(CaseRecord):
    """Incidents that somebody took out of the service at once: which, what of them, as what, and why.

    The file itself is made when it is asked for, or by the worker, and never kept longer than a day.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("kind", "groups", "incidents", "count", "made_at", "ready_at", "failed_at", "form_key"),
        personal=("made_by",),
        confidential=("reason",),
    )

    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reason = SealedTextField(_("why"))
    kind = models.CharField(max_length=8, choices=ExportKind)
    groups = models.JSONField(default=list, help_text=_("which groups of columns"))
    incidents = models.JSONField(default=list, help_text=_("ids, in the order of the list"))
    count = models.PositiveIntegerField()
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-pk"]
