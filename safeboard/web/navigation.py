"""The main navigation: what there is, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from safeboard.core.access import Access, PlaceKind


@dataclass(frozen=True)
class Item:
    """An entry: its words, the name of its address, the permission it needs, and the addresses it is lit for.

    ``always``: it stands in sight on a phone too, where the others wait behind "Menu". ``own``: its words in an agency,
    where they differ.
    """

    text: Any
    name: str
    permission: str
    under: tuple[str, ...] = ()
    always: bool = False
    own: Any = None


@dataclass(frozen=True)
class Group:
    """Entries that stand as one: its words in each kind of place, and its parts in a row of their own below.

    Where a kind of place has no words for it, the parts stand by themselves; so does a part that is alone.
    """

    texts: dict[PlaceKind, Any]
    parts: tuple[Item, ...]


INCIDENTS = Group(
    {PlaceKind.AGENCY: _("Incidents")},
    (
        Item(_("All incidents"), "incidents:list", "incidents.list", ("/incidents/",)),
        Item(_("Referrals to us"), "incidents:received-list", "incidents.see_received", ("/incidents/received/",)),
        Item(_("Worries sent in"), "incidents:worries", "incidents.worries", ("/incidents/worries/",)),
        Item(_("Alerts"), "incidents:alerts", "incidents.alerts", ("/incidents/alerts/",)),
        Item(_("Calendar"), "incidents:calendar", "incidents.list", ("/incidents/calendar/",)),
    ),
)

STANDARDS = Group(
    {PlaceKind.AGENCY: _("Standards"), PlaceKind.BOARD: _("Standards")},
    (
        Item(_("Rounds"), "standards:rounds", "standards.see_rounds", ("/standards/rounds/",)),
        Item(
            _("Reviews"),
            "standards:reviews",
            "standards.see_reviews",
            ("/standards/reviews/", "/standards/recommendations/"),
        ),
        Item(
            _("Returns"),
            "standards:returns",
            "standards.see_returns",
            ("/standards/returns/", "/standards/gaps/", "/standards/shelf/"),
        ),
        Item(_("Surveys"), "standards:surveys", "standards.see_results", ("/standards/surveys/",)),
        Item(_("How we stand"), "insight:ours", "insight.our_standing", ("/picture/ours/",)),
        Item(_("Annual report"), "insight:reports", "insight.reports", ("/picture/reports/", "/picture/packs/")),
        Item(_("What is where"), "insight:guide", "insight.reads_guide", ("/picture/guide/",)),
    ),
)

REGISTER = ("/agencies/", "/board/", "/imports/", "/tokens/", "/api/")
MEMBERS = Group(
    {PlaceKind.AGENCY: _("Our agency"), PlaceKind.BOARD: _("Agencies")},
    (
        Item(_("Agencies"), "partnership:agencies", "partnership.see_agencies", REGISTER, own=_("Details")),
        Item(_("Settings"), "partnership:settings", "partnership.see_settings", ("/settings/",)),
        Item(_("People"), "partnership:people", "partnership.see_people", ("/people/",)),
        Item(_("Messages"), "outbox:messages", "outbox.read", ("/messages/",)),
        Item(_("Take away"), "takeaway:take", "takeaway.take"),
    ),
)

PLAN = ("/strategy/plan/", "/strategy/actions/", "/strategy/milestones/", "/strategy/money/", "/strategy/calendar/")
STRATEGY = Group(
    {PlaceKind.AGENCY: _("Strategy"), PlaceKind.BOARD: _("Strategy")},
    (
        Item(
            _("Documents"),
            "strategy:documents",
            "strategy.documents",
            ("/strategy/documents/", "/strategy/versions/"),
        ),
        Item(_("Action plan"), "strategy:plan", "strategy.see", PLAN),
        Item(_("Subgroup and meetings"), "meetings:subgroup", "meetings.see", ("/subgroup/",)),
        Item(_("Chronology"), "strategy:chronology", "strategy.chronology", ("/strategy/chronology/",)),
    ),
)

ITEMS: tuple[Item | Group, ...] = (
    Item(_("Home"), "home", "partnership.see_place", always=True),
    Item(
        _("Report an incident"),
        "incidents:report",
        "incidents.report",
        ("/incidents/report/", "/incidents/drafts/"),
        True,
    ),
    INCIDENTS,
    STRATEGY,
    STANDARDS,
    Item(_("The picture"), "insight:dashboard", "insight.picture", ("/picture/",)),
    Item(
        _("Looking back"),
        "incidents:lessons",
        "incidents.see_lessons",
        tuple(f"/incidents/{one}/" for one in ("lessons", "near-misses", "log-reviews", "serious", "board-reviews")),
    ),
    Item(_("Charts and help"), "charts:list", "charts.see", ("/charts/", "/contacts/")),
    Item(_("Boards"), "partnership:boards", "partnership.create_board", ("/boards/",)),
    Item(_("Filter logs"), "sitelogs:home", "sitelogs.see", ("/logs/",)),
    Item(_("Filter logs"), "sitelogs:board", "sitelogs.counts", ("/logs/board/",)),
    MEMBERS,
    Item(_("The service"), "outbox:service", "outbox.watch", ("/service/",)),
)

FOOTER = (
    Item(_("I am a child or young person"), "worry:start", ""),
    Item(_("Help"), "help", ""),
    Item(_("Accessibility"), "accessibility", ""),
    Item(_("Privacy"), "privacy", ""),
)


EACH = tuple(part for item in ITEMS for part in (item.parts if isinstance(item, Group) else (item,)))


def footer(request: HttpRequest) -> list[dict[str, Any]]:
    """The links at the foot, open to everybody."""
    return [entry for item in FOOTER if (entry := _entry(item, request.path))]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """What stands in the navigation for this request: nothing without a place, else what its access may open."""
    access = getattr(request, "access", None)
    if access is None or access.place is None:
        return []
    groups = [(item, _parts(item, access, request.path)) for item in ITEMS]
    nearest = max((part["near"] for _item, parts in groups for part in parts), default=0)
    entries: list[dict[str, Any]] = []
    for item, parts in groups:
        lit = [{**part, "current": part["current"] and part["near"] == nearest} for part in parts]
        text = item.texts.get(access.place.kind) if isinstance(item, Group) else None
        entries += [_together(text, lit)] if text and len(lit) > 1 else lit
    return entries


def look(request: HttpRequest) -> str:
    """All that the navigation of this request depends on, its language aside: alike here, alike there."""
    access = getattr(request, "access", None)
    if access is None or access.place is None:
        return ""
    may = "".join("01"[access.can(item.permission)] for item in EACH)
    return f"{access.place.kind.value} {may} {_standing(request.path)}"


@lru_cache(maxsize=2000)
def _standing(path: str) -> str:
    """How near each entry stands to an address, and which of them it is."""
    nearness = [(number, *_near(item, path)) for number, item in enumerate(EACH)]
    return " ".join(f"{number}:{near}:{exact:d}" for number, near, exact in nearness if near)


def _parts(item: Item | Group, access: Access, path: str) -> list[dict[str, Any]]:
    """What may be opened of an entry."""
    parts = item.parts if isinstance(item, Group) else (item,)
    found = [(part, _entry(part, path)) for part in parts if access.can(part.permission)]
    own = access.place is not None and access.place.kind == PlaceKind.AGENCY
    return [{**entry, "text": part.own or part.text if own else part.text} for part, entry in found if entry]


def _together(text: Any, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Parts as one entry, which leads to the first of them."""
    return {
        "text": text,
        "href": parts[0]["href"],
        "current": any(part["current"] for part in parts),
        "exact": False,
        "parts": parts,
        "deep": not any(part["exact"] for part in parts),
        "always": False,
    }


def items_of(access: Access) -> list[Item]:
    """What this access may open, in the order in which it stands: the parts of groups each by itself."""
    return [item for item in EACH if access.can(item.permission)]


def address(name: str) -> str | None:
    """The address of a page by its name; None in a room that this service does not have."""
    try:
        return _known(name)
    except NoReverseMatch:
        return None


@cache
def _known(name: str) -> str:
    return reverse(name)  # what raises is not kept: other addresses may hold later, as in tests


def _entry(item: Item, path: str) -> dict[str, Any] | None:
    href = address(item.name)
    if href is None:
        return None
    near, exact = _near(item, path)
    return {
        "text": item.text,
        "href": href,
        "current": near > 0,
        "near": near,
        "exact": exact,
        "always": item.always,
    }


def _near(item: Item, path: str) -> tuple[int, bool]:
    """How much of an address is the entry's, in characters, and whether it is the entry's own."""
    href = address(item.name)
    starts = item.under or ((href,) if href and href != "/" else ())
    fitting = [start for start in starts if path.startswith(start)] + [path] * (path == href)
    return max(map(len, fitting), default=0), path == href
