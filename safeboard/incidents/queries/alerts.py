"""Reads of alerts: which of them a person may know of, and which wait."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.sealed import blind_index

from ..choices import AlertCategory
from ..models import Alert, Incident
from ..rules import ALLEGATION_ROLES, CASE_ROLES
from .line import Line


def waiting() -> Q:
    """The condition that nobody has made a report of an alert, nor said that it is no incident."""
    return Q(dismissed_at__isnull=True, draft__isnull=True, incident__isnull=True)


def alerts_of(access: Access) -> QuerySet[Alert]:
    """The alerts that this person handles, the last first; never one in which they were signed in themselves."""
    return handled_by(access, own_words(access))


def handled_by(access: Access, words: Sequence[str]) -> QuerySet[Alert]:
    """The same for whoever these words (digests) name in a product."""
    if not access.can("incidents.alerts"):
        return Alert.objects.none()
    seen = Q(pk__in=[])
    if access.roles & set(CASE_ROLES):
        seen |= Q(about_staff=False)
    if access.roles & set(ALLEGATION_ROLES):
        seen |= Q(about_staff=True)
    rows = Alert.objects.filter(seen, agency_id=access.own_agency)
    return rows.exclude(user_index__in=words).select_related("setting").order_by("-last_at", "-pk")


def own_words(access: Access) -> list[str]:
    """What a product may call the person that acts: digests of their name and of their address before the '@'."""
    if access.person is None:
        return []
    return [blind_index(access.person.name), blind_index(short_name(access.person.email))]


def short_name(user: str) -> str:
    """What is left of a name by which a product knows somebody: without the domain before or after it."""
    return user.rpartition("\\")[2].partition("@")[0].strip()


def find_alert(access: Access, pk: int) -> Alert:
    """One alert that this person handles. Raises Alert.DoesNotExist (a page answers 404)."""
    return alerts_of(access).select_related("draft__owner", "incident", "dismissed_by").get(pk=pk)


def noticed(incident: Incident) -> list[Line]:
    """What the story of an incident says of the alerts that it was made of."""
    rows = Alert.objects.filter(incident=incident).order_by("happened_at")
    said = _("Alert of %(product)s: %(what)s")
    return [
        Line(at, said % {"product": product, "what": AlertCategory(category).label}, text=_counted(times))
        for at, product, category, times in rows.values_list("happened_at", "product", "category", "times")
    ]


def _counted(times: int) -> str:
    return _("%(times)s times") % {"times": times} if times > 1 else ""
