"""The look-over that every fetched page goes through finds what it is for."""

import pytest

from tests.support.pages import page_faults

GOOD = """<!doctype html>
<html lang="en-GB"><head><title>Report an incident - Safeboard</title></head>
<body><main><h1>Report an incident</h1>
<form><label for="what">What happened</label><textarea id="what" name="what"></textarea><button>Save</button></form>
<img src="/a.svg" alt=""><svg role="img"><title>Path</title></svg>
</main></body></html>"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_page_has_no_fault():
    assert list(page_faults(GOOD)) == []


def test_a_part_of_a_page_needs_no_title():
    assert list(page_faults("<p>Saved</p>", fragment=True)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<html lang="en-GB">', "<html>", "no lang"),
        ("<title>Report an incident - Safeboard</title>", "<title> </title>", "no title"),
        ("<h1>Report an incident</h1>", "<h2>Report an incident</h2>", "0 main headings"),
        ("</main>", "<h1>Another</h1></main>", "2 main headings"),
        ("</main>", '<p id="what">Twice</p></main>', "the id 'what' is there 2 times"),
        ('<label for="what">What happened</label>', "", "the field 'what' has no label"),
        ('for="what"', 'for="who"', "points to nothing"),
        ("<button>Save</button>", "<button></button>", "has no name"),
        (' alt=""', "", "no alt text"),
        ("</main>", '<p style="color: red">Red</p></main>', "inline style"),
        ("</main>", "<script>alert(1)</script></main>", "an inline <script>"),
        ("</main>", '<p onclick="go()">Go</p></main>', "inline script in <p onclick>"),
        ("</main>", "<p><div>Unfitting</div></p></main>", "broken markup in line 6"),
        ("</form>", "", "broken markup"),
        ("<!doctype html>\n", "", "broken markup in line 1"),
    ],
)
def test_each_fault_is_found(old: str, new: str, fault: str):
    found = list(page_faults(changed(old, new)))
    assert any(fault in line for line in found), found
