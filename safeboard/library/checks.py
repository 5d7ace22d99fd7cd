"""What is wrong, and what is getting old, in the packs: the findings of `safeboard content check`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from . import engine
from .concerns import AllegationPath, SupportSteps
from .loader import Pack, out_of_date
from .readability import WORD, grade
from .referring import InboundSource, ReferralClock
from .schemas import Audience, Chart, ContactKind, GlossaryEntry, IncidentKind, Item, texts_of
from .shapes.indicators import Indicator
from .shapes.strategy import Strategy
from .shapes.surveys import Survey
from .spoken import Guidance, Voice

HARDEST_FOR_CHILDREN = 6.0  # Flesch-Kincaid grade: read with ease at eleven
# The pages on which somebody writes to us: a grade and five years make the age at which a text is read with ease.
HARDEST_TO_WRITE_TO_US = {Audience.CHILD: 4.0, Audience.PARENT: 6.0}
SHORTEST_MEASURED = 12  # words: the grade of fewer says nothing


@dataclass(frozen=True)
class Finding:
    """One finding: the file, the step or field, what is to be said; grave ones fail the check."""

    file: str
    at: str
    message: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.at}: {self.message}"


def findings(packs: Mapping[str, Pack], today: date, language: str | None = None) -> Iterator[Finding]:
    """Everything to be said about the packs; with `language`, also each text that has no words in it."""
    for pack in packs.values():
        for (kind, item_id), file in pack.files.items():
            item = pack.items[kind][item_id]
            yield from _references(pack, item, file)
            if isinstance(item, Chart):
                yield from (Finding(file, fault.step, fault.message) for fault in engine.check(item))
                yield from _reading(item, file)
            if isinstance(item, Voice | Survey):
                yield from _hard_screens(item, file)
            old = out_of_date(item, today, pack.about.law_as_at)
            if old:
                yield Finding(file, item_id, old, grave=False)
            if language:
                yield from missing(item, file, language)


def missing(item: Item, file: str, language: str) -> Iterator[Finding]:
    """Each text of an item without words in `language`."""
    for at, text in texts_of(item):
        if not text.has(language):
            yield Finding(file, f"{item.id}.{at}", f"There are no words in '{language}' yet.", grave=False)


def unknown_contacts(pack: Pack, chart: Chart) -> list[tuple[str, str]]:
    """The contacts that a chart names and the pack does not know: the step or outcome, and the id, of each."""
    return [(at, name) for at, _kinds, name in _named(chart) if not pack.knows(name)]


def _references(pack: Pack, item: Item, file: str) -> Iterator[Finding]:
    for at, kinds, name in _named(item):
        if not any(name in pack.items.get(kind, {}) for kind in kinds):
            yield Finding(file, at, f"'{name}' is not among the pack's {' or '.join(kinds)}.")


CONTACTS = ("contact-kinds", "directory")


def _named(item: Item) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every id of another item that an item names: where, of which kinds it may be, the id."""
    if isinstance(item, Chart):
        for node in (*item.steps, *item.outcomes):
            named = [do.contact for do in node.do] + [duty.to for duty in node.duties]
            named += [answer.contact for answer in getattr(node, "answers", ())]
            named += getattr(node, "contacts", ())
            yield from ((node.id, CONTACTS, name) for name in dict.fromkeys(named) if name)
    elif isinstance(item, ContactKind):
        yield from ((f"{item.id}.instead", CONTACTS, name) for name in item.instead)
    elif isinstance(item, IncidentKind):
        if item.chart:
            yield f"{item.id}.chart", ("charts",), item.chart
        yield from ((f"{item.id}.classifications", ("classifications",), name) for name in item.classifications)
    elif isinstance(item, GlossaryEntry):
        yield from ((f"{item.id}.see", ("glossary",), name) for name in item.see)
    elif isinstance(item, Guidance):
        yield from ((f"{item.id}.contacts", CONTACTS, name) for name in item.contacts)
    elif isinstance(item, ReferralClock):
        yield from ((f"{item.id}.to", CONTACTS, name) for name in item.to)
    elif isinstance(item, InboundSource):
        yield from ((f"{item.id}.copies", CONTACTS, name) for name in item.copies)
        yield f"{item.id}.how_found", ("how-found",), item.how_found
        yield f"{item.id}.usual", ("incident-kinds",), item.usual
        yield f"{item.id}.aspect", ("classifications",), item.aspect
    elif isinstance(item, AllegationPath):
        yield from ((f"{item.id}.first", CONTACTS, name) for name in (item.first, *item.last))
        yield from ((f"{item.id}.assess", ("incident-kinds",), name) for name in item.assess)
    elif isinstance(item, SupportSteps):
        yield from ((f"{item.id}.scenarios", ("incident-kinds",), name) for name in item.scenarios)
    elif isinstance(item, Survey):
        asked = [(one.id, one.same_as.review) for one in item.questions if one.same_as]
        yield from ((f"{item.id}.{at}.same_as", ("reviews",), review) for at, review in asked)
    elif isinstance(item, Indicator):
        if item.review:
            yield f"{item.id}.review", ("reviews",), item.review.item
        if item.score:
            yield from ((f"{item.id}.score", ("reviews",), name) for name in item.score.items)
        if item.survey:
            yield f"{item.id}.survey", ("surveys",), item.survey.item
    elif isinstance(item, Strategy):
        yield from ((aim.id, ("indicators",), aim.indicator) for aim in item.aims if aim.indicator)
    elif isinstance(item, Voice):
        yield from ((f"{item.id}.help", ("directory",), name) for name in item.help)


def reading_grade(chart: Chart) -> float:
    """The Flesch-Kincaid grade of everything that a chart says in English."""
    return grade(text.say("en") for _, text in texts_of(chart))


def _reading(chart: Chart, file: str) -> Iterator[Finding]:
    if chart.audience is Audience.CHILD:
        found = reading_grade(chart)
        hard = f"; aim for {HARDEST_FOR_CHILDREN:.0f} or less" if found > HARDEST_FOR_CHILDREN else ""
        yield Finding(file, chart.id, f"Reading grade {found} (Flesch-Kincaid){hard}.", grave=False)


def _hard_screens(voice: Voice | Survey, file: str) -> Iterator[Finding]:
    """Screens too hard for whoever writes to us or answers: about nine years old for children, eleven for the rest."""
    most = HARDEST_TO_WRITE_TO_US.get(voice.audience, HARDEST_FOR_CHILDREN)
    for at, texts in voice.spoken():
        found = grade(texts)
        if found > most and sum(len(WORD.findall(text)) for text in texts) >= SHORTEST_MEASURED:
            yield Finding(file, f"{voice.id}.{at}", f"Reading grade {found} (Flesch-Kincaid); {most:.0f} at most.")
