"""The register of a board's agencies and settings, and what is missing in it (Toolkit s3, Annex A)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import Role

from ..choices import Known, Missing
from ..models import Agency, Board, Contact, Membership, Seat, Setting
from .access import current

SORTS = {
    "name": ("name", "pk"),
    "-name": ("-name", "-pk"),
    "kind": ("kind", "name", "pk"),
    "-kind": ("-kind", "name", "pk"),
}


def board_of(access: Access) -> Board | None:
    """The board acted for, or the home board of the agency acted for."""
    return next(iter(_first_board(access)), None)


@built_once
def _first_board(access: Access) -> QuerySet[Board]:
    return _boards(access).order_by("pk")[:1]


def pack_of(access: Access) -> str:
    """The id of the content pack that holds in the place acted in; '' in the service's place."""
    if access.place and access.place.pack:
        return access.place.pack
    return _boards(access).values_list("pack", flat=True).first() or ""


def _boards(access: Access) -> QuerySet[Board]:
    """The board acted for, or the home board of the agency acted for, as a query for one at most."""
    if access.board_id:
        return Board.objects.filter(pk=access.board_id)
    if access.agency_id:
        return Board.objects.filter(pk__in=Agency.objects.filter(pk=access.agency_id).values("home_board_id"))
    return Board.objects.none()


def seats_of(agency: Agency) -> QuerySet[Seat]:
    """The boards that an agency sits in, each with its kind of member."""
    return Seat.objects.filter(agency=agency, until__isnull=True).select_related("board").order_by("board__name")


def beside(agency_id: int) -> dict[int, str]:
    """The names of the other agencies that sit in a board with this one, by id, in the order of the names.

    The wall is opened for their names alone: which agencies sit in a board is known to its members.
    """
    boards = Seat.objects.filter(agency_id=agency_id, until__isnull=True).values("board_id")
    seated = set(Seat.objects.filter(board__in=boards, until__isnull=True).values_list("agency_id", flat=True))
    others = seated - {agency_id}
    with wall.open_for(agencies=others):
        return dict(Agency.objects.filter(pk__in=others).order_by("name", "pk").values_list("pk", "name"))


def seats_by_kind(board: Board) -> dict[str, int]:
    """How many agencies sit in a board, by kind of member."""
    rows = Seat.objects.filter(board=board, until__isnull=True).values_list("kind").annotate(Count("pk"))
    return dict(rows.order_by("kind"))


def settings_of(agency: Agency, *, closed: bool = False) -> QuerySet[Setting]:
    """An agency's settings by name; with ``closed`` also those that are closed."""
    rows = Setting.objects.filter(agency=agency)
    return rows if closed else rows.filter(closed_on__isnull=True)


# Lists of agencies that are found once for a question, not again for each agency that is looked at.
def _without(role: Role, kind: str, today: date | None) -> Q:
    held = Membership.objects.filter(current(today), agency__isnull=False, role=role, person__is_active=True)
    named = Contact.objects.filter(kind=kind, setting__isnull=True)
    return ~Q(pk__in=held.values("agency_id")) & ~Q(pk__in=named.values("agency_id"))


def _with_setting(**wanted: object) -> Q:
    return Q(pk__in=Setting.objects.filter(closed_on__isnull=True, **wanted).values("agency_id"))


def missing_conditions(today: date | None = None) -> dict[Missing, Q]:
    """What 'missing' means, as conditions on agencies. Not known is not no: it is never counted as missing."""
    return {
        Missing.LEAD: _without(Role.AGENCY_LEAD, "agency-lead", today),
        Missing.OFFICER: _without(Role.DESIGNATED_OFFICER, "designated-officer", today),
        Missing.PLAN: _with_setting(filtering_plan=Known.NO),
        Missing.POLICY: _with_setting(acceptable_use=Known.NO),
        Missing.SETTINGS: ~_with_setting(),
    }


def register(
    board: Board,
    *,
    kind: str = "",
    town: str = "",
    missing: str = "",
    words: str = "",
    sort: str = "name",
) -> QuerySet[Agency]:
    """The agencies that sit in a board, each with ``kind``, ``in_subgroup`` and ``missing_...`` for each Missing.

    Filters: kind of member, town of a setting, one of Missing, words in the name. Reads register data alone.
    """
    rows = Agency.objects.filter(seats__board=board, seats__until__isnull=True).annotate(
        kind=F("seats__kind"), in_subgroup=F("seats__in_subgroup")
    )
    conditions = missing_conditions()
    if kind:
        rows = rows.filter(kind=kind)
    if town:
        rows = rows.filter(_with_setting(town=town))
    if missing in Missing.values:
        rows = rows.filter(conditions[Missing(missing)])
    if words:
        rows = rows.filter(name__icontains=words)
    named = {f"missing_{name.value}": condition for name, condition in conditions.items()}
    return rows.annotate(**named).order_by(*SORTS.get(sort, SORTS["name"]))


