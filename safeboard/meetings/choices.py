"""Fixed choices of the subgroup and its meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What somebody is in the subgroup (Toolkit s2: chair, core and co-opted representation)."""

    CHAIR = "chair", _("Chair")
    DEPUTY_CHAIR = "deputy-chair", _("Deputy chair")
    CORE = "core", _("Core member")
    COOPTED = "co-opted", _("Co-opted member")
    YOUNG = "young", _("Young people’s representative")
    DEPUTY = "deputy", _("Deputy of a member")


# Who counts for the quorum, and reads what is confidential. A deputy does both for the member they stand in for.
VOTING = (Part.CHAIR, Part.DEPUTY_CHAIR, Part.CORE)
LEADING = (Part.CHAIR, Part.DEPUTY_CHAIR)


class TermsState(models.TextChoices):
    """Where a version of the terms of reference stands."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    CALLED = "called", _("Invitations sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class ItemKind(models.TextChoices):
    """What an item of an agenda is for."""

    OPENING = "opening", _("Welcome and apologies")
    INTERESTS = "interests", _("Declarations of interest")
    LAST = "last", _("Minutes of the last meeting")
    STANDING = "standing", _("Standing item")
    REPORT = "report", _("Report of another subgroup")
    ITEM = "item", _("Item")
    OTHER = "other", _("Any other business")
    NEXT = "next", _("Next meeting")


class Purpose(models.TextChoices):
    """What members are asked to do with an item."""

    DECIDE = "decide", _("To decide")
    DISCUSS = "discuss", _("To discuss")
    NOTE = "note", _("To note")


class Answer(models.TextChoices):
    """What somebody answered to an invitation."""

    ASKED = "asked", _("No answer yet")
    COMING = "coming", _("Is coming")
    APOLOGIES = "apologies", _("Sends apologies")


class Came(models.TextChoices):
    """Whether somebody was at a meeting."""

    UNKNOWN = "", _("Not noted yet")
    PRESENT = "present", _("Present")
    DEPUTY = "deputy", _("A deputy came")
    AWAY = "away", _("Away")


class InterestDone(models.TextChoices):
    """What was done about an interest that somebody declared."""

    STAYED = "stayed", _("Noted; took part")
    SILENT = "silent", _("Stayed, and took no part in the decision")
    LEFT = "left", _("Left the room, and does not get the papers")


class PaperKind(models.TextChoices):
    """What a paper is."""

    PAPER = "paper", _("A paper of this subgroup")
    RECEIVED = "received", _("A report from the board or from another subgroup")
