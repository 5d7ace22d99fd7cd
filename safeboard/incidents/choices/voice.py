"""What a child or a parent sends in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sender(models.TextChoices):
    """Who wrote to us without an account."""

    CHILD = "child", _("A child or young person")
    PARENT = "parent", _("A parent or carer")


class Author(models.TextChoices):
    """Whose words a message of a worry is."""

    SENDER = "sender", _("Who sent it in")
    STAFF = "staff", _("We")


class Asked(models.TextChoices):
    """An answer to a question of the public form; every one may be left out."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "not-sure", _("Not sure")


class Wish(models.TextChoices):
    """Who should read it."""

    INSIDE = "inside", _("Somebody at their school or club")
    OUTSIDE = "outside", _("Somebody from outside")


class WorryState(models.TextChoices):
    """Where a worry stands, as its clock sees it."""

    NEW = "new", _("Not read yet")
    READ = "read", _("Read, not answered")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Ended")


class ClosedWhy(models.TextChoices):
    """Why a worry was ended."""

    HELPED = "helped", _("Help is arranged, and they know of it")
    INCIDENT = "incident", _("It goes on as an incident")
    NOTHING = "nothing", _("Nothing more is needed")
    NOT_REAL = "not-real", _("It was a joke, a trial or an advertisement")
