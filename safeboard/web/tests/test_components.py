"""Our components against the markup that GOV.UK Frontend itself expects of them."""

import json
from pathlib import Path

import html5lib
import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from safeboard.web import components
from safeboard.web.components import component

FIXTURES = Path(__file__).resolve().parents[3] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
USED = (  # noqa: SIM905
    "accordion back-link breadcrumbs button character-count checkboxes date-input details error-message error-summary "
    "exit-this-page fieldset file-upload hint input inset-text label notification-banner pagination panel "
    "password-input radios select skip-link summary-list table tabs tag task-list textarea warning-text"
).split()


def cases():
    for name in USED:
        path = FIXTURES / name / "fixtures.json"
        if path.exists():
            for case in json.loads(path.read_text())["fixtures"]:
                if not later(name, case):
                    yield pytest.param(name, case, id=f"{name}: {case['name']}")


def later(name, case):
    """What GOV.UK Frontend added to its own templates after the ones we use, with options that we do not use."""
    given = set(case["options"])
    return (
        (
            name == "date-input"
            and not given <= {"id", "namePrefix", "classes", "attributes", "fieldset", "hint", "formGroup"}
        )
        or (name == "character-count" and bool(given & {"maxwords", "countType"}))
        or (name == "panel" and "interruption" in case["name"])
        or (name == "button" and {"isStartButton", "html"} <= given)
    )


def tree(html):
    """The markup as what a browser makes of it, white space aside."""

    def plain(node):
        text = [" ".join((node.text or "").split())]
        for child in node:
            text += [plain(child), " ".join((child.tail or "").split())]
        attributes = {key: " ".join(value.split()) for key, value in node.attrib.items()}
        return (str(node.tag).rsplit("}", 1)[-1], attributes, [part for part in text if part])

    return plain(html5lib.parse(html, treebuilder="etree"))


def test_the_design_systems_own_cases_are_here():
    assert {name for name in USED if not (FIXTURES / name / "fixtures.json").exists()} == set()


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_markup_is_what_govuk_frontend_expects(name, case):
    assert tree(component(name, marked(case["options"]))) == tree(case["html"])
    assert tree(component(name, marked(case["options"]))) == tree(case["html"])  # made before


def marked(value, key=""):
    """The markup in the fixtures is trusted by those who wrote them."""
    if isinstance(value, dict):
        return {k: marked(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [marked(item) for item in value]
    return SafeString(value) if isinstance(value, str) and key.lower().endswith("html") else value


def test_text_and_markup_that_nobody_marked_are_escaped():
    evil = "<script>alert(1)</script>"
    for params in (
        {"text": evil},
        {"html": evil},
        {"text": "x", "attributes": {"data-x": f'">{evil}'}},
        {"text": "x", "href": f'">{evil}'},
        {"text": "x", "classes": f'">{evil}'},
    ):
        assert "<script" not in component("button", params)
    assert "<b>" in component("button", {"html": SafeString("<b>x</b>")})


def test_what_somebody_typed_is_put_into_markup_made_before_and_is_not_kept(monkeypatch):
    monkeypatch.setattr(components, "_MARKUP", {})
    box = {"id": "n", "name": "n", "label": {"text": "Name"}}
    day = {"id": "d", "items": [{"name": "day", "value": "3"}, {"name": "year", "value": "secret year"}]}
    for name, given in (("input", box), ("textarea", box), ("character-count", box | {"maxlength": "90"})):
        empty = component(name, given)
        first, then = (component(name, given | {"value": value}) for value in ("secret <b>", '"&'))
        assert ("secret &lt;b&gt;" in first, "secret" in then, "&#34;&amp;" in then) == (True, False, True)
        assert component(name, given) == component(name, given | {"value": ""}).replace(' value=""', "") == empty
    assert 'value="3"' in component("date-input", day)
    assert 'value="secret year"' in component("date-input", day)
    wrong = component("input", box | {"value": "secret", "errorMessage": {"text": "“secret” is no name"}})
    assert wrong.count("secret") == 2
    assert "secret" not in str(components._MARKUP)
    assert len(components._MARKUP) == 10  # each with a text, with none and with an empty one; and the date


def test_markup_is_told_from_text_that_reads_the_same():
    shown = [component("button", {"text": text}) for text in ("<b>x</b>", SafeString("<b>x</b>"), "<b>x</b>")]
    assert ["<b>" in one for one in shown] == [False, True, False]
    one, yes = (component("radios", {"items": [{"value": value, "text": "x"}]}) for value in (1, True))
    assert ('value="1"' in one, 'value="True"' in yes) == (True, True)


def test_no_more_markup_is_kept_than_so_much(monkeypatch):
    monkeypatch.setattr(components, "_MARKUP", {})
    monkeypatch.setattr(components, "MOST", 3)
    for number in range(5):
        component("button", {"text": str(number)})
    component("button", {"text": "x" * components.LONGEST})
    assert len(components._MARKUP) == 2


def test_ready_attributes_and_unknown_components_are_refused():
    with pytest.raises(ValueError, match="mapping"):
        component("button", {"text": "x", "attributes": ' onclick="x"'})
    with pytest.raises(ValueError, match="no GOV"):
        component("nothing", {})
    with pytest.raises(ValueError, match="no GOV"):
        component("../secret", {})


def test_tags_in_templates():
    text = (
        '{% load govuk %}{% component "input" label__text=name name="n" id="n" %}'
        '{% componentblock "details" summaryText="More" %}<p>{{ name }}</p>{% endcomponentblock %}'
        '{% row "Name" change="/x" %}{{ name }}{% endrow %}'
    )
    html = Template(text).render(Context({"name": "<i>"}))
    assert html.count("&lt;i&gt;") == 3
    assert "<p>" in html
    assert 'href="/x"' in html
