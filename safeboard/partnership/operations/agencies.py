"""Writes about agencies, their seats in boards, and their settings."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..models import Agency, Board, Membership, Seat, Setting
from ..queries import current
from ..rules import LEADERS_OF_BOARD
from .common import Values, check_kind, check_known, check_unchanged, make, save_changes

AGENCY_FIELDS = ("name", "reference", "gives_technology", "reaches_children")
SEAT_FIELDS = ("kind", "in_subgroup", "since")
SETTING_FIELDS = (
    "name",
    "kind",
    "urn",
    "street",
    "town",
    "postcode",
    "telephone",
    "users",
    "equipment",
    "connection",
    "filtering_provider",
    "filtering_plan",
    "acceptable_use",
)


@transaction.atomic
def add_agency(*, by: Access, board: Board, name: str, kind: str, values: Values | None = None) -> Agency:
    """A new agency that sits in ``board`` as ``kind`` of member (Toolkit, Definitions) and follows its charts."""
    if not by.job:
        require(by, "partnership.keep_seat", board)
    check_known(values or {}, AGENCY_FIELDS)
    check_kind(board.pack, "agency-kinds", kind)
    agency = Agency(name=name.strip(), home_board=board, **(values or {}))
    make(by=by, record=agency, verb="partnership.agency_made", facts={"board": board.pk, "kind": kind})
    Seat.objects.create(board=board, agency=agency, kind=kind, since=timezone.localdate())
    return agency


@transaction.atomic
def change_agency(*, by: Access, agency: Agency, values: Values) -> list[str]:
    """Change an agency's name, reference, or its answers to Brent's two questions (Toolkit Annex A)."""
    require(by, "partnership.keep_agency", agency)
    check_known(values, AGENCY_FIELDS)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    return save_changes(by=by, record=agency, values=values, verb="partnership.agency_changed")


@transaction.atomic
def seat_agency(*, by: Access, agency: Agency, board: Board, kind: str) -> Seat:
    """Seat an agency in a further board, which then sees its register data, and never its casework.

    By the agency's own lead, who thereby shows the register to that board; by somebody who runs both boards; or
    by a job. Raises PermissionDenied for others.
    """
    if not by.job:
        require(by, "partnership.keep_agency", agency)
        if by.agency_id is None and not _runs(by, board):
            raise PermissionDenied("only who runs that board, or leads the agency, seats it there")
    check_kind(board.pack, "agency-kinds", kind)
    seat, made = Seat.objects.get_or_create(board=board, agency=agency, defaults={"kind": kind})
    if not made and seat.until is None:
        raise ValidationError({"board": _("The agency sits in that board already.")})
    seat.kind, seat.since, seat.until = kind, timezone.localdate(), None
    seat.save()
    history.record(by=by, verb="partnership.seated", obj=agency, facts={"board": board.pk, "kind": kind})
    return seat


def _runs(by: Access, board: Board) -> bool:
    """Whether the person runs that board too, in whatever place they act now."""
    held = Membership.objects.filter(current(), person=by.person, board=board, role__in=LEADERS_OF_BOARD)
    return by.person is not None and held.exists()


@transaction.atomic
def change_seat(*, by: Access, seat: Seat, values: Values) -> list[str]:
    """Change as what kind of member an agency sits in the board, since when, and whether it is in the subgroup."""
    require(by, "partnership.keep_seat", seat)
    check_known(values, SEAT_FIELDS)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("board").get(pk=seat.pk)
    if "kind" in values:
        check_kind(seat.board.pack, "agency-kinds", str(values["kind"]))
    return save_changes(
        by=by, record=seat, values=values, verb="partnership.seat_changed", facts={"agency": seat.agency_id}
    )


@transaction.atomic
def end_seat(*, by: Access, seat: Seat) -> Seat:
    """The agency leaves the board, which from now on sees nothing of it. Its own records stay as they are.

    Raises ValidationError where it is the board whose charts the agency follows.
    """
    if seat.board_id == seat.agency.home_board_id:
        raise ValidationError(_("The agency follows this board's charts. It cannot leave it."))
    if by.agency_id == seat.agency_id:
        require(by, "partnership.keep_agency", seat.agency)
    else:
        require(by, "partnership.keep_seat", seat)
    seat.until = timezone.localdate()
    seat.save(update_fields=["until"])
    history.record(by=by, verb="partnership.seat_ended", obj=seat.agency, facts={"board": seat.board_id})
    return seat


@transaction.atomic
def add_setting(*, by: Access, agency: Agency, values: Values) -> Setting:
    """A new setting of an agency (Toolkit s3). Raises ValidationError for an unknown kind or a URN it has already."""
    if not by.job:
        require(by, "partnership.keep_agency", agency)
    check_known(values, SETTING_FIELDS)
    check_kind(agency.home_board.pack, "setting-kinds", str(values.get("kind", "")))
    check_urn(agency, str(values.get("urn", "")))
    setting = Setting(agency=agency, **values)
    make(by=by, record=setting, verb="partnership.setting_made", facts={"kind": setting.kind})
    return setting


@transaction.atomic
def change_setting(*, by: Access, setting: Setting, values: Values, seen: datetime | None = None) -> list[str]:
    """Change a setting; gives the names of the fields. Raises ChangedMeanwhile where it was saved after ``seen``."""
    require(by, "partnership.keep_agency", setting)
    check_known(values, SETTING_FIELDS)
    setting = Setting.objects.select_for_update().get(pk=setting.pk)
    check_unchanged(setting, seen)
    check_kind(setting.agency.home_board.pack, "setting-kinds", str(values.get("kind", setting.kind)))
    check_urn(setting.agency, str(values.get("urn", setting.urn)), but=setting.pk)
    return save_changes(by=by, record=setting, values=values, verb="partnership.setting_changed")


def check_urn(agency: Agency, urn: str, *, but: int = 0) -> None:
    """A URN stands once in an agency. Other agencies are not asked: an error must not tell what they have."""
    if urn and Setting.objects.filter(agency=agency, urn=urn).exclude(pk=but).exists():
        raise ValidationError({"urn": _("Another setting of this agency has this reference number.")})


@transaction.atomic
def close_setting(*, by: Access, setting: Setting, on: date | None = None) -> Setting:
    """Close a setting; what was recorded of it stays. ``on`` is the last day, today where none is given."""
    require(by, "partnership.keep_agency", setting)
    setting.closed_on = on or timezone.localdate()
    setting.save(update_fields=["closed_on", "changed_at"])
    history.record(by=by, verb="partnership.setting_closed", obj=setting)
    return setting


@transaction.atomic
def reopen_setting(*, by: Access, setting: Setting) -> Setting:
    """Open a closed setting again."""
    require(by, "partnership.keep_agency", setting)
    setting.closed_on = None
    setting.save(update_fields=["closed_on", "changed_at"])
    history.record(by=by, verb="partnership.setting_reopened", obj=setting)
    return setting
