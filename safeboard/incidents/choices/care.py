"""Support (Harrow 4.5, 4.6, 6.4), the strategy discussion (Toolkit Annexes E, F), concerns about staff (Harrow 5.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportFor(models.TextChoices):
    """The three questions about support that every incident answers before it is concluded."""

    HARMED = "harmed", _("Those who were harmed or put at risk")
    OTHERS = "others", _("Others who may be affected")
    DID_IT = "did-it", _("A child who did it, or took part")


class SupportState(models.TextChoices):
    """What was decided about somebody's support."""

    OFFERED = "offered", _("Support was offered")
    DECLINED = "declined", _("Support was offered and declined")
    NOT_NEEDED = "not-needed", _("No support is needed")
    NOBODY = "nobody", _("There is nobody to support")


class Held(models.TextChoices):
    """How a strategy discussion was held."""

    MEETING = "meeting", _("In a meeting")
    TELEPHONE = "telephone", _("By telephone")
    VIDEO = "video", _("By video call")


class MinuteKind(models.TextChoices):
    """What an entry of the minutes of a strategy discussion is."""

    DECISION = "decision", _("Decision")
    CHILD = "child", _("What the child is told")
    PARENTS = "parents", _("What the parents or carers are told")
    ACTION = "action", _("Action")
    ADDED = "added", _("Added to the minutes")


class Threshold(models.TextChoices):
    """How grave a concern about staff is (Keeping Children Safe in Education, part 4). Both are kept."""

    HARM = "harm", _("It may meet the harm threshold")
    LOW = "low", _("It is a low-level concern")


class RiskLevel(models.TextChoices):
    """What a risk assessment of a member of staff came to (Harrow 5.2)."""

    NONE = "none", _("No risk to children was found")
    SOME = "some", _("There may be a risk")
    HIGH = "high", _("There is a risk")


class Finding(models.TextChoices):
    """What an allegation made online turned out to be."""

    OPEN = "open", _("Not settled yet")
    TRUE = "true", _("True")
    PARTLY = "partly", _("True in part")
    FALSE = "false", _("False")
    UNSETTLED = "unsettled", _("Could not be settled")
