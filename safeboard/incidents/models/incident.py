"""An incident, who is involved in it, and the report before it is sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from ..choices import Images, Kin, Owner, Part, Status

PERSON = settings.AUTH_USER_MODEL


class Incident(CaseRecord):
    """A report and what follows."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "year",
            "serial",
            "pack",
            "setting",
            "scenario",
            "classification",
            "strand",
            "images",
            "allegation",
            "how_found",
            "happened_on",
            "happened_at",
            "status",
            "reported_at",
            "changed_at",
            "concluded_at",
            "edition",
            "form_key",
        ),
        personal=("reported_by", "concluded_by"),
        confidential=("narrative", "where", "address", "actions", "evidence", "conclusion"),
    )

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    pack = models.CharField(max_length=40)
    setting = models.ForeignKey(
        "partnership.Setting",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("setting"),
    )
    scenario = models.CharField(_("what kind of incident"), max_length=40)
    classification = models.CharField(_("classification"), max_length=40)
    strand = models.CharField(_("strand"), max_length=40, blank=True)
    images = models.CharField(_("about images of children"), max_length=5, choices=Images, default=Images.NO)
    allegation = models.BooleanField(_("a concern about a member of staff or volunteer"), default=False)
    how_found = models.CharField(_("how it was found"), max_length=40)
    happened_on = models.DateField(_("when it happened"))
    happened_at = models.TimeField(_("at about what time"), null=True, blank=True)
    narrative = SealedTextField(_("what happened"))
    where = SealedTextField(_("where it happened"), blank=True)
    address = SealedTextField(_("web address, as text"), blank=True)
    actions = SealedTextField(_("what was done, and by whom"), blank=True)
    evidence = SealedTextField(_("which device, and where it is now"), blank=True)
    conclusion = SealedTextField(_("conclusion"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reported_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    concluded_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1, help_text=_("goes up by one at each change"))
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="incident_reference_once"),
            models.UniqueConstraint(fields=["agency", "form_key"], name="incident_sent_once"),
            models.CheckConstraint(
                condition=Q(status=Status.CONCLUDED, concluded_at__isnull=False)
                | (~Q(status=Status.CONCLUDED) & Q(concluded_at__isnull=True)),
                name="incident_concluded_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-reported_at"], name="incident_list"),
            models.Index(fields=["agency", "status", "-reported_at"], name="incident_by_status"),
            models.Index(fields=["agency", "-changed_at"], name="incident_by_change"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number that people quote: year and serial within the agency, such as 2026-0042."""
        return f"{self.year}-{self.serial:04d}"

    @property
    def refuses_files(self) -> bool:
        """No file is taken where it is, or may be, about images of children (PCA 1978 s.1)."""
        return self.images != Images.NO

    @cached_property
    def passed_to_responsible(self) -> bool:
        """Whether the responsible person owes something of it: allegations aside, because nobody else is left."""
        return self.duties.filter(owner=Owner.RESPONSIBLE_PERSON, dropped_at__isnull=True).exists()


class Involved(CaseRecord):
    """Somebody in an incident. A name is sealed; a keyed digest of it finds the same name again."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "kin", "part"),
        personal=("person", "added_by"),
        confidential=("name", "name_index", "birth_date", "detail"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="people")
    kin = models.CharField(_("who they are"), max_length=6, choices=Kin)
    part = models.CharField(_("their part"), max_length=10, choices=Part)
    name = SealedTextField(_("name"), blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True)
    birth_date = SealedTextField(_("date of birth"), blank=True)
    detail = SealedTextField(_("what to know about them"), blank=True)
    person = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    added_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["person", "part"], name="involved_by_person"),
            models.Index(fields=["agency", "part"], name="involved_by_part"),
        ]


class Draft(CaseRecord):
    """A report that is being written: saved at every step, the writer's alone until it is sent."""

    privacy = Privacy(
        kept=Kept.SHORT,
        open=("form_key", "made_at", "changed_at", "step", "sent", "due_at"),
        personal=("owner",),
        confidential=("answers",),
    )

    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)
    step = models.CharField(max_length=30, blank=True)
    answers = SealedJSONField()
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("by when, where a child told somebody"))
    sent = models.OneToOneField(Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="draft")
