"""Every address of the service, read from the URL resolver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safeboard.api.description import endpoints
from safeboard.core.page import PageMark

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Route:
    """One address: its name with the room's (``incidents:list``), its view, and what has to be filled in."""

    name: str
    view: Callable[..., Any]
    kwargs: tuple[str, ...]

    @property
    def mark(self) -> PageMark | None:
        """What ``@page`` or ``@open_page`` says of the view, where it bears one."""
        return getattr(self.view, "page_mark", None)

    @property
    def endpoint(self) -> bool:
        """Whether it is one of the API's: reached with a token alone, looked at in test_api."""
        return self.name in _endpoints()

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that the view answers to; of pages that bear no mark, the ordinary three."""
        return self.mark.methods if self.mark else ("GET", "HEAD", "POST")

    def path(self, kwargs: dict[str, Any]) -> str:
        """The address with its gaps filled."""
        return reverse(self.name, kwargs=kwargs)


@cache
def _endpoints() -> frozenset[str]:
    return frozenset(f"api:{one.name}" for one in endpoints())


def routes() -> list[Route]:
    """All routes by name."""
    return sorted(_below(get_resolver().url_patterns, ""), key=lambda route: route.name)


def named(*names: str) -> list[Route]:
    """Those routes."""
    return [route for route in routes() if route.name in names]


def _below(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _below(pattern.url_patterns, space)
        else:
            name = f"{prefix}{pattern.name}" if pattern.name else f"{prefix}unnamed {pattern.pattern}"
            yield Route(name, pattern.callback, tuple(sorted(pattern.pattern.regex.groupindex)))
