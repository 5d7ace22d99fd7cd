"""Incidents and what follows from them: people, the walk through a chart, duties, referrals, the story.

The minimum record is the Toolkit's (s5): what happened, who was involved, how it was found, what was done by whom, and
the conclusion. All case text is sealed at rest. Every row is behind the casework wall.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import CaseRecord

from .choices import DutyKind, How, Images, Kin, NoteKind, Owner, Part, ReferralState, Status

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
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number that people quote: year and serial within the agency, such as 2026-0042."""
        return f"{self.year}-{self.serial:04d}"

    @property
    def refuses_attachments(self) -> bool:
        """Nothing can be attached where it is, or may be, about images of children (PCA 1978 s.1)."""
        return self.images != Images.NO


class Involved(CaseRecord):
    """Somebody in an incident. A name is sealed; a keyed digest of it finds the same name again."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "kin", "part"),
        personal=("person",),
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

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "part"], name="involved_by_person")]


class Draft(CaseRecord):
    """A report that is being written: saved at every step, the writer's alone until it is sent."""

    privacy = Privacy(
        kept=Kept.SHORT,
        open=("form_key", "made_at", "changed_at", "step", "sent"),
        personal=("owner",),
        confidential=("answers",),
    )

    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)
    step = models.CharField(max_length=30, blank=True)
    answers = SealedJSONField()
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    sent = models.OneToOneField(Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="draft")


class Walk(CaseRecord):
    """One passage through a chart, with the chart's version as it was then."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "pack", "chart", "version", "title", "outcome", "outcome_title", "started_at", "ended_at"),
        personal=("started_by",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="walks")
    pack = models.CharField(max_length=40)
    chart = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200, help_text=_("as it was shown"))
    outcome = models.CharField(max_length=60, blank=True)
    outcome_title = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class WalkStep(CaseRecord):
    """A step that was answered, in the words that were shown. Going back marks it, and never removes it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("walk", "order", "step", "question", "answer", "answer_label", "at", "taken_back_at"),
        personal=("by",),
    )

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=60)
    question = models.CharField(max_length=500)
    answer = models.CharField(max_length=60)
    answer_label = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "order"], condition=Q(taken_back_at__isnull=True), name="walk_step_once"
            )
        ]


class Referral(CaseRecord):
    """Handing a matter to somebody who must act. Nothing here can hold up sending it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "to",
            "to_name",
            "how",
            "state",
            "made_at",
            "sent_at",
            "acknowledged_at",
            "answer_due_at",
            "answered_at",
            "withdrawn_at",
            "form_key",
        ),
        personal=("sent_by",),
        confidential=("what", "spoke_to", "reference", "acknowledged_by", "outcome"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="referrals")
    to = models.CharField(_("to whom"), max_length=60, help_text=_("directory or contact kind"))
    to_name = models.CharField(_("as it was shown"), max_length=160)
    how = models.CharField(_("how"), max_length=10, choices=How, blank=True)
    what = SealedTextField(_("what was passed on"), blank=True)
    spoke_to = SealedTextField(_("whom you spoke to"), blank=True)
    reference = SealedTextField(_("their reference"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReferralState, default=ReferralState.DRAFTED)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = SealedTextField(_("who acknowledged it"), blank=True)
    answer_due_at = models.DateTimeField(_("answer due"), null=True, blank=True)
    outcome = SealedTextField(_("what they answered"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ReferralState.DRAFTED, ReferralState.WITHDRAWN]) | Q(sent_at__isnull=False),
                name="referral_sent_has_time",
            )
        ]


class Duty(CaseRecord):
    """What is owed by a time. Its clock shows on the home page of whoever owes it."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=(
            "incident",
            "walk",
            "referral",
            "key",
            "kind",
            "title",
            "to",
            "owner",
            "raised_at",
            "due_at",
            "done_at",
            "dropped_at",
            "warned_at",
            "late_at",
        ),
        personal=("person", "done_by"),
        confidential=("dropped_why",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="duties")
    walk = models.ForeignKey(Walk, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    key = models.CharField(max_length=140, help_text=_("the chart's name for it: raised once an incident"))
    kind = models.CharField(_("kind"), max_length=10, choices=DutyKind)
    title = models.CharField(_("what is owed"), max_length=300)
    to = models.CharField(max_length=60, blank=True)
    owner = models.CharField(_("who owes it"), max_length=20, choices=Owner)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = SealedTextField(_("why it is no longer owed"), blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True, help_text=_("when lateness was first seen"))

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name_plural = _("duties")
        constraints = [models.UniqueConstraint(fields=["incident", "key"], name="duty_once")]
        indexes = [
            models.Index(
                fields=["agency", "owner", "due_at"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="duty_open",
            ),
            models.Index(
                fields=["due_at"], condition=Q(done_at__isnull=True, dropped_at__isnull=True), name="duty_clock"
            ),
        ]


class Note(CaseRecord):
    """An entry of the story: what was done, said or decided. It is added, never altered."""

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "kind", "at", "written_at", "form_key"),
        personal=("by",),
        confidential=("text",),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind)
    at = models.DateTimeField(_("when it happened"), default=timezone.now)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField(_("what was done, said or decided"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="note_not_ahead_of_writing")]


class Attachment(CaseRecord):
    """A file that belongs to an incident, encrypted. Never on an incident about images of children.

    Sealing away (``sealed_off_at``) makes it unreadable to everyone until the police say what to do.
    """

    privacy = Privacy(
        kept=Kept.CASE,
        open=("incident", "size", "media_type", "added_at", "sealed_off_at"),
        personal=("added_by",),
        confidential=("name", "sha256", "content"),
    )

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="attachments")
    name = SealedTextField(_("file name"))
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type, told from the content"), max_length=60)
    sha256 = models.CharField(max_length=64)
    content = SealedTextField(help_text=_("the bytes in base 64"))
    added_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    sealed_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
