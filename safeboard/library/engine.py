"""Charts: whether one makes sense, where a passage through it stands, and which ways lead through it.

Pure functions over `schemas.Chart`: no database, no settings, no expression language. An answer selects the
next step; that is all a chart can say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from .schemas import Answer, Chart, Duty, DutyKind, Outcome, Step

MOST_PATHS = 20_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a chart, and the step or outcome at which it is wrong.

    ``code`` and ``about`` (the id of an answer or a duty, or of another step) are for whoever words it anew.
    """

    step: str
    message: str
    code: str = ""
    about: str = ""


@dataclass(frozen=True)
class Passed:
    """One step that was passed and the answer given there."""

    step: Step
    answer: Answer


@dataclass(frozen=True)
class Raised:
    """A duty and the step or outcome that raised it."""

    duty: Duty
    at: str


@dataclass(frozen=True)
class Position:
    """Where a walk stands: at a step to be answered, or at an outcome."""

    step: Step | None
    outcome: Outcome | None
    path: tuple[Passed, ...]
    duties: tuple[Raised, ...]
    concern: str | None

    @property
    def finished(self) -> bool:
        return self.outcome is not None


class WalkError(ValueError):
    """The answers do not fit the chart. `step` is where they part from it."""

    def __init__(self, step: str, message: str):
        super().__init__(f"{step}: {message}")
        self.step = step
        self.message = message


# --- does it make sense? ------------------------------------------------------------------------------


def check(chart: Chart) -> list[Fault]:
    """Gives every fault of a chart, in the order of its steps; an empty list means that it may be used.

    Refused are: ids used twice; a start that is no step; an answer that leads nowhere; a step without answers
    (a dead end); a second start; steps and outcomes that cannot be reached; steps from which no outcome can
    be reached (a loop without exit); a step without exactly one 'not sure' answer, or whose 'not sure' names
    nobody to ring; an outcome without a duty; a referral that does not say to whom; and two different duties
    under one id on one path (the second would be lost).
    """
    faults = _doubled(chart)
    if faults:
        return faults  # what follows reads the chart by id
    nodes = _nodes(chart)
    faults += _start(chart, nodes)
    for step in chart.steps:
        faults += _answers(step, nodes)
    for node in nodes.values():
        faults += _duties(node)
    faults += _shape(chart, nodes)
    faults += _clashes(chart, nodes)
    place = {name: number for number, name in enumerate(nodes)}
    return sorted(faults, key=lambda fault: place.get(fault.step, -1))


def _nodes(chart: Chart) -> dict[str, Step | Outcome]:
    return {node.id: node for node in _all(chart)}


def _all(chart: Chart) -> list[Step | Outcome]:
    return [*chart.steps, *chart.outcomes]


def _twice(ids: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(ids).items() if times > 1]


def _doubled(chart: Chart) -> list[Fault]:
    faults = [
        Fault(name, f"The id '{name}' is used more than once. Every step and outcome needs its own.")
        for name in _twice(node.id for node in _all(chart))
    ]
    for step in chart.steps:
        faults += [Fault(step.id, f"Two answers share the id '{name}'.") for name in _twice(a.id for a in step.answers)]
    for node in _all(chart):
        faults += [Fault(node.id, f"Two duties share the id '{name}'.") for name in _twice(d.id for d in node.duties)]
    return faults


def _start(chart: Chart, nodes: dict[str, Step | Outcome]) -> list[Fault]:
    if isinstance(nodes.get(chart.start), Step):
        return []
    return [Fault(chart.start, f"The chart starts at '{chart.start}', which is not one of its steps.", "no-start")]


def _answers(step: Step, nodes: dict[str, Step | Outcome]) -> list[Fault]:
    if not step.answers:
        return [Fault(step.id, "This step is a dead end: it has no answers.", "no-answers")]
    faults = [
        Fault(
            step.id,
            f"The answer '{a.id}' leads to '{a.next}', which is neither a step nor an outcome.",
            "nowhere",
            a.id,
        )
        for a in step.answers
        if a.next not in nodes
    ]
    unsure = [answer for answer in step.answers if answer.unsure]
    if not unsure:
        faults.append(Fault(step.id, "This step has no 'not sure' answer (unsure: true).", "no-unsure"))
    if len(unsure) > 1:
        faults.append(Fault(step.id, "This step has more than one 'not sure' answer; one is right.", "unsure-twice"))
    if len(unsure) == len(step.answers):
        faults.append(Fault(step.id, "'Not sure' is the only answer of this step.", "unsure-only"))
    for answer in unsure:
        if answer.next in nodes and not (answer.contact or _names_somebody(nodes[answer.next])):
            message = f"The 'not sure' answer leads to '{answer.next}', which names nobody to ring."
            faults.append(Fault(step.id, message, "nobody", answer.id))
    return faults


def _names_somebody(node: Step | Outcome) -> bool:
    return any(do.contact for do in node.do) or bool(isinstance(node, Outcome) and node.contacts)


