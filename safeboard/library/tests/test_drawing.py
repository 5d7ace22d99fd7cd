import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
import zlib
from copy import deepcopy
from itertools import combinations

import pytest

from safeboard.library import drawing, engine, poster
from safeboard.library.layout import lay_out, names
from safeboard.library.loader import load_packs
from safeboard.library.measure import width, wrap
from safeboard.library.schemas import Chart

from .samples import CHART, chart, spoilt, write_pack

SVG = "{http://www.w3.org/2000/svg}"
PACKS = load_packs()
SHIPPED = [
    pytest.param(found, id=f"{name}/{found.id}")
    for name, pack in PACKS.items()
    for found in pack.items.get("charts", {}).values()
]


def words_of(svg):
    return re.sub(r"\s+", "", "".join(ET.fromstring(svg).itertext()))


def walked(*answers):
    return engine.walk(chart(), list(answers))


def test_a_narrow_window_is_told_where_to_begin():
    """At the start of the chart; of a way that was walked, where it stands."""
    boxes = lay_out(chart()).boxes
    for drawn, first in (
        (drawing.draw(chart()), "where"),
        (drawing.draw(chart(), walked(("where", "yes"), ("look", "unsure"))), "ring"),
    ):
        left, right = (float(edge) for edge in ET.fromstring(drawn).get("data-start").split())
        assert ((left + right) / 2, right - left) == pytest.approx((boxes[first].x, boxes[first].width), abs=1)


@pytest.mark.parametrize("shipped", SHIPPED)
def test_a_drawing_says_every_question_answer_and_outcome(shipped):
    said = words_of(drawing.draw(shipped))
    for step in shipped.steps:
        assert re.sub(r"\s+", "", str(step.question)) in said
        for answer in step.answers:
            assert re.sub(r"\s+", "", str(answer.label)) in said
    for outcome in shipped.outcomes:
        assert re.sub(r"\s+", "", str(outcome.title)) in said


@pytest.mark.parametrize("shipped", SHIPPED)
def test_no_two_boxes_overlap_and_all_lie_inside(shipped):
    layout = lay_out(shipped)
    boxes = list(layout.boxes.values())
    for box in boxes:
        assert box.x - box.width / 2 >= 0
        assert box.x + box.width / 2 <= layout.width
        assert box.y + box.height <= layout.height
    for one, other in combinations(boxes, 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2
        above = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert beside or above, (one.name, other.name)


@pytest.mark.parametrize("shipped", SHIPPED)
def test_no_arrow_passes_through_a_box(shipped):
    layout = lay_out(shipped)
    for arrow in layout.arrows:
        for x, upper, lower in arrow.via:
            for box in layout.boxes.values():
                apart = abs(x - box.x) >= box.width / 2
                assert apart or lower <= box.y or upper >= box.y + box.height, (arrow.source.name, box.name)


@pytest.mark.parametrize("shipped", SHIPPED)
def test_the_picture_obeys_the_content_security_policy(shipped):
    root = ET.fromstring(drawing.draw(shipped, prefix="one"))
    assert root.get("role") == "img"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == ["one-title", "one-desc"]
    assert root.get("aria-labelledby").split() == ids
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "rect", "path", "polygon", "text", "tspan"}
        assert not [name for name in element.attrib if name in ("style", "class", "href") or name.startswith("on")]


def test_words_cannot_become_markup():
    def spoil(data):
        data["title"] = {"en": "<script>alert(1)</script>"}
        data["steps"][0]["question"] = {"en": '"><img src=x onerror=y>&amp;'}

    root = ET.fromstring(drawing.draw(spoilt(spoil), prefix='"><x'))
    assert not [element for element in root.iter() if element.tag.endswith(("script", "img", "}x"))]


def test_the_way_taken_is_thick_and_numbered():
    plain = drawing.draw(chart())
    svg = drawing.draw(chart(), walked(("where", "yes"), ("look", "again"), ("where", "no")))
    assert 'stroke-width="6"' not in plain.replace("polygon", "")
    assert 'stroke-width="6"' in svg
    badges = [text for text in re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg) if re.fullmatch(r"[\d, ]+", text)]
    assert sorted(badges) == ["1", "2", "3"]
    assert "The way taken so far" in svg


def test_where_the_walk_stands_is_marked():
    assert "You are here" in drawing.draw(chart(), walked(("where", "yes")))
    assert "You are here" in drawing.draw(chart(), walked())
    assert "You are here" not in drawing.draw(chart())


def test_an_answer_that_leads_back_says_whereto():
    assert "back to 1" in drawing.draw(chart())


def test_outcomes_differ_in_shape_not_only_in_words():
    def shapes(urgency):
        data = deepcopy(CHART)
        data["outcomes"][0]["urgency"] = urgency
        layout_free = drawing.draw(Chart.model_validate(data))
        return layout_free.count("<polygon"), layout_free.count("<rect")

    assert len({shapes("now"), shapes("today"), shapes("soon")}) == 3


