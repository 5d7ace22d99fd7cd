"""How agencies stood when they were counted: letters by part, as the heat map and the dashboards show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.library.shapes.standards import Pies

from ..models import Snapshot, Standing

PARTS = {
    Pies.POLICIES.value: gettext_lazy("Policies"),
    Pies.INFRASTRUCTURE.value: gettext_lazy("Infrastructure"),
    Pies.EDUCATION.value: gettext_lazy("Education"),
    Pies.STANDARDS.value: gettext_lazy("Standards"),
}
LETTERS = {
    "R": gettext_lazy("something is missing"),
    "A": gettext_lazy("something is there in part"),
    "?": gettext_lazy("something is not known"),
    "G": gettext_lazy("all is in place"),
    "–": gettext_lazy("nothing is counted here"),
}
WORST = "RA?G–"
CLASSES = {"R": "red", "A": "amber", "?": "unknown", "G": "green", "–": "nothing"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A letter with the class of its ground, and what it means."""

    letter: str
    ground: str
    words: str


class Row(NamedTuple):
    """An agency with its letters, one for each part."""

    agency_id: int
    name: str
    letters: str

    @property
    def cells(self) -> list[Cell]:
        """Its letters with what they mean."""
        return [cells()[letter] for letter in self.letters]

    @property
    def drawn(self) -> SafeString:
        """Its letters as cells of the heat map."""
        return _drawn(self.letters, get_language())


def cells() -> Mapping[str, Cell]:
    """Every letter, in the reader's language."""
    return _cells(get_language())


@lru_cache(maxsize=8)
def _cells(_language: str | None) -> Mapping[str, Cell]:
    return {letter: Cell(letter, CLASSES[letter], str(words)) for letter, words in LETTERS.items()}


@lru_cache(maxsize=2048)
def _drawn(letters: str, _language: str | None) -> SafeString:
    shown = (cells()[letter] for letter in letters)
    return mark_safe(  # noqa: S308  our own words, escaped
        "".join(
            f'<td class="sb-heat__cell sb-heat__cell--{one.ground}">{one.letter}'
            f'<span class="govuk-visually-hidden">: {escape(one.words)}</span></td>'
            for one in shown
        )
    )


def legend() -> list[Cell]:
    """The letters, the worst first."""
    return [cells()[letter] for letter in WORST]


def letters_of(snapshot: Snapshot) -> Mapping[int, str]:
    """By agency: its letters, one for each part. In the board's own place: the snapshot could not be read elsewhere."""
    return _letters(snapshot.pk, snapshot.at)


@lru_cache(maxsize=64)
def _letters(snapshot: int, _at: datetime) -> Mapping[int, str]:
    """Kept in memory: what was counted is never written again. The moment tells numbers of two databases apart."""
    rows = Standing.objects.filter(snapshot_id=snapshot).values_list("agency_id", "letters")
    return {agency: "".join(letters.get(part, "–") for part in PARTS) for agency, letters in rows}


def heat(access: Access, snapshot: Snapshot, among: Collection[int] | None = None) -> list[Row]:
    """How each agency (of those among which) stood in each part, the worst first. One query, or two."""
    letters = letters_of(snapshot)
    names = _names(access, snapshot.pk)
    worst = {line: tuple(-line.count(letter) for letter in "RA?") for line in set(letters.values())}
    found = [(worst[letters[agency]], name or "", agency) for agency, name in names if among is None or agency in among]
    return [Row(agency, name, letters[agency]) for _worst, name, agency in sorted(found)]


@built_once
def _names(access: Access, snapshot: int) -> QuerySet[Standing, tuple[int, str]]:
    return Standing.objects.filter(snapshot_id=snapshot).values_list("agency_id", "agency__name")


def counts_by_part(
    snapshot: Snapshot, among: Collection[int] | None = None
) -> list[tuple[str, list[tuple[Cell, int]]]]:
    """For each part how many agencies (of those among which) stood where."""
    shown = cells()
    counts: Mapping[str, Mapping[str, int]] = snapshot.standing
    if among is not None:
        lines = [line for agency, line in letters_of(snapshot).items() if agency in among]
        columns = {part: [line[place] for line in lines] for place, part in enumerate(PARTS)}
        counts = {part: {letter: column.count(letter) for letter in WORST} for part, column in columns.items()}
    return [
        (str(title), [(shown[letter], counts.get(part, {}).get(letter, 0)) for letter in WORST])
        for part, title in PARTS.items()
    ]


def moved(before: Snapshot, latest: Snapshot, among: Collection[int] | None = None) -> list[str]:
    """How many agencies (of those among which) stand better or worse in a part than they did, a sentence each."""
    then, now = letters_of(before), letters_of(latest)
    both = [(then[agency], now[agency]) for agency in then if agency in now and (among is None or agency in among)]
    rank = {letter: place for place, letter in enumerate(WORST)}
    changes = []
    for place, title in enumerate(PARTS.values()):
        steps = [rank[new[place]] - rank[old[place]] for old, new in both if old != new]
        better, worse = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
        if better or worse:
            words = {"part": title, "better": better, "worse": worse}
            changes.append(_("%(part)s: %(better)s agencies stand better, %(worse)s worse") % words)
    return changes
