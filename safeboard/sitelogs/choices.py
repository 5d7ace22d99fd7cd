"""Enumerations of the filter logs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """What a question to the logs rests on (Toolkit Annex A Havering, Annex C; Leeds)."""

    INCIDENT = "incident", _("An incident")
    NOTICE = "notice", _("A notice that asks for data")
    REVIEW = "review", _("A random review")
    REASON = "reason", _("Another reason, allowed by somebody")


class Sure(models.TextChoices):
    """Leeds' question before anybody who looks after the network is asked."""

    YES = "yes", _("Yes, I am sure that they are not")
    NO = "no", _("No, they may be involved")
    UNSURE = "unsure", _("I am not sure")


class Host(models.TextChoices):
    """How the website of a question is meant."""

    EXACT = "exact", _("this address only")
    UNDER = "under", _("this address and everything below it")


class Passed(models.TextChoices):
    """Whether the filter let it pass."""

    ANY = "", _("Both")
    BLOCKED = "blocked", _("Blocked only")
    ALLOWED = "allowed", _("Allowed only")


class Found(models.TextChoices):
    """What a random review ended with; nothing found is recorded too (Leeds)."""

    OPEN = "", _("Not looked through yet")
    NOTHING = "nothing", _("Nothing to follow up")
    SOMETHING = "something", _("Something to follow up")


class Taken(models.TextChoices):
    """By which way lines came in."""

    PAGE = "page", _("This page")
    DOOR = "door", _("Sent by a program")
    COMMAND = "command", _("Command or watched folder")


class Layout(models.TextChoices):
    """How the lines of a log are written."""

    AUTO = "auto", _("Find out by trying")
    SQUID = "squid", _("Squid, its own format")
    SQUID_COMBINED = "squid-combined", _("Squid, combined")
    E2GUARDIAN = "e2guardian", _("e2guardian, its own format")
    E2GUARDIAN_CSV = "e2guardian-csv", _("e2guardian, CSV")
    E2GUARDIAN_TAB = "e2guardian-tab", _("e2guardian, tabs")
    E2GUARDIAN_SQUID = "e2guardian-squid", _("e2guardian, Squid format")
    W3C = "w3c", _("W3C extended")
    CSV = "csv", _("CSV of another filter")
