"""Fixed choices of the editor of charts; their words on screen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyKind(models.TextChoices):
    """What is owed, as a chart may ask for it."""

    REFER = "refer", _("Refer it to somebody")
    TELL = "tell", _("Tell somebody")
    RECORD = "record", _("Write a record")
    PRESERVE = "preserve", _("Keep evidence safe")
    SUPPORT = "support", _("Arrange support")
    DECIDE = "decide", _("Decide something")
    ANSWER = "answer", _("Get an answer")
    DISCUSS = "discuss", _("Arrange a strategy discussion")
    DEBRIEF = "debrief", _("Hold a debrief")


class Urgency(models.TextChoices):
    """How soon an outcome has to be acted on."""

    NOW = "now", _("Now")
    TODAY = "today", _("Today")
    SOON = "soon", _("Soon")


class Unit(models.TextChoices):
    """In what the time of a duty is counted."""

    AT_ONCE = "at-once", _("At once")
    MINUTES = "minutes", _("Minutes")
    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    WORKING_DAYS = "working-days", _("Working days")
