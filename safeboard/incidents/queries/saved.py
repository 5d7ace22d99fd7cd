"""Reads of saved views."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..models import SavedView

# What of a filter is never shared: words, and what means something to one person alone.
PRIVATE = ("words", "person", "again", "mine", "reported")


def own_views(access: Access) -> QuerySet[SavedView]:
    """The views that the person keeps in the agency acted for."""
    return SavedView.objects.filter(agency_id=access.own_agency, owner=access.person, owner__isnull=False)


def shared_views(access: Access) -> QuerySet[SavedView]:
    """The views that the lead gave to the agency acted for."""
    return SavedView.objects.filter(agency_id=access.own_agency, owner__isnull=True)


def views_for(access: Access) -> list[SavedView]:
    """All that the person may use, their own first, by name; in one query."""
    return sorted(_usable(access), key=lambda view: (view.shared, view.name.casefold(), view.pk))


@built_once
def _usable(access: Access) -> QuerySet[SavedView]:
    mine = Q(owner=access.person) if access.person else Q(pk__in=[])
    return SavedView.objects.filter(mine | Q(owner__isnull=True), agency_id=access.own_agency)


def find_view(access: Access, pk: int) -> SavedView:
    """One view that the person may use. Raises SavedView.DoesNotExist."""
    return next((view for view in views_for(access) if view.pk == pk), None) or _none()


def _none() -> SavedView:
    raise SavedView.DoesNotExist
