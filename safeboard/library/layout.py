"""Where the boxes of a chart stand, and the points through which its arrows pass.

fast-sugiyama finds the layers and the order in them. It takes every box to be as wide as the next one, so the
places along a layer are worked out here: each box as near to those it is joined with as the others allow.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from fast_sugiyama import from_edges

from .measure import width, wrap
from .schemas import Answer, Chart, Outcome, Step

TEXT, SMALL, LABEL = 17, 14, 12  # type sizes
LINE, SMALL_LINE = 21, 18
PAD = 12
BETWEEN = 30  # between boxes of a layer
BELOW = 62  # between layers
THREAD = 26  # the room that a passing arrow takes in a layer
STUB = 46  # the room under an answer that leads back


@dataclass
class Cell:
    """One answer at the foot of a step's box; its arrow leaves from the middle of its lower edge."""

    answer: Answer
    lines: tuple[str, ...]
    width: float
    x: float = 0  # of its left edge
    back: bool = False  # leads to a step that lies before this one


@dataclass
class Box:
    """One step or outcome, with its middle at `x` and its upper edge at `y`."""

    node: Step | Outcome
    name: str
    lines: tuple[str, ...]
    width: float
    height: float
    cells: list[Cell] = field(default_factory=list)
    foot: float = 0  # height of the cells
    x: float = 0
    y: float = 0
    layer: int = 0


@dataclass
class Arrow:
    """From a cell to a box, by way of `via` (x, upper y, lower y in each layer between)."""

    source: Box
    cell: Cell
    target: Box
    via: list[tuple[float, float, float]]
    end_x: float = 0


@dataclass
class Layout:
    boxes: dict[str, Box]
    arrows: list[Arrow]
    width: float
    height: float
    cuts: list[float] = field(default_factory=list)  # between layers, where a sheet may end


def lay_out(chart: Chart, language: str | None = None) -> Layout:
    """Gives every box its place and every arrow its way. The same chart always gives the same drawing."""
    boxes = _boxes(chart, language)
    edges = _edges(chart, boxes)
    layers, chains = _layers(chart, boxes, edges)
    places = _places(layers, chains, boxes)
    return _arranged(layers, chains, places, boxes)


def names(chart: Chart) -> dict[str, str]:
    """What steps and outcomes are called on the drawing and in the outline: 1, 2, 3 and A, B, C."""
    numbers = {step.id: str(number) for number, step in enumerate(chart.steps, start=1)}
    for number, outcome in enumerate(chart.outcomes):
        letter = chr(ord("A") + number % 26)
        numbers[outcome.id] = letter if number < 26 else f"{letter}{number // 26 + 1}"
    return numbers


# --- boxes --------------------------------------------------------------------------------------------


def _boxes(chart: Chart, language: str | None) -> dict[str, Box]:
    called = names(chart)
    boxes = {step.id: _step_box(step, called[step.id], language) for step in chart.steps}
    for outcome in chart.outcomes:
        lines = wrap(_say(outcome.title, language), 200, TEXT, True)
        tall = PAD * 2 + LABEL + 8 + len(lines) * LINE + 6
        boxes[outcome.id] = Box(outcome, called[outcome.id], lines, 250, tall)
    return boxes


def _say(text, language: str | None) -> str:
    return text.say(language) if language else str(text)


def _cell(answer: Answer, language: str | None) -> Cell:
    label = _say(answer.label, language)
    for room in (64, 84, 104, 124, 144, 164):
        lines = wrap(label, room, SMALL)
        longest = max(width(word, SMALL) for word in label.split())
        if len(lines) <= 3 and longest <= room:
            break
    return Cell(answer, lines, room + 18)


def _step_box(step: Step, name: str, language: str | None) -> Box:
    cells = [_cell(answer, language) for answer in step.answers]
    wide = max(230.0, sum(cell.width for cell in cells))
    spare = (wide - sum(cell.width for cell in cells)) / max(len(cells), 1)
    for cell in cells:
        cell.width += spare
    lines = wrap(_say(step.question, language), wide - 2 * PAD, TEXT, True)
    foot = max((len(cell.lines) for cell in cells), default=0) * SMALL_LINE + 14
    head = PAD + LABEL + 8 + len(lines) * LINE + PAD - 4
    return Box(step, name, lines, wide, head + foot, cells, foot)


# --- layers -------------------------------------------------------------------------------------------

Edge = tuple[str, str]


