"""A board's released figures: suppressed before they are written, and then as they are."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

from ..quarters import Quarter


class Frozen(RuntimeError):
    """A released quarter was about to be changed. Two versions of it could be subtracted from each other."""


class ReleaseQuerySet(models.QuerySet):
    """Refuses to change or remove a final release, however many rows are named."""

    def update(self, **values: Any) -> int:
        """As ever, for releases that are not final. Frozen otherwise."""
        self._refuse_final()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As ever, for releases that are not final. Frozen otherwise."""
        self._refuse_final()
        return super().delete()

    def _refuse_final(self) -> None:
        if self.order_by().filter(final=True).exists():
            raise Frozen("A released quarter stays as it is.")


class Release(BoardRecord):
    """A quarter as the board sees it. No hidden figure is in it: what is not shown is not kept.

    ``tables`` of a final release: ``total`` and, for each of choices.TABLES, pairs of id and figure; or ``withheld``.
    Of the running quarter: ``total`` and the pairs of ``overdue``, rounded. A figure is a number, "c", "z" or ":".
    """

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("year", "quarter", "tables", "made_at", "final"))

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    tables = models.JSONField(_("figures"), default=dict)
    made_at = models.DateTimeField(_("released"), default=timezone.now)
    final = models.BooleanField(_("final"), default=False)

    objects = ScopedManager(_manager_class=models.Manager.from_queryset(ReleaseQuerySet), board="board__in")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "quarter"], name="release_once"),
            models.CheckConstraint(condition=models.Q(quarter__gte=1, quarter__lte=4), name="release_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return str(self.of)

    @property
    def of(self) -> Quarter:
        """The quarter it is of."""
        return Quarter(self.year, self.quarter)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it. Frozen where it was final before."""
        if self.pk and Release._base_manager.filter(pk=self.pk, final=True).exists():
            raise Frozen("A released quarter stays as it is.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove it. Frozen where it is final."""
        if Release._base_manager.filter(pk=self.pk, final=True).exists():
            raise Frozen("A released quarter stays as it is.")
        return super().delete(*args, **kwargs)
