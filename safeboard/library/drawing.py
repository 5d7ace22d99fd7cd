"""A chart as a picture (SVG) and as an outline in words.

The picture obeys a strict content security policy: presentation attributes only, no style, no script, no outside
file. It tells everything by shape, line and word, nothing by colour alone: steps are boxes with their answers at
the foot, outcomes are octagons (now), hexagons (today) and round-ended boxes (soon); the way that was taken is
thick, and its answers are black and numbered.
"""

from collections import defaultdict
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import marks
from .engine import Position
from .layout import LABEL, LINE, PAD, SMALL, SMALL_LINE, TEXT, Arrow, Box, Cell, lay_out, names
from .marks import FAINT, INK, PAPER
from .outline import as_list, urgency_word
from .schemas import Chart, Outcome, Text

__all__ = ["as_list", "draw", "draw_sheets", "urgency_word"]

FONT = "Inter, Arial, 'Liberation Sans', sans-serif"

TAKEN, LINE_WIDTH = 6, 1.8


def draw(
    chart: Chart, walked: Position | None = None, *, language: str | None = None, prefix: str = "chart"
) -> SafeString:
    """Gives a chart as an SVG element with a title and a description.

    `walked` marks the way taken and where it stands. `prefix` begins every id: give each drawing of a page its
    own. `language` defaults to the one in use.
    """
    if language is None:
        return _drawn(chart, walked, None, prefix)
    with override(language):
        return _drawn(chart, walked, language, prefix)


def draw_sheets(chart: Chart, *, shape: float, widest: float) -> list[SafeString]:
    """The drawing for paper, cut between its layers where one sheet would make the type too small.

    `shape` is the height of a sheet by its width; `widest` the units of the drawing that one sheet's width may
    hold and still be read. Gives one SVG a sheet, all drawn to one scale.
    """
    drawing = _Drawing(chart, None, None, "chart")
    layout = drawing.layout
    if max(layout.width, layout.height / shape) <= widest:
        return [mark_safe(drawing.svg())]  # noqa: S308
    room = max(layout.width, widest * 0.8) * shape
    edges, top = [0.0], 0.0
    for here, following in pairwise([*layout.cuts, layout.height]):
        if following - top > room:
            edges.append(here)
            top = here
    edges.append(layout.height)
    return [mark_safe(drawing.svg(upper, lower)) for upper, lower in pairwise(edges)]  # noqa: S308


def _drawn(chart: Chart, walked: Position | None, language: str | None, prefix: str) -> SafeString:
    return mark_safe(_Drawing(chart, walked, language, prefix).svg())  # noqa: S308  every text below is escaped


