import multiprocessing
import re
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string

from safeboard.documents import shapes
from safeboard.documents import svg as drawing
from safeboard.documents.charts import (
    HeatCell,
    Picture,
    bar_chart,
    described,
    heat_map,
    line_chart,
    scale_to,
    stacked_chart,
)
from safeboard.documents.sheets import Column, Table
from safeboard.documents.suppression import SUPPRESSED, count, shown, suppress_table

QUARTERS = ["Apr to Jun 2025", "Jul to Sep 2025", "Oct to Dec 2025", "Jan to Mar 2026"]
NASTY = '<script>alert(1)</script>"&\x00\u202e'
NS = "{http://www.w3.org/2000/svg}"


def table():
    return suppress_table([[12, 7, 3, 0], [30, 22, 16, 41], [9, 0, 8, 14]])


def series():
    return dict(zip(["Schools", "Libraries", "Youth work"], table().rows, strict=True))


SAID = {"title": "Are incidents rising?", "description": "They rose."}
CHARTS = {
    "bar": lambda: bar_chart(QUARTERS, series()["Schools"], unit="Incidents", **SAID),
    "across": lambda: bar_chart([NASTY, "b", "c", "d"], [*table().rows[0]], across=True, **SAID),
    "stacked": lambda: stacked_chart(QUARTERS, series(), unit=NASTY, **SAID),
    "line": lambda: line_chart(QUARTERS, series(), **SAID),
    "heat": lambda: heat_map(
        ["A", NASTY], ["P", "E"], [[HeatCell("D", 4), HeatCell("N")], [shown(4), SUPPRESSED]], **SAID
    ),
}


@pytest.fixture(params=CHARTS)
def chart(request):
    return CHARTS[request.param]()


def texts(svg):
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{NS}text")]


def test_a_chart_may_stand_under_a_strict_policy(chart):
    root = ET.fromstring(chart)
    for element in root.iter():
        assert element.tag.removeprefix(NS) in shapes.ELEMENTS | {"title", "desc", "pattern"}
        for key, value in element.items():
            assert key in shapes.ATTRIBUTES | {"role", "class", "aria-labelledby", "patternUnits"}
            assert "url(" not in value or value.startswith("url(#chart-")
    assert "style" not in chart
    assert "script>" not in chart.replace("&lt;script&gt;", "").replace("&lt;/script&gt;", "")


def test_a_chart_says_what_it_is(chart):
    root = ET.fromstring(chart)
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    assert [e.get("id") for e in root[:2]] == ids
    assert [e.text for e in root[:2]] == ["Are incidents rising?", "They rose."]
    assert "aria-label=" not in chart


def test_patterns_that_are_used_are_there(chart):
    used = set(re.findall(r"url\(#([\w-]+)\)", chart))
    assert used <= set(re.findall(r'id="([\w-]+)"', chart))


def test_a_hidden_figure_is_a_sign_and_not_nought():
    svg = bar_chart(["one", "two", "three"], [SUPPRESSED, shown(0), count(None)], **SAID)
    assert {"c", "0", ":"} <= set(texts(svg))
    bars = [p for p in ET.fromstring(svg).iter(f"{NS}path") if "filling" in p.get("fill", "")]
    assert len(bars) == 1


def test_bars_keep_their_order():
    svg = bar_chart(["one", "two", "three"], [SUPPRESSED, shown(7), shown(2)], **SAID)
    assert [t for t in texts(svg) if t in ("one", "two", "three")] == ["one", "two", "three"]


def test_a_stack_says_that_a_part_is_missing():
    assert texts(CHARTS["stacked"]()).count("+ c") == 2


def test_every_line_has_its_shape_in_the_legend_and_its_signs():
    found = texts(CHARTS["line"]())
    assert {"Schools", "Libraries", "Youth work"} <= set(found)
    assert found.count("c") == sum(c.hidden for row in table().rows for c in row)


def test_nothing_to_see_but_signs():
    for draw in (bar_chart(["a"], [SUPPRESSED], **SAID), line_chart(["a"], {"x": [SUPPRESSED]}, **SAID)):
        assert "c" in texts(draw)
    assert "c" in texts(stacked_chart(["a"], {"x": [SUPPRESSED]}, **SAID))


