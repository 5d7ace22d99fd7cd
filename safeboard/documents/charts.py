"""Charts of counts, drawn on the server, that can be read without seeing colour and without seeing at all.

A figure that may not be shown stands in the chart as its sign (`c`, `z` or `:`) where its bar or point would be,
never as nought. The scale is made from shown figures only.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .cells import CONTROLS
from .shapes import PATTERNS
from .sheets import Column, Table
from .suppression import Count, Percentage
from .svg import draw, filling

INK, GRID = "#0b0c0c", "#b1b4b6"
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
DASHES = ([1, 0], [8, 4], [2, 3], [12, 3, 2, 3], [5, 2], [1, 5])
LINES = ("#12436d", "#801650", "#0b0c0c", "#28a197", "#a8480f", "#3d3d3d")
MOST_SERIES = len(PATTERNS)
WIDTH, HEIGHT, STEP = 560, 280, 34
# Ground and ink of a heat map, from nothing to most; the letter in each cell says the same.
HEAT = (("#ffffff", INK), ("#d6e4f0", INK), ("#9dbfdc", INK), ("#3f7cac", "#ffffff"), ("#12436d", "#ffffff"))


@dataclass(frozen=True)
class Picture:
    """A question as its title, its answer in a sentence, the chart, and the figures as a table."""

    question: str
    answer: str
    svg: str  # markup made by documents.svg; "" where there is nothing to draw
    table: Table

    def rows(self) -> list[list[tuple[Column, str]]]:
        """The table's cells as text, for a paper."""
        return [
            [(c, words(c, value)) for c, value in zip(self.table.columns, row, strict=True)]
            for row in self.table.cells()
        ]

    def body(self) -> SafeString:
        """The rows of the table for the page, written at once: towns have sixty, and a page has several tables."""
        return SafeString("\n".join(_row(cells) for cells in self.rows()))


def _row(cells: Iterable[tuple[Column, str]]) -> str:
    (_column, head), *rest = cells
    inside = "".join(f'<td class="govuk-table__cell{_side(column)}">{escape(text)}</td>' for column, text in rest)
    first = f'<th scope="row" class="govuk-table__header">{escape(head)}</th>'
    return f'<tr class="govuk-table__row">{first}{inside}</tr>'


def _side(column: Column) -> str:
    return " govuk-table__cell--numeric" if column.kind in ("number", "percent") else ""


@dataclass(frozen=True)
class HeatCell:
    """A cell of a heat map: a letter or short sign, and how strong its ground is, 0 to 4."""

    sign: str
    level: int = 0


def words(column: Column, value: object) -> str:
    """A value as it stands in a page."""
    if value is None:
        return ""
    if isinstance(value, Count | Percentage):
        return value.shown
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if column.kind == "percent":
        return f"{value:.{column.places}f}%"
    if column.kind == "number" and not isinstance(value, str):
        return f"{value:,}"
    return str(value)


def label(text: str, width: int, lines: int = 3) -> str:
    """A label cut into lines. `labelExpr` breaks it at the line ends."""
    return "\n".join(textwrap.wrap(CONTROLS.sub("", str(text)), width, max_lines=lines, placeholder="…")) or " "


# Ends of a scale, with the step between its lines.
ENDS = ((4, 1), (5, 1), (6, 2), (8, 2), (10, 2), (12, 3), (15, 3), (20, 5), (25, 5), (30, 10), (40, 10))


def scale_to(most: int) -> dict:
    """Scale and axis from nought to a round number that is `most` or more, with a line at the end."""
    power = 1
    while True:
        for end, step in ENDS:
            if most <= end * power:
                lines = list(range(0, end * power + 1, step * power))
                return {"scale": {"domain": [0, end * power]}, "axis": {"values": lines}}
        power *= 10


def amounts(most: int, unit: str) -> dict:
    """The encoding of the figures."""
    scale = scale_to(most)
    axis_ = {**scale["axis"], "title": label(unit, 60, 1) if unit else None, "format": ",d", "domain": False}
    return {"field": "n", "type": "quantitative", "scale": scale["scale"], "axis": axis_}


