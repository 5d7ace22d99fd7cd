"""Seats in the subgroup: given, changed, ended. The chair is a member of the board, or nobody (Toolkit s2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.partnership import operations as partnership
from safeboard.partnership.models import Seat

from ..choices import LEADING, Part
from ..errors import Refused
from ..models import Member, Work
from ..queries.members import aspects, may_chair
from .common import own_board_id, set_values

FIELDS = ("part", "person", "name", "email", "agency", "speaks_for", "stands_for", "since", "until", "note")


@transaction.atomic
def add_member(*, by: Access, given: Mapping[str, Any], form_key: uuid.UUID | None = None) -> Member:
    """Give somebody a seat; the same form twice is one. ``given``: the fields of FIELDS.

    Raises Refused where the chair is no member of the board, there is one already, or a deputy stands in for nobody.
    """
    require(by, "meetings.keep")
    board_id, key = own_board_id(by), place_key(form_key, by)
    found = Member.objects.filter(form_key=key).first()
    if found is not None:
        return found
    row = Member(board_id=board_id, form_key=key, **{name: given[name] for name in FIELDS if name in given})
    _check(row)
    row.save()
    history.record(by=by, verb="meetings.seated", obj=row, facts={"part": str(row.part)})
    _seat_agency(by, row)
    return row


@transaction.atomic
def change_member(*, by: Access, member: Member, given: Mapping[str, Any]) -> Member:
    """Change a seat. Raises Refused as ``add_member`` does."""
    require(by, "meetings.keep", member)
    row = Member.objects.select_for_update().get(pk=member.pk)
    changed = set_values(row, {name: given[name] for name in FIELDS if name in given})
    if changed:
        _check(row)
        row.save()
        history.record(by=by, verb="meetings.seat_changed", obj=row, facts={"fields": changed})
        _seat_agency(by, row)
    return row


@transaction.atomic
def end_member(*, by: Access, member: Member, until: date) -> Member:
    """Say which day is the last of a seat, and of its deputies. What they said and did stays in the minutes."""
    require(by, "meetings.keep", member)
    row = Member.objects.select_for_update().get(pk=member.pk)
    if until < row.since:
        raise Refused(_("The last day cannot lie before the first one."))
    row.until = until
    row.save(update_fields=["until"])
    Member.objects.filter(stands_for=row).filter(Q(until__isnull=True) | Q(until__gt=until), since__lte=until).update(
        until=until
    )
    history.record(by=by, verb="meetings.seat_ended", obj=row, facts={"until": until.isoformat()})
    return row


def _check(row: Member) -> None:
    if row.until is not None and row.until < row.since:
        raise Refused(_("The last day cannot lie before the first one."))
    if row.part == Part.DEPUTY and (row.stands_for is None or row.stands_for.part == Part.DEPUTY):
        raise Refused(_("Say which member they stand in for."))
    if row.part != Part.DEPUTY:
        row.stands_for = None
    if row.part in LEADING:
        _check_leads(row)


def _check_leads(row: Member) -> None:
    words = {"name": row.name, "part": str(Part(row.part).label).lower()}
    if row.part == Part.CHAIR and not may_chair(row.board_id, person_id=row.person_id, agency_id=row.agency_id):
        raise Refused(
            _(
                "%(name)s cannot chair the subgroup: its chair must be a member of the board. That is somebody who "
                "runs the board, or who works for an agency that sits in it as a partner. Nothing was changed."
            )
            % words
        )
    last = row.until or date.max
    others = Member.objects.filter(board_id=row.board_id, part=row.part, since__lte=last).exclude(pk=row.pk)
    if others.filter(Q(until__isnull=True) | Q(until__gte=row.since)).exists():
        raise Refused(_("There is a %(part)s at that time already. End their term first.") % words)


def _seat_agency(by: Access, row: Member) -> None:
    """An agency that somebody speaks for is in the subgroup: the register says so from now on (Toolkit Annex A)."""
    if row.agency_id is None or not row.sits_on(timezone.localdate()):
        return
    seat = Seat.objects.filter(board_id=row.board_id, agency_id=row.agency_id, until__isnull=True).first()
    if seat is None:
        raise Refused(_("That agency does not sit in the board. Say in words whom they speak for."))
    if not seat.in_subgroup:
        partnership.change_seat(by=by, seat=seat, values={"in_subgroup": True})


# The officer's work --------------------------------------------------------------------------------------------------


@transaction.atomic
def log_work(
    *, by: Access, pack: str, on: date, aspect: str, minutes: int, what: str, form_key: uuid.UUID | None = None
) -> Work:
    """Write down a piece of the officer's work; the same form twice is one. Raises Refused for an unknown aspect."""
    require(by, "meetings.keep")
    if aspect not in {one.id for one in aspects(pack)}:
        raise Refused(_("Choose one of the aspects of the role."))
    given = {"on": on, "aspect": aspect, "minutes": minutes, "what": what, "person": by.person}
    key = place_key(form_key, by)
    row, made = Work.objects.get_or_create(form_key=key, defaults={"board_id": own_board_id(by), **given})
    if made:
        history.record(by=by, verb="meetings.work", obj=row, facts={"aspect": aspect, "minutes": minutes})
    return row


@transaction.atomic
def strike_work(*, by: Access, work: Work) -> None:
    """Take an entry out of the log; the history keeps that it was there."""
    require(by, "meetings.keep", work)
    texts, facts = {"what": work.what}, {"aspect": work.aspect}
    history.record(by=by, verb="meetings.work_struck", obj=work, facts=facts, digests=texts)
    work.delete()
