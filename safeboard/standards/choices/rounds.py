"""Fixed choices of reviews, rounds and returns; their words on screen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """How far a round is."""

    DRAFT = "draft", _("Being prepared")
    SENT = "sent", _("Sent")
    CLOSED = "closed", _("Closed")


class Stand(models.TextChoices):
    """Where an agency stands in a round."""

    NOT_STARTED = "not-started", _("Not started")
    PART_DONE = "part-done", _("Part done")
    SUBMITTED = "submitted", _("Sent to the board")
    RETURNED = "returned", _("Sent back for more")
    ACCEPTED = "accepted", _("Accepted")


class AnswerState(models.TextChoices):
    """What an answer of a return that is being filled in is worth."""

    GIVEN = "given", _("Answered")
    TO_CONFIRM = "to-confirm", _("To be confirmed")


class Origin(models.TextChoices):
    """Where an answer that is to be confirmed comes from."""

    REGISTER = "register", _("From the register")
    LAST_TIME = "last-time", _("From last time")


class GapState(models.TextChoices):
    """Whether something that fell short was put right."""

    OPEN = "open", _("Open")
    DONE = "done", _("Put right: its action is done")
    ANSWERED = "answered", _("Put right: answered otherwise since")


class Adopted(models.TextChoices):
    """How far a recommendation was taken up."""

    NOT_LOOKED_AT = "not-looked-at", _("Not looked at yet")
    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    NOT = "not", _("Not adopted")


class PiesLabel(models.TextChoices):
    """The four parts of safeguarding children online, in words (Toolkit s1)."""

    POLICIES = "policies", _("Policies and practices")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure and technology")
    EDUCATION = "education", _("Education and training")
    STANDARDS = "standards", _("Standards and inspection")


class AsksLabel(models.TextChoices):
    """Kinds of questions, in words."""

    YES_NO = "yes-no", _("Yes, partly, no or does not apply")
    RAG = "rag", _("Red, amber or green")
    LEVEL = "level", _("One of five levels")
    NUMBER = "number", _("A number")
    DATE = "date", _("A date")
    TEXT = "text", _("Words")
    PERSON = "person", _("A person")
    CHOICE = "choice", _("One of a list of your own")
    EVIDENCE = "evidence", _("Evidence")


class YesNo(models.TextChoices):
    """Answers to a yes-or-no question."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NA = "na", _("Does not apply to us")


class Rag(models.TextChoices):
    """Red, amber, green (Leeds, self-review grid)."""

    RED = "red", _("Red: not begun, or not known")
    AMBER = "amber", _("Amber: under way, or known in part")
    GREEN = "green", _("Green: in place, or fully known")


SHORT_WORDS = {
    "yes": _("Yes"),
    "partly": _("Partly"),
    "no": _("No"),
    "na": _("Does not apply"),
    "red": _("Red"),
    "amber": _("Amber"),
    "green": _("Green"),
}
COLOURS = {"yes": "green", "partly": "yellow", "no": "red", "red": "red", "amber": "yellow", "green": "green"}