def names(texts: Sequence[str], width: int, lines: int = 3) -> list[str]:
    """Labels, told apart where cutting made two the same (Vega would draw them as one)."""
    out: list[str] = []
    for text in texts:
        one, n = label(text, width, lines), 1
        while one in out:
            n += 1
            one = f"{label(text, width, lines)} ({n})"
        out.append(one)
    return out


def axis(**more: object) -> dict:
    return {"title": None, "labelExpr": "split(datum.label, '\\n')", "labelAngle": 0, "labelLimit": 320, **more}


def spec(layers: list[dict], *, width: object = WIDTH, height: object = HEIGHT) -> dict:
    """What all charts share."""
    font = {"labelFontSize": 14, "titleFontSize": 14, "labelColor": INK, "titleColor": INK}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": {"left": 28, "right": 28, "top": 5, "bottom": 5},  # the page's letters are wider than Vega reckons
        "layer": layers,
        "config": {
            "font": "Inter Variable, Inter, Arial, sans-serif",
            "view": {"stroke": None},
            "axis": {**font, "gridColor": GRID, "domainColor": INK, "tickColor": INK, "titleFontWeight": "normal"},
            "legend": {**font, "orient": "top", "title": None, "symbolSize": 220, "labelLimit": 400, "columns": 3},
            "text": {"fontSize": 14, "fill": INK},
        },
    }


def check(categories: Sequence[str], series: Mapping[str, Sequence[Count]]) -> None:
    if not categories or not series:
        raise ValueError("A chart needs something to draw.")
    if len(series) > MOST_SERIES:
        raise ValueError(f"A chart tells at most {MOST_SERIES} series apart: put the smallest together.")
    if any(len(counts) != len(categories) for counts in series.values()):
        raise ValueError("Every series needs a figure, or the sign of a missing one, for each category.")


def bar_chart(
    categories: Sequence[str],
    counts: Sequence[Count],
    *,
    title: str,
    description: str,
    unit: str = "",
    across: bool = False,
    width: int = WIDTH,
) -> SafeString:
    """Bars with their figure at the end; `across` for long names. `unit` stands at the axis. `width`: of the bars."""
    check(categories, {"": counts})
    keys = names(categories, 44 if across else 14, lines=1 if across else 3)
    rows = [
        {"k": k, "n": c.value or 0, "t": c.shown, "missing": c.value is None} for k, c in zip(keys, counts, strict=True)
    ]
    place = {"field": "k", "type": "nominal", "sort": None, "axis": axis(ticks=False), "scale": {"domain": keys}}
    size = amounts(max(c.value or 0 for c in counts), unit)
    x, y = ("y", "x") if across else ("x", "y")
    out = {"align": "left", "dx": 5} if across else {"baseline": "bottom", "dy": -4}
    layers = [
        {"data": {"values": rows}, "mark": {"type": "bar", "fill": filling(0), "stroke": INK},
         "transform": [{"filter": "!datum.missing"}], "encoding": {x: place, y: size}},
        {"data": {"values": rows}, "mark": {"type": "text", **out}, "transform": [{"filter": "!datum.missing"}],
         "encoding": {x: place, y: size, "text": {"field": "t"}}},
        *signs(rows, x, y, place, size, out),
    ]  # fmt: skip
    height = {"step": STEP} if across else HEIGHT
    return draw(spec(layers, width=width, height=height), title=title, description=description)


def signs(rows: list[dict], x: str, y: str, place: dict, size: dict, out: dict) -> list[dict]:
    """Signs of missing figures: the letter in a dotted box at the foot of where the bar would be."""
    at = {**size, "field": "n"}
    boxed = {"type": "point", "shape": "square", "size": 420, "filled": False, "stroke": INK, "strokeDash": [2, 2]}
    shift = {"xOffset": 16} if x == "y" else {"yOffset": -15}
    common = {"data": {"values": rows}, "transform": [{"filter": "datum.missing"}]}
    text = {"type": "text", "align": "center", "baseline": "middle", "fontWeight": "bold", **shift}
    return [
        {**common, "mark": {**boxed, **shift}, "encoding": {x: place, y: at}},
        {**common, "mark": text, "encoding": {x: place, y: at, "text": {"field": "t"}}},
    ]


