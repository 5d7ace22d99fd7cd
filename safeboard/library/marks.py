"""The marks of a drawing as SVG: lines of words, boxes, outlines of outcomes, badges, bends."""

from django.utils.html import escape

from .layout import SMALL, Box
from .schemas import Urgency

INK, PAPER, FAINT = "#0b0c0c", "#ffffff", "#f3f2f1"


def bend(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    if abs(x1 - x2) < 1:
        return f"L{x2:.1f} {y2:.1f}"
    pull = max((y2 - y1) * 0.5, 18)
    return f"C{x1:.1f} {y1 + pull:.1f} {x2:.1f} {y2 - pull:.1f} {x2:.1f} {y2:.1f}"


def polygon(points: list[tuple[float, float]], extra: str = "") -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}"{extra}/>'


def rect(x: float, y: float, width: float, height: float, border: float, round_: float = 0, fill: str = PAPER) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{round_:.1f}" fill="{fill}" '
        f'stroke="{INK}" stroke-width="{border}"/>'
    )


def outline(box: Box, urgency: Urgency, border: float) -> str:
    left, right = box.x - box.width / 2, box.x + box.width / 2
    top, foot, middle = box.y, box.y + box.height, box.y + box.height / 2
    if urgency is Urgency.SOON:
        return rect(left, top, box.width, box.height, border, box.height / 2)
    extra = f' fill="{PAPER}" stroke="{INK}" stroke-width="{border}" stroke-linejoin="round"'
    if urgency is Urgency.TODAY:
        points = [
            (left + 22, top),
            (right - 22, top),
            (right, middle),
            (right - 22, foot),
            (left + 22, foot),
            (left, middle),
        ]
        return polygon(points, extra)
    cut = 18

    def octagon(inset: float) -> list[tuple[float, float]]:
        a, b, c, d = left + inset, right - inset, top + inset, foot - inset
        e = cut - inset * 0.41
        return [(a + e, c), (b - e, c), (b, c + e), (b, d - e), (b - e, d), (a + e, d), (a, d - e), (a, c + e)]

    return polygon(octagon(0), extra) + polygon(octagon(5), f' fill="none" stroke="{INK}" stroke-width="1.2"')


def badge(x: float, y: float, words: str) -> str:
    wide = 26 + max(len(words) - 1, 0) * 8
    return (
        f'<rect x="{x - 13:.1f}" y="{y - 13:.1f}" width="{wide}" height="26" rx="13" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="3"/>' + line(x - 13 + wide / 2, y + 5, words, SMALL, anchor="middle", bold=True)
    )


def line(
    x: float, y: float, words: str, size: int, *, anchor: str = "start", bold: bool = False, ink: str = INK
) -> str:
    return lines(x, y, (words,), size, 0, anchor=anchor, bold=bold, ink=ink)


def lines(
    x: float,
    y: float,
    lines: tuple[str, ...],
    size: int,
    leading: int,
    *,
    anchor: str = "start",
    bold: bool = False,
    ink: str = INK,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + number * leading:.1f}">{escape(words)}</tspan>'
        for number, words in enumerate(lines)
    )
    return f'<text font-size="{size}" text-anchor="{anchor}" fill="{ink}"{weight}>{spans}</text>'
