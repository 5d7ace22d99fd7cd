"""Somebody who uses the service: with a mouse or a finger, by keyboard alone, or in a browser without JavaScript."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal import auth as totp

from tests.journeys import scripts
from tests.support.browser import check_accessible, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, JSHandle, Locator, Page

MOUSE, KEYBOARD, PLAIN = "mouse", "keyboard", "no JavaScript"
WAYS = (MOUSE, KEYBOARD, PLAIN)
MOST_TABS = 250
PATIENCE = 30  # seconds, as the browser's own
TYPED = 12  # letters: so many are pressed key by key, of a longer text the rest comes at once, as when pasted
# Kinds of fields that take letters as they come; the parts of a date are chosen.
WRITTEN = {"text", "textarea", "email", "password", "search", "tel", "url", "number"}


@dataclass
class Looks:
    """Which pages a run has looked over; all its processes share the folder in which that is kept."""

    folder: Path

    def first(self, title: str, width: int) -> bool:
        """Whether nobody has looked at the page of that title at that width; from now on somebody has."""
        try:
            (self.folder / sha256(f"{width} {title}".encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass
class Walker:
    """A person at a browser. Each page is looked over once in a run: axe, and no sideways scroll.

    ``taps``, ``letters``, ``words`` and ``pages`` count what a person has to do, to write and to read.
    """

    page: Page
    way: str
    looks: Looks
    taps: int = 0
    letters: int = 0
    words: int = 0
    pages: int = 0

    # Where ------------------------------------------------------------------------------------------------

    def goto(self, path: str) -> Walker:
        """Open an address; a whole one is taken by its path, as the test's server has an address of its own."""
        self.page.goto(urlsplit(path).path if "://" in path else path)
        return self.arrived()

    def arrived(self) -> Walker:
        """Look the page over."""
        self.pages += 1
        end = time.monotonic() + PATIENCE
        while (read := self.page.evaluate(scripts.READ))[2] == "loading":  # then lines break elsewhere, and things move
            assert time.monotonic() < end, f"the letters of {self.page.url} did not come"
            self.page.wait_for_timeout(10)
        title, words, _letters = read
        self.words += words
        if self.way == PLAIN:
            return self
        width = (self.page.viewport_size or {})["width"]
        if self.looks.first(title, width):
            check_accessible(self.page)
            no_sideways_scroll(self.page)
        return self

    @property
    def path(self) -> str:
        """Where we are."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """The main heading."""
        return self.page.evaluate(scripts.HEADING)

    def sees(self, *texts: str) -> Walker:
        """AssertionError where a text does not stand in the page."""
        shown = " ".join(self.page.evaluate(scripts.TEXT).split())
        for text in texts:
            assert text in shown, f"{text!r} is not on {self.page.url}:\n{shown[:1500]}"
        return self

    def sees_not(self, *texts: str) -> Walker:
        """AssertionError where a text stands anywhere in the page's markup."""
        markup = self.page.content()
        for text in texts:
            assert text not in markup, f"{text!r} is on {self.page.url}"
        return self

    # Doing --------------------------------------------------------------------------------------------------

    def press(self, name: str, *, role: str = "", within: Locator | None = None) -> Walker:
        """Press the button, or follow the link, of that name; the next page is looked over."""
        target = self._reached(self._pressable(name, role, within))
        with self.page.expect_navigation():
            self._press(target)
        return self.arrived()

    def touch(self, name: str, *, role: str = "", within: Locator | None = None) -> Walker:
        """Press what leads to no other page."""
        self._press(self._reached(self._pressable(name, role, within)))
        return self

    def unfold(self, name: str) -> Walker:
        """Open what is folded away."""
        self._press(self._reached(self._pressable(name, "summary", None)))
        return self

    def choose(self, name: str, *, among: str = "") -> Walker:
        """Choose the radio or tick the box of that name; ``among`` is the question that it answers."""
        target = self._field(name, among)
        if not target.evaluate(scripts.CHECKED):
            if self.way == KEYBOARD:
                self._choose_by_key(target)
            else:
                self._click(target)
            self.taps += 1
        assert target.evaluate(scripts.CHECKED), f"{name} was not chosen"
        return self

    def pick(self, name: str, option: str) -> Walker:
        """Choose from a list."""
        target = self._field(name, "")
        if self.way == KEYBOARD:
            self._tab_to(target)
            self.page.keyboard.type(option)
        else:
            self._element(target).select_option(label=option)
        self.taps += 2
        return self

    def write(self, name: str, text: str, *, among: str = "") -> Walker:
        """Write into the box of that name, in place of what stands there."""
        target = self._field(name, among)
        if self.way == KEYBOARD:
            self._tab_to(target)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text[:TYPED])
            if text[TYPED:]:
                self.page.keyboard.insert_text(text[TYPED:])
        else:
            self._write_over(target, text)
        self.taps += 1
        self.letters += len(text)
        return self

    def hand_over(self, name: str, file: dict[str, Any] | str) -> Walker:
        """Choose a file; the window of the system in which one does it is beyond a test."""
        target = self._field(name, "")
        if self.way == KEYBOARD:
            self._tab_to(target)
        self._element(target).set_input_files(file)  # type: ignore[arg-type]
        self.taps += 2
        return self

    # By hand, by key ----------------------------------------------------------------------------------------

    def _field(self, name: str, among: str) -> JSHandle:
        found = self._find("field", name, among)
        assert found, f"no field is called {name!r} on {self.page.url}:\n{self.page.inner_text('main')}"
        return found

    def _pressable(self, name: str, role: str, within: Locator | None) -> JSHandle:
        scope = within and within.element_handle()
        found = (self._find(sort, name, "", scope) for sort in ((role,) if role else ("button", "link")))
        target = next(filter(None, found), None)
        assert target, f"nothing to press is called {name!r} on {self.page.url}:\n{self.page.inner_text('main')}"
        return target

    def _find(self, sort: str, name: str, among: str = "", scope: ElementHandle | None = None) -> JSHandle | None:
        found = self.page.evaluate_handle(scripts.FIND, [sort, name, among, scope])
        return found if found.evaluate(scripts.ANY) else None

    def _reached(self, target: JSHandle) -> JSHandle:
        if self.way == KEYBOARD:
            self._tab_to(target)
        return target

    def _press(self, target: JSHandle) -> None:
        self.taps += 1
        if self.way == KEYBOARD:
            self.page.keyboard.press("Enter")
        else:
            self._click(target)

    def _element(self, target: JSHandle) -> ElementHandle:
        element = target.get_property("0").as_element()
        assert element
        return element

    def _click(self, target: JSHandle) -> None:
        spot = target.evaluate(scripts.SPOT)
        assert spot, f"something lies over {target.evaluate(scripts.MARKUP)} on {self.page.url}"
        self.page.mouse.click(*spot)

    def _write_over(self, target: JSHandle, text: str) -> None:
        if target.evaluate(scripts.SORT) not in WRITTEN:
            self._element(target).fill(text)
            return
        self._click(target)
        target.evaluate(scripts.SELECT)
        self.page.keyboard.insert_text(text) if text else self.page.keyboard.press("Delete")

    def _choose_by_key(self, target: JSHandle) -> None:
        self._tab_to(target)
        if target.evaluate(scripts.SORT) == "checkbox":
            self.page.keyboard.press("Space")
            return
        for key in ["Space"] + ["ArrowDown"] * 40:
            if target.evaluate(scripts.CHECKED):
                return
            self.page.keyboard.press(key)

    def _tab_to(self, target: JSHandle) -> None:
        tabs, skipped = target.evaluate(scripts.AHEAD)
        if skipped > 2:  # it takes two presses itself
            self._skip_to_main()
            tabs -= skipped
        for _press in range(tabs):
            self.page.keyboard.press("Tab")
        for _press in range(MOST_TABS):
            seen = target.evaluate(scripts.FOCUSED)
            if seen is not None:
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"no way by Tab to {target.evaluate(scripts.MARKUP)} on {self.page.url}")
        assert seen, f"{target.evaluate(scripts.MARKUP)} has the focus and is out of view on {self.page.url}"

    def _skip_to_main(self) -> None:
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        assert self.page.evaluate(scripts.IN_MAIN), f"the link past the navigation leads elsewhere on {self.page.url}"


# Codes ----------------------------------------------------------------------------------------------------


def code(secret: str, *, ahead: int = 0) -> str:
    """The code that an authenticator app shows now, or so many half minutes later."""
    counter = int(time.time()) // 30 + ahead
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


Walking = Callable[..., Walker]