def test_a_drawing_speaks_the_language_asked_for():
    assert "Argollytumewn?" in words_of(drawing.draw(chart(), language="cy"))


def test_a_faulty_chart_is_drawn_for_the_editor():
    for spoil in (
        lambda d: d["steps"][0]["answers"][0].update(next="gone"),
        lambda d: d["steps"][1].update(answers=[]),
        lambda d: d.update(start="gone"),
        lambda d: d["steps"][0].update(answers=[]) or d["steps"][1].update(answers=[]),
    ):
        ET.fromstring(drawing.draw(spoilt(spoil)))


def test_the_same_chart_always_gives_the_same_drawing():
    """Whatever the hash seed of the process, so that a stored picture can be compared."""
    code = (
        "import django;from django.conf import settings;settings.configure();django.setup();"
        "from safeboard.library import drawing, loader;import hashlib;"
        "c=loader.load_packs()['england-2026'].items['charts']['becta-incident'];"
        "print(hashlib.sha256(drawing.draw(c).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_drawing_is_quick():
    largest = max((param.values[0] for param in SHIPPED), key=lambda shipped: len(shipped.steps))
    way = next(engine.paths(largest))
    took = []
    for _ in range(5):
        begun = time.process_time()
        drawing.draw(largest, way)
        took.append(time.process_time() - begun)
    assert min(took) < 0.030


def test_lines_are_wrapped_and_long_words_cut():
    assert wrap("", 100, 10) == ("",)
    lines = wrap("Keep the tablet " + "x" * 200, 100, 10)
    assert lines[0] == "Keep the tablet"
    assert all(width(line, 10) <= 100 for line in lines)


# --- in words -----------------------------------------------------------------------------------------


def test_the_outline_says_what_the_drawing_says():
    entries = drawing.as_list(chart(), walked(("where", "yes")))
    assert [entry.name for entry in entries] == ["1", "2", "A", "B"]
    assert [(a.label, a.leads_to, a.to_outcome, a.taken) for a in entries[0].answers] == [
        ("Yes", "2", False, (1,)),
        ("No", "B", True, ()),
        ("Not sure", "B", True, ()),
    ]
    assert [entry.here for entry in entries] == [False, True, False, False]
    assert [entry.urgency for entry in entries] == ["", "", "Soon", "Now"]


def test_outcomes_have_letters_beyond_the_alphabet():
    def spoil(data):
        data["outcomes"] += [{**data["outcomes"][0], "id": f"o{n}"} for n in range(30)]

    called = names(spoilt(spoil))
    assert len(set(called.values())) == len(called)


# --- on paper -----------------------------------------------------------------------------------------


@pytest.fixture
def county(tmp_path):
    write_pack(tmp_path)
    return load_packs(shipped=tmp_path)["county"]


def test_a_poster_names_the_local_people(county, monkeypatch):
    kept = {}

    def keep(html, **names):
        kept.update(html=html, **names)
        return b"%PDF"

    monkeypatch.setattr(poster.pdf, "render_pdf", keep)
    monkeypatch.setattr(poster.pdf, "pages_of", lambda html: 1)
    line = poster.ContactLine("Morag Tennant", "01632 960 114", "8 am to 6 pm")
    poster.poster(chart(), county, {"designated-officer": line}, place="Larkfield <Library>")
    for words in ("Morag Tennant", "01632 960 114", "8 am to 6 pm", "Larkfield &lt;Library&gt;", "within 12 hours"):
        assert words in kept["html"]
    assert kept["title"] == "A tablet is lost"


def test_a_missing_number_leaves_a_line_to_write_on(county):
    assert poster.lines_for(chart(), county, {})["designated-officer"].contact == poster.ContactLine("")


def test_outside_numbers_come_from_the_directory():
    pack = PACKS["england-2026"]
    lines = poster.lines_for(pack.items["charts"]["becta-incident"], pack, {})
    assert next(iter(lines)) == "police-999"
    assert lines["police-999"].contact.telephone == "999"


def unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_a_poster_is_a_tagged_pdf_of_that_paper(paper):
    pack = PACKS["england-2026"]
    found = poster.poster(pack.items["charts"]["suspicious-email"], pack, {}, paper=paper, words=False)
    assert found.startswith(b"%PDF-")
    inside = found + b"".join(map(unpacked, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", found, re.DOTALL)))
    assert b"/StructTreeRoot" in inside
    assert b"pdfuaid" in inside
    wide = {"A4": b"595", "A3": b"841"}[paper]
    assert re.search(rb"/MediaBox \[0 0 " + wide, inside)


def test_times_are_said_as_people_say_them():
    from datetime import timedelta

    said = [poster.within(timedelta(hours=hours)) for hours in (0, 0.5, 1, 12, 24, 72)]
    assert said == ["at once", "within 30 minutes", "within 1 hour", "within 12 hours", "within 1 day", "within 3 days"]
