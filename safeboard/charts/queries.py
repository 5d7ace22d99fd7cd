"""Reads: which chart holds where, its local copy and draft, and what stands between a draft and its publishing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from safeboard.core.access import Access
from safeboard.library import engine
from safeboard.library import queries as library
from safeboard.library.checks import unknown_contacts
from safeboard.library.engine import Fault, Position
from safeboard.library.schemas import Chart, DirectoryEntry
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .demands import demands
from .editing import leads_to, nodes
from .models import AgencyChart, AgencyChartVersion, BoardChart, BoardChartVersion, LocalVersion
from .wording import Difference, Problem, called, differences, problems

Copy = AgencyChart | BoardChart
Version = AgencyChartVersion | BoardChartVersion
Way = Sequence[tuple[str, str]]

MOST_WAYS = 2_000  # ways through a chart that are counted
SHOWN_WAYS = 40  # untried ones that are listed


@dataclass(frozen=True)
class Holding:
    """The chart that holds in a place. ``pack``: under which its versions are kept; ``copy`` None where the pack's."""

    chart: Chart
    pack: str
    copy: Copy | None = None

    @property
    def own(self) -> str:
        """Whose it is: 'agency', 'board' or 'pack'."""
        if self.copy is None:
            return "pack"
        return "agency" if isinstance(self.copy, AgencyChart) else "board"


# --- which chart holds -------------------------------------------------------------------------------------


def charts_of_agency(agency_id: int, pack: str) -> list[Holding]:
    """The charts of a pack as they hold in an agency: its own before its board's, before the pack's.

    Needs the wall open for the agency and its board. A pack that is no longer there has no charts.
    """
    home = Agency.objects.filter(pk=agency_id).values("home_board_id")
    own = AgencyChart.objects.filter(agency_id=agency_id, pack=pack, version__isnull=False)
    boards = BoardChart.objects.filter(board_id__in=home, pack=pack, version__isnull=False)
    return _holdings(pack, [*boards, *own])


def charts_here(access: Access) -> list[Holding]:
    """The charts as they hold in the place acted in."""
    pack = partnership.pack_of(access)
    if access.agency_id:
        return charts_of_agency(access.agency_id, pack)
    return _holdings(pack, list(copies(access).filter(version__isnull=False)))


def chart_for(place: Access | int, chart: str, *, pack: str = "") -> Holding:
    """The chart of that id as it holds in the place acted in, or in the agency of that id by a pack's charts.

    Raises library.UnknownItem where the pack has no such chart.
    """
    found = charts_here(place) if isinstance(place, Access) else charts_of_agency(place, pack)
    for holding in found:
        if holding.chart.id == chart:
            return holding
    raise library.UnknownItem(f"There is no chart '{chart}' here.")


def _holdings(pack: str, copies: Sequence[Copy]) -> list[Holding]:
    """Of several copies of one chart the last holds."""
    if pack not in library.packs():
        return []
    local = {copy.chart: copy for copy in copies}
    shipped = [item for item in library.items(pack, "charts") if isinstance(item, Chart)]
    return [_local(local[chart.id]) if chart.id in local else Holding(chart, pack) for chart in shipped]


def _local(copy: Copy) -> Holding:
    assert copy.version is not None
    return Holding(library.published_chart(copy.key, copy.chart, copy.version), copy.key, copy)


# --- a copy and its draft ------------------------------------------------------------------------------------


def copies(access: Access) -> QuerySet[AgencyChart] | QuerySet[BoardChart]:
    """The copies that the place acted in keeps itself, of its present pack."""
    pack = partnership.pack_of(access)
    if access.agency_id:
        return AgencyChart.objects.filter(agency_id=access.agency_id, pack=pack)
    return BoardChart.objects.filter(board_id=access.board_id or 0, pack=pack)


def copy_here(access: Access, chart: str) -> Copy | None:
    """The place's own copy of a chart, or None."""
    return copies(access).filter(chart=chart).first()


def draft_of(copy: Copy) -> Chart:
    """The draft as a chart. Raises LookupError where there is none."""
    if copy.draft is None:
        raise LookupError("no draft")
    return Chart.model_validate(copy.draft)


def original_of(copy: Copy) -> Chart | None:
    """The pack's chart as it is now, or None where the pack no longer has it."""
    try:
        return library.chart(copy.pack, copy.chart)
    except library.UnknownItem:
        return None


def version_of(copy: Copy, number: int) -> Chart:
    """A published version of a copy. Raises library.UnknownItem."""
    return library.published_chart(copy.key, copy.chart, number)


def versions_of(copy: Copy) -> list[LocalVersion]:
    """What was published, newest first."""
    return list(copy.versions.select_related("by"))


def contact_title(copy: Copy, name: str) -> str:
    """What a contact kind or an entry of the directory is called."""
    found = library.label(copy.pack, "contact-kinds", name)
    return found if found != name else library.label(copy.pack, "directory", name)


def contact_choices(pack: str) -> list[tuple[str, str]]:
    """Everybody whom a chart can name: kinds of contact, then the directory."""
    return [*library.choices(pack, "contact-kinds"), *library.choices(pack, "directory")]


