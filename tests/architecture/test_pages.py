"""Every view says who may reach it: by ``@page``, ``@open_page``, or a line in accounts/exempt.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import rules

from safeboard.accounts.exempt import OPEN_ROUTES
from tests.architecture.addresses import METHODS, Route, routes

# Mounted only where the service is set up for it.
SOMETIMES = {"openid_connect_login", "openid_connect_callback"}
SHORTEST_REASON = 12


def unmarked(found: Iterable[Route], listed: Mapping[str, str] = OPEN_ROUTES) -> list[str]:
    """Routes that neither bear a mark nor are listed; or both."""
    wrong = []
    for route in found:
        if route.mark is None and route.name not in listed and not route.endpoint:
            wrong.append(f"{route.name}: mark its view with @page('room.permission') or @open_page(reason='...')")
        if route.mark is not None and route.name in listed:
            wrong.append(f"{route.name}: its view bears a mark now; take it out of accounts/exempt.py")
    return wrong


def stale(found: Iterable[Route], listed: Mapping[str, str] = OPEN_ROUTES) -> list[str]:
    """Listed routes that are not mounted."""
    gone = set(listed) - {route.name for route in found} - SOMETIMES
    return [f"{name}: there is no such route any more; take it out of accounts/exempt.py" for name in sorted(gone)]


def unknown_permissions(found: Iterable[Route]) -> list[str]:
    """Marks with a permission that nobody registered: nobody would ever get in."""
    return [
        f"{route.name}: no permission {route.mark.permission!r}; register it with rules.add_perm in the room's rules.py"
        for route in found
        if route.mark and route.mark.permission is not None and not rules.perm_exists(route.mark.permission)
    ]


def without_reason(found: Iterable[Route], listed: Mapping[str, str] = OPEN_ROUTES) -> list[str]:
    """Pages open to the world that do not say why."""
    reasons = {route.name: route.mark.reason for route in found if route.mark and route.mark.permission is None}
    return [
        f"{name}: say why anybody may open it"
        for name, reason in {**listed, **reasons}.items()
        if len(reason) < SHORTEST_REASON
    ]


def findings(found: Iterable[Route] | None = None, listed: Mapping[str, str] = OPEN_ROUTES) -> list[str]:
    """All that is wrong with the marks of these routes."""
    found = routes() if found is None else list(found)
    odd = [
        f"{route.name}: @page knows no method {method!r}"
        for route in found
        for method in route.methods
        if method not in METHODS
    ]
    return unmarked(found, listed) + unknown_permissions(found) + without_reason(found, listed) + odd


def test_every_view_says_who_may_reach_it():
    assert findings() == []


def test_no_entry_of_the_list_is_stale():
    assert stale(routes()) == []


def test_every_route_has_a_name():
    assert [route.name for route in routes() if "unnamed" in route.name] == []
