"""The guards' tables of the action plan; those of documents are in ``documents``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.wall import Reach
from safeboard.partnership.models import Agency, Board
from safeboard.strategy.models import (
    Action,
    ActionFile,
    ActionNote,
    Milestone,
    Objective,
    PlanImport,
    Priority,
    Redating,
    Resource,
    WaitsFor,
)
from tests.architecture.carriers import (
    AGENCY,
    ANSWERING,
    BOARD,
    INSPECTOR,
    NOBODY,
    REPORTERS,
    RUNNERS,
    SUBGROUP,
    Expect,
)
from tests.architecture.planting import World, word_of

# An action that the board asks an agency for: the agency's leaders and inspector know of it, and the board.
SEES = {"": ANSWERING | INSPECTOR | BOARD}
READ = Expect(AGENCY | BOARD, sees=SEES, board=True)
STEER = Expect(ANSWERING | RUNNERS)
WORK = Expect(REPORTERS | SUBGROUP, does=ANSWERING | RUNNERS, sees={"": ANSWERING | SUBGROUP})
STEPS = ("note", "done", "file")

ROUTES: dict[str, Expect] = {
    **{f"strategy:{page}": Expect(AGENCY | BOARD) for page in ("plan", "plan-mine", "plan-board", "plan-time")},
    **{f"strategy:{page}": Expect(AGENCY | BOARD) for page in ("plan-file", "objectives", "plan-calendar")},
    "strategy:plan-calendar-end": Expect(AGENCY | BOARD),
    "strategy:action-new": Expect(ANSWERING | SUBGROUP),
    "strategy:action": READ,
    "strategy:action-file-read": READ,
    "strategy:action-answer": Expect(ANSWERING),
    "strategy:action-drop": Expect(ANSWERING | RUNNERS, board=True),
    **{f"strategy:action-{page}": STEER for page in ("change", "redate", "wait", "wait-end")},
    **{f"strategy:action-{page}": WORK for page in STEPS},
    **{f"strategy:milestone{page}": WORK for page in ("", "-new", "-reached")},
    **{f"strategy:{page}": Expect(RUNNERS) for page in ("plan-chain", "objective-new", "priority-new")},
    **{f"strategy:{page}": Expect(RUNNERS) for page in ("objective-change", "objective-end", "priority-change")},
    **{f"strategy:plan-import{page}": Expect(RUNNERS) for page in ("", "-template", "-look", "-run")},
    **{f"strategy:{page}": Expect(BOARD) for page in ("money", "money-file")},
    **{f"strategy:resource{page}": Expect(RUNNERS) for page in ("", "-new", "-remove")},
}
GAPS = {
    "strategy:key": "plan_action",
    **{f"strategy:milestone{page}:key": "plan_milestone" for page in ("", "-reached")},
    **{f"strategy:objective-{page}:key": "plan_objective" for page in ("change", "end")},
    "strategy:priority-change:key": "plan_priority",
    **{f"strategy:plan-import-{page}:key": "plan_import" for page in ("look", "run")},
    **{f"strategy:resource{page}:key": "plan_resource" for page in ("", "-remove")},
    "strategy:action-wait-end:pk": "plan_wait",
    "strategy:action-file-read:file": "plan_proof",
    "strategy:plan-file:ending": "=pdf =docx =xlsx",
    "strategy:money-file:year": "=2026",
    "strategy:secret": "=no-such-link",
}
MAY_REFUSE = {"strategy:calendar-feed": {404}}
# Asked of an agency or its own; what came from its casework; the board's own; the headings; imports, time and money.
WORDS = {
    "plan": (ANSWERING | INSPECTOR, BOARD),
    "alon": (ANSWERING | INSPECTOR, NOBODY),
    "bown": (NOBODY, BOARD),
    "aims": (AGENCY, BOARD),
    "pimp": (NOBODY, RUNNERS),
    "mony": (NOBODY, BOARD),
}


def _action(world: World, word: str, board: Board, **given: Any) -> dict[str, Any]:
    """An action with all that hangs on one, waiting for another."""
    today = timezone.localdate()
    days = {"starts_on": today, "due_on": today + timedelta(days=30), "first_due_on": today + timedelta(days=20)}
    usual = {"board": board, "raised_in_kind": "board", "raised_in_id": board.pk, "owner_role": "", **days}
    first, action = (world.make(Action, word, **usual | given) for _ in range(2))
    step = {"due_on": today + timedelta(days=5), "first_due_on": today + timedelta(days=5)}
    world.make(Redating, word, action=action, before=today, after=today)
    world.make(ActionNote, word, action=action)
    file = {"size": 4, "media_type": "text/plain", "content": b"text"}
    return {
        "plan_action": action.key,
        "plan_milestone": world.make(Milestone, word, action=action, **step).key,
        "plan_wait": WaitsFor.objects.create(action=action, first=first).pk,
        "plan_proof": world.make(ActionFile, word, action=action, **file).key,
    }


def plant_agency(world: World, letter: str, agency: Agency, reporter: Person) -> dict[str, Any]:
    """An action that the board asks the agency for, and one from its casework, which the board never meets."""
    board, given = agency.home_board, {"agency": agency}
    alone = {"reach": Reach.AGENCY, "state": "open", "raised_in_kind": "agency", "raised_in_id": agency.pk}
    _action(world, word_of(letter, "alon"), board, **given, **alone)
    return _action(world, word_of(letter, "plan"), board, **given, state="asked", answer_by=timezone.localdate())


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """An action of the board itself, a priority and an objective, an import, a line of money."""
    aims = word_of(letter, "aims")
    priority = world.make(Priority, aims, board=board, number=1)
    objective = world.make(Objective, aims, board=board, priority=priority, number=1)
    found = {"read": {"lines": [], "faults": []}, "entries": [], "faults": [], "fingerprint": ""}
    brought = world.make(PlanImport, word_of(letter, "pimp"), board=board, found=found, made_by=runner)
    amounts = {"year": 2026, "means": "money", "asked": 100, "committed": 40, "spent": 10}
    money = world.make(Resource, word_of(letter, "mony"), board=board, objective=objective, **amounts)
    return {
        **_action(world, word_of(letter, "bown"), board, state="open"),
        "plan_priority": priority.key,
        "plan_objective": objective.key,
        "plan_import": brought.key,
        "plan_resource": money.key,
    }
