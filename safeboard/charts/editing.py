"""Changes of a chart as plain functions: a chart goes in, a changed one comes out, and nothing else happens.

A chart that comes out always has the shape of one; whether it makes sense yet is asked of ``engine.check``. A part of
a step or an outcome (an answer, a duty, a line) is named by its kind and by its id, or by its place, from 1, where it
has no id. Raises Refused for what cannot be done, and Missing where the step or part is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from safeboard.library.schemas import DEFAULT_LANGUAGE, UNPRINTABLE, Answer, Chart, Duty, Outcome, Step, Text

from .errors import Refused

Node = Step | Outcome
Edit = Callable[[Chart], Chart]

MOST_NODES = 60  # of steps, and of outcomes: more is not read on a wall
MOST_PARTS = 20
KINDS = {Step: ("answers", "do", "dont", "duties"), Outcome: ("do", "dont", "contacts", "duties")}
NAMED = ("answers", "duties")  # kinds whose parts have ids


class Missing(Refused):
    """The step, outcome or part is not (or no longer) in the chart."""

    def __init__(self) -> None:
        super().__init__(_("That is no longer in the chart. Nothing was changed."))


# --- words --------------------------------------------------------------------------------------------


def visible(words: str) -> str:
    """The words without the marks that a chart may not hold (schemas.UNPRINTABLE)."""
    return UNPRINTABLE.sub("", words).strip()


def said(before: Text | None, words: str) -> Text | None:
    """The text after somebody wrote ``words`` in English: the same where nothing changed, None where it is empty.

    Words in other languages are dropped with a change, for they would no longer say the same.
    """
    words = visible(words)
    if before and before.say(DEFAULT_LANGUAGE) == words:
        return before
    return Text({DEFAULT_LANGUAGE: words}) if words else None


# --- the chart, its steps and outcomes ------------------------------------------------------------------


def changed(chart: Chart, **fields: Any) -> Chart:
    """The chart with other values in these fields, its shape checked anew."""
    return Chart(**{name: fields.get(name, getattr(chart, name)) for name in Chart.model_fields})


def nodes(chart: Chart) -> dict[str, Node]:
    """Steps, then outcomes, by id."""
    listed: list[Node] = [*chart.steps, *chart.outcomes]
    return {node.id: node for node in listed}


def node_of(chart: Chart, name: str) -> Node:
    """One step or outcome. Raises Missing."""
    try:
        return nodes(chart)[name]
    except KeyError:
        raise Missing from None


def put_node(chart: Chart, node: Node) -> Chart:
    """The chart with this step or outcome in the place of the one with its id, or at the end where there is none."""
    field = "steps" if isinstance(node, Step) else "outcomes"
    there = list(getattr(chart, field))
    places = [place for place, one in enumerate(there) if one.id == node.id]
    if places:
        there[places[0]] = node
    elif len(there) >= MOST_NODES:
        raise Refused(_("A chart holds %(most)d of these at the most.") % {"most": MOST_NODES})
    else:
        there.append(node)
    return changed(chart, **{field: tuple(there)})


def remove_node(chart: Chart, name: str) -> Chart:
    """The chart without a step or outcome. Where it was the start, the first step left is the start.

    Answers that led to it stay, and lead nowhere until somebody says where else: that is a fault, and shows.
    """
    node = node_of(chart, name)
    field = "steps" if isinstance(node, Step) else "outcomes"
    left = tuple(one for one in getattr(chart, field) if one.id != name)
    if not left:
        raise Refused(_("A chart has at least one question and one outcome. This one cannot be taken out."))
    start = left[0].id if name == chart.start else chart.start
    return changed(chart, start=start, **{field: left})


def move_node(chart: Chart, name: str, by: int) -> Chart:
    """The chart with a step or outcome so many places further down its list (up where ``by`` is negative)."""
    field = "steps" if isinstance(node_of(chart, name), Step) else "outcomes"
    there = list(getattr(chart, field))
    place = next(place for place, one in enumerate(there) if one.id == name)
    return changed(chart, **{field: _moved(there, place, by)})


def _moved(there: list[Any], place: int, by: int) -> tuple[Any, ...]:
    target = min(max(place + by, 0), len(there) - 1)
    there.insert(target, there.pop(place))
    return tuple(there)


# --- parts of a step or outcome -------------------------------------------------------------------------


def parts_of(node: Node, kind: str) -> list[tuple[str, Any]]:
    """The parts of one kind, each with its name. Raises Missing where such a step or outcome has no such parts."""
    if kind not in KINDS[type(node)]:
        raise Missing
    there = getattr(node, kind)
    return [(part.id if kind in NAMED else str(place), part) for place, part in enumerate(there, start=1)]


def part_of(chart: Chart, name: str, kind: str, part: str) -> Any:
    """One part of a step or outcome. Raises Missing."""
    found = dict(parts_of(node_of(chart, name), kind))
    if part not in found:
        raise Missing
    return found[part]


def put_part(chart: Chart, name: str, kind: str, part: str, value: Any) -> Chart:
    """The chart with ``value`` in the place of a part; ``part`` '' adds it.

    A duty that stands in several steps under one id is one duty: it changes wherever it stood in the same words, for on
    one path it cannot say two things (see ``engine.check``).
    """
    node = node_of(chart, name)
    found = parts_of(node, kind)
    if part:
        before = part_of(chart, name, kind, part)
        chart = _replaced(chart, node, kind, [value if one == part else there for one, there in found])
        return _everywhere(chart, before, value) if kind == "duties" else chart
    if len(found) >= MOST_PARTS:
        raise Refused(_("There are %(most)d of these already: more than anybody reads.") % {"most": MOST_PARTS})
    return _replaced(chart, node, kind, [*(there for _name, there in found), value])


def _everywhere(chart: Chart, before: Duty, value: Duty) -> Chart:
    for node in nodes(chart).values():
        if before in node.duties:
            chart = _replaced(chart, node, "duties", [value if one == before else one for one in node.duties])
    return chart


def remove_part(chart: Chart, name: str, kind: str, part: str) -> Chart:
    """The chart without that part of that step or outcome."""
    part_of(chart, name, kind, part)
    node = node_of(chart, name)
    return _replaced(chart, node, kind, [there for one, there in parts_of(node, kind) if one != part])


def move_part(chart: Chart, name: str, kind: str, part: str, by: int) -> Chart:
    """The chart with a part so many places further down its list (up where ``by`` is negative)."""
    part_of(chart, name, kind, part)
    node = node_of(chart, name)
    found = parts_of(node, kind)
    place = [one for one, _there in found].index(part)
    return _replaced(chart, node, kind, _moved([there for _name, there in found], place, by))


def _replaced(chart: Chart, node: Node, kind: str, parts: Iterable[Any]) -> Chart:
    return put_node(chart, with_fields(node, **{kind: tuple(parts)}))


def with_fields(node: Any, **fields: Any) -> Any:
    """A step, outcome or part with other values in these fields, its shape checked anew."""
    return type(node)(**{name: fields.get(name, getattr(node, name)) for name in type(node).model_fields})


# --- new ids ----------------------------------------------------------------------------------------------


def new_id(words: str, taken: Iterable[str]) -> str:
    """An id made of words that none of those taken has."""
    begin = re.sub(r"-+", "-", slugify(words).replace("_", "-")).strip("-")[:40].strip("-") or "new"
    there, number, name = set(taken), 1, begin
    while name in there:
        number += 1
        name = f"{begin}-{number}"
    return name


def node_ids(chart: Chart) -> set[str]:
    """All ids of steps and outcomes, and those that answers lead to: a new step never inherits an old answer."""
    return {*nodes(chart), *(answer.next for step in chart.steps for answer in step.answers)}


def duty_ids(chart: Chart) -> set[str]:
    """All ids of duties in the chart."""
    return {duty.id for node in nodes(chart).values() for duty in node.duties}


def answer_ids(step: Step) -> set[str]:
    """The ids of a step's answers."""
    return {answer.id for answer in step.answers}


def leads_to(chart: Chart, name: str) -> list[tuple[Step, Answer]]:
    """The answers that lead to a step or outcome."""
    return [(step, answer) for step in chart.steps for answer in step.answers if answer.next == name]
