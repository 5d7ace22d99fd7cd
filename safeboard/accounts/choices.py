"""Fixed choices of the accounts room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an administrator changed somebody's account; the history holds a word, never a free text."""

    LOST = "lost", _("the device was lost or broken")
    LEFT = "left", _("the person has left")
    BACK = "back", _("the person has come back")
    SUSPECTED = "suspected", _("somebody else may have had access")
    ASKED = "asked", _("the person asked for it")


class Ended(models.TextChoices):
    """Why a session ended."""

    ASKED = "asked", _("the person signed out")
    IDLE = "idle", _("nothing was done for a while")
    LIMIT = "limit", _("it was open for a working day")
    CLOSED = "closed", _("the account or its password was changed")
