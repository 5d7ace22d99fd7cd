"""Reads of a board's released figures and of its register. Nothing here reads an incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count as Counted
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.documents.suppression import NOT_APPLICABLE, NOT_AVAILABLE, SUPPRESSED, Count, count, shown
from safeboard.partnership import queries as partnership
from safeboard.partnership.choices import Known, Missing
from safeboard.partnership.models import Board, Seat, Setting

from ..choices import SHOWN_QUARTERS
from ..models import Release
from ..quarters import Quarter

SIGNS = {"c": SUPPRESSED, "z": count(NOT_APPLICABLE), ":": count(NOT_AVAILABLE)}


@dataclass(frozen=True)
class Released:
    """What a board was given: ended quarters, the oldest first, and the running one where it was counted."""

    quarters: tuple[Release, ...]
    running: Release | None

    @property
    def latest(self) -> Release | None:
        """The quarter released last."""
        return self.quarters[-1] if self.quarters else None


@dataclass(frozen=True)
class Having:
    """How many agencies have something, lack it, or have not said."""

    has: int
    lacks: int
    unknown: int


def figure(plain: object) -> Count:
    """A kept figure as it is shown. What is missing is not available."""
    return shown(plain) if isinstance(plain, int) else SIGNS.get(str(plain), SIGNS[":"])


def total(release: Release) -> Count:
    """The total of a quarter; not available where it was withheld."""
    return figure(release.tables.get("total"))


def lines(release: Release, name: str) -> dict[str, Count]:
    """A table of a release, by id of the line; empty where it was withheld."""
    return {line: figure(plain) for line, plain in release.tables.get(name, [])}


def released(board_id: int) -> Released:
    """The board's last quarters. The wall must be open for the board."""
    return _split(Release.objects.filter(board_id=board_id)[: SHOWN_QUARTERS + 1])


def released_here(access: Access) -> Released:
    """The last quarters of the board acted for."""
    return _split(_released(access))


@built_once
def _released(access: Access) -> QuerySet[Release]:
    return Release.objects.filter(board_id=access.board_id or 0)[: SHOWN_QUARTERS + 1]


def _split(found: Iterable[Release]) -> Released:
    rows = list(found)
    now = Quarter.running()
    ended = [row for row in rows if row.final][:SHOWN_QUARTERS]
    running = next((row for row in rows if not row.final and row.of == now), None)
    return Released(tuple(reversed(ended)), running)


def having(board: Board) -> Mapping[Missing, Having]:
    """Who has a lead, a designated officer and a filtering plan: register data, exact. Not known is not no."""
    return _having(_seats(board.pk).count(), partnership.missing_counts(board), _plans(board.pk))


def having_here(access: Access) -> Mapping[Missing, Having]:
    """The same of the board acted for."""
    missing = partnership.missing_here(access, timezone.localdate())
    return _having(sum(_seated_here(access)), missing, _plans_here(access))


@built_once
def _seated_here(access: Access) -> QuerySet[Seat, int]:
    rows = _seats(access.board_id or 0).order_by().values("board_id")
    return rows.annotate(many=Counted("pk")).values_list("many", flat=True)


@built_once
def _plans_here(access: Access) -> QuerySet[Setting, tuple[int, str]]:
    return _plans(access.board_id or 0)


def _seats(board_id: int) -> QuerySet[Seat]:
    return Seat.objects.filter(board_id=board_id, until__isnull=True)


def _plans(board_id: int) -> QuerySet[Setting, tuple[int, str]]:
    """What the open settings of each agency say of their filtering plan."""
    said = Setting.objects.filter(agency_id__in=_seats(board_id).values("agency_id"), closed_on__isnull=True)
    return said.order_by().values_list("agency_id", "filtering_plan").distinct()


def _having(agencies: int, missing: Mapping[Missing, int], said: Iterable[tuple[int, str]]) -> Mapping[Missing, Having]:
    plans: dict[int, set[str]] = {}
    for agency, plan in said:
        plans.setdefault(agency, set()).add(plan)
    unknown = sum(Known.NO not in plan and Known.UNKNOWN in plan for plan in plans.values())
    unknown += missing[Missing.SETTINGS]
    return {
        Missing.LEAD: Having(agencies - missing[Missing.LEAD], missing[Missing.LEAD], 0),
        Missing.OFFICER: Having(agencies - missing[Missing.OFFICER], missing[Missing.OFFICER], 0),
        Missing.PLAN: Having(agencies - missing[Missing.PLAN] - unknown, missing[Missing.PLAN], unknown),
    }


def sentence(found: Released) -> str:
    """The latest quarter in a sentence or two; a rise is said to be possibly good news."""
    latest = found.latest
    if latest is None:
        return _("No quarter has been released yet. The first one is counted in the night after it ends.")
    words = {"quarter": str(latest.of)}
    if latest.tables.get("withheld"):
        return _("The figures of %(quarter)s are not shown: they could identify a child or an agency.") % words
    now = total(latest)
    if now.value is None:
        return _("So few incidents were reported in %(quarter)s that their number is not shown.") % words
    many = ngettext("%(count)s incident was reported", "%(count)s incidents were reported", now.value)
    words["many"] = many % {"count": now.shown}
    before = _before(found, latest)
    if before is None:
        return _("%(many)s in %(quarter)s.") % words
    gap = now.value - before
    words["gap"] = f"{abs(gap):,}"
    if gap == 0:
        return _("%(many)s in %(quarter)s, as many as in the quarter before.") % words
    if gap < 0:
        return _("%(many)s in %(quarter)s, %(gap)s fewer than in the quarter before.") % words
    more = _("%(many)s in %(quarter)s, %(gap)s more than in the quarter before.") % words
    return more + " " + _("That can be good news: people notice more, and know whom to tell.")


def _before(found: Released, latest: Release) -> int | None:
    """The total of the quarter right before the latest, where both are known."""
    earlier = [row for row in found.quarters if row.of == latest.of.back()]
    return total(earlier[0]).value if earlier else None


def latest_sentence(access: Access) -> str:
    """What the home page says of the picture; '' for whoever may not see it. One query."""
    if access.board_id is None or not access.can("insight.picture"):
        return ""
    return sentence(released_here(access))
