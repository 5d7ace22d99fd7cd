"""The guards' tables of the meetings room."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Interest,
    Meeting,
    Member,
    MinuteClash,
    Pack,
    Paper,
    SubgroupReport,
    Terms,
    Work,
)
from safeboard.partnership.models import Board
from tests.architecture.carriers import BOARD, NOBODY, RUNNERS, Expect, kinds, only
from tests.architecture.planting import World, word_of

PART = RUNNERS | kinds("subgroup_member")
SEEN = ("subgroup", "jobs", "terms", "terms-version", "officer", "officer-paper", "report", "report-paper", "meetings")
SEEN += ("report-given", "report-given-paper")
SEEN += ("calendar", "meeting", "invitation", "paper", "pack-ask", "minutes-paper")
KEPT = ("member-add", "member", "member-end", "terms-begin", "terms-draft", "terms-agree", "work-add", "work-strike")
KEPT += (
    "meeting-add",
    "meeting-change",
    "meeting-cancel",
    "meeting-call",
    "attendance",
    "assemble",
    "item-add",
    "item",
)
KEPT += ("item-move", "item-remove", "paper-add", "paper-remove", "minutes", "minute", "decide", "action", "clash")
KEPT += ("approve", "report-give", "report-receive", "report-change")

ROUTES = {
    **{f"meetings:{name}": Expect(BOARD) for name in SEEN},
    **{f"meetings:{name}": Expect(RUNNERS) for name in KEPT},
    "meetings:answer": Expect(PART),
    "meetings:interest": Expect(PART),
    # A pack is for who asked for it: in the stock, the officer.
    "meetings:pack": only(BOARD, "board_officer"),
    "meetings:pack-take": only(BOARD, "board_officer"),
}
GAPS = {
    "meetings:pk": "subgroup_meeting",
    "meetings:member:pk": "subgroup_member",
    "meetings:member-end:pk": "subgroup_member",
    "meetings:work-strike:pk": "officer_work",
    "meetings:number": "=1",
    "meetings:year": "=2026",
    "meetings:officer-paper:ending": "=pdf =xlsx",
    "meetings:ending": "=pdf =docx",
    "meetings:way": "=up",
    "meetings:item": "agenda_item",
    "meetings:paper": "meeting_paper",
    "meetings:pack": "meeting_pack",
    "meetings:given": "given_report",
    "meetings:clash": "minute_clash",
    "meetings:earlier": "earlier_meeting",
}
PUBLIC_GAPS = frozenset({"year", "way"})
# What a board's subgroup writes, and what of it is confidential.
WORDS = {"meet": (NOBODY, BOARD), "mcon": (NOBODY, RUNNERS)}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A subgroup with its terms and its officer's work, a meeting that is being minuted, and one before it."""
    word, now = word_of(letter, "meet"), timezone.now()
    member = world.make(Member, word, board=board, part="core", person=None, since=now.date() - timedelta(days=90))
    sections = [{"id": "remit", "title": word, "text": word}]
    for number, state in ((1, "agreed"), (2, "draft")):
        world.make(Terms, word, board=board, number=number, state=state, sections=sections, agreed_on=now.date())
    work = world.make(Work, word, board=board, on=now.date(), minutes=30, person=runner)
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    meeting = world.make(Meeting, word, board=board, state="held", **times)
    early = {"starts_at": now - timedelta(days=30), "ends_at": now - timedelta(days=29)}
    before = world.make(Meeting, word, board=board, state="held", **early)
    world.make(Attendance, word, board=board, meeting=meeting, member=member, came="present", guest="")
    world.make(Attendance, word, board=board, meeting=meeting, member=None, came="present")
    return {
        "subgroup_member": member.pk,
        "officer_work": work.pk,
        "subgroup_meeting": meeting.pk,
        "earlier_meeting": before.pk,
        **_agenda(world, letter, meeting, member, runner),
    }


def _agenda(world: World, letter: str, meeting: Meeting, member: Member, runner: Person) -> dict[str, Any]:
    """An item with all that hangs on one, and one that is confidential."""
    found: dict[str, Any] = {}
    for secret in (False, True):
        word = word_of(letter, "mcon" if secret else "meet")
        given = {"board": meeting.board, "meeting": meeting}
        item = world.make(AgendaItem, word, **given, order=10, confidential=secret, lines=[{"text": word, "url": ""}])
        world.make(Decision, word, **given, item=item, number=2 if secret else 1, made_by=runner)
        world.make(Interest, word, **given, item=item, member=member, done="stayed")
        file = {"media_type": "text/plain", "size": 4, "content": b"text", "confidential": secret}
        paper = world.make(Paper, word, **given, item=item, **file, kind="paper", form_key=uuid.uuid4())
        _told(world, word, item=item)
        clash = world.make(MinuteClash, word, board=meeting.board, item=item, by=runner)
        if not secret:
            found = {"agenda_item": item.pk, "meeting_paper": paper.pk, "minute_clash": clash.pk}
    found["given_report"] = _told(world, word_of(letter, "meet"), board=meeting.board, subgroup="").pk
    made = {"asked_by": runner, "content": b"%PDF-", "size": 5, "made_at": timezone.now()}
    return found | {
        "meeting_pack": world.make(Pack, word_of(letter, "meet"), board=meeting.board, meeting=meeting, **made).pk
    }


def _told(world: World, word: str, **more: Any) -> SubgroupReport:
    """A report: of another subgroup where it has an item, else this one's."""
    if "item" in more:
        more |= {"board": more["item"].board, "subgroup": word}
    days = {"since": timezone.localdate() - timedelta(days=90), "until": timezone.localdate()}
    return world.make(SubgroupReport, word, **days, text=word, asked=word, given_by=word, **more)