def _duties(node: Step | Outcome) -> list[Fault]:
    if isinstance(node, Outcome) and not node.duties:
        message = "This outcome has no duty: a path must end in something that somebody does."
        return [Fault(node.id, message, "no-duty")]
    return [
        Fault(node.id, f"The duty '{duty.id}' is to {duty.kind.value} but does not say whom (to:).", "to-whom", duty.id)
        for duty in node.duties
        if duty.kind in (DutyKind.REFER, DutyKind.TELL) and not duty.to
    ]


def _shape(chart: Chart, nodes: dict[str, Step | Outcome]) -> list[Fault]:
    ahead = {step.id: [a.next for a in step.answers if a.next in nodes] for step in chart.steps}
    behind: dict[str, list[str]] = {name: [] for name in nodes}
    for name, following in ahead.items():
        for target in following:
            behind[target].append(name)
    reached = _spread([chart.start], ahead)
    leads_out = _spread([outcome.id for outcome in chart.outcomes], behind)
    faults = []
    for name, node in nodes.items():
        if name not in reached:
            faults.append(Fault(name, _unreached(node, behind[name]), "unreached"))
        elif isinstance(node, Step) and ahead[name] and name not in leads_out:
            message = "From this step no outcome can be reached: the path goes round for ever."
            faults.append(Fault(name, message, "round"))
    return faults


def _clashes(chart: Chart, nodes: dict[str, Step | Outcome]) -> list[Fault]:
    ahead = {step.id: [answer.next for answer in step.answers if answer.next in nodes] for step in chart.steps}
    faults = []
    for step in chart.steps:
        mine = {duty.id: duty for duty in step.duties}
        later = _spread(ahead[step.id], ahead) - {step.id} if mine else set()
        faults += [
            Fault(
                name,
                f"The duty '{duty.id}' was raised before, at '{step.id}', and says something else there.",
                "clash",
                duty.id,
            )
            for name in nodes
            if name in later
            for duty in nodes[name].duties
            if mine.get(duty.id, duty) != duty
        ]
    return faults


def _unreached(node: Step | Outcome, behind: list[str]) -> str:
    if isinstance(node, Outcome):
        return "No path leads to this outcome."
    if not behind:
        return "No answer leads to this step, so it is a second start."
    return "No path from the start leads to this step."


def _spread(begin: Iterable[str], edges: dict[str, list[str]]) -> set[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for target in edges.get(waiting.pop(), []):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


# --- one passage through it ---------------------------------------------------------------------------


def walk(chart: Chart, answers: Sequence[tuple[str, str]]) -> Position:
    """Gives where a walk stands after `answers`: pairs of step id and answer id, in the order given.

    Duties are those of every step reached, then of the outcome, each once. Raises WalkError, naming the step,
    where an answer is not one of the step's, or is for another step than the walk stands at.
    """
    nodes = _nodes(chart)
    here: Step | Outcome = nodes[chart.start]
    path: list[Passed] = []
    duties: dict[str, Raised] = {}
    concern = _arrive(here, duties, None)
    for step_id, answer_id in answers:
        if isinstance(here, Outcome):
            raise WalkError(here.id, "The walk had ended here; there is nothing more to answer.")
        if step_id != here.id:
            raise WalkError(here.id, f"The walk stands at this step, but the answer is for '{step_id}'.")
        answer = next((a for a in here.answers if a.id == answer_id), None)
        if answer is None:
            raise WalkError(here.id, f"'{answer_id}' is not one of the answers to this step.")
        path.append(Passed(here, answer))
        here = nodes[answer.next]
        concern = _arrive(here, duties, concern)
    return Position(
        step=here if isinstance(here, Step) else None,
        outcome=here if isinstance(here, Outcome) else None,
        path=tuple(path),
        duties=tuple(duties.values()),
        concern=concern,
    )


def _arrive(node: Step | Outcome, duties: dict[str, Raised], concern: str | None) -> str | None:
    for duty in node.duties:
        duties.setdefault(duty.id, Raised(duty, node.id))
    return node.concern or concern  # once raised, a concern about images is not taken back by a later step


def paths(chart: Chart, most: int = MOST_PATHS) -> Iterator[Position]:
    """Every way from the start to an outcome that passes no step twice, as finished positions.

    Stops after `most` of them, so that a chart of a hundred crossing steps cannot hold a worker.
    """
    return islice(_ways(chart, most * 20), most)


def _ways(chart: Chart, tries: int) -> Iterator[Position]:
    nodes = _nodes(chart)
    start = nodes[chart.start]
    waiting: list[tuple[Step | Outcome, tuple[Passed, ...]]] = [(start, ())]
    while waiting and tries:
        tries -= 1
        here, path = waiting.pop()
        if isinstance(here, Outcome):
            yield walk(chart, [(passed.step.id, passed.answer.id) for passed in path])
            continue
        been = {passed.step.id for passed in path} | {here.id}
        waiting += [
            (nodes[answer.next], (*path, Passed(here, answer)))
            for answer in reversed(here.answers)
            if answer.next not in been
        ]