def test_names_cut_alike_stay_apart():
    long = "The same very long name of a school beside the river, "
    svg = bar_chart([long + "upper", long + "lower"], [shown(1), shown(2)], across=True, **SAID)
    assert len([p for p in ET.fromstring(svg).iter(f"{NS}path") if "filling" in p.get("fill", "")]) == 2


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="something"):
        bar_chart([], [], **SAID)
    with pytest.raises(ValueError, match="at most 6"):
        stacked_chart(["a"], {str(n): [shown(n)] for n in range(7)}, **SAID)
    with pytest.raises(ValueError, match="each category"):
        line_chart(["a"], {"x": []}, **SAID)
    with pytest.raises(ValueError, match="cell for every"):
        heat_map(["a"], ["b"], [[]], **SAID)


@pytest.mark.parametrize(("most", "end"), [(0, 4), (4, 4), (7, 8), (11, 12), (55, 60), (1234, 1500), (99_999, 100_000)])
def test_the_scale_ends_on_a_line(most, end):
    scale = scale_to(most)
    assert scale["scale"]["domain"] == [0, end]
    assert scale["axis"]["values"][0] == 0
    assert scale["axis"]["values"][-1] == end


def test_the_same_data_are_drawn_once(monkeypatch):
    cache.clear()
    drawn = []
    real = drawing.vega.svg
    monkeypatch.setattr(drawing.vega, "svg", lambda spec, **named: drawn.append(1) or real(spec, **named))
    first = bar_chart(["a"], [shown(9)], **SAID)
    assert bar_chart(["a"], [shown(9)], **SAID) == first
    assert len(drawn) == 1
    assert bar_chart(["a"], [shown(8)], **SAID) != first
    assert len(drawn) == 2


def forked(queue):
    cache.clear()
    queue.put(bar_chart(["a"], [shown(9)], **SAID))


def test_a_process_forked_after_drawing_still_draws():
    first = bar_chart(["a"], [shown(9)], **SAID)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=forked, args=(queue,))
    child.start()
    assert queue.get(timeout=30) == first
    child.join(5)


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><g onclick="x" style="fill:red"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="x"/><image href="x"/><path d="M0" fill="url(http://a)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p/></foreignObject><style>a{}</style></svg>',
    ],
)
def test_what_is_no_drawing_is_dropped(svg):
    out = shapes.tidy(svg, title="t", description="d", prefix="chart-x")
    assert not re.search(r"script|onclick|style|href|image|foreign|http://a", out)


def test_a_picture_with_its_figures():
    columns = (Column("q", "Quarter"), Column("n", "Incidents", "number"), Column("p", "Share", "percent"))
    rows = [{"q": q, "n": n, "p": 12} for q, n in zip(QUARTERS, table().rows[0], strict=True)]
    figures = Table("Incidents by quarter", columns, rows, note="To March.", source="Returns")
    picture = Picture(f"Rising? {NASTY}", "Yes.", CHARTS["bar"](), figures)
    html = render_to_string("documents/_picture.html", {"picture": picture})
    assert "<svg " in html
    assert "Show the figures" in html
    assert "<script>" not in html
    assert re.search(r'numeric">c</td>', html)
    assert "12%" in html
    assert "c: not shown" in html
    assert "Source: Returns" in html


@pytest.mark.parametrize(
    "text",
    ["\x00", "a\x00b", "\ud800", "\ufffe", "\x1b[1m", "", " ", "x" * 5000, "\u202e" * 50],
    ids=lambda t: ascii(t[:9]),
)
def test_no_text_breaks_the_drawing(text):
    """A NUL would end the process."""
    said = {"title": text, "description": text}
    ET.fromstring(bar_chart([text, "b"], [shown(1), SUPPRESSED], unit=text, **said))
    ET.fromstring(stacked_chart([text], {text: [shown(1)]}, unit=text, **said))
    ET.fromstring(line_chart([text], {text: [SUPPRESSED]}, unit=text, **said))
    ET.fromstring(heat_map([text], [text], [[HeatCell(text, 9)]], **said))


def test_a_description():
    assert described(["a", "b"], [shown(7), SUPPRESSED]) == "a: 7; b: c."