# --- does it make sense? ---------------------------------------------------------------------------------------


def faults_of(copy: Copy, draft: Chart) -> list[Fault]:
    """All that keeps a draft from being published: what makes no sense, and where it falls short of the pack."""
    found = engine.check(draft)
    if copy.pack in library.packs():
        unknown = unknown_contacts(library.pack(copy.pack), draft)
        found += [Fault(node, f"'{name}' is not among the contacts.", "unknown", name) for node, name in unknown]
    original = original_of(copy)
    return found + (demands(original, draft) if original else [])


def problems_of(copy: Copy, draft: Chart) -> list[Problem]:
    """The same in the words of the screen, in the order of the chart."""
    place = {name: number for number, name in enumerate(nodes(draft), start=1)}
    found = problems(draft, faults_of(copy, draft), original_of(copy), lambda name: contact_title(copy, name))
    return sorted(found, key=lambda one: place.get(one.node, 0))


# --- what is different -------------------------------------------------------------------------------------------


def between(copy: Copy, before: Chart, after: Chart) -> list[Difference]:
    """The differences of two versions of a copy, or of its original, in words."""
    return differences(before, after, lambda name: contact_title(copy, name))


def compared_with(copy: Copy) -> Chart | None:
    """What a draft is compared with: the version that holds, else the pack's chart."""
    return version_of(copy, copy.version) if copy.version else original_of(copy)


def since_edition(copy: Copy, edition: int) -> list[Difference]:
    """What changed in the draft since that edition; nothing where that is too long ago to know."""
    kept = next((one["draft"] for one in copy.earlier if one["edition"] == edition), None)
    if kept is None or copy.draft is None:
        return []
    return between(copy, Chart.model_validate(kept), draft_of(copy))


@dataclass(frozen=True)
class Newer:
    """The pack's chart has a newer version than was looked at. ``changes`` None where the older words are gone."""

    version: int
    changes: list[Difference] | None


def newer_original(copy: Copy) -> Newer | None:
    """Whether the pack's chart moved on since somebody here looked at it."""
    original = original_of(copy)
    if original is None or original.version <= copy.pack_version:
        return None
    try:
        before = library.published_chart(copy.pack, copy.chart, copy.pack_version)
    except library.UnknownItem:
        return Newer(original.version, None)
    return Newer(original.version, between(copy, before, original))


# --- walked in trial -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """How much of a draft was walked in trial. ``walked`` and ``untried`` are ways in words, the first of them."""

    ways: int
    tried: int
    walked: list[str]
    untried: list[str]
    answers: list[str]  # that were never given, in words

    @property
    def enough(self) -> bool:
        """At least one whole way was walked."""
        return self.tried > 0

    @property
    def more(self) -> bool:
        """Whether there are more ways than are counted."""
        return self.ways >= MOST_WAYS


def packed(way: Way) -> str:
    """A way as one word: 'what:unlawful,which:child'."""
    return ",".join(f"{step}:{answer}" for step, answer in way)


def unpacked(word: str) -> list[tuple[str, str]]:
    """The way of such a word; nothing where it is none."""
    pairs = [one.partition(":") for one in word.split(",") if one]
    return [(step, answer) for step, _colon, answer in pairs]


def trial_of(copy: Copy, draft: Chart) -> Trial:
    """What was walked of a draft that has no faults."""
    tried = set(copy.tried)
    given = {pair for word in tried for pair in unpacked(word)}
    ways = list(islice(engine.paths(draft, MOST_WAYS), MOST_WAYS))
    untried = [way for way in ways if packed([(one.step.id, one.answer.id) for one in way.path]) not in tried]
    walked = [engine.walk(draft, unpacked(word)) for word in copy.tried[:SHOWN_WAYS]]
    answers = [
        f"{called(draft, step.id)} → {answer.label}"
        for step in draft.steps
        for answer in step.answers
        if (step.id, answer.id) not in given
    ]
    return Trial(len(ways), len(tried), _said(walked), _said(untried[:SHOWN_WAYS]), answers)


def _said(ways: Iterable[Position]) -> list[str]:
    """Ways by their answers, and where they end."""
    return [
        " → ".join([*(str(one.answer.label) for one in way.path), str(getattr(way.outcome, "title", ""))])
        for way in ways
    ]


def leading_here(draft: Chart, name: str) -> list[str]:
    """The answers that lead to a step or outcome, in words."""
    return [f"{called(draft, step.id)} → {answer.label}" for step, answer in leads_to(draft, name)]


# --- outside help ------------------------------------------------------------------------------------------


def outside_help(pack: str) -> dict[str, list[DirectoryEntry]]:
    """The directory of a pack by who may turn to each: 'emergency', 'child' (themselves), 'parent', 'staff'.

    Each stands once, under the first of these that fits; a group with nothing in it is left out.
    """
    groups: dict[str, list[DirectoryEntry]] = {"emergency": [], "child": [], "parent": [], "staff": []}
    for entry in library.directory(pack):
        fits = (group for group in ("child", "parent") if group in entry.audiences)
        groups["emergency" if entry.emergency else next(fits, "staff")].append(entry)
    return {group: entries for group, entries in groups.items() if entries}
