"""What the objectives of a plan can be shown by, and how that stands, told to the room that keeps the plan."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.strategy.queries.figures import Figures, better_of, offered_by, told_by

from .models import BoardIndicator
from .queries.indicators import Course, course, indicators_of, snapshots_of


@offered_by
def own_indicators(access: Access) -> list[tuple[str, str]]:
    """The indicators that the board acted for defined itself: no pack has them."""
    if access.board_id is None or not access.can("insight.picture"):
        return []
    own = BoardIndicator.objects.filter(board_id=access.board_id, version=0, retired_at__isnull=True)
    return list(own.values_list("name", "title"))


@told_by
def objective_figures(access: Access, board_id: int, names: set[str]) -> dict[str, Figures]:
    """The latest figures by name, in the board's own place alone: at most three queries."""
    if access.board_id != board_id or not access.can("insight.picture"):
        return {}
    rows = [one for one in indicators_of(access, board_id) if one.name in names]
    snapshots = snapshots_of(access, board_id) if rows else []
    return {row.name: _figures(course(row, snapshots)) for row in rows}


def _figures(found: Course) -> Figures:
    row = found.indicator
    return Figures(
        title=row.title,
        now=_now(found),
        baseline=_baseline(found),
        target=_target(row),
        better=better_of(row.direction),
        word=found.state_words,
        colour=found.colour,
        url=reverse("insight:indicator", args=[row.pk]),
    )


def _now(found: Course) -> str:
    if found.latest is None:
        return found.said
    words = {"said": found.said, "when": found.latest.label}
    if found.indicator.of_agencies and found.latest.count.value is not None:
        return _("%(n)s of a hundred: %(said)s (%(when)s)") % {"n": found.latest.count.value, **words}
    return _("%(said)s (%(when)s)") % words


def _baseline(found: Course) -> str:
    row = found.indicator
    if found.baseline is None:
        return ""
    since = row.baseline_said if row.baseline_figure is not None else str(row.baseline)
    words = _amount(row, found.baseline)
    return _("%(figure)s (%(since)s)") % {"figure": words, "since": since} if since else words


def _target(row: BoardIndicator) -> str:
    if row.target is None:
        return ""
    words = _amount(row, row.target)
    return _("%(figure)s by %(day)s") % {"figure": words, "day": times.exact(row.target_on)} if row.target_on else words


def _amount(row: BoardIndicator, figure: int) -> str:
    return _("%(n)s of a hundred") % {"n": figure} if row.is_share else f"{figure:,}"
