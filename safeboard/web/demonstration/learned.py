"""What made-up agencies learned: debriefs, lessons, look backs, near misses, reviews of the log, a serious incident."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.incidents.choices import Every, LessonKind, Origin, Status
from safeboard.incidents.models import AgencyReview, BoardReview, Debrief, Incident, Lesson
from safeboard.incidents.operations.board_reviews import add_finding
from safeboard.incidents.operations.lessons import finish_lesson, look_back, tell_near_miss, write_lesson
from safeboard.incidents.operations.serious import (
    ask_second,
    prepare_serious,
    release_serious,
    replace_names,
    write_serious,
)
from safeboard.incidents.queries.log_review import counted
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership

from .county import County

LEARNED = (
    ("Ring the duty team first and write it down afterwards: put the numbers on the wall.", LessonKind.ACTION),
    ("The rules for telephones are read out at the start of each term.", LessonKind.POLICY),
    ("Staff practise what to say when a child tells them something.", LessonKind.TRAINING),
    ("Ask who else uses a device before it is put away.", LessonKind.ACTION),
)
AGENCIES = 3
NEARLY = (
    ("A tablet was left unlocked in the library over lunch.", "The librarian came by."),
    ("A video call was open to anybody who had the link.", "Nobody found it in time. Luck."),
)
ACCOUNT = {
    "subject": "An adult who posed as a child in a game",
    "account": "Child A played a game with somebody who said that they were a child too. After some weeks the other "
    "asked for pictures. Child A told Staff B, who rang the duty team at once. The police took it from there.",
    "why": "The game lets strangers write to each other. Nobody at home or at School C knew that.",
    "prevented": "A talk about games would have helped. The filter could not: it happened at home.",
    "response": "Quick and calm. The written record came a day late.",
    "lessons": "Parents need to know about games. The time for the written record has to be known to all staff.",
}


def make_learned(county: County, seed: int) -> int:
    """Let three agencies look back, and give the board a serious incident; gives how many lessons there are."""
    chance, made = random.Random(seed), 0
    held = ((one.pk, partnership.holders(one.pk, Role.DESIGNATED_OFFICER).first()) for one in county.agencies)
    for agency, officer in islice((pair for pair in held if pair[1]), AGENCIES):
        by = partnership.access_of(officer, chosen=f"agency-{agency}")
        with wall.open_for(**partnership.scopes(by)):
            made += _lessons(by, chance)
            _log_reviews(by)
            for what, stopped in NEARLY:
                tell_near_miss(by=by, what=what, stopped=stopped)
    _serious(county)
    return made


def _lessons(by: Access, chance: random.Random) -> int:
    """Lessons, one of each sort: late, done, worked, worked in part; each after a debrief."""
    today, rows = timezone.localdate(), Incident.objects.filter(status=Status.CONCLUDED, allegation=False)
    for number, incident in enumerate(rows.order_by("-reported_at")[: len(LEARNED)]):
        what, kind = LEARNED[number]
        Debrief.objects.create(
            agency_id=incident.agency_id,
            incident=incident,
            held_on=timezone.localdate(incident.concluded_at),
            well="The child was listened to, and home was rung the same day.",
            badly="Nobody was sure who keeps the device.",
            prevented=chance.choice(("partly", "no")),
            effective=chance.choice(("yes", "partly")),
            learned=what,
            by=by.person,
        )
        due = today + timedelta(days=(-6, 20, 30, 40)[number])
        given = {"kind": kind, "what": what, "due_on": due, "incident": incident, "origin": Origin.DEBRIEF}
        lesson = write_lesson(by=by, **given, owner=by.person, everybody=True)
        if number:
            finish_lesson(by=by, lesson=lesson, done="Talked over and agreed.", shared="At the team meeting.")
        if number > 1:
            worked = ("yes", "partly")[number - 2]
            look_back(by=by, lesson=lesson, worked=worked, found="Asked ten members of staff: most do it now.")
    return Lesson.objects.count()


def _log_reviews(by: Access) -> None:
    """Three reviews of the log, a term apart; the next one is near."""
    today = timezone.localdate()
    for back in (3, 2, 1):
        since, until = today - timedelta(days=120 * back), today - timedelta(days=120 * (back - 1) + 1)
        AgencyReview.objects.create(
            agency_id=by.own_agency,
            since=since,
            until=until,
            held_on=until,
            made_at=timezone.now() - timedelta(days=120 * (back - 1)),
            figures=counted(by.own_agency, since, until),
            conclusions="Unkind messages come back every term, most of them written in the evening.",
            asked="What can we tell parents about group chats?",
            every=Every.TERM,
            next_on=today + timedelta(days=9),
            by=by.person,
        )


def _serious(county: County) -> None:
    """One serious incident: written by a lead, confirmed by somebody else, looked at by the board's officer."""
    for agency in county.agencies:
        roles = (Role.AGENCY_LEAD, Role.DESIGNATED_OFFICER)
        lead, officer = (partnership.holders(agency.pk, role).first() for role in roles)
        if lead is None or officer is None or lead == officer:
            continue
        first, second = (partnership.access_of(one, chosen=f"agency-{agency.pk}") for one in (lead, officer))
        with wall.open_for(**partnership.scopes(first)):
            incident = Incident.objects.filter(scenario="sexual-exploitation", allegation=False).first()
            if incident is None:
                continue
            review = prepare_serious(by=first, incident=incident)
            review = write_serious(by=first, review=review, edition=review.edition, texts=ACCOUNT)
            review = replace_names(by=first, review=review)
            review = ask_second(by=first, review=review, board=county.board, edition=review.edition)
            release_serious(by=second, review=review, edition=review.edition)
        runner = Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk")
        by = partnership.access_of(runner.person, chosen=f"board-{county.board.pk}")
        with wall.open_for(boards=[county.board.pk]):
            copy = BoardReview.objects.get(board=county.board)
            add_finding(by=by, review=copy, about="lessons", text="Games belong into the next evening for parents.")
        return
