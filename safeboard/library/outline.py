"""A chart in words: what the drawing says, for screen readers and for 'show as text'."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .engine import Position
from .layout import names
from .schemas import Chart, Outcome, Step, Urgency


def urgency_word(urgency: Urgency) -> str:
    """'Now', 'Today' or 'Soon', in the language in use."""
    return {Urgency.NOW: _("Now"), Urgency.TODAY: _("Today"), Urgency.SOON: _("Soon")}[urgency]


@dataclass(frozen=True)
class OutlineAnswer:
    """An answer, where it leads ('3' or 'B'), and its place in the way taken (empty where it was not)."""

    label: str
    leads_to: str
    target_id: str
    to_outcome: bool
    unsure: bool
    taken: tuple[int, ...] = ()


@dataclass(frozen=True)
class OutlineEntry:
    """One step or outcome in words. An outcome has no answers, but an urgency."""

    id: str
    name: str
    title: str
    node: Step | Outcome
    answers: tuple[OutlineAnswer, ...] = ()
    urgency: str = ""
    here: bool = False


def as_list(chart: Chart, walked: Position | None = None) -> list[OutlineEntry]:
    """The chart in words, the same as the picture: steps 1, 2, 3, then outcomes A, B, C."""
    called = names(chart)
    ends = {outcome.id for outcome in chart.outcomes}
    order: dict[tuple[str, str], tuple[int, ...]] = defaultdict(tuple)
    for number, passed in enumerate(walked.path if walked else (), start=1):
        order[passed.step.id, passed.answer.id] += (number,)
    node = (walked.step or walked.outcome) if walked else None
    here = node.id if node else None
    found = [
        OutlineEntry(
            id=step.id,
            name=called[step.id],
            title=str(step.question),
            node=step,
            here=step.id == here,
            answers=tuple(
                OutlineAnswer(
                    label=str(answer.label),
                    leads_to=called.get(answer.next, "?"),
                    target_id=answer.next,
                    to_outcome=answer.next in ends,
                    unsure=answer.unsure,
                    taken=order[step.id, answer.id],
                )
                for answer in step.answers
            ),
        )
        for step in chart.steps
    ]
    return found + [
        OutlineEntry(
            id=outcome.id,
            name=called[outcome.id],
            title=str(outcome.title),
            node=outcome,
            urgency=urgency_word(outcome.urgency),
            here=outcome.id == here,
        )
        for outcome in chart.outcomes
    ]
