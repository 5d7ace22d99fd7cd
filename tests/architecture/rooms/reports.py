"""The guards' tables of annual reports and of what is laid before reviewers, which the insight room keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.wall import Reach
from safeboard.insight.models import (
    Report,
    ReportComment,
    ReportIssue,
    ReportPart,
    ReturnClock,
    ReturnMonth,
    ReviewerPack,
)
from safeboard.partnership.models import Board
from tests.architecture.carriers import BOARD, INSPECTOR, LEAD, NOBODY, OFFICERS, RUNNERS, Expect, kinds
from tests.architecture.planting import World, word_of

PART = RUNNERS | kinds("subgroup_member")
SPEAKS = LEAD | OFFICERS | kinds("responsible_person senior_person")
READS = SPEAKS | INSPECTOR
KEEP = Expect(RUNNERS)

ROUTES: dict[str, Expect] = {
    "insight:reports": Expect(READS | BOARD),
    **{f"insight:{page}": Expect(PART) for page in ("report", "report-file", "report-comments", "months")},
    **{f"insight:report-{page}": KEEP for page in ("new", "freeze", "consult", "redraft", "publish", "answer")},
    **{f"insight:report-part{act}": KEEP for act in ("", "-add", "-move", "-remove")},
    "insight:months-set": KEEP,
    "insight:months-send": KEEP,
    "insight:report-sign": Expect(PART, does=NOBODY),  # for the chair alone: nobody of the cast is
    "insight:issue": Expect(READS | BOARD, shared=True),
    "insight:issue-file": Expect(READS | BOARD, shared=True),
    "insight:report-comment": Expect(SPEAKS | PART, shared=True),
    "insight:guide": Expect(RUNNERS | INSPECTOR | kinds("board_inspector")),
    "insight:packs": Expect(RUNNERS | kinds("board_inspector")),
    "insight:pack": Expect(RUNNERS | kinds("board_inspector")),
    "insight:pack-new": KEEP,
    "insight:pack-close": KEEP,
}
GAPS = {
    "insight:report": "annual_report",
    **{f"insight:report-part{act}:part": "annual_part" for act in ("", "-move", "-remove")},
    "insight:report-comment:part": "annual_part",
    "insight:report-comment:issue": "annual_draft",
    "insight:comment": "annual_comment",
    "insight:issue": "annual_issue",
    "insight:report-file:kind": "=xlsx",
    "insight:issue-file:kind": "=xlsx",
    "insight:report-public:board": "annual_board",
    "insight:report-public:issue": "annual_public",
    "insight:pack": "reviewer_pack",
}
POSTS = {"insight:months-send": {"month": "12"}, "insight:report-part-move": {"act": "up"}}
SHOWN_TO_ANYBODY = frozenset({"insight:report-public"})
RIGHTS = {
    "insight.clear_packs": NOBODY,
    "insight.reads_guide": INSPECTOR | kinds("board_inspector"),
    "insight.sign_report": NOBODY,  # whoever holds the chair: nobody of the cast does
}
JOBS = frozenset({"insight.clear_packs"})
WORDS = {
    "repo": (NOBODY, PART),
    "riss": (READS, BOARD),
    "rcom": (READS, BOARD),
    "rpak": (NOBODY, RUNNERS | kinds("board_inspector")),
}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A report with a section; it open for comments, and signed; a comment of an agency; a pack; a published one."""
    word, opened, today = word_of(letter, "repo"), word_of(letter, "riss"), timezone.localdate()
    report = world.make(Report, word, board=board, year=2025, template="annual-report", made_by=runner, state="draft")
    given = {"report": report, "section": "foreword", "belongs": [word], "changed_by": runner}
    part = world.make(ReportPart, word, board=board, **given)
    body = body_of(f"{opened} title", str(part.key), f"{opened} text")
    given = {"board": board, "report": report, "year": 2025, "by": runner, "opened_at": timezone.now()}
    draft = world.make(ReportIssue, opened, number=1, body=body, closes_on=today + timedelta(days=9), **given)
    issue = world.make(ReportIssue, opened, number=2, body=body, signed=True, **given)
    inside, agency = {"e": ("a", world.cast.agency), "w": ("c", world.cast.far_agency)}[letter]
    said = {"issue": draft, "part": part.key, "agency": agency, "board": board, "reach": Reach.BOARD, "taken": ""}
    comment = world.make(ReportComment, word_of(inside, "rcom"), **said)
    ReturnMonth.objects.create(board=board, agency=agency, month=12, reach=Reach.BOARD)
    ReturnClock.objects.create(board=board, on=False, set_by=runner)
    days = {"until": today + timedelta(days=9), "made_at": timezone.now(), "asked_by": runner}
    pack = world.make(ReviewerPack, word_of(letter, "rpak"), board=board, content=b"pack", size=4, **days)
    return {
        "annual_report": report.key,
        "annual_part": part.key,
        "annual_draft": draft.key,
        "annual_issue": issue.key,
        "annual_comment": comment.key,
        "annual_board": board.pk,
        "annual_public": _public(board),
        "reviewer_pack": pack.key,
    }


def body_of(title: str, key: str, text: str) -> dict[str, Any]:
    """The body of an issue with one section."""
    parts = [{"key": key, "title": title, "paragraphs": [text], "figures": []}]
    return {"title": title, "year": 2025, "frozen_at": None, "parts": parts, "terms": []}


def _public(board: Board) -> Any:
    """A report that anybody may read; nobody's word stands in it."""
    report = Report.objects.create(board=board, year=2024, title="For all", state="published", pack="", template="")
    now, body = timezone.now(), body_of("For all", "5f2b6d0e-6f1c-4c53-9f0d-0c1d5a8a1f10", "We help you.")
    given = {"year": 2024, "title": "For all", "body": body, "signed": True, "opened_at": now, "published_at": now}
    return ReportIssue.objects.create(board=board, report=report, number=1, public=True, **given).key
