"""What an inspector or a peer reviewer is shown: where things are, and the packs that are open (Toolkit s5, s6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.roles import PlaceKind, Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

from ..models import ReviewerPack

LAST_WEEK = timedelta(days=7)

BOARD, AGENCY = PlaceKind.BOARD, PlaceKind.AGENCY


@dataclass(frozen=True)
class Entry:
    """A page: its name, a plain sentence on what is there, its address and permission, and in which places it is."""

    title: Any
    says: Any
    name: str
    permission: str
    places: tuple[PlaceKind, ...] = (BOARD,)

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


GUIDE: Mapping[Any, tuple[Entry, ...]] = {
    gettext_lazy("Strategy"): (
        Entry(
            gettext_lazy("Documents"),
            gettext_lazy("The strategy, practice guidance and reporting mechanism, with every version that held."),
            "strategy:documents",
            "strategy.documents",
            (BOARD, AGENCY),
        ),
        Entry(
            gettext_lazy("Action plan"),
            gettext_lazy("What is to be done, by whom, by when, and what is overdue."),
            "strategy:plan",
            "strategy.see",
            (BOARD, AGENCY),
        ),
        Entry(
            gettext_lazy("Subgroup and meetings"),
            gettext_lazy("Who sits in the subgroup, its terms, agendas, minutes and decisions."),
            "meetings:subgroup",
            "meetings.see",
        ),
        Entry(
            gettext_lazy("Chronology"),
            gettext_lazy("What happened in the board’s work, by date."),
            "strategy:chronology",
            "strategy.chronology",
        ),
    ),
    gettext_lazy("Standards"): (
        Entry(
            gettext_lazy("Rounds"),
            gettext_lazy("Which reviews were sent to agencies, who answered, and who is late."),
            "standards:rounds",
            "standards.see_rounds",
        ),
        Entry(
            gettext_lazy("Returns"),
            gettext_lazy("What the agency answered to reviews, with its evidence and what fell short."),
            "standards:returns",
            "standards.see_returns",
            (AGENCY,),
        ),
        Entry(
            gettext_lazy("Surveys"),
            gettext_lazy("What children, parents and staff said, and what was done about it."),
            "standards:surveys",
            "standards.see_results",
            (BOARD, AGENCY),
        ),
        Entry(
            gettext_lazy("Annual reports"),
            gettext_lazy("Each year’s report as the chair signed it."),
            "insight:reports",
            "insight.reports",
            (BOARD, AGENCY),
        ),
    ),
    gettext_lazy("The picture"): (
        Entry(
            gettext_lazy("Dashboard"),
            gettext_lazy("How agencies stand in each part, and what moves against its target."),
            "insight:dashboard",
            "insight.picture",
        ),
        Entry(
            gettext_lazy("Incidents reported"),
            gettext_lazy(
                "How many incidents were reported each quarter; figures that could identify a child are left out."
            ),
            "insight:picture",
            "insight.picture",
        ),
        Entry(
            gettext_lazy("How we stand"),
            gettext_lazy("What of the board’s indicators the agency has in place."),
            "insight:ours",
            "insight.our_standing",
            (AGENCY,),
        ),
    ),
    gettext_lazy("Incidents"): (
        Entry(
            gettext_lazy("All incidents"),
            gettext_lazy("Each incident with what was decided and done; concerns about staff are kept by few."),
            "incidents:list",
            "incidents.list",
            (AGENCY,),
        ),
        Entry(
            gettext_lazy("Looking back"),
            gettext_lazy("What was learned from incidents, near misses and reviews, and whether it worked."),
            "incidents:lessons",
            "incidents.see_lessons",
            (BOARD, AGENCY),
        ),
        Entry(
            gettext_lazy("Charts and help"),
            gettext_lazy("The decision charts that staff follow, and whom they can ring."),
            "charts:list",
            "charts.see",
            (BOARD, AGENCY),
        ),
    ),
    gettext_lazy("Agencies"): (
        Entry(
            gettext_lazy("Agencies"),
            gettext_lazy("Who sits in the board, with leads, contacts and what is missing."),
            "partnership:agencies",
            "partnership.see_agencies",
        ),
        Entry(
            gettext_lazy("Settings"),
            gettext_lazy("Where children reach technology, and what filtering is there."),
            "partnership:settings",
            "partnership.see_settings",
            (AGENCY,),
        ),
    ),
    gettext_lazy("Evidence"): (
        Entry(
            gettext_lazy("Evidence for reviewers"),
            gettext_lazy("Packs that the board put together for you: open one, and check it with the script in it."),
            "insight:packs",
            "insight.see_packs",
        ),
    ),
}


def guide(access: Access) -> list[tuple[Any, list[Entry]]]:
    """What is where, room by room: of this kind of place, and only what this person may open there."""
    kind = access.place.kind if access.place else None
    rooms = [
        (title, [one for one in entries if kind in one.places and access.can(one.permission)])
        for title, entries in GUIDE.items()
    ]
    return [(title, entries) for title, entries in rooms if entries]


def inspector_until(access: Access) -> date | None:
    """The last day on which the acting person is an inspector here, or None."""
    held = Membership.objects.filter(partnership.current(), person=access.person, role=Role.INSPECTOR)
    here = Q(board_id=access.board_id or 0) | Q(agency_id=access.agency_id or 0)
    last: date | None = held.filter(here).order_by("-ends").values_list("ends", flat=True).first()
    return last


def who_extends(access: Access, until: date) -> list[str]:
    """The names of those who can give an inspector here a later last day; asked in the last week alone, else none."""
    if access.place is None or until - timezone.localdate() > LAST_WEEK:
        return []
    return [one.name for one in partnership.who_gives(Role.INSPECTOR, access.place) if one.is_active]


def packs_of(access: Access) -> QuerySet[ReviewerPack]:
    """The packs of the acting board: all for those who run it, for an inspector those that are open today."""
    rows = ReviewerPack.objects.filter(board_id=access.board_id or 0).defer("content").select_related("asked_by")
    if access.can("insight.open_pack"):
        return rows
    return rows.filter(made_at__isnull=False, until__gte=timezone.localdate())
