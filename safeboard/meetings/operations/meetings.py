"""Meetings: planned, changed, cancelled, called; who comes, who came; interests declared."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.core.times import exact
from safeboard.outbox.operations import link, send
from safeboard.strategy import operations as strategy

from ..choices import Answer, Came, InterestDone, MeetingState
from ..errors import Refused
from ..models import AgendaItem, Attendance, Decision, Interest, Meeting, Member
from ..queries.meetings import attended, who_chairs
from ..queries.members import seats_of
from ..queries.sheet import sheet_of
from .common import open_meeting, own_board_id, set_values

WHEN = ("starts_at", "ends_at", "where", "title")


@transaction.atomic
def plan_meeting(
    *,
    by: Access,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    where: str = "",
    form_key: uuid.UUID | None = None,
) -> Meeting:
    """Plan a meeting; the same form twice is one. Raises Refused where it ends before it begins."""
    require(by, "meetings.keep")
    _check_times(starts_at, ends_at)
    given = {"title": title, "starts_at": starts_at, "ends_at": ends_at, "where": where, "made_by": by.person}
    key = place_key(form_key, by)
    row, made = Meeting.objects.get_or_create(key=key, defaults={"board_id": own_board_id(by), **given})
    if made:
        history.record(by=by, verb="meetings.planned", obj=row, facts={"on": row.day.isoformat()})
    return row


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The meeting would end before it begins. Give a later end."))


@transaction.atomic
def change_meeting(*, by: Access, meeting: Meeting, given: Mapping[str, Any]) -> Meeting:
    """Change when, where or what it is called. Where invitations went out, everybody is told."""
    require(by, "meetings.keep", meeting)
    row = open_meeting(meeting)
    changed = set_values(row, {name: given[name] for name in WHEN if name in given})
    _check_times(row.starts_at, row.ends_at)
    if not changed:
        return row
    row.sequence += 1
    row.save()
    history.record(by=by, verb="meetings.changed", obj=row, facts={"fields": changed})
    if row.state == MeetingState.CALLED:
        _tell(by, row, _("Changed: %(title)s"), "meeting-changed")
    return row


@transaction.atomic
def cancel_meeting(*, by: Access, meeting: Meeting, why: str) -> Meeting:
    """Cancel a meeting that was not held; whoever was invited is told. Twice is once."""
    require(by, "meetings.keep", meeting)
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    row = open_meeting(meeting)
    if row.state == MeetingState.HELD:
        raise Refused(_("It was held: its attendance is noted, so it cannot be cancelled."))
    called = row.state == MeetingState.CALLED
    row.state, row.cancelled_why, row.sequence = MeetingState.CANCELLED, why, row.sequence + 1
    row.save()
    history.record(by=by, verb="meetings.cancelled", obj=row)
    if called:
        _tell(by, row, _("Cancelled: %(title)s"), "meeting-cancelled")
    return row


@transaction.atomic
def call_meeting(*, by: Access, meeting: Meeting) -> int:
    """Send the invitations, again to nobody who has one; gives how many went out. Raises Refused without an agenda."""
    require(by, "meetings.keep", meeting)
    row = open_meeting(meeting)
    if not AgendaItem.objects.filter(meeting=row).exists():
        raise Refused(_("Assemble the agenda first: people decide by it whether they come."))
    asked = set(Attendance.objects.filter(meeting=row, member__isnull=False).values_list("member_id", flat=True))
    new = [one for one in sheet_of(row).sitting if one.pk not in asked]
    Attendance.objects.bulk_create(Attendance(board_id=row.board_id, meeting=row, member=one) for one in new)
    if row.state == MeetingState.PLANNED:
        row.state, row.called_at = MeetingState.CALLED, timezone.now()
        row.save(update_fields=["state", "called_at"])
    sent = sum(_write(by, row, one, _("Invitation: %(title)s"), "meeting-called") for one in new)
    history.record(by=by, verb="meetings.called", obj=row, facts={"invited": len(new), "sent": sent})
    return sent


def _tell(by: Access, row: Meeting, subject: str, kind: str) -> None:
    asked = Attendance.objects.filter(meeting=row, member__isnull=False).select_related("member__person")
    for one in asked:
        if one.member is not None:
            _write(by, row, one.member, subject, kind)


def _write(by: Access, row: Meeting, member: Member, subject: str, kind: str) -> bool:
    """A message to one member; False where no address is known. What it is about is behind the link."""
    if not member.address:
        return False
    chair, why = who_chairs(sheet_of(row))
    lines = [exact(row.starts_at), row.where]
    if why and chair is not None:
        lines.append(_("%(why)s %(name)s takes the chair.") % {"why": why, "name": chair.name})
    if row.cancelled_why:
        lines.append(row.cancelled_why)
    if member.person is not None:
        lines += ["", _("The agenda, the papers and your answer:"), link(reverse("meetings:meeting", args=[row.pk]))]
    word = f"{kind}-{row.pk}-{row.sequence}-{member.pk}"
    text = "\n".join(line for line in lines if line is not None)
    words = subject % {"title": row.title}
    send(by=by, to=member.person, email=member.address, kind=kind, subject=words, body=text, about=row, dedupe=word)
    return True


@transaction.atomic
def answer_invitation(*, by: Access, meeting: Meeting, member: Member, answer: str, deputy: str = "") -> Attendance:
    """Note that somebody is coming or sends apologies, and who comes in their place. A member answers for oneself."""
    require(by, "meetings.take_part", meeting)
    row = open_meeting(meeting)
    _own_or_kept(by, row, member)
    held, _made = Attendance.objects.get_or_create(meeting=row, member=member, defaults={"board_id": row.board_id})
    held.answer, held.deputy = Answer(answer), deputy if answer == Answer.APOLOGIES else ""
    held.save()
    history.record(by=by, verb="meetings.answered", obj=row, facts={"member": member.pk, "answer": str(answer)})
    return held


def _own_or_kept(by: Access, meeting: Meeting, member: Member) -> None:
    """Who runs the meetings acts for anybody; a member for themselves alone."""
    if member.pk not in {one.pk for one in seats_of(by)}:
        require(by, "meetings.keep", meeting)


@transaction.atomic
def note_attendance(
    *,
    by: Access,
    meeting: Meeting,
    came: Mapping[int, str],
    deputies: Mapping[int, str] | None = None,
    guests: list[str] | None = None,
    chaired_by: Member | None = None,
) -> bool:
    """Note who came (Came, by the member's id), the guests, and who took the chair; gives whether it is a quorum.

    What was decided is marked by it: below the quorum a decision waits for one (terms of reference).
    """
    require(by, "meetings.keep", meeting)
    row = open_meeting(meeting)
    if row.starts_at > timezone.now():
        raise Refused(_("The meeting has not begun. Until then members say whether they are coming."))
    deputies = deputies or {}
    for pk, said in came.items():
        given = {"came": Came(said), "deputy": deputies.get(pk, "") if said == Came.DEPUTY else ""}
        kept = {name: value for name, value in given.items() if name == "came" or value}
        Attendance.objects.update_or_create(meeting=row, member_id=pk, defaults={"board_id": row.board_id, **kept})
    Attendance.objects.filter(meeting=row, member__isnull=True).delete()
    names = [{"guest": name, "came": Came.PRESENT} for name in guests or []]
    Attendance.objects.bulk_create(Attendance(board_id=row.board_id, meeting=row, **one) for one in names)
    if row.state != MeetingState.HELD:
        row.state = MeetingState.HELD
        url = reverse("meetings:meeting", args=[row.pk])
        strategy.chronicle(by=by, board=row.board, on=row.day, what=row.title, source=row, kind="meeting", url=url)
    row.chaired_by = chaired_by
    row.save(update_fields=["state", "chaired_by"])
    there = attended(sheet_of(row))
    Decision.objects.filter(meeting=row).update(quorate=there.quorate)
    facts = {"present": there.present, "needed": there.quorum.needed, "quorate": there.quorate}
    history.record(by=by, verb="meetings.attendance", obj=row, facts=facts)
    return there.quorate


@transaction.atomic
def declare_interest(
    *,
    by: Access,
    meeting: Meeting,
    member: Member,
    what: str,
    done: str,
    item: AgendaItem | None = None,
    form_key: uuid.UUID | None = None,
) -> Interest:
    """Write down an interest: whose, about which item, what was done. Who left the room gets none of its papers."""
    require(by, "meetings.take_part", meeting)
    row = open_meeting(meeting)
    _own_or_kept(by, row, member)
    given = {
        "board_id": row.board_id,
        "meeting": row,
        "member": member,
        "item": item,
        "what": what,
        "made_by": by.person,
    }
    key = place_key(form_key, by)
    found, made = Interest.objects.get_or_create(form_key=key, defaults={**given, "done": InterestDone(done)})
    if made:
        facts = {"member": member.pk, "item": item.pk if item else None, "done": str(done)}
        history.record(by=by, verb="meetings.interest", obj=row, facts=facts, digests={"what": what})
    return found
