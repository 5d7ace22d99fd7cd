"""Support: what every incident decides before it is concluded, and what was decided (Harrow 4.5, 4.6, 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.library import queries as library
from safeboard.library.concerns import SupportSteps

from ..choices import Kin, Part, SupportFor
from ..models import Incident, Involved, Support

# What the one tap says where nobody is named for a question.
NOBODY = {
    SupportFor.HARMED: gettext_lazy("Nobody was harmed or put at risk"),
    SupportFor.OTHERS: gettext_lazy("We looked: nobody else is affected"),
    SupportFor.DID_IT: gettext_lazy("No child did it or took part"),
}
ASKED = {
    SupportFor.HARMED: gettext_lazy("Who was harmed or put at risk, and what help do they get?"),
    SupportFor.OTHERS: gettext_lazy("May others be affected? Did you look for them?"),
    SupportFor.DID_IT: gettext_lazy("Did a child do it? What helps them to change?"),
}


@dataclass(frozen=True)
class Asked:
    """One question about support: of somebody named, or of all. ``rows``: what was decided, the newest first."""

    question: SupportFor
    involved: Involved | None
    rows: tuple[Support, ...]

    @property
    def now(self) -> Support | None:
        """The decision that holds."""
        return self.rows[0] if self.rows else None

    @property
    def earlier(self) -> tuple[Support, ...]:
        return self.rows[1:]

    @property
    def name(self) -> str:
        """Whom it is about: somebody by name, or the question itself."""
        if self.involved is None:
            return str(ASKED[self.question])
        return self.involved.name or _("Name not known")

    @property
    def nobody(self) -> str:
        """The words of the one tap, '' where somebody is named."""
        return "" if self.involved else str(NOBODY[self.question])

    @property
    def missing(self) -> str:
        """What is undecided, in words."""
        if self.involved is None:
            return _("Support: %(who)s") % {"who": self.question.label}
        return _("Support for %(who)s") % {"who": self.name}


def question_of(one: Involved) -> SupportFor | None:
    """Which question somebody involved belongs to; None where no support is asked about."""
    if one.part == Part.AFFECTED:
        return SupportFor.HARMED
    if one.kin != Kin.CHILD:
        return None
    return SupportFor.DID_IT if one.part in (Part.CONCERN, Part.INVOLVED) else SupportFor.OTHERS


def asked(incident: Incident, people: Iterable[Involved] | None = None) -> list[Asked]:
    """All questions about support, in order. Whoever is named is asked about by name; others are always looked for."""
    named = list(Involved.objects.filter(incident=incident)) if people is None else list(people)
    return asked_of(named, Support.objects.filter(incident=incident).select_related("by"))


def asked_of(named: Sequence[Involved], decided: Iterable[Support]) -> list[Asked]:
    """The same, of what is known of an incident already; ``decided``: in the order in which it was."""
    rows: dict[tuple[str, int | None], list[Support]] = {}
    for row in sorted(decided, key=lambda one: -one.pk):
        rows.setdefault((row.question, row.involved_id), []).append(row)
    found = []
    for question in SupportFor:
        mine = [one for one in named if question_of(one) == question]
        found += [Asked(question, one, tuple(rows.get((question, one.pk), ()))) for one in mine]
        general = tuple(rows.get((question, None), ()))
        if not mine or general or question == SupportFor.OTHERS:
            found.append(Asked(question, None, general))
    return found


def undecided(incident: Incident) -> list[Asked]:
    """The questions about support that nobody has decided yet."""
    return [one for one in asked(incident) if one.now is None]


def steps(incident: Incident) -> dict[str, list[SupportSteps]]:
    """What helps, by question: the pack's steps for this kind of incident, and those for every kind."""
    found: dict[str, list[SupportSteps]] = {}
    for item in library.items(incident.pack, "support-steps") if incident.pack in library.packs() else []:
        if isinstance(item, SupportSteps) and (not item.scenarios or incident.scenario in item.scenarios):
            found.setdefault(item.question, []).append(item)
    return found
