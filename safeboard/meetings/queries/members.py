"""Who sits in the subgroup, who chairs it, who may read what is confidential, and how the officer's time was spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access, Place
from safeboard.core.built import built_once
from safeboard.core.roles import BOARD_ROLES, PlaceKind
from safeboard.library import queries as library
from safeboard.library.shapes.meetings import JobDescription, OfficerAspect
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership, Seat

from ..choices import VOTING, InterestDone, Part
from ..models import AgendaItem, Interest, Member, Work
from ..rules import RUNNERS

# An agency that is a partner of the board, as every pack calls it: whoever works there may chair (Toolkit s2).
PARTNER = "board-partner"
FORMER = 20  # shown of those whose term has ended
ORDER = {part: place for place, part in enumerate(Part)}


def members(board_id: int, day: date | None = None) -> list[Member]:
    """Everybody who sits in the subgroup on a day (today), the chair first."""
    return sorted(_on(board_id, day or timezone.localdate()), key=_place)


def sitting_now(access: Access, today: date) -> list[Member]:
    """Everybody who sits in the subgroup of the board acted for today, the chair first."""
    return sorted(_here(access, today), key=_place)


@built_once
def _here(access: Access, today: date) -> QuerySet[Member]:
    return _on(access.board_id or 0, today)


def _on(board_id: int, day: date) -> QuerySet[Member]:
    rows = Member.objects.filter(Q(until__isnull=True) | Q(until__gte=day), board_id=board_id, since__lte=day)
    return rows.select_related("person", "agency", "stands_for")


def seats(access: Access, board_id: int) -> list[Member]:
    """Every seat there ever was, the chair first: for whoever looks at several days at once."""
    return sorted(_seats(access, board_id), key=_place)


@built_once
def _seats(_access: Access, board_id: int) -> QuerySet[Member]:
    return Member.objects.filter(board_id=board_id).select_related("person", "agency", "stands_for")


def _place(one: Member) -> tuple[int, str, int]:
    return ORDER[Part(one.part)], one.name.casefold(), one.pk


@built_once
def former(access: Access, today: date) -> QuerySet[Member]:
    """The last twenty of the board acted for whose term has ended, the latest first."""
    ended = Member.objects.filter(board_id=access.board_id or 0, until__lt=today)
    return ended.order_by("-until", "name")[:FORMER]


def may_chair(board_id: int, *, person_id: int | None, agency_id: int | None) -> bool:
    """Whether somebody is a member of the board: it is they who may chair its subgroup (Toolkit s2).

    They run the board, or they speak for an agency that sits in it as a partner; with an account they also work there.
    """
    partner = Seat.objects.filter(board_id=board_id, agency_id=agency_id or 0, kind=PARTNER, until__isnull=True)
    if person_id is not None:
        held = Membership.objects.filter(partnership.current(), person_id=person_id, person__is_active=True)
        places = held.annotate(partner=Exists(partner)).values_list("board_id", "role", "agency_id", "partner")
        return any(
            (board == board_id and role in RUNNERS) or (agency is not None and agency == agency_id and sits)
            for board, role, agency, sits in places
        )
    return agency_id is not None and partner.exists()


@dataclass(frozen=True)
class Chair:
    """Who leads the subgroup: the chair, or why there is none, and who takes the chair meanwhile."""

    chair: Member | None
    vacant: str
    deputy: Member | None

    @property
    def leads(self) -> Member | None:
        """Who takes the chair now."""
        return self.deputy if self.vacant else self.chair


def chair_of(board_id: int, sitting: Sequence[Member] | None = None) -> Chair:
    """Who chairs today. A chair who left, or is no member of the board any more, leaves the chair vacant."""
    sitting = members(board_id) if sitting is None else sitting
    chair = next((one for one in sitting if one.part == Part.CHAIR), None)
    deputy = next((one for one in sitting if one.part == Part.DEPUTY_CHAIR), None)
    return Chair(chair, _vacancy(board_id, chair), deputy)


def _vacancy(board_id: int, chair: Member | None) -> str:
    if chair is None:
        return _("The subgroup has no chair.")
    if chair.person is not None and not chair.person.is_active:
        return _("%(name)s has left: the subgroup has no chair.") % {"name": chair.name}
    if not may_chair(board_id, person_id=chair.person_id, agency_id=chair.agency_id):
        words = _("%(name)s is no member of the board any more, so the subgroup has no chair.")
        return words % {"name": chair.name}
    return ""


@dataclass(frozen=True)
class Reader:
    """What somebody may read of a meeting. ``barred``: the items that they left the room for; ``seats``: their own."""

    confidential: bool
    barred: frozenset[int] = frozenset()
    seats: frozenset[int] = frozenset()

    def may_read(self, item: AgendaItem) -> bool:
        """Whether the item, its papers, minute and decisions are open to them."""
        return item.pk not in self.barred and (self.confidential or not item.confidential)


def seats_of(access: Access, rows: Iterable[Member] | None = None) -> list[Member]:
    """The seats that whoever acts holds in the subgroup today; ``rows``: everybody's, where they are at hand."""
    if access.person is None or access.board_id is None:
        return []
    today = timezone.localdate()
    sitting = members(access.board_id) if rows is None else [one for one in rows if one.sits_on(today)]
    return [one for one in sitting if one.person_id == access.person.pk]


