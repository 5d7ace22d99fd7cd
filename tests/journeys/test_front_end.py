"""The page reaches the browser whole: stylesheet, typeface, no complaint, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import resolve_url

from tests.support.browser import check_accessible, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response


def test_the_sign_in_page_is_whole(page: Page, phone: Page):
    refused: list[str] = []

    def look(response: Response) -> None:
        if response.status >= 400:
            refused.append(f"{response.status} {response.url}")

    for window in (page, phone):
        window.on("response", look)
        window.goto(resolve_url(settings.LOGIN_URL))
        family = window.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
        assert "Inter" in family
        assert window.evaluate("document.fonts.check('1em \"Inter Variable\"')")
        check_accessible(window)
        no_sideways_scroll(window)
    assert refused == []


def test_the_demonstrations_pages_say_that_they_are_one(page: Page, live_server: Any, settings: Any):
    settings.DEMONSTRATION = True
    page.goto(resolve_url(settings.LOGIN_URL))
    assert "Do not write anything real" in page.get_by_role("region", name="Demonstration").inner_text()
    check_accessible(page)
    no_sideways_scroll(page)


def test_the_sign_in_page_needs_no_scripts(new_page: Callable[..., Page]):
    plain = new_page(scripts=False)
    plain.goto(resolve_url(settings.LOGIN_URL))
    assert plain.get_by_role("heading", level=1).count() == 1


def test_an_address_with_a_broken_end_opens_all_the_same(phone: Page):
    phone.goto(resolve_url(settings.LOGIN_URL) + "#%E0%A4%A")  # a script that fails here fails the test
    assert phone.get_by_role("heading", level=1).count() == 1