def _edges(chart: Chart, boxes: dict[str, Box]) -> list[Edge]:
    """The edges that lead onward, each once; answers that lead back are marked and left out."""
    onward: dict[Edge, None] = {}
    state: dict[str, bool] = {}  # True while we are below it

    def visit(name: str) -> None:
        state[name] = True
        for cell in boxes[name].cells:
            target = cell.answer.next
            if target not in boxes:
                cell.back = True  # a faulty chart can still be drawn, in the editor
            elif state.get(target):
                cell.back = True
            else:
                onward[name, target] = None
                if target not in state:
                    visit(target)
        state[name] = False

    for name in (chart.start, *boxes):
        if name in boxes and name not in state:
            visit(name)
    return list(onward)


def _layers(chart: Chart, boxes: dict[str, Box], edges: list[Edge]) -> tuple[list[list], dict[Edge, list]]:
    """Layers of box ids and of threads (edge, layer) in their order, and the threads of each edge."""
    order = list(boxes)
    number = {name: place for place, name in enumerate(order)}
    if not edges:
        return [[name] for name in order], {}
    # Numbers, not names: the library orders its input by hash, and names are hashed differently each time.
    found = from_edges([(number[a], number[b]) for a, b in edges], vertex_spacing=100, dummy_vertices=False)
    place: dict[str, tuple[float, float]] = {}
    across = 0.0
    for positions, wide, _high, _ in found:
        left = min(x for _, (x, _) in positions)
        top = max(y for _, (_, y) in positions)
        place.update({order[n]: (x - left + across, top - y) for n, (x, y) in positions})
        across += wide + 200
    for name in order:
        place.setdefault(name, (across, 0.0))
    return _threaded(place, edges)


def _threaded(place: dict[str, tuple[float, float]], edges: list[Edge]) -> tuple[list[list], dict[Edge, list]]:
    heights = sorted({y for _, y in place.values()})
    level = {y: number for number, y in enumerate(heights)}
    rows: dict[int, list] = defaultdict(list)
    for name, (x, y) in place.items():
        rows[level[y]].append((x, name))
    chains: dict[Edge, list] = {}
    for a, b in edges:
        (xa, ya), (xb, yb) = place[a], place[b]
        first, last = level[ya], level[yb]
        chains[a, b] = []
        for row in range(first + 1, last):
            part = (row - first) / (last - first)
            thread = ((a, b), row)
            chains[a, b].append(thread)
            rows[row].append((xa + (xb - xa) * part, thread))
    layers = [[thing for _, thing in sorted(rows[row], key=lambda pair: pair[0])] for row in range(len(heights))]
    return _uncrossed(layers, edges, chains), chains


def _neighbours(edges: list[Edge], chains: dict[Edge, list]) -> tuple[dict, dict]:
    up, down = defaultdict(list), defaultdict(list)
    for a, b in edges:
        line = [a, *chains[a, b], b]
        for one, other in pairwise(line):
            down[one].append(other)
            up[other].append(one)
    return up, down


def _crossings(layers: list[list], down: dict) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        spot = {thing: number for number, thing in enumerate(lower)}
        ends = [(n, spot[t]) for n, thing in enumerate(upper) for t in down[thing]]
        total += sum(1 for i, (a, b) in enumerate(ends) for c, d in ends[i + 1 :] if (a - c) * (b - d) < 0)
    return total


def _uncrossed(layers: list[list], edges: list[Edge], chains: dict[Edge, list]) -> list[list]:
    """Orders boxes and passing threads together by the middle of their neighbours, as long as that helps."""
    up, down = _neighbours(edges, chains)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, down)
    for sweep in range(8):
        if not fewest:
            break
        near = up if sweep % 2 == 0 else down
        rows = range(len(layers)) if sweep % 2 == 0 else reversed(range(len(layers)))
        for row in rows:
            beside = row - 1 if sweep % 2 == 0 else row + 1
            if not 0 <= beside < len(layers):
                continue
            spot = {thing: number for number, thing in enumerate(layers[beside])}
            own = {thing: number for number, thing in enumerate(layers[row])}
            scale = len(layers[beside]) / max(len(layers[row]), 1)
            layers[row].sort(key=lambda t: sum(spot[n] for n in near[t]) / len(near[t]) if near[t] else own[t] * scale)
        crossings = _crossings(layers, down)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


# --- places -------------------------------------------------------------------------------------------


