"""Pictures of a round: how the scores of groups of agencies lie, as dots on a line with the middle half marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from safeboard.documents.charts import Picture
from safeboard.documents.sheets import Column, Table
from safeboard.documents.svg import draw

from .queries.answers import FEWEST, Spread

INK, BAND, DOT = "#0b0c0c", "#d6e4f0", "#12436d"
STEP, WIDTH = 44, 520


def strip(question: str, groups: Sequence[tuple[str, Spread]], source: str) -> Picture:
    """The spread of each group. Of a group of fewer than five nothing is drawn, and the table says so."""
    shown = [(name, one) for name, one in groups if one.shown]
    table = Table(
        title=question,
        columns=[
            Column("name", _("Group")),
            Column("count", _("Agencies"), "number"),
            Column("low", _("A quarter score at most"), "number"),
            Column("median", _("Half score at most"), "number"),
            Column("high", _("Three quarters score at most"), "number"),
        ],
        rows=[_row(name, one) for name, one in groups],
        note=_("Of a hundred. Groups of fewer than %(few)s agencies are not compared.") % {"few": FEWEST},
        source=source,
    )
    return Picture(question, _answer(shown), _drawn(question, shown) if shown else "", table)


def _row(name: str, one: Spread) -> dict[str, Any]:
    if not one.shown:
        return {"name": name, "count": one.count, "low": "–", "median": "–", "high": "–"}
    figures = {key: round(getattr(one, key) or 0) for key in ("low", "median", "high")}
    return {"name": name, "count": one.count, **figures}


def _answer(shown: Sequence[tuple[str, Spread]]) -> str:
    if not shown:
        return _("No group has five agencies yet that sent their return.")
    name, lowest = min(shown, key=lambda pair: pair[1].median or 0)
    said = {"name": name, "low": round(lowest.low or 0), "high": round(lowest.high or 0)}
    if len(shown) == 1:
        return _("The middle half of %(name)s scores between %(low)s and %(high)s of a hundred.") % said
    return _("%(name)s has the lowest middle; its middle half scores between %(low)s and %(high)s of a hundred.") % said


def _drawn(question: str, shown: Sequence[tuple[str, Spread]]) -> Any:
    names = [name for name, _one in shown]
    bands = [{"name": name, "low": one.low, "median": one.median, "high": one.high} for name, one in shown]
    dots = [{"name": name, "score": score} for name, one in shown for score in one.scores]
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "title": _("Score of a hundred")}
    y = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 220}}
    low = {"data": {"values": bands}, "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}}}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": {"step": STEP},
        "config": {"font": "Inter, arial, sans-serif", "axis": {"labelFontSize": 14, "titleFontSize": 14}},
        "layer": [
            {**low, "mark": {"type": "bar", "color": BAND, "stroke": INK, "size": 26}},
            {
                "data": {"values": bands},
                "mark": {"type": "tick", "color": INK, "thickness": 3, "size": 30},
                "encoding": {"y": y, "x": {"field": "median", **x}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "color": DOT, "size": 40, "opacity": 0.8},
                "encoding": {"y": y, "x": {"field": "score", **x}},
            },
        ],
    }
    description = "; ".join(
        _("%(name)s: middle half from %(low)s to %(high)s, middle %(median)s")
        % {"name": name, "low": round(one.low or 0), "high": round(one.high or 0), "median": round(one.median or 0)}
        for name, one in shown
    )
    return draw(spec, title=question, description=description)
