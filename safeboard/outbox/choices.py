"""Fixed choices of the outbox: the states of a message, which kinds may wait, and how long a retry waits."""

from __future__ import annotations

from datetime import time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What became of a message."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    SHOWN = "shown", _("Shown here: no mail server is set")


DIGEST = "digest"

# Kinds that lose nothing by waiting for the next morning; rooms add theirs by operations.mark_quiet.
QUIET_KINDS: set[str] = {"action-due", "membership-ending", "register-gaps", "return-due", "review-due"}

# After each attempt that missed, the wait for the next one; after the last one the message has failed.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25), timedelta(minutes=120))

# When the quiet messages of a day go out together, by the service's own time zone; never at a weekend.
DIGEST_TIME = time(7, 30)

SUBJECT_LENGTH = 200
