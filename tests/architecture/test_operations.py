"""Every function that writes is keyword-only, says by whom, is atomic, and leaves an entry in the history."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "safeboard"
WRITES = frozenset(
    {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "set_password"}
)
NOTES = frozenset({"history.record", "history.record_many", "history.saw"})

# Functions that write and differ, with the reason.
EXCEPTIONS = {
    "accounts.end_sessions": "a step of other operations, which say by whom, are atomic and leave the entry",
    "accounts.reseal_second_factors": "the rotation of keys, by command, leaves the entry; no person is behind it",
    "api.clear_calls": "by the worker: what was told a week ago, in no case's history",
    "api.make_call": "by the worker: a call stands in no transaction; what it tells of is in the history already",
    "api.note_events": "by the worker: it reads the history, and would else tell of itself",
    "api.note_use": "a day, written at most once a day; what a token does is in the history as its maker's",
    "incidents.save_draft": "a draft is the writer's alone, saved at every step; what it becomes is in the history",
    "library.keep_item": "a step of charts.publish, which says by whom, is atomic and leaves the entry",
    "library.publish_packs": "shipped words, by command; the published versions are their own history",
    "outbox.deliver": "by the worker: an SMTP conversation stands in no transaction; its end is recorded in one",
    "outbox.mark_quiet": "says at start which kinds wait; writes nothing to the database",
    "partnership.make": "a step of other operations, within their transaction: history.record refuses outside one",
    "partnership.save_changes": "a step of other operations, within their transaction, as the one above",
    "partnership.run_import": "atomic within; a preview that is out of date is made anew after the import was undone",
    "strategy.run_import": "atomic within; a preview that is out of date is made anew after the import was undone",
    "sitelogs.note_door": "a day, written at most once a day; what was sent is in the history by itself",
}


@dataclass
class Operation:
    """A function of an operations module: what it is called, calls, and is decorated with."""

    name: str
    node: ast.FunctionDef
    calls: frozenset[str]

    @property
    def public(self) -> bool:
        return not self.node.name.startswith("_")

    @property
    def decorators(self) -> set[str]:
        return {ast.unparse(one) for one in self.node.decorator_list}

    @property
    def writes(self) -> bool:
        return any(call.rpartition(".")[2] in WRITES and "." in call for call in self.calls)


def operations() -> dict[str, Operation]:
    """Every function of every room's operations, by room and name."""
    return {one.name: one for path in files() for one in _of(path)}


def files() -> list[Path]:
    """The modules of operations."""
    return sorted([*ROOMS.glob("*/operations.py"), *ROOMS.glob("*/operations/*.py")])


def _of(path: Path) -> Iterator[Operation]:
    room = path.relative_to(ROOMS).parts[0]
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            calls = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
            yield Operation(f"{room}.{node.name}", node, frozenset(calls))


def reaching(found: dict[str, Operation], wanted: frozenset[str]) -> set[str]:
    """The functions that call one of those wanted, themselves or by another of the room's functions."""
    reached = {name for name, one in found.items() if one.calls & wanted}
    while True:
        more = {name for name, one in found.items() if name not in reached and _callees(name, one, found) & reached}
        if not more:
            return reached
        reached |= more


def _callees(name: str, one: Operation, found: dict[str, Operation]) -> set[str]:
    room = name.partition(".")[0]
    own = {f"{room}.{call}" for call in one.calls}
    other = {call.replace("operations.", "") for call in one.calls}
    return (own | other | {f"{room}.{call.rpartition('.')[2]}" for call in one.calls}) & set(found)


def findings(found: dict[str, Operation]) -> list[str]:
    """What is amiss with the functions that write."""
    noted, wrong = reaching(found, NOTES), []
    for name, one in sorted(found.items()):
        if not (one.public and one.writes) or name in EXCEPTIONS:
            continue
        arguments = one.node.args
        if arguments.args or arguments.posonlyargs:
            wrong.append(f"{name}: take keyword arguments alone: def {one.node.name}(*, by: Access, ...)")
        if "by" not in {argument.arg for argument in arguments.kwonlyargs}:
            wrong.append(f"{name}: take by: Access")
        if "transaction.atomic" not in one.decorators:
            wrong.append(f"{name}: decorate it with @transaction.atomic")
        if name not in noted:
            wrong.append(f"{name}: write an entry with history.record, or say in EXCEPTIONS why not")
    return wrong


def test_every_operation_is_keyword_only_by_somebody_atomic_and_in_the_history():
    wrong = findings(operations())
    assert wrong == [], "\n".join(wrong)


def test_no_exception_is_stale():
    there = {name for name, one in operations().items() if one.public and one.writes}
    assert sorted(set(EXCEPTIONS) - there) == []


def test_the_guard_bites():
    source = "def conclude(incident):\n    incident.save()\n"
    node = ast.parse(source).body[0]
    one = Operation("incidents.conclude", node, frozenset({"incident.save"}))
    assert len(findings({"incidents.conclude": one})) == 4