def agency_in(board: Board, agency_id: int) -> Agency | None:
    """One agency of the board's register as ``register`` gives it, or None."""
    return register(board).filter(pk=agency_id).first()


def missing_counts(board: Board) -> Mapping[Missing, int]:
    """How many of a board's agencies lack what."""
    found = _seated(board.pk).aggregate(**_lacks(None))
    return {name: found[name.value] for name in Missing}


def _seated(board_id: int) -> QuerySet[Agency]:
    return Agency.objects.filter(seats__board_id=board_id, seats__until__isnull=True)


def _lacks(today: date | None) -> dict[str, Count]:
    return {name.value: Count("pk", filter=condition) for name, condition in missing_conditions(today).items()}


def missing_here(access: Access, today: date) -> Mapping[Missing, int]:
    """How many agencies of the board acted for lack what."""
    found = _missing_here(access, today)
    return dict(zip(Missing, found[0], strict=True)) if found else dict.fromkeys(Missing, 0)


@built_once
def _missing_here(access: Access, today: date) -> QuerySet[Agency, tuple[int, ...]]:
    rows = _seated(access.board_id or 0).order_by().values("seats__board_id")  # counted for the board as a whole
    return rows.annotate(**_lacks(today)).values_list(*(name.value for name in Missing))


@built_once
def towns(access: Access, board_id: int) -> QuerySet[Setting, str]:
    """The towns of the open settings of a board's agencies, for the filter."""
    seated = Seat.objects.filter(board_id=board_id, until__isnull=True).values("agency_id")
    rows = Setting.objects.filter(agency_id__in=seated, closed_on__isnull=True).exclude(town="")
    return rows.order_by("town").values_list("town", flat=True).distinct()


class Seatless(NamedTuple):
    """An agency of the board without a seat in the subgroup, and its answers to Brent's two questions."""

    pk: int
    name: str
    gives_technology: str
    reaches_children: str

    @property
    def technology(self) -> str:
        """Whether it gives children access, in a word."""
        return str(Known(self.gives_technology).label)

    @property
    def children(self) -> str:
        """Whether it reaches children, in a word."""
        return str(Known(self.reaches_children).label)


def not_in_subgroup(access: Access) -> dict[str, list[Seatless]]:
    """Brent's two questions (Toolkit Annex A): who gives children access, or reaches them, but has no seat there.

    ``yes``: missing from the subgroup of the board acted for; ``unknown``: neither question is answered yes and one is
    not answered.
    """
    rows = [Seatless(*row) for row in _seatless(access)]
    answers = [(row, {row.gives_technology, row.reaches_children}) for row in rows]
    return {
        "yes": [row for row, said in answers if Known.YES in said],
        "unknown": [row for row, said in answers if Known.YES not in said and Known.UNKNOWN in said],
    }


@built_once
def _seatless(access: Access) -> QuerySet[Agency, Any]:
    without = {"seats__board_id": access.board_id or 0, "seats__until__isnull": True, "seats__in_subgroup": False}
    return Agency.objects.filter(**without).order_by("name", "pk").values_list(*Seatless._fields)


def missing_of(agency: Agency) -> list[Missing]:
    """What one agency lacks."""
    conditions = {name.value: condition for name, condition in missing_conditions().items()}
    found = Agency.objects.filter(pk=agency.pk).annotate(**conditions).values(*conditions).first() or {}
    return [name for name in Missing if found.get(name.value)]


SETTING_SORTS = {
    "name": ("name", "pk"),
    "-name": ("-name", "-pk"),
    "town": ("town", "name", "pk"),
    "-town": ("-town", "name", "pk"),
    "agency": ("agency__name", "name", "pk"),
    "-agency": ("-agency__name", "name", "pk"),
}


def settings_found(wanted: Mapping[str, object], *, sort: str = "name") -> QuerySet[Setting]:
    """The settings behind the wall, filtered by words, kind, town, plan, policy (Known) and closed."""
    rows = Setting.objects.select_related("agency")
    if not wanted.get("closed"):
        rows = rows.filter(closed_on__isnull=True)
    if wanted.get("words"):
        rows = rows.filter(Q(name__icontains=wanted["words"]) | Q(urn=wanted["words"]))
    names = {"kind": "kind", "town": "town", "plan": "filtering_plan", "policy": "acceptable_use"}
    rows = rows.filter(**{field: wanted[name] for name, field in names.items() if wanted.get(name)})
    return rows.order_by(*SETTING_SORTS.get(sort, SETTING_SORTS["name"]))


def towns_of_settings() -> list[str]:
    """The towns of the open settings behind the wall."""
    rows = Setting.objects.filter(closed_on__isnull=True).exclude(town="")
    return list(rows.order_by("town").values_list("town", flat=True).distinct())
