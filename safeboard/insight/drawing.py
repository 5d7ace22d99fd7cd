"""A trend as a small drawing: figures over time against target and baseline, told apart without colour.

Coordinates only; ``svg`` writes them down, and escapes what it writes. A figure that may not be shown stands as its
sign where its point would be.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeboard.documents.suppression import NOT_AVAILABLE

from .queries.indicators import Course

WIDE, HIGH = 420, 150
LEFT, RIGHT, TOP, BOTTOM = 40, 96, 14, 26
WHOLE = 100
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the line, or the sign in its place."""

    x: float
    y: float
    sign: str


@dataclass(frozen=True, slots=True)
class Text:
    """A word beside an axis."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Level:
    """A line across: a target or a baseline."""

    y: float
    text_y: float
    figure: int


@dataclass(frozen=True, slots=True)
class Trend:
    """All that the template draws."""

    wide: int
    high: int
    left: int
    right: float
    bottom: float
    path: str
    marks: list[Mark]
    moments: list[Text]
    scale: list[Text]
    target: Level | None
    baseline: Level | None
    last: Text | None


def trend(course: Course) -> Trend | None:
    """The drawing of a course; None where it was counted less than twice, or nothing of it is known.

    A moment at which it was not known has no mark, and the line breaks there.
    """
    points, row, known = course.points, course.indicator, course.known
    if len(course.counted) < 2:
        return None
    most = WHOLE if row.is_share else _end(max([*known, row.target or 0, course.baseline or 0, 1]))
    right, bottom = float(WIDE - RIGHT), float(HIGH - BOTTOM)
    step = (right - LEFT) / (len(points) - 1)

    def y(figure: int) -> float:
        return round(bottom - (bottom - TOP) * min(figure, most) / most, 1)

    places = [round(LEFT + step * n, 1) for n in range(len(points))]
    marks = [
        Mark(x, bottom - 8, one.count.shown) if one.count.value is None else Mark(x, y(one.count.value), "")
        for x, one in zip(places, points, strict=True)
    ]
    seen = [mark for mark, one in zip(marks, points, strict=True) if one.count.reason is not NOT_AVAILABLE]
    target = Level(y(row.target), y(row.target), row.target) if row.target is not None else None
    baseline = Level(y(course.baseline), y(course.baseline), course.baseline) if course.baseline is not None else None
    last = next((mark for mark in reversed(marks) if not mark.sign), None)
    return Trend(
        wide=WIDE,
        high=HIGH,
        left=LEFT,
        right=right,
        bottom=bottom,
        path=_path(marks),
        marks=seen,
        moments=_moments([point.label for point in points], places, bottom),
        scale=[Text(LEFT - 6, bottom + 4, "0"), Text(LEFT - 6, TOP + 4, f"{most:,}")],
        target=target,
        baseline=_apart(baseline, target),
        last=_last(last, f"{known[-1]:,}", target) if last else None,
    )


def _end(most: int) -> int:
    return next((step for step in STEPS if step >= most), most)


def _path(marks: list[Mark]) -> str:
    """A line through the points that are shown; it breaks where one is not."""
    parts, down = [], False
    for mark in marks:
        if mark.sign:
            down = False
            continue
        parts.append(f"{'L' if down else 'M'}{mark.x} {mark.y}")
        down = True
    return "".join(parts)


def _moments(labels: list[str], places: list[float], bottom: float) -> list[Text]:
    """The first and the last moment: more would not fit."""
    return [Text(places[n], bottom + 18, labels[n]) for n in (0, len(labels) - 1)]


def _last(mark: Mark, words: str, target: Level | None) -> Text:
    """The last figure: above its point, or below it where the words of the target stand there."""
    hidden = target is not None and 0 <= mark.y - target.y < 24
    return Text(mark.x, mark.y + 20 if hidden else mark.y - 11, words)


def _apart(level: Level | None, other: Level | None) -> Level | None:
    """The words of two lines that lie close together, apart."""
    if level is None or other is None or abs(level.y - other.y) >= 14:
        return level
    return Level(level.y, other.text_y + (14 if level.y >= other.y else -14), level.figure)
