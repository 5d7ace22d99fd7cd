"""Chromium for the journeys: how it starts, what is watched, pictures, and looks at a page as a whole."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from PIL import Image

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
# The first is without windows, and costs a third less of a processor.
CHROMIUM = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process for all that is opened in a window, in one frame: anew for each page took a third as long again. The
    # first of the features is Playwright's own, which a second list would replace.
    "--renderer-process-limit=1",
    "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame",
    # A page lives too briefly for what V8 would compile for it to be worth the while: that took a third of it all.
    "--js-flags=--no-opt --no-maglev --single-threaded-gc",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LATE = 0.15  # seconds
# A page that answers 403 or 404 on purpose is logged by the browser as a failed resource.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


BROWSER = {"browser", "live_server"}

# Playwright keeps an event loop in the test's thread; Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Whatever opens a browser or a live server is a journey, wherever it lies.

    Journeys come first: one process of a run walks them while the others think, so that no core waits for a browser.
    """
    for item in items:
        if BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.journey)
    yield
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)


def chromium_path() -> str:
    """Where Chromium is; SAFEBOARD_CHROMIUM names one elsewhere."""
    named = os.environ.get("SAFEBOARD_CHROMIUM")
    return named or next((path for path in CHROMIUM if Path(path).exists()), CHROMIUM[0])


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet and without the outside world."""
    return {"executable_path": chromium_path(), "args": FLAGS}


@pytest.fixture(scope="session")
def looks_are_kept() -> Iterator[None]:
    """Chromium keeps stylesheets and scripts, as those of the product are kept; else it asks for each at every page."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    serve = StaticFilesHandler.serve

    def with_leave_to_keep(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", with_leave_to_keep)
        yield


@pytest.fixture
def late_files(live_server: Any, looks_are_kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts and letters come late to every page, as on a slow telephone, and are not kept."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    serve = StaticFilesHandler.serve

    def serve_late(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = serve(self, request)
        if request.path.endswith((".js", ".woff2")):
            time.sleep(LATE)
            response["Cache-Control"] = "no-store"
        return response

    monkeypatch.setattr(StaticFilesHandler, "serve", serve_late)


@pytest.fixture(scope="session")
def browser_context_args(live_server: Any, looks_are_kept: None) -> dict[str, Any]:
    """A desk's window, in London; addresses are relative to the live server."""
    return {
        "base_url": live_server.url,
        "viewport": DESK,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


@pytest.fixture
def new_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Open a page of somebody else, with cookies of its own: ``new_page(phone=True, scripts=False)``.

    Scripts that fail and whatever the Content Security Policy stopped fail the test when it ends.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(*, phone: bool = False, scripts: bool = True, **more: Any) -> Page:
        window = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {}
        context = browser.new_context(**{**browser_context_args, **window, "java_script_enabled": scripts, **more})
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        if pictures_are_taken():  # the first page of a browser may be drawn without the typeface
            page.goto(resolve_url(settings.LOGIN_URL))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "the browser complained:\n" + "\n".join(f"  - {fault}" for fault in faults)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at a desk."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page on a phone, 390 wide."""
    return new_page(phone=True)


def watch(page: Page, faults: list[str]) -> None:
    """Collect what the browser complains of: scripts that fail, and what the policy stopped."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            faults.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


# Looks at a page as a whole --------------------------------------------------------------------------------


# A page has a dozen colours, and axe reads each anew for every text: a fifth of its work. Read once, kept as read.
KEEP_COLOURS = """(() => {
    const {prototype} = axe.commons.color.Color
    const read = prototype.parseString
    const known = new Map()
    prototype.parseString = function (text) {
        if (!known.has(text)) {
            read.call(this, text)
            known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha})
        }
        return Object.assign(this, known.get(text))
    }
})()"""
RUN_AXE = "options => window.axe ? axe.run(options).then(found => found.violations) : null"


def with_axe(page: Page) -> None:
    """Have axe on each page from now on, where each will be looked at: the browser keeps it, nothing is sent again."""
    page.add_init_script(_axe())


def check_accessible(page: Page, *, leave_out: tuple[str, ...] = ()) -> None:
    """AssertionError that names each finding of axe (WCAG 2.2 AA and good practice), where and how to mend it.

    ``leave_out`` names rules of axe that do not count here. A page without scripts cannot be looked at this way.
    """
    options = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {rule: {"enabled": False} for rule in leave_out}}
    options |= {"resultTypes": ["violations"], "preload": False}  # nothing is told of what is well: it is much
    violations = page.evaluate(RUN_AXE, options)
    if violations is None:
        page.evaluate(_axe())
        violations = page.evaluate(RUN_AXE, options)
    found = [one for one in violations if not _by_design(one)]
    lines = []
    for finding in found:
        lines.append(f"  {finding['id']} ({finding['impact']}): {finding['help']}")
        for node in finding["nodes"][:4]:
            lines.append(f"      at {' '.join(map(str, node['target']))}: {node['html'][:140]}")
            lines += [f"         {line.strip()}" for line in (node.get("failureSummary") or "").splitlines()[1:4]]
    assert not found, f"axe has {len(found)} findings on {page.url}\n" + "\n".join(lines)


@cache
def _axe() -> str:
    """The script of axe, which reads each colour once."""
    from axe_playwright_python.sync_playwright import Axe

    return f"{Axe().axe_script}\n{KEEP_COLOURS}"


def _by_design(finding: dict[str, Any]) -> bool:
    """The design system's own radios bear aria-expanded where they reveal a field: it knows of it, and keeps it."""
    radios = all("govuk-radios__input" in node["html"] for node in finding["nodes"])
    return finding["id"] == "aria-allowed-attr" and radios


def no_sideways_scroll(page: Page) -> None:
    """AssertionError that names what is wider than the window, where the page scrolls sideways."""
    wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return []
            return [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(element => `${element.tagName.toLowerCase()}.${element.className} reaches to `
                    + `${Math.round(element.getBoundingClientRect().right)} of ${width}`)
                .concat([`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`])
        }"""
    )
    assert not wide, f"{page.url} scrolls sideways:\n" + "\n".join(f"  - {line}" for line in wide)


def check_whole(page: Page) -> None:
    """Both looks at once: what every page of a journey has to pass."""
    check_accessible(page)
    no_sideways_scroll(page)


def pictures_are_taken() -> bool:
    """Whether this run makes the pictures of docs/images."""
    return os.environ.get("SAFEBOARD_SCREENSHOTS") == "1"


@pytest.fixture
def screens() -> Callable[..., None]:
    """Save a picture in docs/images, only where SAFEBOARD_SCREENSHOTS=1: ``screens(page, "incident-phone")``."""

    def save(page: Page, name: str, *, whole: bool = False) -> None:
        if not pictures_are_taken():
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, full_page=whole, animations="disabled")
        Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)  # a third of the size

    return save
