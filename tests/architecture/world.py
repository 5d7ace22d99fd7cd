"""A small county in the database, with an unmistakable word in every text: whose it is, and who may read it.

A word is ``zq`` + a letter for the place + four letters for the class + ``qz``, such as ``zqbcaseqz``: case text of
agency b. ``expected.READERS`` says who may meet which class; whoever else meets it has seen too much.
"""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.api.models import Token
from safeboard.charts.tests.helpers import begun, published, titled
from safeboard.core import wall
from safeboard.core.roles import Role
from safeboard.incidents.choices import (
    Kin,
    Part,
)
from safeboard.incidents.models import (
    AgencyReview,
    Alert,
    AlertNumber,
    BoardFinding,
    BoardLesson,
    BoardReview,
    Draft,
    Export,
    Lesson,
    NearMiss,
    Received,
    ReceivedSubject,
    SavedView,
    Worry,
    WorryMessage,
)
from safeboard.insight.models import Release
from safeboard.library import queries as library
from safeboard.outbox.choices import State
from safeboard.outbox.models import Message
from safeboard.partnership import operations as partnership
from safeboard.partnership.models import Agency, Board, BoardContact, Contact, ImportRun, Invitation, Setting
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory
from tests.architecture import rooms
from tests.architecture.cases import CASES, make_case
from tests.architecture.planting import SEALED, Stock, World, first, word_of
from tests.cast import Cast, make_cast
from tests.support.rows import laid_again


@laid_again
def make_world() -> World:
    """The county, made anew in the database of the test."""
    cast = make_cast()
    world = World(cast)
    _more_people(cast)
    agencies = {"a": cast.agency, "b": cast.other_agency, "c": cast.far_agency}
    boards = {"e": cast.board, "w": cast.other_board}
    reporters = {"a": cast.staff, "b": cast.other_staff, "c": cast.far_lead}
    runners = {"e": cast.board_officer, "w": cast.other_board_officer}
    every = [agency.pk for agency in agencies.values()]
    both = [board.pk for board in boards.values()]
    with wall.open_for(agencies=every, casework=every, boards=both, shared=both):
        for letter, agency in agencies.items():
            world.stocks[letter] = _stock_agency(world, letter, agency, reporters[letter])
        for letter, board in boards.items():
            world.stocks[letter] = _stock_board(world, letter, board, runners[letter])
    return world


def _more_people(cast: Cast) -> None:
    today = timezone.localdate()
    for key, name in (("subject", "Sigrid Subject"), ("between", "Bea Between"), ("yesterday", "Ysolde Yesterday")):
        cast.people[key] = PersonFactory(name=name, email=f"{key}@example.org")
    MembershipFactory(person=cast.subject, role=Role.DESIGNATED_OFFICER, agency=cast.agency)
    MembershipFactory(person=cast.between, role=Role.STAFF, agency=cast.agency)
    MembershipFactory(person=cast.between, role=Role.AGENCY_LEAD, agency=cast.other_agency)
    ended = today - timedelta(days=1)
    MembershipFactory(person=cast.yesterday, role=Role.INSPECTOR, agency=cast.agency, ends=ended)


def _stock_agency(world: World, letter: str, agency: Agency, reporter: Person) -> Stock:
    word, register, people = word_of(letter, "case"), word_of(letter, "regi"), word_of(letter, "peop")
    name = f"{agency.name} {word_of(letter, 'plac')}"
    Agency.objects.filter(pk=agency.pk).update(name=name, reference=register)
    agency.refresh_from_db()
    pack = agency.home_board.pack
    setting = world.make(Setting, register, agency=agency, kind=first(pack, "setting-kinds"), urn=f"99100{ord(letter)}")
    contact = world.make(Contact, register, agency=agency, kind=first(pack, "contact-kinds"))
    stock = Stock(letter)
    stock.things = {
        "agency": agency.pk,
        "home_board": agency.home_board_id,
        "setting": setting.pk,
        "contact": contact.pk,
        "chart": first(pack, "charts"),
        "person": reporter.pk,
        "alert": _alert(world, word_of(letter, "alrt"), agency, setting).pk,
        "token": _token(world, people, reporter, agency=agency).pk,
        "membership": reporter.memberships.get().pk,
        "invitation": _invitation(world, people, agency=agency).pk,
        "message": _message(world, word_of(letter, "mesg"), reporter).pk,
        "failed": _message(world, word_of(letter, "mesg"), reporter, state=State.FAILED, failed_at=timezone.now()).pk,
        **_learned(world, letter, agency, reporter),
        **make_draft(word_of(letter, "drft"), agency, reporter),
        "worry": make_worry(world, word_of(letter, "worr"), agency, setting),
        **_register(world, word_of(letter, "drft"), agency, reporter),
        "received": _received(world, word_of(letter, "rcvd"), agency).pk,
    }
    for serial, (case, kind) in enumerate(CASES.items()):
        stock.cases[case] = make_case(world, word_of(letter, kind), agency, reporter, setting, serial=serial, case=case)
    stock.things["word"] = word
    runner = {"a": world.cast.lead, "b": world.cast.other_lead, "c": world.cast.far_lead}[letter]
    stock.things["agency_chart"] = _local_chart(world, register, runner, stock.things["chart"])
    stock.things |= rooms.planted("plant_agency", world, letter, agency, reporter)
    return stock


