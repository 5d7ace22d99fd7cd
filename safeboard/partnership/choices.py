"""Fixed choices of the partnership; kinds of agency, setting and contact are pack content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from safeboard.core.roles import Role


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


class Missing(models.TextChoices):
    """What an agency lacks in the register (Toolkit s3; Checklists)."""

    LEAD = "lead", _("No e-safety lead")
    OFFICER = "officer", _("No designated officer")
    PLAN = "plan", _("A setting without a filtering plan")
    POLICY = "policy", _("A setting without an acceptable-use policy")
    SETTINGS = "settings", _("No settings")


class Layout(models.TextChoices):
    """The layouts of spreadsheet that can be imported."""

    OWN = "own", _("Our own template")
    GIAS = "gias", _("The extract of Get Information About Schools")


# The kinds of contact that a role in an agency or a board also answers to. The ids are the same in every pack.
ROLE_OF_CONTACT = {
    "agency-lead": Role.AGENCY_LEAD,
    "designated-officer": Role.DESIGNATED_OFFICER,
    "staff-allegations-officer": Role.ALLEGATIONS_OFFICER,
    "responsible-person": Role.RESPONSIBLE_PERSON,
    "nominated-senior-person": Role.SENIOR_PERSON,
    "technician": Role.INFRASTRUCTURE,
    "board-officer": Role.ESAFETY_OFFICER,
}


# Kinds of setting that are never without a unique reference number.
KINDS_WITH_URN = frozenset({"school", "pupil-referral-unit"})
