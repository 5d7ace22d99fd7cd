"""Who walks a journey finds what a person would, by its name, and nothing that a person could not see or reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.templatetags.static import static

from tests.journeys.walker import MOUSE, PLAIN, Looks, Walker

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>
<p><a href="#away">Save the <span style="position: absolute; left: -999px">draft of the</span> report</a></p>
<button hidden>Hidden</button> <button aria-hidden="true">Nameless</button> <div inert><button>Shut</button></div>
<button id="save" onclick="this.dataset.pressed = 1">Save</button>
<button id="icon" aria-label="Close" onclick="this.dataset.pressed = 1"><svg width="9" height="9"></svg></button>
<div style="position: relative"><button>Covered</button>
<div style="position: absolute; inset: 0; background: white">A banner</div></div>
<fieldset><legend>Was it <em>reported</em>?</legend>
<label><input type="radio" name="a" id="reported"> Yes</label></fieldset>
<fieldset><legend>Was it seen?</legend><label><input type="radio" name="b" id="seen"> Yes</label></fieldset>
<label for="note">Note</label><textarea id="note">Old words</textarea>
<label for="day">Day</label><input type="date" id="day"></main></body></html>"""

# Its lines break elsewhere as soon as its letters come.
LETTERS = """<!doctype html><html lang="en"><head><title>Letters</title><style>
@font-face {{ font-family: late; font-display: swap; src: url({}) }}
.all main {{ font-family: late, monospace }}</style></head>
<body onload="document.body.className = 'all'"><main><h1>Letters</h1><p>{}</p>
<button id="save" onclick="this.dataset.pressed = 1">Save</button></main></body></html>"""


@pytest.fixture
def way() -> str:
    return MOUSE


@pytest.fixture
def walker(page: Page, tmp_path: Path) -> Walker:
    page.set_content(PAGE)
    return Walker(page, MOUSE, Looks(tmp_path))


def test_a_button_goes_by_its_whole_name_before_a_part_and_by_the_name_that_is_read_out(walker: Walker):
    walker.touch("Save").touch("Close").touch("the draft of")
    assert walker.page.evaluate("[save.dataset.pressed, icon.dataset.pressed, location.hash]") == ["1", "1", "#away"]


@pytest.mark.parametrize("name", ["Hidden", "Nameless", "Shut", "Saved"])
def test_what_nobody_can_see_or_use_is_not_there(walker: Walker, name: str):
    with pytest.raises(AssertionError, match=f"nothing to press is called '{name}'"):
        walker.touch(name)


def test_what_something_lies_over_cannot_be_pressed(walker: Walker):
    with pytest.raises(AssertionError, match="something lies over <button>Covered</button>"):
        walker.touch("Covered")


def test_a_field_goes_by_its_label_within_its_question(walker: Walker):
    walker.choose("Yes", among="Was it seen?").choose("Yes", among="was it reported")
    assert walker.page.evaluate("[reported.checked, seen.checked]") == [True, True]
    with pytest.raises(AssertionError, match="no field is called 'Yes'"):
        walker.choose("Yes", among="Was it heard?")
    with pytest.raises(AssertionError, match="no field is called 'Not'"):
        walker.write("Not", "a part of a label is not enough")


def test_what_is_written_takes_the_place_of_what_stood_there(walker: Walker):
    walker.write("Note", "New\nwords").write("Day", "2026-11-23")
    assert walker.page.evaluate("[note.value, day.value]") == ["New\nwords", "2026-11-23"]
    walker.write("Note", "")
    assert walker.page.evaluate("note.value") == ""


def test_nothing_is_pressed_before_letters_have_come(page: Page, late_files: None, tmp_path: Path):
    letters = static("build/fonts/inter-latin-wght-normal.woff2")
    html = LETTERS.format(letters, "many words " * 400)
    page.route("**/letters", lambda route: route.fulfill(body=html, content_type="text/html"))
    walker = Walker(page, PLAIN, Looks(tmp_path)).goto("/letters").touch("Save")
    assert walker.page.evaluate("[document.fonts.check('1em late'), save.dataset.pressed]") == [True, "1"]