def _learned(world: World, letter: str, agency: Agency, reporter: Person) -> dict[str, Any]:
    """A lesson, a near miss and a review of the log of an agency."""
    today, figures = timezone.localdate(), {"kinds": {}, "total": 0, "open": 0, "late": 0, "near_misses": 0}
    lesson = {"kind": "policy", "due_on": today + timedelta(days=60), "done_on": None}
    log = {
        "since": today - timedelta(days=90),
        "until": today - timedelta(days=1),
        "next_on": today,
        "figures": figures,
    }
    near = world.make(NearMiss, word_of(letter, "near"), agency=agency, reported_by=reporter)
    return {
        "lesson": world.make(Lesson, word_of(letter, "less"), agency=agency, **lesson).key,
        "near_miss": near.key,
        "log_review": world.make(AgencyReview, word_of(letter, "logr"), agency=agency, **log).pk,
    }


def _reviewed(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A serious incident as the board has it, with a finding and a lesson."""
    word, due = word_of(letter, "brev"), timezone.localdate() + timedelta(days=60)
    review = world.make(BoardReview, word, board=board, year=2026, serial=1)
    world.make(BoardFinding, word, board=board, review=review, about="why", by=runner)
    lesson = world.make(BoardLesson, word, board=board, review=review, kind="policy", due_on=due)
    return {"board_review": review.pk, "lesson": lesson.key}


def _received(world: World, word: str, agency: Agency) -> Received:
    """A referral of another agency, as it waits here: a copy of what was shared."""
    packet = {"from": f"{word} sender", "reference": "2026-0001", "message": f"{word} message {SEALED}"}
    packet |= {"images": "no", "about_staff": False, "narrative": f"{word} narrative {SEALED}"}
    person = {"name": f"{word} name {SEALED}", "kin": Kin.CHILD, "part": Part.AFFECTED, "birth_date": ""}
    given = {"packet": packet | {"people": [person]}, "state": "new", "source": "", "from_agency": agency}
    received = world.make(Received, word, agency=agency, **given)
    ReceivedSubject.objects.create(agency=agency, received=received, person=world.cast.subject)
    return received


def _register(world: World, word: str, agency: Agency, owner: Person) -> dict[str, Any]:
    """What somebody keeps for themselves: a saved view, an export."""
    mine = {"agency": agency, "owner": owner}
    export = {"kind": "csv", "groups": [], "incidents": [], "count": 0, "form_key": uuid.uuid4()}
    return {
        "view": world.make(SavedView, word, **mine, chosen={"status": "open"}).pk,
        "export": world.make(
            Export, word, agency=agency, made_by=owner, made_at=timezone.now(), ready_at=timezone.now(), **export
        ).pk,
    }


def _stock_board(world: World, letter: str, board: Board, runner: Person) -> Stock:
    Release.objects.create(board=board, year=2025, quarter=2, tables={"withheld": True}, final=True)
    _local_chart(world, word_of(letter, "shar"), runner, first(board.pack, "charts"))
    shared = world.make(BoardContact, word_of(letter, "shar"), board=board, kind=first(board.pack, "contact-kinds"))
    return Stock(
        letter,
        things={
            **_reviewed(world, letter, board, runner),
            "board_contact": shared.pk,
            "import": _import(world, letter, board, runner).pk,
            "person": runner.pk,
            "token": _token(world, word_of(letter, "peop"), runner, board=board).pk,
            "membership": runner.memberships.get().pk,
            "invitation": _invitation(world, word_of(letter, "peop"), board=board).pk,
            "message": _message(world, word_of(letter, "mesg"), runner).pk,
            **rooms.planted("plant_board", world, letter, board, runner),
        },
    )


def _local_chart(world: World, word: str, person: Person, chart: str) -> int:
    """A copy of a chart with a published version and a draft, of the place of that person; gives its id."""
    by = world.cast.access_for(person)
    copy = published(by, titled(f"{word} title"), chart=chart, note=f"{word} note")
    begun(by, titled(f"{word} draft"), chart=chart)
    world.words(type(copy.versions.get()), word, {"note": ""})
    return copy.pk


def _import(world: World, letter: str, board: Board, runner: Person) -> ImportRun:
    kinds = dict(library.choices(board.pack, "agency-kinds")), dict(library.choices(board.pack, "setting-kinds"))
    word = word_of(letter, "conf")
    values = [f"{word} agency", next(iter(kinds[0].values())), f"{word} setting", next(iter(kinds[1].values()))]
    file = io.BytesIO(f"Agency,Kind of member,Setting,Kind of setting\n{','.join(values)}\n".encode())
    by = world.cast.access_for(runner)
    run = partnership.read_import(by=by, board=board, file=file, filename=f"{word}.csv")
    world.words(ImportRun, word, {"plan": {}, "filename": "", "layout": "", "sha256": ""})
    return run


def make_draft(word: str, agency: Agency, owner: Person) -> dict[str, Any]:
    """A report that is being written; gives its key and the key of somebody in it."""
    entry = uuid.uuid4()
    person = {"kin": "child", "part": "affected", "name": f"{word} name", "birth_date": ""}
    texts = {name: f"{word} {name} {SEALED}" for name in ("narrative", "where", "address", "actions", "evidence")}
    answers = {**texts, f"person:{entry}": person, "images": "no", "happened_on": "2026-03-03"}
    answers["scenario"] = first(agency.home_board.pack, "incident-kinds")
    draft = Draft.objects.create(agency=agency, owner=owner, step="what", answers=answers)
    return {"draft": draft.form_key, "entry": entry}


def _alert(world: World, word: str, agency: Agency, setting: Setting) -> Alert:
    now = timezone.now()
    given = {
        "category": "bullying",
        "severity": "high",
        "happened_at": now,
        "last_at": now,
        "content_key": uuid.uuid4().hex,
    }
    alert = world.make(Alert, word, agency=agency, setting=setting, user_index="", **given)
    AlertNumber.objects.create(agency=agency, alert=alert, key=uuid.uuid4().hex)
    return alert


def _token(world: World, word: str, maker: Person, **place: Any) -> Token:
    ends = timezone.localdate() + timedelta(days=9)
    return world.make(Token, word, made_by=maker, ends_on=ends, digest=uuid.uuid4().hex, **place)


def make_worry(world: World, word: str, agency: Agency, setting: Setting) -> int:
    """Something that was sent in without an account, with an answer; gives its id. It is read by the officer alone."""
    now = timezone.now()
    mine = {"agency": agency, "board": agency.home_board, "setting": setting}
    given = {"sender": "child", "sent_at": now, "receipt": uuid.uuid4().hex, "adult_words": []}
    worry = world.make(Worry, word, **mine, **given, state="answered")
    world.make(WorryMessage, word, agency=agency, worry=worry, author="sender")
    return worry.pk


def _invitation(world: World, word: str, **place: Any) -> Invitation:
    role = Role.STAFF if "agency" in place else Role.SUBGROUP_MEMBER
    given = {"role": role, "secret_digest": uuid.uuid4().hex, "runs_out_at": timezone.now() + timedelta(days=3)}
    return world.make(Invitation, word, **place, **given)


def _message(world: World, word: str, to: Person, **state: Any) -> Message:
    now = timezone.now()
    given = {"kind": "report-new", "to": to, "email": to.email, "state": State.SHOWN, "made_at": now, "not_before": now}
    return world.make(Message, word, **{**given, "last_error": "", "dedupe": None, **state})
