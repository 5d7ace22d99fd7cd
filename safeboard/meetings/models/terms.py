"""Terms of reference: remit, reporting lines, relationships, quorum; every version is kept (Toolkit s2)."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

from ..choices import TermsState

PERSON = settings.AUTH_USER_MODEL


class Terms(BoardRecord):
    """One version of the terms of reference. ``sections``: [{id, title, text}], in their order.

    pack, item and item_version say which template it was begun from.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "number",
            "state",
            "pack",
            "item",
            "item_version",
            "sections",
            "quorum_share",
            "quorum_least",
            "quorum_chair",
            "papers_days",
            "page_limit",
            "edition",
            "agreed_on",
            "agreed_by",
            "review_on",
            "changed_at",
        ),
        personal=("changed_by",),
    )

    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("where it stands"), max_length=10, choices=TermsState, default=TermsState.DRAFT)
    pack = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=60, blank=True)
    item_version = models.PositiveIntegerField(default=0)
    sections = models.JSONField(default=list)
    quorum_share = models.PositiveSmallIntegerField(
        _("share of the voting members, in per cent"), default=50, validators=[MaxValueValidator(100)]
    )
    quorum_least = models.PositiveSmallIntegerField(
        _("never fewer than"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    quorum_chair = models.BooleanField(_("the chair or the deputy chair must be there"), default=True)
    papers_days = models.PositiveSmallIntegerField(
        _("papers go out this many days before"), default=5, validators=[MaxValueValidator(60)]
    )
    page_limit = models.PositiveSmallIntegerField(
        _("a longer paper needs a summary"), default=20, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    edition = models.PositiveIntegerField(default=1)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_by = models.CharField(_("agreed by, with the minute"), max_length=160, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = _("terms of reference")
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="terms_version_once"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(state=TermsState.DRAFT), name="one_draft_of_the_terms"
            ),
            models.UniqueConstraint(
                fields=["board"], condition=Q(state=TermsState.AGREED), name="one_version_of_the_terms_holds"
            ),
        ]