def reader_of(
    access: Access, rows: Iterable[Member] | None = None, interests: Iterable[Interest] | None = None
) -> Reader:
    """What this person may read. What is confidential: who runs the board, voting members, and their deputies.

    An inspector, a co-opted member and the young people's representative read the rest. ``rows`` and ``interests``:
    everybody's seats and the interests of a meeting, where they are at hand.
    """
    mine = seats_of(access, rows)
    votes = any(one.part in VOTING or (one.stands_for and one.stands_for.part in VOTING) for one in mine)
    pks = frozenset(one.pk for one in mine)
    if interests is None:
        interests = Interest.objects.filter(member__in=pks) if pks else []
    left = {one.item_id for one in interests if one.member_id in pks and one.done == InterestDone.LEFT}
    return Reader(bool(access.roles & RUNNERS) or votes, frozenset(pk for pk in left if pk is not None), pks)


def accounts(board_id: int, agencies: Iterable[int]) -> list[tuple[int, str]]:
    """The people whom a member can be: whoever holds a role in the board, or leads an agency that sits in it."""
    roles = sorted(BOARD_ROLES)
    held = Membership.objects.filter(partnership.current(), person__is_active=True).filter(
        Q(board_id=board_id, role__in=roles) | Q(agency_id__in=list(agencies))
    )
    return list(held.order_by("person__name").values_list("person_id", "person__name").distinct())


def runners(board_id: int) -> list[int]:
    """The ids of the people who run the board."""
    place = Place(PlaceKind.BOARD, board_id, "")
    return [one.person.pk for one in partnership.members_of_place(place, roles=RUNNERS)]


# The officer's work --------------------------------------------------------------------------------------------------


def aspects(pack: str) -> list[OfficerAspect]:
    """The aspects of the officer's role, in their order."""
    return [one for one in library.items(pack, "officer-aspects") if isinstance(one, OfficerAspect)]


def jobs(pack: str) -> list[JobDescription]:
    """The job descriptions of those who sit in the subgroup."""
    return [one for one in library.items(pack, "job-descriptions") if isinstance(one, JobDescription)]


def work_in(board_id: int, year: int) -> QuerySet[Work]:
    """What was done in a year, the latest first."""
    return Work.objects.filter(board_id=board_id, on__year=year).select_related("person")


@dataclass(frozen=True)
class Spent:
    """One aspect in a year: what was done under it, and how long that took."""

    number: int
    aspect: OfficerAspect
    rows: list[Work]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)


def by_aspect(pack: str, rows: Iterable[Work]) -> list[Spent]:
    """A year's work under each of the aspects, those without any too."""
    rows = list(rows)
    return [
        Spent(number, one, [row for row in rows if row.aspect == one.id]) for number, one in enumerate(aspects(pack), 1)
    ]


def years_of_work(board_id: int) -> list[int]:
    """The years for which there is work, and this one, the latest first."""
    found = {day.year for day in Work.objects.filter(board_id=board_id).dates("on", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)
