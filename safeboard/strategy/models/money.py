"""People's time and money for the objectives, by financial year: asked, committed, spent (Toolkit s2)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

from ..choices import Means
from .plan import Objective

PERSON = settings.AUTH_USER_MODEL


class Resource(BoardRecord):
    """What an objective needs in a financial year (from 1 April of ``year``): days of people's time, or pounds.

    Without an objective it is for the whole plan.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "objective", "year", "means", "title", "source", "asked", "committed", "spent", "changed_at"),
        personal=("changed_by",),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objective = models.ForeignKey(
        Objective,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
        verbose_name=_("objective"),
    )
    year = models.PositiveSmallIntegerField(_("financial year from April"))
    means = models.CharField(_("time or money"), max_length=5, choices=Means)
    title = models.CharField(_("what for"), max_length=200)
    source = models.CharField(_("who gives it"), max_length=200, blank=True)
    asked = models.DecimalField(_("asked"), max_digits=12, decimal_places=2)
    committed = models.DecimalField(_("committed"), max_digits=12, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent"), max_digits=12, decimal_places=2, default=0)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-year", "objective__priority__number", "objective__number", "means", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__gte=0, committed__gte=0, spent__gte=0), name="resource_is_not_negative"
            )
        ]
        indexes = [models.Index(fields=["board", "year"], name="resource_by_year")]

    def __str__(self) -> str:
        return self.title
