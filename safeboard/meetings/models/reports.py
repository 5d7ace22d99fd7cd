"""Reports: from another subgroup, as an item of an agenda, and from this one up to the board. The same in both ways."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord

from .meetings import AgendaItem

PERSON = settings.AUTH_USER_MODEL


class SubgroupReport(BoardRecord):
    """What a subgroup reports of a time, and what it asks for.

    From another one, named in ``subgroup``, it stands as an ``item``; without both it is this one's, to the board.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("item", "subgroup", "since", "until", "made_at", "form_key"),
        personal=("given_by", "made_by"),
        confidential=("text", "asked"),
    )

    item = models.OneToOneField(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="report")
    subgroup = models.CharField(_("which subgroup"), max_length=120, blank=True)
    given_by = models.CharField(_("who gives it"), max_length=120)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    text = SealedTextField(_("what it says"), blank=True)
    asked = SealedTextField(_("what it asks for"), blank=True)
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="report_ends_after"),
            models.CheckConstraint(
                condition=Q(item__isnull=True, subgroup="") | Q(item__isnull=False) & ~Q(subgroup=""),
                name="report_received_or_given",
            ),
        ]

    def __str__(self) -> str:
        return self.subgroup or str(_("Report to the board"))
