"""An address that somebody cut short: where it leads, in place of 'there is no such page'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern

from safeboard.core.access import Access

from .navigation import address, items_of

HOME = "/"
# Nothing stands above these that anybody could read: each holds what came by a link, or what programs ask.
LEFT = ("api/", "invitations/", "picture/public/", "strategy/public/", "survey/")


def leads_to(request: HttpRequest) -> str | None:
    """The nearest page above an address that was cut short which this person may open; None for any other address.

    Taken is a request whose address is no page's. Which records there are plays no part: the shape of the address says
    it, and the person's permissions.
    """
    path = request.path_info.strip("/") + "/"
    if path.startswith(LEFT) or not any(prefix.match(path) for prefix in _prefixes(get_resolver())):
        return None
    access = getattr(request, "access", None)
    if access is None or access.place is None:
        return HOME
    return next(filter(None, (_above(access, one) for one in _ancestors(path))), HOME)


def _above(access: Access, path: str) -> str | None:
    """The page at this address, else the entry of the navigation that is lit there, or the first that is below it."""
    try:
        mark = getattr(resolve(path).func, "page_mark", None)
    except Resolver404:
        pass
    else:
        if mark is None or ("GET" in mark.methods and (mark.permission is None or access.can(mark.permission))):
            return path
    found = [(item, address(item.name)) for item in items_of(access)]
    lit = (href for item, href in found if path in item.under)
    return next(lit, None) or next((href for _item, href in found if href and href.startswith(path)), None)


def _ancestors(path: str) -> Iterator[str]:
    """``a/b/c/``: /a/b/c/, /a/b/, /a/."""
    parts = path.strip("/").split("/")
    return (f"/{'/'.join(parts[:many])}/" for many in range(len(parts), 0, -1))


def beginnings() -> tuple[str, ...]:
    """Every beginning of an address, as they are written in the lists of addresses: ``incidents/<int:pk>/``."""
    split = [route.strip("/").split("/") for route in _routes(get_resolver().url_patterns)]
    return tuple(sorted({"/".join(parts[:many]) + "/" for parts in split for many in range(1, len(parts))}))


@cache
def _prefixes(_of: URLResolver) -> tuple[RoutePattern, ...]:
    return tuple(RoutePattern(one, is_endpoint=True) for one in beginnings())


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """All addresses as they are written in the lists of addresses."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, f"{before}{one.pattern}")
        elif isinstance(one.pattern, RoutePattern):
            yield f"{before}{one.pattern}"
