"""The looks at a page as a whole find what they are for, and say it so that it can be mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import browser
from tests.support.browser import check_accessible, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

GOOD = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>{}</main></body>'


def test_a_good_page_passes_both(page: Page):
    page.set_content(GOOD.format("<p>Words</p>"))
    check_accessible(page)
    no_sideways_scroll(page)


def test_a_finding_names_the_rule_the_place_and_the_mending(page: Page):
    page.set_content(GOOD.format('<p style="color: #999">Faint words</p>'))
    with pytest.raises(AssertionError) as failed:
        check_accessible(page)
    for part in ("color-contrast (serious)", "at p:", "Faint words", "contrast of"):
        assert part in str(failed.value)
    check_accessible(page, leave_out=("color-contrast",))


def test_what_reaches_over_the_edge_is_named(phone: Page):
    phone.set_content(
        GOOD.replace("<head>", '<head><meta name="viewport" content="width=device-width">').format(
            '<table class="wide" style="width: 700px"><tr><td>Figures</td></tr></table>'
        )
    )
    with pytest.raises(AssertionError, match=r"table\.wide reaches to \d+ of"):
        no_sideways_scroll(phone)


def test_pictures_are_saved_only_where_they_are_asked_for(
    page: Page, screens: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(browser, "PICTURES", tmp_path)
    page.set_content(GOOD.format(""))
    monkeypatch.delenv("SAFEBOARD_SCREENSHOTS", raising=False)
    screens(page, "a-page")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("SAFEBOARD_SCREENSHOTS", "1")
    screens(page, "a-page")
    assert [path.name for path in tmp_path.iterdir()] == ["a-page.png"]


def test_scripts_that_fail_and_what_the_policy_stops_are_noted(context: BrowserContext):
    window, faults = context.new_page(), []
    browser.watch(window, faults)
    policy = '<meta http-equiv="Content-Security-Policy" content="style-src \'self\'">'
    window.set_content(GOOD.replace("<head>", f"<head>{policy}").format('<p style="color: red">Red</p>'))
    window.evaluate("setTimeout(() => { throw new Error('a script failed') }, 0)")
    window.wait_for_timeout(200)
    assert any("Content Security Policy" in fault for fault in faults)
    assert any("a script failed" in fault for fault in faults)