def _spaced(wanted: list[float], weights: list[float], apart: list[float]) -> list[float]:
    """The places nearest to those wanted (least squares) that keep `apart[i]` between i and i + 1.

    Pools neighbours that would overlap into blocks, as isotonic regression does.
    """
    shift = [0.0]
    for gap in apart:
        shift.append(shift[-1] + gap)
    blocks: list[list[float]] = []  # sum of weight * place, weight, count
    for want, weight, moved in zip(wanted, weights, shift, strict=True):
        blocks.append([(want - moved) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, weight_, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + weight_, blocks[-1][2] + count]
    flat = [total / weight for total, weight, count in blocks for _ in range(int(count))]
    return [place + moved for place, moved in zip(flat, shift, strict=True)]


def _places(layers: list[list], chains: dict[Edge, list], boxes: dict[str, Box]) -> dict:
    up, down = _neighbours(list(chains), chains)
    size = {t: boxes[t].width if isinstance(t, str) else THREAD for layer in layers for t in layer}
    at: dict = {}
    for layer in layers:
        x = 0.0
        for thing in layer:
            at[thing] = x + size[thing] / 2
            x += size[thing] + BETWEEN
        for thing in layer:
            at[thing] -= x / 2
    for sweep in range(12):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            near = [(up[t] if sweep % 2 == 0 else down[t]) or up[t] + down[t] for t in layer]
            wanted = [sum(at[n] for n in ns) / len(ns) if ns else at[t] for t, ns in zip(layer, near, strict=True)]
            weights = [1.0 if isinstance(t, str) else 8.0 for t in layer]
            gaps = [(size[a] + size[b]) / 2 + BETWEEN for a, b in pairwise(layer)]
            at.update(zip(layer, _spaced(wanted, weights, gaps), strict=True))
    return at


def _arranged(layers: list[list], chains: dict[Edge, list], at: dict, boxes: dict[str, Box]) -> Layout:
    left = min(at[t] - (boxes[t].width if isinstance(t, str) else THREAD) / 2 for layer in layers for t in layer)
    right = max(at[t] + (boxes[t].width if isinstance(t, str) else THREAD) / 2 for layer in layers for t in layer)
    margin = 24.0
    y = margin + 44
    bands: list[tuple[float, float]] = []
    for row, layer in enumerate(layers):
        inside = [boxes[t] for t in layer if isinstance(t, str)]
        tall = max(box.height for box in inside)
        for box in inside:
            box.x, box.y, box.layer = at[box.node.id] - left + margin, y, row
        bands.append((y, y + tall))
        y += tall + BELOW + (STUB - 20 if any(c.back for box in inside for c in box.cells) else 0)
    _order_cells(boxes, chains, at)
    arrows = _arrows(boxes, chains, at, left - margin, bands)
    # Just above a layer, so that the answers that lead back stay with their question.
    cuts = [upper - 30 for upper, _lower in bands[1:]]
    return Layout(boxes, arrows, right - left + 2 * margin, bands[-1][1] + margin + STUB, cuts)


def _order_cells(boxes: dict[str, Box], chains: dict[Edge, list], at: dict) -> None:
    """Puts the answers of a box in the order of where they lead, so that arrows do not cross at the start."""
    for name, box in boxes.items():

        def towards(cell: Cell, name: str = name, box: Box = box) -> float:
            if cell.back:
                return box.x - box.width
            chain = chains[name, cell.answer.next]
            return at[chain[0]] if chain else at[cell.answer.next]

        box.cells.sort(key=towards)
        x = box.x - box.width / 2
        for cell in box.cells:
            cell.x = x
            x += cell.width


def _arrows(
    boxes: dict[str, Box], chains: dict[Edge, list], at: dict, shift: float, bands: list[tuple[float, float]]
) -> list[Arrow]:
    arrows = []
    for name, box in boxes.items():
        for cell in box.cells:
            if cell.back:
                continue
            chain = chains[name, cell.answer.next]
            via = [(at[thread] - shift, *bands[thread[1]]) for thread in chain]
            arrows.append(Arrow(box, cell, boxes[cell.answer.next], via))
    coming: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        coming[arrow.target.node.id].append(arrow)
    for name, found in coming.items():
        found.sort(key=lambda a: a.via[-1][0] if a.via else a.cell.x + a.cell.width / 2)
        box = boxes[name]
        step = min(box.width * 0.6 / len(found), 46)
        for number, arrow in enumerate(found):
            arrow.end_x = box.x + (number - (len(found) - 1) / 2) * step
    return arrows