def stacked_chart(
    categories: Sequence[str],
    series: Mapping[str, Sequence[Count]],
    *,
    title: str,
    description: str,
    unit: str = "",
) -> SafeString:
    """Bars made of parts, each with its own pattern. '+ c' above a bar: a part of it is not shown."""
    check(categories, series)
    keys = names(categories, max(8, min(14, 70 // len(categories))))
    kinds = names(list(series), 60)
    rows, tops = [], []
    for i, k in enumerate(keys):
        counts = [column[i] for column in series.values()]
        missing = sorted({c.shown for c in counts if c.value is None})
        whole = sum(c.value or 0 for c in counts)
        rows += [
            {"k": k, "s": s, "n": c.value, "o": o, "t": c.shown}
            for o, (s, c) in enumerate(zip(kinds, counts, strict=True))
            if c.value
        ]
        text = " ".join(f"+ {sign}" for sign in missing) if whole else " ".join(missing)
        tops.append({"k": k, "n": whole, "t": text})
    place = {"field": "k", "type": "nominal", "sort": None, "axis": axis(ticks=False), "scale": {"domain": keys}}
    size = amounts(max(top["n"] for top in tops), unit)
    fill = {"field": "s", "type": "nominal", "sort": None,
            "scale": {"domain": kinds, "range": [filling(n) for n in range(len(kinds))]},
            "legend": {"symbolType": "square", "symbolStrokeColor": INK, "columnPadding": 40,
                       "columns": 2 if max(map(len, kinds)) > 22 else 3}}  # fmt: skip
    order = {"field": "o", "type": "quantitative"}
    layers = [
        {"data": {"values": rows}, "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1.5},
         "encoding": {"x": place, "y": {**size, "stack": "zero"}, "fill": fill, "order": order}},
        {"data": {"values": tops}, "mark": {"type": "text", "baseline": "bottom", "dy": -5, "fontWeight": "bold"},
         "encoding": {"x": place, "y": size, "text": {"field": "t"}}},
    ]  # fmt: skip
    return draw(spec(layers), title=title, description=description)


def line_chart(
    categories: Sequence[str],
    series: Mapping[str, Sequence[Count]],
    *,
    title: str,
    description: str,
    unit: str = "",
) -> SafeString:
    """Lines told apart by dash and by the shape of their points. A missing figure breaks its line.

    The signs of missing figures stand above the lines, each behind the shape of its own.
    """
    check(categories, series)
    keys = names(categories, 14)
    kinds = names(list(series), 60)
    rows = [
        {"k": k, "i": i, "s": s, "n": c.value, "t": c.shown}
        for s, counts in zip(kinds, series.values(), strict=True)
        for i, (k, c) in enumerate(zip(keys, counts, strict=True))
    ]
    scale = {"domain": keys}
    place = {"field": "k", "type": "ordinal", "sort": None, "axis": axis(), "scale": scale}
    size = amounts(max(row["n"] or 0 for row in rows), unit)
    kind = {"field": "s", "type": "nominal", "sort": None}
    lost = sum(any(c.value is None for c in counts) for counts in series.values())
    legend = {"symbolFillColor": "#ffffff", "symbolStrokeWidth": 2, "symbolSize": 100, "offset": 18 + 20 * lost}
    shape = {**kind, "scale": {"domain": kinds, "range": list(SHAPES[: len(kinds)])}, "legend": legend}
    stroke = {**kind, "scale": {"domain": kinds, "range": list(LINES[: len(kinds)])}, "legend": legend}
    dash = {**kind, "scale": {"domain": kinds, "range": list(DASHES[: len(kinds)])}, "legend": None}
    point = {"type": "point", "size": 70, "fill": "#ffffff", "strokeWidth": 2, "opacity": 1}
    data = {"values": rows}
    shown_only = [{"filter": "isValid(datum.n)"}]
    layers = [
        {"data": data, "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-path-domains"},
         "encoding": {"x": place, "y": size, "stroke": stroke, "strokeDash": dash}},
        {"data": data, "transform": shown_only, "mark": point,
         "encoding": {"x": place, "y": size, "shape": shape, "stroke": stroke}},
        *line_signs(rows, kinds, place, shape, stroke),
    ]  # fmt: skip
    return draw(spec(layers), title=title, description=description)


def line_signs(rows: list[dict], kinds: list[str], place: dict, shape: dict, stroke: dict) -> list[dict]:
    layers = []
    missing = [kind for kind in kinds if any(row["s"] == kind and row["n"] is None for row in rows)]
    for number, kind in enumerate(reversed(missing)):
        data = {"values": [row for row in rows if row["s"] == kind and row["n"] is None]}
        y = {"value": -12 - 20 * number}
        point = {"type": "point", "size": 60, "fill": "#ffffff", "strokeWidth": 2, "opacity": 1, "xOffset": -8}
        text = {"type": "text", "align": "left", "baseline": "middle", "dx": 3, "fontWeight": "bold"}
        layers += [
            {"data": data, "mark": point, "encoding": {"x": place, "y": y, "shape": shape, "stroke": stroke}},
            {"data": data, "mark": text, "encoding": {"x": place, "y": y, "text": {"field": "t"}}},
        ]
    return layers


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[HeatCell | Count]],
    *,
    title: str,
    description: str,
) -> SafeString:
    """A grid whose cells say by letter or figure what their ground says by depth.

    Counts are grounded by their share of the largest shown. A missing figure has a plain ground and its sign.
    """
    if not rows or not columns or any(len(row) != len(columns) for row in cells) or len(cells) != len(rows):
        raise ValueError("A heat map needs a cell for every row and column.")
    flat = [c for row in cells for c in row]
    most = max([c.value or 0 for c in flat if isinstance(c, Count)], default=0)
    down, along = names(rows, 44, lines=1), names(columns, 12)
    tall = max(name.count("\n") for name in along) + 1
    along = ["\n" * (tall - 1 - name.count("\n")) + name for name in along]  # so that they end on one line
    values = []
    for name, row in zip(down, cells, strict=True):
        for column, cell in zip(along, row, strict=True):
            level = cell.level if isinstance(cell, HeatCell) else -(-4 * (cell.value or 0) // most) if most else 0
            sign = cell.sign if isinstance(cell, HeatCell) else cell.shown
            ground, ink = HEAT[max(0, min(4, level))]
            values.append({"r": name, "c": column, "t": sign, "ground": ground, "ink": ink})
    bare = {"ticks": False, "domain": False, "labelPadding": 5 + 16 * (tall - 1)}
    x = {"field": "c", "type": "nominal", "sort": None, "axis": axis(orient="top", **bare)}
    y = {"field": "r", "type": "nominal", "sort": None, "axis": axis(ticks=False, domain=False)}
    x["scale"], y["scale"] = {"domain": along}, {"domain": down}
    data = {"values": values}
    layers = [
        {"data": data, "mark": {"type": "rect", "stroke": INK, "strokeWidth": 1},
         "encoding": {"x": x, "y": y, "fill": {"field": "ground", "type": "nominal", "scale": None}}},
        {"data": data, "mark": {"type": "text", "fontWeight": "bold"},
         "encoding": {"x": x, "y": y, "text": {"field": "t"},
                      "fill": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    return draw(spec(layers, width={"step": 84}, height={"step": STEP}), title=title, description=description)


def described(categories: Sequence[str], counts: Sequence[Count]) -> str:
    """A plain description of a series, for `description`."""
    parts = [f"{name}: {count.shown}" for name, count in zip(categories, counts, strict=True)]
    return _("%(figures)s.") % {"figures": "; ".join(parts)}
