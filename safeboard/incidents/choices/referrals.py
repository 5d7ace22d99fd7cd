"""Referrals: where they stand, what they shout, what is shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """Where a referral stands. Which change leads from where to where is in ``rules.REFERRAL_MOVES``."""

    DRAFTED = "drafted", _("Not sent yet")
    SENT = "sent", _("Sent, not acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged, no answer yet")
    ACCEPTED = "accepted", _("Accepted, no answer yet")
    REFUSED = "refused", _("Refused")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Referrals that wait for the other body; and those that wait for anybody.
WAITING = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED)
UNFINISHED = (ReferralState.DRAFTED, *WAITING)


class Alarm(models.TextChoices):
    """What is amiss with a referral: three different things, in the order of their weight."""

    NOT_SENT = "not-sent", _("Not sent")
    OVERDUE = "overdue", _("Answer overdue")
    NOT_ACKNOWLEDGED = "not-acknowledged", _("Not acknowledged")


class ReceivedState(models.TextChoices):
    """Where a referral to this agency stands. Changes: ``rules.RECEIVED_MOVES``."""

    NEW = "new", _("Waits for us")
    ACKNOWLEDGED = "acknowledged", _("We said that we have it")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sender")


class Share(models.TextChoices):
    """A decision about information."""

    SHARE = "share", _("Share it")
    KEEP = "keep", _("Do not share it")


class Consent(models.TextChoices):
    """Whether those concerned were asked."""

    GIVEN = "given", _("They were asked and agreed")
    REFUSED = "refused", _("They were asked and did not agree")
    NOT_SOUGHT = "not_sought", _("They were not asked")


class Next(models.TextChoices):
    """What to do about a referral that was refused."""

    CHALLENGE = "challenge", _("Challenge it: take it higher")
    ELSEWHERE = "elsewhere", _("Refer it to somebody else")
    ACCEPT = "accept", _("Leave it there")
