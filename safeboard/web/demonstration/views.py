"""Saved views of the list in the demonstration: what a lead keeps, and what they gave to the agency."""

from __future__ import annotations

from safeboard.core import wall
from safeboard.core.roles import Role
from safeboard.incidents.operations.saved import save_view
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

from .county import County

SHARED = {"Something is late": {"late": "on"}, "With another body": {"status": "referred"}}
OWN = {
    "Messages at night": {"words": "messages night"},
    "Bullying, still open": {"scenario": "bullying-harassment", "status": "open"},
}


def save_views(county: County) -> None:
    """Give every lead of the county a few views."""
    held = Membership.objects.filter(role=Role.AGENCY_LEAD, agency__in=county.agencies).select_related("person")
    for membership in held.order_by("pk"):
        access = partnership.access_of(membership.person, chosen=f"agency-{membership.agency_id}")
        with wall.open_for(**partnership.scopes(access)):
            for name, chosen in SHARED.items():
                save_view(by=access, name=name, chosen=chosen, shared=True)
            for name, chosen in OWN.items():
                save_view(by=access, name=name, chosen=chosen)
