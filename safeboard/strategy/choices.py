"""Fixed choices of the strategy room. What the plan says about the work lies in records, never here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an action stands. A board asks an agency; its own actions, and an agency's own, are open at once."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    OPEN = "open", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


# Somebody works on these; of these something is still owed.
LIVE = (State.ACCEPTED, State.OPEN)
UNFINISHED = (State.ASKED, *LIVE)


class Colour(models.TextChoices):
    """Red, amber, green, done: by rules, never by hand (Toolkit Annex G)."""

    RED = "red", _("Overdue")
    AMBER = "amber", _("At risk")
    GREEN = "green", _("On time")
    DONE = "done", _("Done")
    NONE = "none", _("Not under way")


class DocumentKind(models.TextChoices):
    """What a board writes, consults about and ratifies (Toolkit s1; Annex G 2.2, 2.3)."""

    STRATEGY = "strategy", _("Strategy")
    GUIDANCE = "guidance", _("Practice guidance")
    REPORTING = "reporting", _("Reporting mechanism")


class DocumentState(models.TextChoices):
    """Where a document stands (Toolkit Annex G 2.2: draft, consult, redraft, ratify)."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("Out for consultation")
    REDRAFT = "redraft", _("Redraft")
    RATIFIED = "ratified", _("Ratified")
    PUBLISHED = "published", _("Published")
    REVIEW = "review", _("Under review")
    SUPERSEDED = "superseded", _("Superseded")


class PartKind(models.TextChoices):
    """What a part of a document is."""

    POSITION = "position", _("Position statement")
    PURPOSE = "purpose", _("Purpose")
    AUDIENCE = "audience", _("Who it is for")
    DRIVER = "driver", _("What drives it")
    PLAN = "plan", _("Links to other plans")
    CHAPTER = "chapter", _("Chapter")
    PARAGRAPH = "paragraph", _("Paragraph")
    PRIORITY = "priority", _("Priority")
    OBJECTIVE = "objective", _("Objective")
    ACTION = "action", _("Action")
    MONITORING = "monitoring", _("How it is monitored")
    TERM = "term", _("Word and meaning")
    PLAIN = "plain", _("In plain English")
    CHILDREN = "children", _("For children")


class Taken(models.TextChoices):
    """What came of a comment."""

    YES = "yes", _("We changed it so")
    PARTLY = "partly", _("We changed part of it")
    NO = "no", _("We left it as it was")
    NOTED = "noted", _("Thank you: nothing to change")


class EventKind(models.TextChoices):
    """What a line of the chronology is about."""

    DOCUMENT = "document", _("Strategy or guidance")
    MEETING = "meeting", _("Meeting")
    CAMPAIGN = "campaign", _("Campaign or event")
    TRAINING = "training", _("Talk or training")
    REVIEW = "review", _("Review or audit")
    OTHER = "other", _("Something else")


class Means(models.TextChoices):
    """What an objective needs: people's time, or money (Toolkit s2)."""

    TIME = "time", _("Time, in days")
    MONEY = "money", _("Money, in pounds")
