"""The main navigation: what there is, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """An entry: its words, the name of its address, the permission it needs, and the addresses it is lit for."""

    text: Any
    name: str
    permission: str
    under: tuple[str, ...] = ()


ITEMS = (
    Item(_("Home"), "home", "partnership.see_place"),
    Item(_("Report an incident"), "incidents:report", "incidents.report", ("/incidents/report/", "/incidents/drafts/")),
    Item(_("Incidents"), "incidents:list", "incidents.list", ("/incidents/",)),
    Item(_("Worries sent in"), "incidents:worries", "incidents.worries", ("/incidents/worries/",)),
    Item(
        _("Looking back"),
        "incidents:lessons",
        "incidents.see_lessons",
        tuple(f"/incidents/{one}/" for one in ("lessons", "near-misses", "log-reviews", "serious", "board-reviews")),
    ),
    Item(_("Boards"), "partnership:boards", "partnership.create_board", ("/boards/",)),
    Item(_("Agencies"), "partnership:agencies", "partnership.see_agencies", ("/agencies/", "/board/", "/imports/")),
    Item(_("Settings"), "partnership:settings", "partnership.see_settings", ("/settings/",)),
    Item(_("People"), "partnership:people", "partnership.see_people", ("/people/",)),
    Item(_("Charts and help"), "charts:list", "charts.see", ("/charts/", "/contacts/")),
    Item(_("The picture"), "insight:picture", "insight.picture", ("/picture/",)),
    Item(_("Messages"), "outbox:messages", "outbox.read", ("/messages/",)),
    Item(_("The service"), "outbox:service", "outbox.watch", ("/service/",)),
)

FOOTER = (
    Item(_("I am a child or young person"), "worry:start", ""),
    Item(_("Help"), "help", ""),
    Item(_("Accessibility"), "accessibility", ""),
    Item(_("Privacy"), "privacy", ""),
)


def footer(request: HttpRequest) -> list[dict[str, Any]]:
    """The links at the foot, open to everybody."""
    return [entry for item in FOOTER if (entry := _entry(item, request.path))]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """What stands in the navigation for this request: nothing without a place, else what its access may open."""
    access = getattr(request, "access", None)
    if access is None or access.place is None:
        return []
    entries = [entry for item in ITEMS if access.can(item.permission) and (entry := _entry(item, request.path))]
    nearest = max((entry["near"] for entry in entries), default=0)
    return [{**entry, "current": entry["current"] and entry["near"] == nearest} for entry in entries]


def _entry(item: Item, path: str) -> dict[str, Any] | None:
    try:
        href = reverse(item.name)
    except NoReverseMatch:  # a room that this service does not have
        return None
    starts = item.under or ((href,) if href != "/" else ())
    fitting = [start for start in starts if path.startswith(start)] + [href] * (path == href)
    near = max(map(len, fitting), default=0)
    return {"text": item.text, "href": href, "current": near > 0, "near": near, "exact": path == href}
