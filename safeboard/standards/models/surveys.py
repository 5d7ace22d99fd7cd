"""Surveys: anonymous questions, the links to them, what came in, and what was counted of it once it was closed.

Nothing here says who answered: no address, no browser, no cookie, no time. What somebody wrote in their own words lies
apart from what they ticked. Answers are the board's alone; agencies and everybody else see counts that are protected.
"""

from __future__ import annotations

import secrets
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy
from safeboard.core.sealed import SealedTextField
from safeboard.core.wall import BoardRecord, JointRecord, SharedRecord

from ..choices.surveys import SHORTEST_TOKEN, Acted, Audience, Came, SurveyState

PERSON = settings.AUTH_USER_MODEL


def new_token() -> str:
    """The end of a survey's public address: 128 bits by chance."""
    return secrets.token_urlsafe(SHORTEST_TOKEN)


class Survey(BoardRecord):
    """A survey of a board. ``questions`` are the words as they are asked; once published they never change.

    A question is a dictionary: id, asks, question, hint, answers (pairs of id and words), good (ids), same_as (review
    and question, or empty). ``item`` and ``version`` say what of the pack it was begun from, where from any.
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=(
            "audience",
            "title",
            "opening",
            "thanks",
            "pack",
            "item",
            "version",
            "questions",
            "opens_on",
            "closes_on",
            "one_a_device",
            "by_agency",
            "state",
            "before",
            "made_at",
            "published_at",
            "form_key",
        ),
        personal=("made_by",),
    )

    audience = models.CharField(_("who is asked"), max_length=6, choices=Audience)
    title = models.CharField(_("title"), max_length=160)
    opening = models.TextField(_("what it says before the questions"), max_length=1500)
    thanks = models.TextField(_("what it says at the end"), max_length=1500)
    pack = models.CharField(max_length=40)
    item = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    questions = models.JSONField(_("questions"), default=list)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"))
    one_a_device = models.BooleanField(_("one answer from each phone or computer"), default=False)
    by_agency = models.BooleanField(_("a link of its own for each agency"), default=False)
    state = models.CharField(_("how far it is"), max_length=9, choices=SurveyState, default=SurveyState.DRAFT)
    before = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens")
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="survey_to_count")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether its words can still be changed."""
        return self.state == SurveyState.DRAFT

    @property
    def is_counted(self) -> bool:
        """Whether it is closed and its figures stand."""
        return self.state == SurveyState.COUNTED

    def is_open(self, today: date | None = None) -> bool:
        """Whether it can be answered on that day."""
        day = today or timezone.localdate()
        return self.state == SurveyState.PUBLISHED and self.opens_on <= day <= self.closes_on


class SurveyLink(BoardRecord):
    """A public address of a survey: one for everybody, or one for each agency, so that nobody has to say where."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("survey", "token"))

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    agency = models.ForeignKey(
        "partnership.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agency"),
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "agency"], name="survey_link_of_an_agency_once"),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(agency__isnull=True), name="survey_link_for_everybody_once"
            ),
        ]


class SurveyReply(BoardRecord):
    """What one person ticked. ``key`` is by chance, made with the page, so that a reply sent twice is one."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("survey", "link", "key"), personal=("answers",))

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="replies")
    link = models.ForeignKey(SurveyLink, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    answers = models.JSONField(_("what was ticked"), default=dict)


class SurveyWords(BoardRecord):
    """What somebody wrote in their own words, apart from what they ticked: read by the board's officers alone."""

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("survey", "link", "question", "acted", "acted_at"),
        personal=("acted_by",),
        confidential=("text",),
    )

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="words")
    link = models.ForeignKey(SurveyLink, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    text = SealedTextField(_("in their own words"))
    acted = models.CharField(_("what was done"), max_length=9, choices=Acted, blank=True)
    acted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("survey words")
        indexes = [models.Index(fields=["survey", "acted"], name="survey_words_unread")]


class SurveyResult(SharedRecord):
    """What a survey found, protected before it was written and then as it is; agencies and, once published, all see it.

    ``tables``: a list by question: id, question, asks, good, and rows of id, words, and figure (a number, "c" or ":").
    """

    privacy = Privacy(
        kept=Kept.WHILE_NEEDED,
        open=("survey", "title", "audience", "answers", "tables", "before", "counted_at", "published_at"),
    )

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="result")
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=6, choices=Audience)
    answers = models.JSONField(_("how many answered"), default=str)
    tables = models.JSONField(_("figures"), default=list)
    before = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    counted_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-counted_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Heard(SharedRecord):
    """'You said, we did': something that people said in a survey, and what came of it (Toolkit s2; Annex G 5.4)."""

    privacy = Privacy(kept=Kept.ALWAYS, open=("result", "said", "did", "came", "at", "form_key"), personal=("by",))

    result = models.ForeignKey(SurveyResult, on_delete=models.CASCADE, related_name="heard")
    said = models.CharField(_("you said"), max_length=300)
    did = models.CharField(_("we did"), max_length=600)
    came = models.CharField(_("what came of it"), max_length=5, choices=Came, default=Came.DOING)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("heard")


class StaffView(JointRecord):
    """Whether most of an agency's staff say that something is so: a word, no count. For the board and that agency."""

    privacy = Privacy(kept=Kept.WHILE_NEEDED, open=("result", "question", "review", "asked", "agree"))

    result = models.ForeignKey(SurveyResult, on_delete=models.CASCADE, related_name="staff_views")
    question = models.CharField(max_length=60)
    review = models.CharField(_("review that asks the lead"), max_length=60, blank=True)
    asked = models.CharField(_("question of that review"), max_length=60, blank=True)
    agree = models.BooleanField(_("most of them say so"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "agency", "question"], name="staff_view_once")]
        indexes = [models.Index(fields=["agency", "-id"], name="staff_view_by_agency")]
