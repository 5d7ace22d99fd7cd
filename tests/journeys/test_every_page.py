"""Every page of the service, opened by somebody who may: markup, axe, no sideways scroll, and nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.architecture.addresses import Route, named, routes
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


def windows_on(
    chosen: Iterable[Route], new_page: Callable[..., Page], server: str, *, phone: bool = False, axe: bool = False
) -> Iterator[tuple[str, str, Page]]:
    """Of these routes those that somebody may open: its name and who that is, an address, and their window."""
    world = make_world()
    viewers = make_viewers(world)
    windows: dict[str, Page] = {}
    for route in chosen:
        found = reached(world, viewers, route)
        if found is None:
            continue
        target, viewer = found
        if viewer.name not in windows:
            windows[viewer.name] = window = new_page(phone=phone)
            if axe:
                with_axe(window)
            if viewer.session:
                window.context.add_cookies([{"name": "sessionid", "value": viewer.session, "url": server}])
        yield f"{route.name} as {viewer.name}", target.path, windows[viewer.name]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_whole(new_page: Callable[..., Page], live_server: Any, part: int):
    wrong, seen = [], set()
    for who, path, page in windows_on(list(routes())[part::PARTS], new_page, live_server.url, axe=True):
        wrong += [f"{who}: {fault}" for fault in faults(page, path)]
        seen.add(urlsplit(page.url).path)
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
    assert len(seen) > 8, seen


# Nothing moves under a finger ------------------------------------------------------------------------------

# How far things moved after they were drawn, from where to where; nobody has pressed anything.
MOVED = """() => new Promise(done => {
    const moves = []
    new PerformanceObserver(list => moves.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true})
    const told = ({node, previousRect, currentRect}) =>
        `${node?.outerHTML?.slice(0, 90) ?? node?.data} from ${previousRect.y} to ${currentRect.y}`
    setTimeout(() => done(moves.flatMap(move => move.sources.map(told))), 100)
})"""
# A page for each thing that scripts fold or show, and one of much text; all the others nightly.
WATCHED = {
    "accounts:go-on",  # to sign-in: a button that shows the password, and passkeys
    "charts:chart",  # the chart in words
    "partnership:contacts",
    "incidents:evidence",
    "incidents:list",  # a filter
    "incidents:walk",  # the chart beside a step
    "standards:round-agencies",  # a question below an answer
}


def moved(windows: Iterator[tuple[str, str, Page]]) -> dict[str, list[str]]:
    """What moved on each page, with those on which nothing did."""
    answers = ((who, page, opened(page, path)) for who, path, page in windows)
    return {
        who: page.evaluate(MOVED)
        for who, page, answer in answers
        if answer.headers.get("content-type", "").startswith("text/html")
    }


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_nothing_moves_when_scripts_and_letters_come_late(
    new_page: Callable[..., Page], live_server: Any, late_files: None, *, phone: bool
):
    found = moved(windows_on(named(*WATCHED), new_page, live_server.url, phone=phone))
    assert len(found) == len(WATCHED)
    assert {who: moves for who, moves in found.items() if moves} == {}


@pytest.mark.nightly
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_nothing_moves_on_any_page(new_page: Callable[..., Page], live_server: Any, late_files: None, *, phone: bool):
    found = moved(windows_on(routes(), new_page, live_server.url, phone=phone))
    assert len(found) > 300
    assert {who: moves for who, moves in found.items() if moves} == {}
