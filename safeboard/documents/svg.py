"""Drawing a Vega-Lite specification as SVG that may stand in a page under a strict content policy."""

import hashlib
import json

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from .cells import CONTROLS
from .vega import Vega

MONTH = 30 * 24 * 3600
DRAWING = "3"  # raised whenever the drawing changes, so that no old picture is taken from the cache
vega = Vega()


def filling(number: int) -> str:
    """The fill of a series; `draw` puts the pattern itself into the picture."""
    return f"url(#filling-{number})"


def draw(spec: dict, *, title: str, description: str) -> SafeString:
    """A picture of a specification, from the cache where the same data were drawn before.

    `title` and `description` are what a screen reader says in its place.
    """
    whole = json.dumps([DRAWING, spec, title, description], sort_keys=True, ensure_ascii=False)
    key = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
    svg = cache.get(f"chart:{key}")
    if svg is None:
        spec, title, description = cleaned([spec, title, description])
        svg = vega.svg(spec, title=title, description=description, prefix=f"chart-{key[:10]}")
        cache.set(f"chart:{key}", svg, MONTH)
    return mark_safe(svg)  # noqa: S308  made by shapes.tidy, of allowed elements and attributes only


def cleaned(value: object) -> object:
    """Without control characters in any text: a NUL in a label ends the process that draws."""
    if isinstance(value, str):
        return CONTROLS.sub("", value)
    if isinstance(value, dict):
        return {key: cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return value


def as_png(svg: str, *, scale: float = 2.0) -> bytes:
    """A drawing as a PNG file, for programs that show no SVG; ``scale``: pixels for one of the drawing's."""
    return vega.png(svg, scale)
