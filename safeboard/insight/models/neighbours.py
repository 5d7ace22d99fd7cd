"""Other boards whose figures a board was given, and these figures, as they came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

PERSON = settings.AUTH_USER_MODEL


class Neighbour(BoardRecord):
    """Another board, known by its key: whoever took it in compared the key's fingerprint by another way."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("name", "area", "public_key", "since"), personal=("trusted_by",))

    name = models.CharField(_("board"), max_length=200)
    area = models.CharField(_("area"), max_length=200, blank=True)
    public_key = models.CharField(_("its key"), max_length=64)
    trusted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "public_key", "name"], name="neighbour_once"),
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourFigures(BoardRecord):
    """The figures of another board of one quarter, as they were signed: written once."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("neighbour", "year", "quarter", "figures", "signature", "taken_at"),
        personal=("taken_by",),
    )

    neighbour = models.ForeignKey(Neighbour, on_delete=models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    figures = models.JSONField(_("figures"), default=list)
    signature = models.CharField(max_length=128)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-quarter", "neighbour_id"]
        constraints = [models.UniqueConstraint(fields=["neighbour", "year", "quarter"], name="neighbour_quarter_once")]
