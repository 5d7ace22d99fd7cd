"""Fixed choices of the partnership; kinds of agency, setting and contact are pack content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Known(models.TextChoices):
    """An answer where not knowing is an answer: 'unknown' is never counted as 'no'."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Equipment(models.TextChoices):
    """Whose devices children use at a setting (Toolkit s3)."""

    OURS = "ours", _("The setting's own")
    THEIRS = "theirs", _("The child's own")
    BOTH = "both", _("Both")
    NONE = "none", _("None")
    UNKNOWN = "unknown", _("Not known")


class Connection(models.TextChoices):
    """How devices reach the internet at a setting (Toolkit s3)."""

    FIXED = "fixed", _("Fixed")
    WIRELESS = "wireless", _("Wireless")
    MOBILE = "mobile", _("Mobile")
    SEVERAL = "several", _("More than one of these")
    UNKNOWN = "unknown", _("Not known")
