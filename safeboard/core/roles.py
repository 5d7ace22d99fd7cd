"""The roles a person can hold, and where each is held (DOMAIN: who uses it; Toolkit s2, Annex D)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What sort of place a person acts in."""

    AGENCY = "agency", _("Agency")
    BOARD = "board", _("Board")
    SERVICE = "service", _("This service")


class Role(models.TextChoices):
    """What a person may do in a place. One person may hold several, in several places."""

    BOARD_MANAGER = "board_manager", _("Board manager")
    ESAFETY_OFFICER = "esafety_officer", _("E-safety officer")
    SUBGROUP_MEMBER = "subgroup_member", _("Subgroup member")
    AGENCY_LEAD = "agency_lead", _("Agency e-safety lead")
    STAFF = "staff", _("Member of staff")
    DESIGNATED_OFFICER = "designated_officer", _("Designated child protection officer")
    RESPONSIBLE_PERSON = "responsible_person", _("Head, governor or trustee responsible")
    ALLEGATIONS_OFFICER = "allegations_officer", _("Designated officer for staff allegations")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure staff")
    SENIOR_PERSON = "senior_person", _("Nominated senior person")
    INSPECTOR = "inspector", _("Inspector or peer reviewer")
    ADMINISTRATOR = "administrator", _("System administrator")


BOARD_ROLES = frozenset({Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER, Role.INSPECTOR})
AGENCY_ROLES = frozenset(
    {
        Role.AGENCY_LEAD,
        Role.STAFF,
        Role.DESIGNATED_OFFICER,
        Role.RESPONSIBLE_PERSON,
        Role.ALLEGATIONS_OFFICER,
        Role.INFRASTRUCTURE,
        Role.SENIOR_PERSON,
        Role.INSPECTOR,
    }
)
SERVICE_ROLES = frozenset({Role.ADMINISTRATOR})

# Whoever can see case text, or runs the service, needs a second factor at sign-in.
SECOND_FACTOR_ROLES = frozenset(
    {
        Role.AGENCY_LEAD,
        Role.DESIGNATED_OFFICER,
        Role.RESPONSIBLE_PERSON,
        Role.ALLEGATIONS_OFFICER,
        Role.SENIOR_PERSON,
        Role.INSPECTOR,
        Role.BOARD_MANAGER,
        Role.ESAFETY_OFFICER,
        Role.ADMINISTRATOR,
    }
)

# A role that must be given an end when it is given.
DATED_ROLES = frozenset({Role.INSPECTOR})


def roles_for(kind: str) -> frozenset[Role]:
    """The roles that can be held in a place of this kind."""
    return {
        PlaceKind.AGENCY: AGENCY_ROLES,
        PlaceKind.BOARD: BOARD_ROLES,
        PlaceKind.SERVICE: SERVICE_ROLES,
    }[PlaceKind(kind)]
