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

from tests.support.browser import check_accessible, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Locator, Page

    Thing = Locator | ElementHandle

MOUSE, KEYBOARD, PLAIN = "mouse", "keyboard", "no JavaScript"
WAYS = (MOUSE, KEYBOARD, PLAIN)
MOST_TABS = 250
# How many presses of Tab it should take to the element, as far as a script can tell; and from the top of the page to
# what is in its main part, how many of them the link past the navigation takes one by.
AHEAD = """element => {
    const group = one => one.type === 'radio' && one.name ? `${one.name} ${one.form && one.form.id}` : one
    const stops = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
        .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
    const before = there => new Set(stops
        .filter(one => there.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING).map(group)).size
    const linked = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
    const at = document.activeElement === document.body ? linked || document.documentElement : document.activeElement
    const radio = stops.find(one => group(one) === group(element)) || element
    const tabs = before(radio) - before(at) + (stops.includes(at) ? 0 : 1)
    const main = document.querySelector('main')
    const atTop = at === document.documentElement && stops.length && stops[0].matches('.govuk-skip-link')
    return [Math.max(0, tabs), atTop && main.contains(element) ? before(main) : 0]
}"""
# Whether the element, or another radio of its group, has the focus, and where it does whether it can be seen.
FOCUSED = """element => {
    const at = document.activeElement
    if (at !== element && !(element.type === 'radio' && at.type === 'radio' && at.name === element.name
        && at.form === element.form)) return null
    const box = at.getBoundingClientRect()
    return box.bottom > 0 && box.top < window.innerHeight
}"""
# Whether a button, or a link, might bear the name: the thorough look by role costs much.
MAYBE = """([selector, name]) => [...document.querySelectorAll(selector)].some(one =>
    `${one.textContent} ${one.value || ''} ${one.getAttribute('aria-label') || ''} ${one.title}`
        .replace(/\\s+/g, ' ').toLowerCase().includes(name.replace(/\\s+/g, ' ').toLowerCase())
    || one.hasAttribute('aria-labelledby') || one.querySelector('img, svg'))"""
SELECTORS = {"button": "button, input, summary, [role=button]", "link": "a, area, [role=link]"}
TYPED = 12  # letters: so many are pressed key by key, of a longer text the rest comes at once, as when pasted
READ = "() => [document.title, document.querySelector('main').innerText.trim().split(/\\s+/).length]"
IN_MAIN = "() => document.activeElement === document.querySelector('main')"


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
        title, words = self.page.evaluate(READ)
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
        return self.page.locator("h1").inner_text()

    def sees(self, *texts: str) -> Walker:
        """AssertionError where a text does not stand in the page."""
        shown = " ".join(self.page.locator("body").inner_text().split())
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
        self._press(self._reached(self.page.locator("summary", has_text=name).first))
        return self

    def choose(self, name: str, *, among: str = "") -> Walker:
        """Choose the radio or tick the box of that name; ``among`` is the question that it answers."""
        target = self._field(name, among)
        if not target.is_checked():
            if self.way == KEYBOARD:
                self._choose_by_key(target)
            else:
                target.check()
            self.taps += 1
        assert target.is_checked(), f"{name} was not chosen"
        return self

    def pick(self, name: str, option: str) -> Walker:
        """Choose from a list."""
        target = self._held(self.page.get_by_label(name, exact=True))
        if self.way == KEYBOARD:
            self._tab_to(target)
            self.page.keyboard.type(option)
        else:
            target.select_option(label=option)
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
            target.fill(text)
        self.taps += 1
        self.letters += len(text)
        return self

    def hand_over(self, name: str, file: dict[str, Any] | str) -> Walker:
        """Choose a file; the window of the system in which one does it is beyond a test."""
        target = self._held(self.page.get_by_label(name, exact=True))
        if self.way == KEYBOARD:
            self._tab_to(target)
        target.set_input_files(file)  # type: ignore[arg-type]
        self.taps += 2
        return self

    # By hand, by key ----------------------------------------------------------------------------------------

    def _held(self, found: Locator) -> Thing:
        """By keyboard a thing is looked at again and again: it is held on to, as each look for it takes a while."""
        return found.element_handle() if self.way == KEYBOARD else found

    def _field(self, name: str, among: str) -> Thing:
        scope = self.page.get_by_role("group", name=among) if among else self.page
        return self._held(scope.get_by_label(name, exact=True).first)

    def _pressable(self, name: str, role: str, within: Locator | None) -> Locator:
        scope = within or self.page
        for kind in (role,) if role else ("button", "link"):
            if kind in SELECTORS and not self.page.evaluate(MAYBE, [SELECTORS[kind], name]):
                continue
            for exact in (True, False):
                found = scope.get_by_role(kind, name=name, exact=exact)  # type: ignore[arg-type]
                if found.count():
                    return found.first
        raise AssertionError(f"nothing to press is called {name!r} on {self.page.url}:\n{self.page.inner_text('main')}")

    def _reached(self, found: Locator) -> Thing:
        target = self._held(found)
        if self.way == KEYBOARD:
            self._tab_to(target)
        return target

    def _press(self, target: Thing) -> None:
        self.taps += 1
        if self.way == KEYBOARD:
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def _choose_by_key(self, target: Thing) -> None:
        self._tab_to(target)
        if target.get_attribute("type") == "checkbox":
            self.page.keyboard.press("Space")
            return
        for key in ["Space"] + ["ArrowDown"] * 40:
            if target.is_checked():
                return
            self.page.keyboard.press(key)

    def _tab_to(self, target: Thing) -> None:
        tabs, skipped = target.evaluate(AHEAD)
        if skipped > 2:  # it takes two presses itself
            self._skip_to_main()
            tabs -= skipped
        for _press in range(tabs):
            self.page.keyboard.press("Tab")
        for _press in range(MOST_TABS):
            seen = target.evaluate(FOCUSED)
            if seen is not None:
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"no way by Tab to {target} on {self.page.url}")
        assert seen, f"{target} has the focus and is out of view on {self.page.url}"

    def _skip_to_main(self) -> None:
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        assert self.page.evaluate(IN_MAIN), f"the link past the navigation leads elsewhere on {self.page.url}"


# Codes ----------------------------------------------------------------------------------------------------


def code(secret: str, *, ahead: int = 0) -> str:
    """The code that an authenticator app shows now, or so many half minutes later."""
    counter = int(time.time()) // 30 + ahead
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


Walking = Callable[..., Walker]
