"""Minutes: written item by item during the meeting; decisions and actions taken down at once; approved, then fixed."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.partnership.models import Agency
from safeboard.strategy import operations as strategy
from safeboard.strategy.models import Action
from safeboard.strategy.operations import Refused as PlanRefused

from ..choices import MeetingState
from ..errors import Clashed, Refused
from ..models import AgendaItem, Decision, Meeting, MinuteClash
from ..queries.meetings import attended
from ..queries.record import record_of
from ..queries.sheet import Sheet, sheet_of
from .common import open_meeting


def write_minute(*, by: Access, item: AgendaItem, text: str, edition: int) -> AgendaItem:
    """Save the minute of an item as it is typed. ``edition``: the one that the writer began from.

    Where somebody else saved another text meanwhile nothing is lost: both are kept, and Clashed is raised.
    """
    clash, row = _written(by=by, item=item, text=text, edition=edition)
    if clash is not None:
        raise Clashed(clash)
    return row


@transaction.atomic
def _written(*, by: Access, item: AgendaItem, text: str, edition: int) -> tuple[MinuteClash | None, AgendaItem]:
    require(by, "meetings.keep", item)
    meeting = open_meeting(item.meeting)
    _begun(meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.minute == text:
        return None, row
    if row.edition != edition:
        given = {"text": text, "at": timezone.now(), "board_id": row.board_id}
        clash, _made = MinuteClash.objects.update_or_create(item=row, by=by.person, settled_at=None, defaults=given)
        history.record(by=by, verb="meetings.clashed", obj=meeting, facts={"item": row.pk}, digests={"text": text})
        return clash, row
    return None, _save(by, meeting, row, text)


def _save(by: Access, meeting: Meeting, row: AgendaItem, text: str) -> AgendaItem:
    row.minute, row.edition, row.minuted_by, row.minuted_at = text, row.edition + 1, by.person, timezone.now()
    row.save(update_fields=["minute", "edition", "minuted_by", "minuted_at"])
    facts = {"item": row.pk, "edition": row.edition}
    history.record(by=by, verb="meetings.minuted", obj=meeting, facts=facts, digests={"text": text})
    return row


def _begun(meeting: Meeting) -> None:
    if meeting.starts_at > timezone.now():
        raise Refused(_("The meeting has not begun, so there is nothing to write down yet."))


@transaction.atomic
def settle_clash(*, by: Access, clash: MinuteClash, text: str, edition: int) -> AgendaItem:
    """Make one minute of two texts; both stay in the history as digests. Raises Refused where it changed once more."""
    require(by, "meetings.keep", clash)
    meeting = open_meeting(clash.item.meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=clash.item_id)
    if row.edition != edition:
        raise Refused(_("The minute was changed once more meanwhile. What you wrote is still here: look at it again."))
    MinuteClash.objects.filter(pk=clash.pk).update(settled_at=timezone.now())
    history.record(by=by, verb="meetings.settled", obj=meeting, facts={"item": row.pk}, digests={"second": clash.text})
    return _save(by, meeting, row, text)


@transaction.atomic
def take_decision(*, by: Access, item: AgendaItem, text: str, form_key: uuid.UUID | None = None) -> Decision:
    """Take down a decision at once; the same form twice is one. Below the quorum it is marked so."""
    require(by, "meetings.keep", item)
    meeting = open_meeting(item.meeting)
    _begun(meeting)
    key = place_key(form_key, by)
    found = Decision.objects.filter(form_key=key).first()
    if found is not None:
        return found
    last = Decision.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    row = Decision.objects.create(
        board_id=meeting.board_id,
        meeting=meeting,
        item=item,
        number=last + 1,
        text=text,
        quorate=attended(sheet_of(meeting)).quorate,
        made_by=by.person,
        form_key=key,
    )
    facts = {"decision": row.pk, "item": item.pk, "quorate": row.quorate}
    history.record(by=by, verb="meetings.decided", obj=meeting, facts=facts, digests={"text": text})
    return row


@transaction.atomic
def take_action(
    *,
    by: Access,
    source: AgendaItem | Decision,
    title: str,
    due_on: date,
    agency: Agency | None = None,
    owner: Person | None = None,
    form_key: uuid.UUID | None = None,
) -> Action:
    """Take down an action: a row of the plan at once, tied to the item or the decision that it comes from.

    With an agency it is a request to it. Raises Refused where the plan does not take it.
    """
    require(by, "meetings.keep", source)
    meeting = open_meeting(source.meeting)
    _begun(meeting)
    where = f"{meeting.title}, {source.label}" if isinstance(source, Decision) else meeting.title
    try:
        action = strategy.raise_action(
            by=by,
            title=title,
            board=meeting.board,
            agency=agency,
            owner=owner,
            due_on=due_on,
            source=source,
            source_title=where,
            source_url=reverse("meetings:meeting", args=[meeting.pk]),
            form_key=form_key,
        )
    except PlanRefused as why:
        raise Refused(str(why)) from why
    history.record(by=by, verb="meetings.action_taken", obj=meeting, facts={"action": action.pk})
    return action


def digest_of(sheet: Sheet) -> str:
    """The SHA-256 of everything that the minutes of a meeting say."""
    text = json.dumps(record_of(sheet), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_approved(sheet: Sheet) -> bool:
    """Whether approved minutes still say what was approved."""
    return sheet.meeting.digest == digest_of(sheet)


@transaction.atomic
def approve_minutes(*, by: Access, meeting: Meeting, at: Meeting, corrections: str = "") -> Meeting:
    """Approve the minutes of a meeting at a later one. From then on nothing of them can be changed.

    Raises Refused where they hold two texts of one minute, the later meeting is not later, has not begun or is no
    quorum, or nobody noted who came.
    """
    require(by, "meetings.keep", meeting)
    row, at = open_meeting(meeting), Meeting.objects.get(pk=at.pk)
    _check_approval(row, at)
    given: dict[str, Any] = {"approved_on": at.day, "approved_in": at, "approved_by": by.person}
    for name, value in {**given, "corrections": corrections}.items():
        setattr(row, name, value)
    row.digest = digest_of(sheet_of(row))
    row.save()
    facts = {"at": at.pk, "corrections": bool(corrections), "digest": row.digest}
    history.record(by=by, verb="meetings.approved", obj=row, facts=facts)
    return row


def _check_approval(row: Meeting, at: Meeting) -> None:
    if row.state != MeetingState.HELD:
        raise Refused(_("Note first who came to that meeting."))
    if at.board_id != row.board_id or at.starts_at <= row.starts_at or at.starts_at > timezone.now():
        raise Refused(_("Minutes are approved at a later meeting, once it has begun."))
    if at.state != MeetingState.HELD or not attended(sheet_of(at)).quorate:
        raise Refused(_("Note first who came to this meeting: only a quorum approves minutes."))
    if MinuteClash.objects.filter(item__meeting=row, settled_at__isnull=True).exists():
        raise Refused(_("Two people wrote the same minute at once. Make one text of the two first."))
