"""A made-up subgroup: its people and terms, two meetings that were held, one to come, a year of the officer's work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.documents.pdf import render_pdf
from safeboard.meetings import operations
from safeboard.meetings.choices import Came, Part
from safeboard.meetings.models import AgendaItem, Meeting, Member
from safeboard.meetings.queries.terms import templates
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership, Seat

from .county import County

SAT = (
    (Part.DEPUTY_CHAIR, "Maud Hartwell", "Health", False),
    (Part.CORE, "Idris Penhale", "Schools", False),
    (Part.CORE, "Rosalind Achebe", "Libraries and youth work", False),
    (Part.COOPTED, "Tomasz Wren", "Lanternlight, the filtering provider", True),
    (Part.YOUNG, "Amina Sorrel", "Ostermere Youth Council", True),
)
SAID = (
    ("opening", "Everybody was welcomed. Apologies were noted."),
    ("interests", "One interest was declared."),
    ("last", "Agreed. The action on the newsletter is done."),
    ("item", "Two of three products alert a person within the hour. Members wished to see the third tried out first."),
    ("other", "A parents’ evening is planned for spring."),
)
WORKED = (
    ("single-contact", 45, "Answered eleven telephone calls from schools"),
    ("liaison", 120, "Met the regional adviser of CEOP"),
    ("multi-agency-group", 180, "Prepared the meeting of the subgroup"),
    ("online-channel", 60, "Wrote the monthly bulletin"),
    ("new-risks", 90, "Looked into three apps that schools asked about"),
    ("training", 240, "Trained the staff of two schools"),
    ("joint-policies", 150, "Drafted the model policy on mobile phones"),
    ("press", 30, "Answered the Ostermere Gazette"),
)


def make_subgroup(county: County) -> int:
    """Make it all by the operations that people use, as the board's officer; gives the number of meetings."""
    held = Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk")
    by = partnership.access_of(held.person, chosen=Place(PlaceKind.BOARD, county.board.pk, "").key)
    with wall.open_for(**partnership.scopes(by)):
        people = _people(by, county)
        _terms(by, county)
        _work(by, county)
        first = _held(by, people, _at(-98), "Summer meeting", away=1)
        second = _held(by, people, _at(-12), "Autumn meeting", away=2)
        operations.approve_minutes(by=by, meeting=first, at=second, corrections="")
        _coming(by, _at(30))
    return 3


def _at(days: int) -> datetime:
    """Two in the afternoon, that many days from today."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(14, 0)))


def _people(by: Access, county: County) -> list[Member]:
    since = date(timezone.localdate().year - 1, 9, 1)
    found = [_seat(by, {"part": Part.CHAIR, "since": since, **_chair(county)})]
    members = Membership.objects.filter(board=county.board, role=Role.SUBGROUP_MEMBER).order_by("pk")
    accounts = [one.person for one in members.select_related("person")]
    for part, name, speaks_for, has_account in SAT:
        given = {"part": part, "name": name, "speaks_for": speaks_for, "since": since}
        person = accounts.pop() if has_account and accounts else None
        given |= {"person": person, "name": person.name} if person else {}
        given["until"] = date(since.year + 2, 8, 31) if part == Part.YOUNG else None
        found.append(_seat(by, given))
    officer = {"part": Part.CORE, "name": by.person.name, "person": by.person, "since": since}
    return [*found, _seat(by, officer)]


def _chair(county: County) -> dict[str, Any]:
    """Somebody who works for a partner of the board; where none sits in it, its manager."""
    seats = Seat.objects.filter(board=county.board, kind="board-partner", until__isnull=True)
    partner = seats.select_related("agency").order_by("pk").first()
    if partner is not None:
        return {"name": "Winifred Okoro", "agency": partner.agency}
    manager = Membership.objects.filter(board=county.board, role=Role.BOARD_MANAGER).earliest("pk").person
    return {"name": manager.name, "person": manager}


def _seat(by: Access, given: dict[str, Any]) -> Member:
    return operations.add_member(by=by, given=given)


def _terms(by: Access, county: County) -> None:
    row = operations.begin_terms(by=by, pack=county.board.pack, template=templates(county.board.pack)[0])
    today = timezone.localdate()
    operations.agree_terms(
        by=by,
        terms=row,
        agreed_on=today - timedelta(days=200),
        agreed_by="The partnership, item 7",
        review_on=today + timedelta(days=165),
    )


def _work(by: Access, county: County) -> None:
    for weeks, (aspect, minutes, what) in enumerate(WORKED * 3):
        on = timezone.localdate() - timedelta(days=5 + weeks * 11)
        operations.log_work(by=by, pack=county.board.pack, on=on, aspect=aspect, minutes=minutes, what=what)


def _held(by: Access, people: list[Member], starts: datetime, title: str, *, away: int) -> Meeting:
    meeting = _planned(by, starts, title)
    item = operations.add_item(
        by=by, meeting=meeting, given={"title": "Which filters alert a person?", "purpose": "decide"}
    )
    there = {one.pk: Came.AWAY if 2 <= place < 2 + away else Came.PRESENT for place, one in enumerate(people)}
    operations.note_attendance(
        by=by, meeting=meeting, came=there, guests=["Noor Abbott, adviser"], chaired_by=people[0]
    )
    provider = next(one for one in people if one.part == Part.COOPTED)
    operations.declare_interest(
        by=by, meeting=meeting, member=provider, item=item, what="Works for one of the providers", done="silent"
    )
    said = dict(SAID)
    for one in AgendaItem.objects.filter(meeting=meeting, kind__in=said):
        operations.write_minute(by=by, item=one, text=said[one.kind], edition=one.edition)
    decision = operations.take_decision(by=by, item=item, text="The third product is tried out in two schools first.")
    due = timezone.localdate(starts) + timedelta(days=60)
    operations.take_action(
        by=by, source=decision, title="Try the third product in two schools", due_on=due, owner=by.person
    )
    return meeting


def _planned(by: Access, starts: datetime, title: str) -> Meeting:
    ends = starts + timedelta(hours=2)
    where = "Room 3, the Town Hall, Ostermere"
    meeting = operations.plan_meeting(by=by, title=title, starts_at=starts, ends_at=ends, where=where)
    operations.assemble(by=by, meeting=meeting)
    return meeting


def _coming(by: Access, starts: datetime) -> None:
    meeting = _planned(by, starts, "Winter meeting")
    item = operations.add_item(
        by=by,
        meeting=meeting,
        given={"title": "Training for governors", "purpose": "discuss", "led_by": "Idris Penhale"},
    )
    case = {"title": "What we learned from a serious incident", "purpose": "discuss", "confidential": True}
    operations.add_item(by=by, meeting=meeting, given=case)
    text = "<h1>Training for governors</h1><p>Two evenings, forty places, one price.</p>"
    paper = {"title": "Training for governors: a proposal", "summary": "Two evenings in spring, forty places."}
    content = render_pdf(text, title="Training for governors")
    operations.add_paper(by=by, item=item, name="governors.pdf", content=content, given=paper)
    today = timezone.localdate()
    told = {"subgroup": "Training subgroup", "given_by": "Idris Penhale", "since": today - timedelta(days=90)}
    told |= {"until": today, "text": "Two courses were held. Forty people came; most of them work in schools."}
    told |= {"asked": "Send two people to the course in January."}
    operations.receive_report(by=by, meeting=meeting, given=told)
    operations.call_meeting(by=by, meeting=meeting)
