"""What is kept of a drawing, so that it may stand in a page under a strict content policy: shapes, words, no more.

It runs in the process that draws (:mod:`vega`), and so imports nothing of Django's.
"""

import xml.etree.ElementTree as ET

from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "line", "rect", "text", "tspan", "circle", "clipPath", "defs"}
ATTRIBUTES = {
    "clip-path", "clip-rule", "cx", "cy", "d", "dx", "dy", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
    "font-family", "font-size", "font-style", "font-weight", "height", "id", "opacity", "r", "rx", "ry", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1",
    "y2",
}  # fmt: skip
# Fillings that can be told apart without colour, by number: a ground, and lines or dots on it.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("#12436d", ""),
    ("#ffffff", '<path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4" stroke="#12436d" stroke-width="2"/>'),
    ("#28a197", '<circle cx="4" cy="4" r="1.8" fill="#0b0c0c"/>'),
    ("#f3f2f1", '<path d="M0,4h8" stroke="#0b0c0c" stroke-width="1.5"/>'),
    ("#f46a25", '<path d="M-2,6l4,4M0,0l8,8M6,-2l4,4" stroke="#0b0c0c" stroke-width="1.5"/>'),
    ("#ffffff", '<path d="M0,4h8M4,0v8" stroke="#801650" stroke-width="1.5"/>'),
)


def tidy(svg: str, *, title: str, description: str, prefix: str) -> str:
    """Keep shapes, words and presentation attributes; drop all else; name the picture."""
    old = fromstring(svg, forbid_dtd=True)
    new = keep(old, prefix)
    if new is None:
        raise ValueError("The drawing is no SVG.")
    new.set("role", "img")
    new.set("class", "app-picture__svg")
    new.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        said = ET.Element(name, id=f"{prefix}-{name}")
        said.text = words
        new.insert(place, said)
    body = ET.tostring(new, encoding="unicode", short_empty_elements=False)
    return body.replace("<svg", f'<svg xmlns="{SVG}"', 1).replace("</desc>", f"</desc>{patterns(body, prefix)}", 1)


def patterns(body: str, prefix: str) -> str:
    """The patterns that a picture uses."""
    used = [n for n in range(len(PATTERNS)) if f"#{prefix}-filling-{n})" in body]
    made = (
        f'<pattern id="{prefix}-filling-{n}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{PATTERNS[n][0]}"/>{PATTERNS[n][1]}</pattern>'
        for n in used
    )
    return f"<defs>{''.join(made)}</defs>"


def keep(old: ET.Element, prefix: str) -> ET.Element | None:
    space, _, name = old.tag.rpartition("}")
    if name not in ELEMENTS or space not in ("", "{" + SVG):
        return None
    if (name == "path" and not old.get("d")) or old.get("display") == "none":
        return None
    attributes = {}
    for key, value in old.items():
        if key not in ATTRIBUTES:
            continue
        if key == "id":
            value = f"{prefix}-{value}"
        if "url(" in value:
            if not value.startswith("url(#"):
                continue
            value = value.replace("url(#", f"url(#{prefix}-")
        attributes[key] = value
    new = ET.Element(name, attributes)
    new.text = old.text
    for child in old:
        kept = keep(child, prefix)
        if kept is not None:
            kept.tail = child.tail
            new.append(kept)
    if name == "g" and not len(new):
        return None
    return new
