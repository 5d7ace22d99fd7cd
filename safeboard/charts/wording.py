"""Faults and differences of charts in the words of the screen: 'question 3', 'the answer “Yes”', never an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from safeboard.library.engine import Fault
from safeboard.library.layout import names
from safeboard.library.poster import owner_name, within
from safeboard.library.schemas import Chart, Duty, Outcome, Step

from .editing import Node, nodes

Label = Callable[[str], str]  # the title of a contact kind or directory entry by its id


@dataclass(frozen=True)
class Problem:
    """What keeps a draft from being published: at which step or outcome, under what name, and what to do."""

    node: str  # its id; '' where it is no longer in the chart
    where: str
    message: str


@dataclass(frozen=True)
class Difference:
    """What is different at one step or outcome, or in the chart itself, in sentences."""

    where: str
    sentences: tuple[str, ...]


def title_of(node: Node) -> str:
    """A step's question, or an outcome's title."""
    return str(node.question if isinstance(node, Step) else node.title)


def called(chart: Chart, name: str) -> str:
    """'Question 3: What is it?' or 'Outcome B: Tell the police'; '' where there is no such step or outcome."""
    node = nodes(chart).get(name)
    if node is None:
        return ""
    words = _("Question %(name)s: %(title)s") if isinstance(node, Step) else _("Outcome %(name)s: %(title)s")
    return words % {"name": names(chart)[name], "title": title_of(node)}


# --- faults -------------------------------------------------------------------------------------------------

_FAULTS: dict[str, Callable[[], str]] = {
    "no-start": lambda: _("The chart begins at a question that is gone. Choose another under “The chart itself”."),
    "no-answers": lambda: _("This question has no answers yet. Add them."),
    "nowhere": lambda: _("The answer “%(about)s” leads to something that is gone. Choose where it leads."),
    "no-unsure": lambda: _("Nobody can say ‘I am not sure’ here. Add that answer, or mark the one that says it."),
    "unsure-twice": lambda: _("More than one answer is marked as ‘not sure’. Leave one."),
    "unsure-only": lambda: _("‘Not sure’ is the only answer. Add another."),
    "nobody": lambda: _("Who answers “%(about)s” has nobody to ring. Name somebody with the answer or where it leads."),
    "no-duty": lambda: _("Nobody owes anything here. Say what somebody does next: add a duty."),
    "to-whom": lambda: _("“%(about)s” does not say to whom. Choose them."),
    "unreached": lambda: _("No way leads here. Choose it as where an answer leads, or take it out."),
    "round": lambda: _("From here the questions go round for ever. Let an answer lead to an outcome."),
    "clash": lambda: _(
        "“%(about)s” says something else at an earlier question. Say the same in both places, or take one out."
    ),
    "unknown": lambda: _("“%(about)s” is no longer among the contacts. Choose somebody else."),
    "images-gone": lambda: _(
        "“%(where)s” was taken out. It keeps files away where pictures of children may be part of it, so it must stay. "
        "Take back the change, or begin anew from the chart of the pack."
    ),
    "images-off": lambda: _("The rule on pictures of children holds here in the pack. Tick it again."),
    "referral-gone": lambda: _(
        "“%(about)s” is to be done at once where pictures of children may be part of it. It must stay: to the "
        "same people, and at once."
    ),
    "longer": lambda: _("“%(about)s” has more time here than the pack allows (%(most)s). Give it as much, or less."),
    "way-gone": lambda: _(
        "The answer “%(about)s” leads to the rule on pictures of children in the pack. It must stay, and every way on "
        "from it must still come to that rule."
    ),
}


def problems(chart: Chart, faults: Iterable[Fault], original: Chart | None = None, label: Label = str) -> list[Problem]:
    """The faults in words, each with the step or outcome where it is mended."""
    here = nodes(chart)
    found = []
    for fault in faults:
        shipped = nodes(original).get(fault.step) if original else None
        node = here.get(fault.step) or shipped
        parts = {
            "about": _about(fault, node, shipped, label),
            "where": title_of(node) if node else fault.step,
            "most": _most(fault, shipped),
        }
        message = _FAULTS[fault.code]() % parts if fault.code in _FAULTS else fault.message
        where = called(chart, fault.step) or _("The chart itself")
        found.append(Problem(fault.step if fault.step in here else "", where, message))
    return found


def _about(fault: Fault, node: Node | None, shipped: Node | None, label: Label) -> str:
    if fault.code == "unknown":
        return label(fault.about)
    for one in (node, shipped):
        for answer in getattr(one, "answers", ()):
            if answer.id == fault.about:
                return str(answer.label)
        for duty in one.duties if one else ():
            if duty.id == fault.about:
                return str(duty.title)
    return fault.about


def _most(fault: Fault, shipped: Node | None) -> str:
    return next((time_of(duty) for duty in shipped.duties if duty.id == fault.about), "") if shipped else ""


# --- differences --------------------------------------------------------------------------------------------


def differences(before: Chart, after: Chart, label: Label = str) -> list[Difference]:
    """What changed from one chart to another, in the order of the new one; what was taken out stands last."""
    old, new = nodes(before), nodes(after)
    found = [Difference(_("The chart itself"), tuple(_of_chart(before, after)))]
    for name, node in new.items():
        if name in old and type(old[name]) is type(node):
            found.append(Difference(called(after, name), tuple(_of_node(before, after, name, label))))
        else:
            found.append(Difference(called(after, name), (_("New."),)))
    found += [
        Difference(called(before, name), (_("Taken out."),))
        for name, node in old.items()
        if name not in new or type(new[name]) is not type(node)
    ]
    return [one for one in found if one.sentences]


def _of_chart(before: Chart, after: Chart) -> Iterable[str]:
    yield from _words(_("The title"), before.title, after.title)
    yield from _words(_("The summary"), before.summary, after.summary)
    if before.start != after.start:
        yield _("It begins at: %(where)s") % {"where": called(after, after.start)}
    for field, sentence in (("steps", _("The order of the questions.")), ("outcomes", _("The order of the outcomes."))):
        if _reordered([one.id for one in getattr(before, field)], [one.id for one in getattr(after, field)]):
            yield sentence


def _of_node(before: Chart, after: Chart, name: str, label: Label) -> Iterable[str]:
    old, new = nodes(before)[name], nodes(after)[name]
    if isinstance(old, Step) and isinstance(new, Step):
        yield from _words(_("The question"), old.question, new.question)
        yield from _words(_("The explanation"), old.help, new.help)
        yield from _answers(old, new, before, after, label)
    elif isinstance(old, Outcome) and isinstance(new, Outcome):
        yield from _words(_("The title"), old.title, new.title)
        yield from _words(_("The explanation"), old.summary, new.summary)
        if old.urgency != new.urgency:
            yield _("How urgent it is.")
        yield from _lines(_("Whom to ring"), map(label, old.contacts), map(label, new.contacts))
    if old.concern != new.concern:
        yield (
            _("The rule on pictures of children holds now.")
            if new.concern
            else _("The rule on pictures of children holds no longer.")
        )
    yield from _lines(_("What to do"), *([_do(one, label) for one in node.do] for node in (old, new)))
    yield from _lines(_("What not to do"), map(str, old.dont), map(str, new.dont))
    yield from _duties(old.duties, new.duties, label)


def _words(what: str, old: Any, new: Any) -> Iterable[str]:
    if (old and str(old)) != (new and str(new)):
        was, now = old or _("nothing"), new or _("nothing")
        yield _("%(what)s: “%(was)s” is now “%(now)s”.") % {"what": what, "was": was, "now": now}


def _reordered(old: list[str], new: list[str]) -> bool:
    return [one for one in old if one in new] != [one for one in new if one in old]


def _lines(what: str, old: Iterable[str], new: Iterable[str]) -> Iterable[str]:
    was, now = list(old), list(new)
    for line in was:
        if line not in now:
            yield _("%(what)s, taken out: “%(line)s”.") % {"what": what, "line": line}
    for line in now:
        if line not in was:
            yield _("%(what)s, new: “%(line)s”.") % {"what": what, "line": line}
    if _reordered(was, now):
        yield _("%(what)s: in another order.") % {"what": what}


def _do(do: Any, label: Label) -> str:
    return f"{do.text} ({label(do.contact)})" if do.contact else str(do.text)


def _answers(old: Step, new: Step, before: Chart, after: Chart, label: Label) -> Iterable[str]:
    was, now = {one.id: one for one in old.answers}, {one.id: one for one in new.answers}
    for name, answer in was.items():
        if name not in now:
            yield _("Answer taken out: “%(label)s”.") % {"label": answer.label}
    for name, answer in now.items():
        if name not in was:
            yield _("New answer: “%(label)s”.") % {"label": answer.label}
            continue
        yield from _words(_("An answer"), was[name].label, answer.label)
        yield from _words(_("The hint of “%(label)s”") % {"label": answer.label}, was[name].hint, answer.hint)
        if was[name].next != answer.next:
            where = called(after, answer.next) or called(before, answer.next) or _("nothing yet")
            yield _("“%(label)s” leads to: %(where)s") % {"label": answer.label, "where": where}
        if (was[name].unsure, was[name].contact) != (answer.unsure, answer.contact):
            whom = label(answer.contact) if answer.contact else _("nobody")
            yield _("“%(label)s”: whom to ring with it is now %(whom)s.") % {"label": answer.label, "whom": whom}
    if _reordered(list(was), list(now)):
        yield _("The order of the answers.")


def _duties(old: tuple[Duty, ...], new: tuple[Duty, ...], label: Label) -> Iterable[str]:
    was, now = {one.id: one for one in old}, {one.id: one for one in new}
    for name, duty in was.items():
        if name not in now:
            yield _("No longer owed: %(duty)s.") % {"duty": duty_in_words(duty, label)}
    for name, duty in now.items():
        if name not in was:
            yield _("Newly owed: %(duty)s.") % {"duty": duty_in_words(duty, label)}
        elif was[name] != duty:
            yield _("What is owed: %(was)s is now %(now)s.") % {
                "was": duty_in_words(was[name], label),
                "now": duty_in_words(duty, label),
            }
    if _reordered(list(was), list(now)):
        yield _("The order of what is owed.")


def time_of(duty: Duty) -> str:
    """'within 12 hours', 'within 1 working day'."""
    return within(duty.within, working_days=duty.working_days)


def duty_in_words(duty: Duty, label: Label = str) -> str:
    """'“Tell the lead” (e-safety lead, within 12 hours, to: agency lead)'."""
    to = _(", to: %(whom)s") % {"whom": label(duty.to)} if duty.to else ""
    return f"“{duty.title}” ({owner_name(duty.owner)}, {time_of(duty)}{to})"
