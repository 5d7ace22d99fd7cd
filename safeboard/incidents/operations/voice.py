"""Writes for what is sent in without an account: sending, writing more, reading, passing on, ending.

Who sends has no account: those entries of the history are by a job, and bear the full hour in place of the minute. No
message to staff holds a word of what was written; an answer waits on the page that the seven words open.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, links, wall
from safeboard.core.access import Access, job_access, require
from safeboard.core.times import due
from safeboard.library.voices import voice
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board, Setting

from .. import office, receipt
from ..choices import Asked, Author, ClosedWhy, Kin, Part, WorryState
from ..errors import Refused
from ..models import Draft, Incident, Worry, WorryMessage
from ..queries.voice import goes_to, name_words, other_places, readers
from ..queries.walking import TOLD
from ..rules import words_only
from .reports import report, save_draft
from .told import RECORD_WITHIN

NOBODY = job_access("worry")
READ_WITHIN = 1  # office hours until it is read; at once where somebody may be in danger
READING = ("state", "due_at", "late_at")


@dataclass(frozen=True)
class Said:
    """What somebody told us: their words, and the answers that they did not leave out."""

    text: str
    danger: str = ""
    place: Setting | None = None
    typed_place: str = ""
    about_adult: str = ""
    adult_name: str = ""
    wish: str = ""
    name: str = ""


@transaction.atomic
def send_worry(*, by: Access, board: Board, sender: str, said: Said, words: list[str]) -> Worry:
    """Keep what somebody sent in, tell those who read it, and give it back. The same seven words twice: once.

    It goes to the agency of the place they named, or to the board's duty point (``queries.voice.goes_to``). Raises
    FilesRefused where a text carries a file.
    """
    require(by, "incidents.send_worry")
    words_only(said.text, said.name, said.adult_name, said.typed_place)
    digest, hour = receipt.digest(words), office.hour_of(timezone.now())
    named = name_words(said.adult_name)
    agency = goes_to(board, place=said.place, about_adult=said.about_adult, wish=said.wish, adult_words=named)
    with wall.open_for(casework=partnership.every_agency()):
        worry, made = Worry.objects.get_or_create(
            receipt=digest,
            defaults={
                "agency_id": agency,
                "board": board,
                "sender": sender,
                "setting": said.place,
                "place": said.typed_place,
                "danger": said.danger,
                "about_adult": said.about_adult,
                "adult_name": said.adult_name,
                "adult_words": named,
                "wish": said.wish,
                "name": said.name,
                "sent_at": hour,
                "due_at": _to_read(board, sender, said.danger),
            },
        )
        if made:
            _add(worry, Author.SENDER, said.text, at=hour)
            facts = {"sender": sender, "danger": said.danger, "about_adult": said.about_adult}
            history.record(by=by, verb="incidents.worry_sent", obj=worry, facts=facts, at=hour)
            tell_readers(by=by, worry=worry, kind="worry-new", more=worry.is_urgent)
    return worry


@transaction.atomic
def write_more(*, by: Access, worry: Worry, text: str, form_key: uuid.UUID | None = None) -> Worry:
    """Add what they wrote when they came back; it is to be read like a new one. The same form twice is one message."""
    require(by, "incidents.send_worry")
    words_only(text)
    hour = office.hour_of(timezone.now())
    with wall.open_for(casework=partnership.every_agency()):
        worry = Worry.objects.select_for_update().get(pk=worry.pk)
        if _add(worry, Author.SENDER, text, at=hour, key=form_key and uuid.uuid5(form_key, worry.receipt)):
            worry.state, worry.closed_at, worry.closed_why = WorryState.NEW, None, ""
            worry.due_at, worry.late_at = _to_read(worry.board, worry.sender, worry.danger), None
            worry.save()
            history.record(by=by, verb="incidents.worry_more", obj=worry, at=hour)
            tell_readers(by=by, worry=worry, kind="worry-more", more=worry.is_urgent)
    return worry


def _add(
    worry: Worry, author: str, text: str, *, at: datetime, by: Access | None = None, key: uuid.UUID | None = None
) -> bool:
    """Add a message; whether it was new."""
    fields = {"agency_id": worry.agency_id, "worry": worry, "author": author, "text": text, "at": at}
    if by is not None:
        fields["by"] = by.person
    _row, made = WorryMessage.objects.get_or_create(form_key=key or uuid.uuid4(), defaults=fields)
    return made


def _to_read(board: Board, sender: str, danger: str) -> datetime:
    now = timezone.now()
    if danger in (Asked.YES, Asked.UNSURE):
        return office.hour_of(now)
    return office.within(voice(board.pack, sender).office, READ_WITHIN, now)


def tell_readers(*, by: Access, worry: Worry, kind: str, more: bool = False) -> int:
    """Send whoever reads it a message without a word of it; gives how many. ``more``: the substitutes too."""
    told = readers(worry.agency_id, worry.adult_words, more=more)
    for person in told:
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind=kind,
            subject=_("Safeboard: somebody wrote to you without an account"),
            body=_("A worry was sent in, or waits: %(when)s. Sign in to read it under “Worries sent in”.")
            % {"when": due(worry.due_at) if worry.due_at else _("no time is set")},
            about=worry,
        )
    return len(told)


@transaction.atomic
def read_worry(*, by: Access, worry: Worry) -> Worry:
    """Note that somebody opened it. The first look stops the clock for reading and starts the one for an answer."""
    require(by, "incidents.worries", worry)
    if worry.state != WorryState.NEW:
        return worry
    now, hours = timezone.now(), voice(worry.board.pack, worry.sender).office
    worry.state, worry.read_at = WorryState.READ, worry.read_at or now
    worry.due_at, worry.late_at = office.within(hours, office.a_day(hours), now), None
    worry.save(update_fields=[*READING, "read_at"])
    history.record(by=by, verb="incidents.worry_read", obj=worry)
    return worry


@transaction.atomic
def answer_worry(*, by: Access, worry: Worry, text: str, form_key: uuid.UUID | None = None) -> Worry:
    """Write back. It waits on their page; nothing is sent to them. The same form twice is one answer."""
    require(by, "incidents.worries", worry)
    if not text.strip():
        raise Refused(_("Write what you want to say to them."))
    words_only(text)
    key = form_key and uuid.uuid5(form_key, f"{worry.pk}:{by.person.pk if by.person else 0}")
    if _add(worry, Author.STAFF, text, at=timezone.now(), by=by, key=key):
        if worry.state != WorryState.CLOSED:
            worry.state, worry.due_at, worry.late_at = WorryState.ANSWERED, None, None
            worry.save(update_fields=READING)
        history.record(by=by, verb="incidents.worry_answered", obj=worry, digests={"text": text})
    return worry


@transaction.atomic
def worry_to_incident(
    *, by: Access, worry: Worry, fields: Mapping[str, Any], form_key: uuid.UUID | None = None
) -> Incident:
    """Make an incident of it, tied to it at both ends, and give it back; where there is one already, that one.

    ``fields`` are those of ``report``: whoever read it says what kind it is, and whether images of children are part of
    it. A name that was given goes with it; a grown-up who works there makes it an allegation (Harrow 5.2).
    """
    require(by, "incidents.worries", worry)
    worry = Worry.objects.select_for_update(of=("self",)).select_related("incident").get(pk=worry.pk)
    if worry.incident:
        return worry.incident
    incident = report(by=by, fields=fields, people=_people(worry), form_key=form_key)
    worry.incident = incident
    worry.save(update_fields=["incident"])
    links.connect(by=by, source=worry, target=incident, kind="led-to")
    return incident


def _people(worry: Worry) -> list[dict[str, str]]:
    """Those whom they named, as ``report`` takes them."""
    found = []
    if worry.name:
        kin = Kin.CHILD if worry.sender == "child" else Kin.OTHER
        found.append({"kin": str(kin), "part": str(Part.TOLD), "name": worry.name})
    if worry.about_adult in (Asked.YES, Asked.UNSURE):
        found.append({"kin": str(Kin.STAFF), "part": str(Part.CONCERN), "name": worry.adult_name})
    return found


@transaction.atomic
def pass_worry(*, by: Access, worry: Worry, agency_id: int) -> Worry:
    """Pass it whole to another agency of the board, whose officer is told; here nobody reads it any more.

    Raises Refused where it goes on as an incident here, and where the other place is none that it may go to.
    """
    require(by, "incidents.worries", worry)
    if worry.incident_id:
        raise Refused(_("It goes on as an incident here. Refer the incident instead."))
    may_go = agency_id in {one.pk for one in other_places(worry)}
    if not may_go or not readers(agency_id, worry.adult_words):
        raise Refused(_("It cannot go there. Choose one of the places listed, or keep it and ring them."))
    before = worry.agency_id
    with wall.open_for(casework=[before, agency_id]):
        worry.messages.update(agency_id=agency_id)
        worry.agency_id, worry.state, worry.late_at = agency_id, WorryState.NEW, None
        worry.closed_at, worry.closed_why = None, ""
        worry.due_at = _to_read(worry.board, worry.sender, worry.danger)
        worry.save()
    history.record(by=by, verb="incidents.worry_passed", obj=worry, facts={"from": before, "to": agency_id})
    tell_readers(by=by, worry=worry, kind="worry-new", more=worry.is_urgent)
    return worry


@transaction.atomic
def close_worry(*, by: Access, worry: Worry, why: str, closing: str = "") -> Worry:
    """End it, with the reason. Whoever wrote can still write: then it is open again."""
    require(by, "incidents.worries", worry)
    words_only(closing)
    if why == ClosedWhy.INCIDENT and not worry.incident_id:
        raise Refused(_("Make an incident of it first, then end it."))
    worry.state, worry.closed_at, worry.closed_why = WorryState.CLOSED, timezone.now(), why
    worry.closing, worry.due_at, worry.late_at = closing, None, None
    worry.save()
    history.record(by=by, verb="incidents.worry_ended", obj=worry, facts={"why": why}, digests={"closing": closing})
    return worry


@transaction.atomic
def worry_is_late(*, by: Access, worry: Worry) -> int:
    """Note that it was not read or answered in time, and tell the substitutes too; gives how many were told."""
    worry.late_at = timezone.now()
    worry.save(update_fields=["late_at"])
    history.record(by=by, verb="incidents.worry_late", obj=worry)
    return tell_readers(by=by, worry=worry, kind="worry-late", more=True)


@transaction.atomic
def begin_told(*, by: Access, form_key: uuid.UUID | None = None) -> Draft:
    """Begin the report of what a child is telling somebody now, and give its draft back. Sent twice: one draft.

    The twelve hours for the written record are counted from here (Toolkit Annex E).
    """
    draft = save_draft(by=by, draft=None, step="kind", answers={"how_found": TOLD}, form_key=form_key)
    if draft.due_at is None:
        draft.due_at = timezone.now() + RECORD_WITHIN
        draft.save(update_fields=["due_at"])
        history.record(by=by, verb="incidents.told", obj=draft)
    return draft
