"""Who sits in the subgroup, and what the e-safety officer did (Toolkit s2; Checklists appendix A)."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.wall import BoardRecord

from ..choices import Part

PERSON = settings.AUTH_USER_MODEL


class Member(BoardRecord):
    """Somebody's seat in the subgroup, from when until when. It ends; it is never removed.

    ``agency``: whom they speak for, where it sits in the board; ``speaks_for``: else, in words. Somebody without an
    account has a name and an e-mail address here.
    """

    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("part", "agency", "speaks_for", "since", "until", "form_key"),
        personal=("person", "name", "email", "stands_for", "note"),
    )

    part = models.CharField(_("part"), max_length=12, choices=Part)
    person = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    agency = models.ForeignKey("partnership.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    speaks_for = models.CharField(_("whom they speak for"), max_length=160, blank=True)
    stands_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies", verbose_name=_("deputy of")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("what to know"), max_length=200, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="term_ends"),
            models.CheckConstraint(
                condition=~Q(part=Part.DEPUTY) | Q(stands_for__isnull=False), name="deputy_stands_for_somebody"
            ),
        ]
        indexes = [models.Index(fields=["board", "until"], name="members_by_board")]

    def __str__(self) -> str:
        return self.name

    def sits_on(self, day: date) -> bool:
        """Whether the seat is theirs on that day."""
        return self.since <= day and (self.until is None or self.until >= day)

    @property
    def address(self) -> str:
        """Where an invitation goes."""
        return self.person.email if self.person else self.email


class Work(BoardRecord):
    """A piece of the e-safety officer's work, under one of the aspects of the role (Checklists appendix A)."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("on", "aspect", "minutes", "what", "made_at", "form_key"),
        personal=("person",),
    )

    on = models.DateField(_("when"))
    aspect = models.CharField(_("aspect of the role"), max_length=60)
    minutes = models.PositiveIntegerField(_("time taken, in minutes"))
    what = models.CharField(_("what was done"), max_length=500)
    person = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["board", "on"], name="work_by_day")]
