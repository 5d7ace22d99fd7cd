"""Local charts: copies of the pack's charts that a board or an agency adapts (docs/adr/0006).

A copy has at most one draft, and versions that were published. The words of a version lie with the pack's own
published items (``library.PublishedItem``, which never change) under the copy's key; so an incident that walked one
finds it for ever by pack, chart and version, whatever becomes of the copy, the agency or its board.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import AgencyRecord, SharedRecord

PERSON = settings.AUTH_USER_MODEL


def new_key() -> str:
    """The name under which the versions of a copy are published: no pack's folder has it, and nobody guesses it."""
    return f"local-{uuid4().hex[:24]}"


class LocalChart(models.Model):
    """One chart as it is kept here. ``version`` is the published one that holds, None where the pack's holds.

    ``draft`` is the document that is being worked on, None where none is; ``edition`` counts its changes, so that of
    two people who change it the second is told. ``earlier`` are the documents before the last changes, newest last;
    ``tried`` the ways walked in trial through the present draft.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "key",
            "pack",
            "chart",
            "pack_version",
            "version",
            "last_version",
            "draft",
            "edition",
            "earlier",
            "tried",
            "changed_at",
        ),
        personal=("changed_by",),
    )

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    pack = models.CharField(_("the pack it is a copy from"), max_length=40)
    chart = models.CharField(max_length=60)
    pack_version = models.PositiveIntegerField(_("the pack's version that was last looked at"))
    version = models.PositiveIntegerField(null=True, blank=True)
    last_version = models.PositiveIntegerField(default=0)
    draft = models.JSONField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=0)
    earlier = models.JSONField(default=list, blank=True)
    tried = models.JSONField(default=list, blank=True)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ["chart"]


class BoardChart(SharedRecord, LocalChart):
    """A board's copy: it holds for every agency whose home it is, unless the agency keeps one of its own."""

    class Meta(LocalChart.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["board", "pack", "chart"], name="board_chart_once")]


class AgencyChart(AgencyRecord, LocalChart):
    """An agency's own copy: it holds there before its board's."""

    class Meta(LocalChart.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["agency", "pack", "chart"], name="agency_chart_once")]


class LocalVersion(models.Model):
    """That a version was published: by whom, when, and what changed in their words."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("copy", "number", "note", "at"), personal=("by",))

    number = models.PositiveIntegerField()
    note = models.CharField(_("what changed"), max_length=500)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-number"]


class BoardChartVersion(SharedRecord, LocalVersion):
    """A published version of a board's copy."""

    copy = models.ForeignKey(BoardChart, on_delete=models.CASCADE, related_name="versions")

    class Meta(LocalVersion.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="board_chart_version_once")]


class AgencyChartVersion(AgencyRecord, LocalVersion):
    """A published version of an agency's copy."""

    copy = models.ForeignKey(AgencyChart, on_delete=models.CASCADE, related_name="versions")

    class Meta(LocalVersion.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="agency_chart_version_once")]
