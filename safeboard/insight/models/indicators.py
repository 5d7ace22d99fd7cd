"""A board's indicators, what they were at a moment, how each agency stood then, and the baselines of each quarter.

Snapshots, standings and baselines are written once: the past does not move when a register changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord, JointRecord
from safeboard.library.shapes.indicators import Better
from safeboard.library.shapes.standards import Pies

from ..quarters import Quarter
from .releases import Frozen

PERSON = settings.AUTH_USER_MODEL


def own_name() -> str:
    """The name of an indicator of a board's own: no pack has it."""
    return f"own-{uuid4().hex[:12]}"


class KeptQuerySet(models.QuerySet):
    """Refuses to change or remove what was written."""

    def update(self, **values: Any) -> int:
        """Frozen: what was counted stays as it is."""
        raise Frozen("What was counted stays as it is.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Frozen: what was counted stays as it is."""
        raise Frozen("What was counted stays as it is.")


class Written(models.Model):
    """A record that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it. Frozen where it was written before."""
        if self.pk is not None:
            raise Frozen("What was counted stays as it is.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Frozen: what was counted stays as it is."""
        raise Frozen("What was counted stays as it is.")


class Snapshot(BoardRecord, Written):
    """All indicators of a board at a moment. ``month``: that of a monthly one, such as 2026-03; '' for one on demand.

    ``values`` by name of the indicator: has, lacks, unknown and whole of agencies; or figure (a number, "c" or ":")
    with ``of``, what it is of; or rows of such figures. ``standing``: how many agencies stand where, by part.
    """

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("at", "month", "values", "standing"), personal=("by",))

    at = models.DateTimeField(_("taken"), default=timezone.now)
    month = models.CharField(max_length=7, blank=True)
    values = models.JSONField(_("figures"), default=dict)
    standing = models.JSONField(_("agencies by part"), default=dict)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(_manager_class=models.Manager.from_queryset(KeptQuerySet), board="board__in")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "month"], condition=~models.Q(month=""), name="snapshot_of_a_month_once"
            )
        ]

    @cached_property
    def day(self) -> date:
        """The day on which it was taken."""
        return timezone.localdate(self.at)

    def of(self, name: str) -> Mapping[str, Any]:
        """What an indicator was; empty where it was not counted."""
        return self.values.get(name, {})


class Standing(JointRecord, Written):
    """How an agency stood at a snapshot: for the board and that agency alone.

    ``marks`` by name of the indicator: yes, partly, no or unknown; ``letters`` by part: R, A, G, or ? for not known.
    ``titles`` are those of the board's own indicators, which the pack does not know.
    """

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("snapshot", "at", "marks", "titles", "letters"))

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="standings")
    at = models.DateTimeField(_("taken"))
    marks = models.JSONField(_("what is in place"), default=dict)
    titles = models.JSONField(_("titles of the board's own indicators"), default=dict)
    letters = models.JSONField(_("how it stands"), default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "agency"], name="standing_once")]
        indexes = [models.Index(fields=["agency", "board", "-at"], name="standing_by_agency")]


class Baseline(BoardRecord, Written):
    """All indicators as they were at the end of a quarter: what later ones are held against."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("year", "quarter", "values", "frozen_at"))

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    values = models.JSONField(_("figures"), default=dict)
    frozen_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(_manager_class=models.Manager.from_queryset(KeptQuerySet), board="board__in")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "quarter"], name="baseline_once"),
            models.CheckConstraint(condition=models.Q(quarter__gte=1, quarter__lte=4), name="baseline_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return str(self.of)

    @property
    def of(self) -> Quarter:
        """The quarter it is of."""
        return Quarter(self.year, self.quarter)


class BoardIndicator(BoardRecord):
    """An indicator in a board's use: one of the pack by its name, or one of its own; target, baseline and owner.

    ``definition`` is what is counted, as the shape of the pack has it, kept as it was when the board took it up.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "name",
            "version",
            "title",
            "pies",
            "definition",
            "direction",
            "target",
            "target_on",
            "baseline",
            "baseline_figure",
            "baseline_said",
            "number",
            "retired_at",
        ),
        personal=("owner",),
    )

    name = models.CharField(max_length=60, default=own_name)
    version = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    pies = models.CharField(_("part"), max_length=14, choices=[(one.value, one.value) for one in Pies])
    definition = models.JSONField(default=dict)
    direction = models.CharField(
        _("which way is better"), max_length=5, choices=[(one.value, one.value) for one in Better]
    )
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    baseline = models.ForeignKey(Baseline, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    baseline_figure = models.PositiveIntegerField(_("an older figure"), null=True, blank=True)
    baseline_said = models.CharField(_("where the older figure is from"), max_length=200, blank=True)
    owner = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="board_indicator_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def of_agencies(self) -> bool:
        """Whether it counts agencies."""
        return self.source in ("register", "review", "score")

    @property
    def source(self) -> str:
        """Where it is counted first: register, review, survey or incidents."""
        return str(self.definition.get("sources", ["register"])[0])

    @property
    def is_share(self) -> bool:
        """Whether its figure is so many of a hundred."""
        return self.source != "incidents"
