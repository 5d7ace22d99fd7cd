"""Reviews that a board writes itself, and what became of what is recommended to boards (Annex G 5.3; Checklists)."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord

from ..choices import Adopted

PERSON = settings.AUTH_USER_MODEL


def new_key() -> str:
    """The name under which the versions of a board's own review are published: no pack has it, nobody guesses it."""
    return f"local-{uuid4().hex[:24]}"


class BoardReview(BoardRecord):
    """A review that a board writes itself. Its published versions lie with the packs' under its key, for ever the same.

    ``draft`` is the document that is being worked on, None where none is; ``edition`` counts its changes, so that of
    two people who change it the second is told; ``earlier`` are the documents before the last changes, newest last.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("key", "pack", "title", "version", "draft", "edition", "earlier", "tried", "withdrawn", "changed_at"),
        personal=("changed_by",),
    )

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    pack = models.CharField(_("the pack it was begun from"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    version = models.PositiveIntegerField(null=True, blank=True)
    draft = models.JSONField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=0)
    earlier = models.JSONField(default=list, blank=True)
    tried = models.BooleanField(_("was tried as it is now"), default=False)
    withdrawn = models.BooleanField(_("not sent any more"), default=False)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class BoardReviewVersion(BoardRecord):
    """That a version was published: by whom, when, and what changed in their words."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("review", "number", "note", "at"), personal=("by",))

    review = models.ForeignKey(BoardReview, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what changed"), max_length=500)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="board_review_version_once")]


class Adoption(BoardRecord):
    """How far a board took up a recommendation: who, since when, what shows it (Checklists)."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("pack", "recommendation", "state", "since", "look_on", "changed_at"),
        personal=("changed_by",),
        confidential=("who", "evidence"),
    )

    pack = models.CharField(max_length=40)
    recommendation = models.CharField(max_length=60)
    state = models.CharField(_("how far"), max_length=14, choices=Adopted, default=Adopted.NOT_LOOKED_AT)
    who = SealedTextField(_("who took it up"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    evidence = SealedTextField(_("what shows it"), blank=True)
    look_on = models.DateField(_("look at it again on"), null=True, blank=True)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "pack", "recommendation"], name="adoption_once")]
