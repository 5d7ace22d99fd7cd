"""Every page of the service, opened by somebody who may: markup, axe, and no sideways scroll on a phone or a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.architecture.addresses import Route, routes
from tests.architecture.expected import ROUTES
from tests.architecture.matrix import REACHES, Target, targets, wanted
from tests.architecture.planting import World
from tests.architecture.viewers import Viewer, make_viewers
from tests.architecture.world import make_world
from tests.support.browser import DESK, PHONE, check_accessible, no_sideways_scroll, with_axe
from tests.support.pages import page_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page


PARTS = 2  # one for each process of a run


def reached(world: World, viewers: dict[str, Viewer], route: Route) -> tuple[Target, Viewer] | None:
    """An address of the route with somebody who may see it; None where nobody may by GET."""
    if "GET" not in route.methods or route.endpoint:  # what a program asks for is no page
        return None
    every = targets(world, route)
    if route.name not in ROUTES:  # open to everybody, or of sign-in
        return every[0], viewers["anonymous" if route.mark else "lead"]
    pairs = ((target, viewer) for target in every for viewer in viewers.values())
    return next(((target, viewer) for target, viewer in pairs if wanted(viewer, "GET", target) == REACHES), None)


def opened(page: Page, path: str) -> Any:
    """The answer at that address, with its page opened; what is to be kept as a file is asked for without a window."""
    from playwright.sync_api import Error

    try:
        return page.goto(path)
    except Error as error:
        if "Download is starting" not in error.message and "ERR_ABORTED" not in error.message:
            raise
        return page.context.request.get(path)


def faults(page: Page, path: str) -> Iterator[str]:
    """What is wrong with the page at that address; nothing where it is no page."""
    answer = opened(page, path)
    if answer.status >= 500:
        yield f"answers {answer.status}"
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return
    yield from page_faults(answer.text())
    for size in (DESK, PHONE) if page.viewport_size == DESK else (PHONE, DESK):  # it has one of them already
        if page.viewport_size != size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
        for look in (no_sideways_scroll, *([check_accessible] if size == PHONE else [])):
            try:
                look(page)
            except AssertionError as error:
                yield str(error)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_whole(new_page: Callable[..., Page], live_server: Any, part: int):
    world = make_world()
    viewers = make_viewers(world)
    pages: dict[str, Page] = {}
    wrong, seen = [], set()
    for route in list(routes())[part::PARTS]:
        found = reached(world, viewers, route)
        if found is None:
            continue
        target, viewer = found
        if viewer.name not in pages:
            pages[viewer.name] = page = new_page()
            with_axe(page)
            if viewer.session:
                page.context.add_cookies([{"name": "sessionid", "value": viewer.session, "url": live_server.url}])
        page = pages[viewer.name]
        wrong += [f"{route.name} as {viewer.name}: {fault}" for fault in faults(page, target.path)]
        seen.add(urlsplit(page.url).path)
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
    assert len(seen) > 8, seen
