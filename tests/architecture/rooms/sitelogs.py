"""The guards' tables of the sitelogs room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.partnership.models import Agency, Board, Setting
from safeboard.sitelogs.choices import Found, Ground, Sure, Taken
from safeboard.sitelogs.models import (
    Authority,
    Clearance,
    Intake,
    LogDoor,
    LogHold,
    LogRelease,
    LogSetting,
    Question,
    RandomReview,
    ReviewPlan,
)
from safeboard.sitelogs.terms import Terms
from tests.architecture.carriers import BOARD, INSPECTOR, LEAD, NOBODY, OFFICERS, Expect, kinds
from tests.architecture.planting import World, word_of

NETWORK, HEAD = kinds("infrastructure"), kinds("responsible_person")
ASKERS = NETWORK | HEAD | OFFICERS | kinds("senior_person")
SEE = LEAD | ASKERS | INSPECTOR
KEEP = LEAD | NETWORK
HOLD = HEAD | OFFICERS
SECOND = HEAD | OFFICERS | kinds("allegations_officer")
REVIEW = NETWORK | HEAD | OFFICERS
UPLOADED = NETWORK | kinds("reporting_lead")  # in the far agency the lead did
ASKED = {"": NETWORK | HEAD}  # in the stock whoever looks after the network asked; the head knows of it

ROUTES: dict[str, Expect] = {
    **{f"sitelogs:{name}": Expect(SEE) for name in ("home", "state", "reviews", "unreadable")},
    "sitelogs:authority-new": Expect(ASKERS),
    **{f"sitelogs:{name}": Expect(ASKERS, sees=ASKED) for name in ("authority", "withdraw", "ask", "question")},
    **{
        f"sitelogs:{name}": Expect(ASKERS, does=NETWORK, sees=ASKED)
        for name in ("name", "answer", "counts", "line", "take", "export", "export-made")
    },
    "sitelogs:second-list": Expect(SECOND),
    "sitelogs:second": Expect(SECOND),
    "sitelogs:clearances": Expect(SEE, post=LEAD | HEAD),
    "sitelogs:clearance-end": Expect(LEAD | HEAD),
    **{f"sitelogs:{name}": Expect(KEEP) for name in ("log-new", "log-change", "doors", "door-close", "upload")},
    **{f"sitelogs:{name}": Expect(KEEP, does=UPLOADED) for name in ("upload-check", "upload-discard")},
    "sitelogs:verify": Expect(LEAD | ASKERS),
    "sitelogs:hold-new": Expect(HOLD),
    "sitelogs:hold-release": Expect(HOLD),
    "sitelogs:review": Expect(SEE, post=REVIEW),
    "sitelogs:review-plan": Expect(KEEP),
    "sitelogs:review-begin": Expect(REVIEW),
    "sitelogs:board": Expect(BOARD),
}
MAY_REFUSE = {"sitelogs:door": {401}}

GAPS: dict[str, str] = {
    "sitelogs:pk": "log_question",
    **{f"sitelogs:{name}:pk": "log_authority" for name in ("authority", "withdraw", "ask")},
    "sitelogs:second:pk": "log_waiting",
    "sitelogs:clearance-end:pk": "log_clearance",
    "sitelogs:hold-release:pk": "log_hold",
    "sitelogs:door-close:pk": "log_door",
    "sitelogs:review:pk": "log_random",
    "sitelogs:key": "log_key",
    "sitelogs:upload-check:key": "log_upload",
    "sitelogs:upload-discard:key": "log_upload",
    "sitelogs:export:kind": "=csv =sheet =pack",
    "sitelogs:export-made:kind": "=csv =sheet =pack",
    "sitelogs:export-made:look": "=1",
}

WORDS = {
    "logs": (SEE, NOBODY),
    "logq": (NETWORK | HEAD, NOBODY),
    "logw": (NETWORK | SECOND, NOBODY),
    "logc": (SEE, NOBODY),
    "logi": (UPLOADED, NOBODY),
    "logh": (HOLD, NOBODY),
    "logd": (KEEP, NOBODY),
    "logn": (SEE, NOBODY),
}
RIGHTS = dict.fromkeys(("sitelogs.dispose", "sitelogs.release", "sitelogs.send"), NOBODY)
JOBS = frozenset(RIGHTS)


def plant_agency(world: World, letter: str, agency: Agency, reporter: Person) -> dict[str, Any]:
    """A filter, and what was asked of it by whoever looks after the network, with words in every text."""
    asker = world.cast.infrastructure if letter == "a" else None
    person = asker or reporter
    setting, word = Setting.objects.filter(agency=agency).latest("pk"), word_of(letter, "logs")
    log = world.make(
        LogSetting, word, agency=agency, setting=setting, key=f"filter-{letter}", zone="Europe/London", fault=""
    )
    world.planted["sitelogs.LogSetting"] |= {"key", "fault", "zone"}
    return {
        "log_key": log.key,
        **_asked(world, letter, agency, asker, person, log),
        **_kept(world, letter, agency, person, log),
    }


def _asked(
    world: World, letter: str, agency: Agency, asker: Person | None, person: Person, log: LogSetting
) -> dict[str, Any]:
    now, today = timezone.now(), timezone.localdate()
    word, waits = word_of(letter, "logq"), word_of(letter, "logw")
    given = {"agency": agency, "ground": Ground.REASON, "made_by": asker, "network": Sure.YES, "because_type": ""}
    authority = world.make(Authority, word, **given)
    terms = Terms(user=word, since=now - timedelta(days=2), until=now)
    about = {"agency": agency, "asked_by": asker, "logs": [log.pk]}
    question = world.make(Question, word, authority=authority, terms=terms.kept(), **about)
    other = world.make(Authority, waits, **given)
    waiting = world.make(
        Question, waits, authority=other, terms={**terms.kept(), "user": waits}, needs_second=True, name="", **about
    )
    clearance = world.make(
        Clearance,
        word_of(letter, "logc"),
        agency=agency,
        person=person,
        trained_on=today,
        signed_on=today,
        made_by=person,
    )
    plan = ReviewPlan.objects.create(agency=agency, log=log, next_on=today)
    review = world.make(
        RandomReview, word_of(letter, "logn"), agency=agency, plan=plan, question=question, since=now, until=now,
        made_by=person, done_by=person, done_at=now, found=Found.NOTHING,
    )  # fmt: skip
    return {
        "log_question": question.pk,
        "log_authority": authority.pk,
        "log_waiting": waiting.pk,
        "log_clearance": clearance.pk,
        "log_random": review.pk,
    }


def _kept(world: World, letter: str, agency: Agency, person: Person, log: LogSetting) -> dict[str, Any]:
    today = timezone.localdate()
    upload = world.make(
        Intake,
        word_of(letter, "logi"),
        agency=agency,
        log=log,
        how=Taken.PAGE,
        made_by=person,
        content=b"line\n",
        layout="auto",
    )
    hold = world.make(
        LogHold,
        word_of(letter, "logh"),
        agency=agency,
        log=log,
        since=today,
        until=today,
        made_by=person,
        because_type="",
    )
    start = word_of(letter, "logd")
    door = world.make(LogDoor, start, log=log, agency=agency, made_by=person, ends_on=today, digest=letter, start=start)
    return {"log_upload": upload.key, "log_hold": hold.pk, "log_door": door.pk}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A quarter that was released to the board."""
    tables = {"asked": [["reason", "c"]], "reviewed": [["nothing", "12"]], "blocked": [["games", "120"]]}
    LogRelease.objects.create(board=board, year=2025, quarter=3, tables=tables)
    return {}
