"""The plan: priorities, objectives, actions with their milestones, and which action waits for which (Toolkit Annex G).

A board cannot direct an agency: an action that names one is a request until the agency has accepted it.
"""

from __future__ import annotations

import uuid
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.roles import PlaceKind, Role
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import Joint, JointRecord, SharedRecord, joint_manager

from ..choices import State

PERSON = settings.AUTH_USER_MODEL


class Priority(SharedRecord):
    """What a board puts first: an area of its plan."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("key", "number", "title", "retired_on"))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("what it is"), max_length=200)
    retired_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name_plural = _("priorities")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Objective(SharedRecord):
    """What is to be reached under a priority, and how one will know: in words, by an indicator, or both.

    ``indicator_title``: of one of the board's own, as it was chosen; those of a pack have theirs there.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            *("key", "priority", "number", "title", "measure", "retired_on"),
            *("indicator_pack", "indicator", "indicator_title"),
        ),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    priority = models.ForeignKey(
        Priority,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectives",
        verbose_name=_("priority"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("what is to be reached"), max_length=300)
    measure = models.CharField(_("how we shall know"), max_length=500, blank=True)
    indicator_pack = models.CharField(max_length=40, blank=True)
    indicator = models.CharField(_("indicator"), max_length=60, blank=True)
    indicator_title = models.CharField(max_length=200, blank=True)
    retired_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["priority__number", "number", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called: its number below that of its priority, and its words."""
        return numbered(self.title, self.number, self.priority.number if self.priority else None)


def numbered(title: str | None, number: int | None, priority: int | None) -> str:
    """An objective as it is named: its number below that of its priority, and its words; '' for none."""
    if title is None:
        return ""
    return f"{priority}.{number} {title}" if priority is not None else f"{number} {title}"


class Action(JointRecord):
    """Something to be done by a date. ``key`` is its address, and makes a form count once.

    Who answers for it: ``owner``, else whoever holds ``owner_role`` in the agency (in the board where there is none).
    ``left`` is whose it was where they left; it went to the agency's lead or the board's leaders on ``passed_on``.
    ``raised_in_*`` is the place it was raised in: what it came from is shown there, and by name to whom it asks.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "key",
            "objective",
            "title",
            "owner_role",
            "state",
            "starts_on",
            "due_on",
            "first_due_on",
            "cost",
            "raised_at",
            "raised_in_kind",
            "raised_in_id",
            "source_url",
            "answer_by",
            "answered_on",
            "passed_on",
            "done_on",
            "warned_on",
            "late_on",
        ),
        personal=("owner", "raised_by", "answered_by", "left", "done_by"),
        confidential=("why", "source_title", "answer", "evidence", "dropped"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    objective = models.ForeignKey(
        Objective,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("objective"),
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    why = SealedTextField(_("why"), blank=True)
    owner = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    owner_role = models.CharField(_("role that sees to it"), max_length=24, choices=Role, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    starts_on = models.DateField(_("starts on"), default=timezone.localdate)
    due_on = models.DateField(_("expected by"))
    first_due_on = models.DateField(_("first expected by"))
    cost = models.DecimalField(_("cost in pounds"), max_digits=10, decimal_places=2, null=True, blank=True)
    raised_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    raised_in_kind = models.CharField(max_length=10, choices=PlaceKind)
    raised_in_id = models.BigIntegerField()
    source_title = SealedTextField(_("what it came from"), blank=True)
    source_url = models.CharField(max_length=200, blank=True)
    answer_by = models.DateField(_("answer asked by"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = SealedTextField(_("what the agency answered"), blank=True)
    left = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_on = models.DateField(_("passed on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = SealedTextField(_("how one can tell that it was done"), blank=True)
    dropped = SealedTextField(_("why it was dropped"), blank=True)
    warned_on = models.DateField(null=True, blank=True)
    late_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="action_ends_after_its_start"),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(done_on__isnull=False), name="action_done_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(state__in=[State.ASKED, State.ACCEPTED, State.DECLINED]),
                name="action_asked_of_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(reach="agency"), name="action_alone_in_an_agency"
            ),
        ]
        indexes = [
            models.Index(fields=["board", "state", "due_on"], name="action_by_board"),
            models.Index(fields=["agency", "state", "due_on"], name="action_by_agency"),
            models.Index(fields=["owner", "state", "due_on"], name="action_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """The address of its page."""
        return action_address(self.key)


def action_address(key: object) -> str:
    """The address of the page of the action with that key."""
    before, behind = _address(get_script_prefix())
    return f"{before}{key}{behind}"


@cache
def _address(_prefix: str) -> tuple[str, str]:
    """What stands before and behind the key in the address of an action: lists name many, and reversing takes long."""
    key = uuid.UUID(int=0)
    before, _key, behind = reverse("strategy:action", args=[key]).partition(str(key))
    return before, behind


class PartOfAction(Joint):
    """What belongs to an action and is read by whoever reads the action."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("action",))

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="%(class)ss")
    objects = joint_manager("action__")

    class Meta:
        abstract = True


class Milestone(PartOfAction):
    """A step on the way, by a date no later than the action's."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("key", "title", "due_on", "first_due_on", "done_on"))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("what will have been reached"), max_length=200)
    due_on = models.DateField(_("by when"))
    first_due_on = models.DateField(_("first by when"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class WaitsFor(PartOfAction):
    """That an action cannot begin before another is done. ``first`` is the other one."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("first",))

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waits")
    first = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waited_for_by")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "first"], name="waits_once"),
            models.CheckConstraint(condition=~Q(action=F("first")), name="waits_for_another"),
        ]


class Redating(PartOfAction):
    """That an action was given another date, and why."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("before", "after", "at"), personal=("by",), confidential=("why",))

    before = models.DateField(_("was expected by"))
    after = models.DateField(_("is expected by"))
    why = SealedTextField(_("why"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]


class ActionNote(PartOfAction):
    """A note of progress. It is added, never altered."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("key", "at"), personal=("by",), confidential=("text",))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = SealedTextField(_("progress"))
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