class _Drawing:
    def __init__(self, chart: Chart, walked: Position | None, language: str | None, prefix: str):
        self.chart, self.language, self.prefix = chart, language, prefix
        self.layout = lay_out(chart, language)
        self.order: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.here: str | None = None
        self.passed: set[str] = set()
        if walked:
            for number, passed in enumerate(walked.path, start=1):
                self.order[passed.step.id, passed.answer.id].append(number)
                self.passed.add(passed.step.id)
            node = walked.step or walked.outcome
            self.here = node.id if node else None

    def svg(self, top: float = 0, foot: float | None = None) -> str:
        wide, high = round(self.layout.width), round((foot or self.layout.height) - top)
        ids = f'aria-labelledby="{escape(self.prefix)}-title {escape(self.prefix)}-desc"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" data-start="{self.start()}" '
            f'viewBox="0 {top:.0f} {wide} {high}" '
            f'width="{wide}" height="{high}" role="img" {ids} font-family="{escape(FONT)}" fill="{INK}">',
            f'<title id="{escape(self.prefix)}-title">{escape(self.say(self.chart.title))}</title>',
            f'<desc id="{escape(self.prefix)}-desc">{escape(self.description())}</desc>',
            f'<rect x="0" y="{top:.0f}" width="{wide}" height="{high}" fill="{PAPER}"/>',
        ]
        arrows = sorted(self.layout.arrows, key=lambda arrow: bool(self.taken(arrow.source, arrow.cell)))
        parts += [self.arrow(arrow) for arrow in arrows]
        parts += [self.box(box) for box in self.layout.boxes.values()]
        return "".join([*parts, "</svg>"])

    def start(self) -> str:
        """The left and the right edge of what is read first: where the way has come to, else where the chart begins."""
        box = self.layout.boxes.get(self.here or self.chart.start)
        middle, half = (box.x, box.width / 2) if box else (self.layout.width / 2, 0)
        return f"{middle - half:.0f} {middle + half:.0f}"

    def say(self, text: Text) -> str:
        return text.say(self.language) if self.language else str(text)

    def description(self) -> str:
        counts = _("A decision chart with %(steps)d questions and %(ends)d outcomes.") % {
            "steps": len(self.chart.steps),
            "ends": len(self.chart.outcomes),
        }
        if not self.order:
            return counts
        called = names(self.chart)
        way = ", ".join(
            f"{n}. {called[step]}" for n, step in sorted((n, s) for (s, _a), ns in self.order.items() for n in ns)
        )
        return counts + " " + _("The way taken so far, by question: %(way)s.") % {"way": way}

    def taken(self, box: Box, cell: Cell) -> list[int]:
        return self.order.get((box.node.id, cell.answer.id), [])

    # --- parts ---

    def arrow(self, arrow: Arrow) -> str:
        x, y = arrow.cell.x + arrow.cell.width / 2, arrow.source.y + arrow.source.height
        thick = bool(self.taken(arrow.source, arrow.cell))
        head = 15 if thick else 11
        end_y = arrow.target.y - (3 if isinstance(arrow.target.node, Outcome) else 1)
        path = [f"M{x:.1f} {y:.1f}"]
        at = (x, y)
        for over, upper, lower in arrow.via:
            path.append(marks.bend(at, (over, upper)))
            path.append(f"L{over:.1f} {lower:.1f}")
            at = (over, lower)
        path.append(marks.bend(at, (arrow.end_x, end_y - head)))
        dash = ' stroke-dasharray="7 5"' if arrow.cell.answer.unsure and not thick else ""
        line = (
            f'<path d="{"".join(path)}" fill="none" stroke="{INK}" stroke-width="{TAKEN if thick else LINE_WIDTH}"'
            f' stroke-linejoin="round"{dash}/>'
        )
        half = head * 0.6
        return line + marks.polygon(
            [(arrow.end_x - half, end_y - head), (arrow.end_x + half, end_y - head), (arrow.end_x, end_y)]
        )

    def box(self, box: Box) -> str:
        return self.outcome(box) if isinstance(box.node, Outcome) else self.step(box)

    def step(self, box: Box) -> str:
        left, here = box.x - box.width / 2, self.here == box.node.id
        border = 5 if here else (4 if box.node.id in self.passed else 2)
        parts = []
        if box.node.id == self.chart.start:
            parts.append(self.flag(box, _("Start here"), fill=INK, ink=PAPER))
        if here:
            parts.append(self.flag(box, _("You are here"), fill=INK, ink=PAPER))
        parts.append(marks.rect(left, box.y, box.width, box.height, 0))
        heading = _("Question %(name)s") % {"name": box.name}
        parts.append(marks.line(left + PAD, box.y + PAD + LABEL - 2, heading, LABEL))
        parts.append(marks.lines(left + PAD, box.y + PAD + LABEL + 8 + TEXT - 2, box.lines, TEXT, LINE, bold=True))
        parts += [self.cell(box, cell) for cell in box.cells]
        parts.append(marks.rect(left, box.y, box.width, box.height, border, fill="none"))
        parts += [self.marks(box, cell) for cell in box.cells]
        return "".join(parts)

    def cell(self, box: Box, cell: Cell) -> str:
        top = box.y + box.height - box.foot
        numbers = self.taken(box, cell)
        fill, ink = (INK, PAPER) if numbers else (FAINT, INK)
        dash = ' stroke-dasharray="5 4"' if cell.answer.unsure and not numbers else ""
        parts = [
            f'<rect x="{cell.x:.1f}" y="{top:.1f}" width="{cell.width:.1f}" height="{box.foot:.1f}" fill="{fill}" '
            f'stroke="{INK}" stroke-width="1.4"{dash}/>'
        ]
        middle = cell.x + cell.width / 2
        first = top + (box.foot - len(cell.lines) * SMALL_LINE) / 2 + SMALL
        parts.append(marks.lines(middle, first, cell.lines, SMALL, SMALL_LINE, anchor="middle", ink=ink))
        return "".join(parts)

    def marks(self, box: Box, cell: Cell) -> str:
        """What hangs below an answer: where it leads back to, and its place in the way taken."""
        middle, words = cell.x + cell.width / 2, ", ".join(map(str, self.taken(box, cell)))
        back = self.back(box, cell, middle) if cell.back else ""
        badge = marks.badge(middle - (len(words) - 1) * 4, box.y + box.height + 8, words) if words else ""
        return back + badge

    def back(self, box: Box, cell: Cell, middle: float) -> str:
        """An answer that leads to an earlier question: a short arrow and the question's number."""
        y = box.y + box.height
        target = self.layout.boxes.get(cell.answer.next)
        words = _("back to %(name)s") % {"name": target.name} if target else "?"
        wide = 16 + len(words) * 7
        thick = TAKEN if self.taken(box, cell) else LINE_WIDTH
        line = f'<path d="M{middle:.1f} {y:.1f}v22" fill="none" stroke="{INK}" stroke-width="{thick}"/>'
        pill = (
            f'<rect x="{middle - wide / 2:.1f}" y="{y + 22:.1f}" width="{wide}" height="22" rx="11" fill="{PAPER}" '
            f'stroke="{INK}" stroke-width="{LINE_WIDTH}"/>'
        )
        return line + pill + marks.line(middle, y + 37, words, LABEL, anchor="middle")

    def flag(self, box: Box, words: str, *, fill: str, ink: str) -> str:
        wide = 24 + len(words) * 8
        left = box.x - box.width / 2 if words != _("You are here") or box.node.id != self.chart.start else box.x
        return f'<rect x="{left:.1f}" y="{box.y - 28:.1f}" width="{wide}" height="28" fill="{fill}"/>' + marks.line(
            left + wide / 2, box.y - 9, words, SMALL, anchor="middle", bold=True, ink=ink
        )

    def outcome(self, box: Box) -> str:
        node = box.node
        assert isinstance(node, Outcome)
        border = 6 if self.here == node.id else 2.5
        parts = [marks.outline(box, node.urgency, border)]
        heading = _("Outcome %(name)s") % {"name": box.name} + " \u00b7 " + urgency_word(node.urgency)
        y = box.y + PAD + LABEL + 1
        parts.append(marks.line(box.x, y, heading, LABEL, anchor="middle"))
        parts.append(marks.lines(box.x, y + 8 + TEXT, box.lines, TEXT, LINE, bold=True, anchor="middle"))
        if self.here == node.id:
            parts.append(marks.badge(box.x - box.width / 2 + 10, box.y - 2, "\u2713"))
        return "".join(parts)
