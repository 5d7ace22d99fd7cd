"""What the pack demands of every local copy of its charts. A copy that does not meet it is not published.

* Indecent images of children (Protection of Children Act 1978 s.1; Criminal Justice Act 1988 s.160; Toolkit Annex B,
  charts 3 and 4): a step or outcome that bears the rule on images stays and goes on bearing it; an answer that always
  leads to it goes on doing so; and the referrals which such a step or outcome asks for at once stay as they are.
* Time (Toolkit Annex E: at once, and within twelve hours): a duty of the pack may be given less time, never more.
  This is refused, where a warning would be read once and then passed over in every incident: the pack's times are the
  longest that its sources allow, and who needs another rhythm can add a duty of their own.

Everything else is the board's or agency's to change: what a copy leaves out is shown as a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from safeboard.library.engine import Fault
from safeboard.library.schemas import Chart, Duty, DutyKind

from .editing import Node, nodes

HOLIDAYS = timedelta(days=4)  # a weekend with holidays beside it: so much may pass before a first working day


def demands(original: Chart, copy: Chart) -> list[Fault]:
    """Where the copy falls short of what the pack's chart demands, in the order of the pack's steps."""
    here = nodes(copy)
    found: list[Fault] = []
    for name, node in nodes(original).items():
        kept = here.get(name)
        if node.concern:
            found += _images(node, kept)
        if kept:
            found += _times(node, kept)
    return found + list(_ways_to_images(original, copy))


def _images(node: Node, kept: Node | None) -> Iterator[Fault]:
    if kept is None or type(kept) is not type(node):
        yield Fault(node.id, f"'{node.id}' bears the rule on images of children and must stay.", "images-gone")
        return
    if kept.concern != node.concern:
        yield Fault(node.id, f"'{node.id}' must go on bearing the rule on images of children.", "images-off")
    there = {duty.id: duty for duty in kept.duties}
    for duty in node.duties:
        if at_once(duty) and not _same_referral(duty, there.get(duty.id)):
            message = f"The referral '{duty.id}' is owed at once where images of children are concerned: it must stay."
            yield Fault(node.id, message, "referral-gone", duty.id)


def at_once(duty: Duty) -> bool:
    """A referral that is to be made at once."""
    return duty.kind is DutyKind.REFER and duty.within == timedelta(0)


def _same_referral(duty: Duty, kept: Duty | None) -> bool:
    return kept is not None and (kept.kind, kept.to, kept.within) == (duty.kind, duty.to, duty.within)


def _times(node: Node, kept: Node) -> Iterator[Fault]:
    shipped = {duty.id: duty for duty in node.duties}
    for duty in kept.duties:
        if duty.id in shipped and longer(duty, shipped[duty.id]):
            yield Fault(node.id, f"The duty '{duty.id}' may not be given more time than the pack's.", "longer", duty.id)


def longer(duty: Duty, shipped: Duty) -> bool:
    """Whether a duty may be done later than the pack's, at the worst of weekends and holidays."""
    if duty.working_days and not shipped.working_days:
        return duty.within * 7 / 5 + HOLIDAYS > shipped.within
    return duty.within > shipped.within


def _ways_to_images(original: Chart, copy: Chart) -> Iterator[Fault]:
    """Answers that lead to the rule on images by every way on, and no longer do so."""
    before, now = certain(original), certain(copy)
    steps = {step.id: step for step in copy.steps}
    for step in original.steps:
        kept = {answer.id: answer for answer in steps[step.id].answers} if step.id in steps else {}
        for answer in step.answers:
            if answer.next in before and (answer.id not in kept or kept[answer.id].next not in now):
                message = f"The answer '{answer.id}' leads to the rule on images of children and must go on doing so."
                yield Fault(step.id, message, "way-gone", answer.id)


def certain(chart: Chart) -> set[str]:
    """The steps and outcomes from which every way meets the rule on images of children."""
    found = {name for name, node in nodes(chart).items() if node.concern}
    while True:
        more = {
            step.id
            for step in chart.steps
            if step.id not in found and step.answers and all(answer.next in found for answer in step.answers)
        }
        if not more:
            return found
        found |= more
