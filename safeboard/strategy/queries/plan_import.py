"""What an import would do to the plan as it is now: added, left alone, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.roles import Role

from ..models import Action, Objective, Priority
from ..plan_reading import Line, Reading
from .plan import may_be_asked, objectives_of, people_here

OURS = ("the board", "board", "lscb", "partnership", "all", "-", "–", "tbc", "n/a")
BOARD_WORKS = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER)


@dataclass(frozen=True)
class Whose:
    """Who an action of a file is for; ``known`` False where nobody of that name is."""

    agency_id: int | None = None
    owner_id: int | None = None
    owner_role: str = ""
    known: bool = True


def fold(text: str) -> str:
    """A text without the differences that do not matter."""
    return " ".join(text.replace("\u2019", "'").casefold().split())


def planned(access: Access, reading: Reading) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """The entries of a reading against the plan of this moment, and its faults (row, column, reason)."""
    plan = _Plan(access)
    faults: list[list[Any]] = [[fault.row, fault.column, fault.reason] for fault in reading.faults]
    entries: list[dict[str, Any]] = []
    seen = set(plan.known)
    for line in reading.lines:
        whose = plan.whose(line.who)
        if not whose.known:
            words = _("“%(name)s” is no agency, person or role of this board. Add it first, or leave the cell empty.")
            faults.append([line.row, _("Who"), words % {"name": line.who[:80]}])
        key = (fold(line.action), line.due, whose.agency_id)
        entries.append({**plan.entry(line, whose), "state": "same" if key in seen else "added"})
        seen.add(key)
    return entries, sorted(faults, key=lambda fault: fault[0])


class _Plan:
    """The names that are known in the acting board, folded, and what its plan holds."""

    def __init__(self, access: Access) -> None:
        self.agencies = {fold(one.name): one.pk for one in may_be_asked(access)}
        self.people: dict[str, int] = {}
        for one in people_here(access):
            self.people |= {fold(one.name): one.pk, fold(one.email): one.pk}
        self.roles = {fold(str(role.label)): role.value for role in BOARD_WORKS}
        self.priorities = self._titles(Priority.objects.filter(board_id=access.board_id or 0, retired_on=None))
        self.objectives = self._titles(objectives_of(access))
        rows = Action.objects.filter(board_id=access.board_id or 0).values_list("title", "due_on", "agency_id")
        self.known: set[tuple[str, str, int | None]] = {(fold(a), due.isoformat(), whose) for a, due, whose in rows}

    @staticmethod
    def _titles(rows: Iterable[Priority | Objective]) -> dict[str, int]:
        return {fold(one.title): one.pk for one in rows}

    def whose(self, name: str) -> Whose:
        """Whom a cell names: an agency of the board, one of its people, a role, or the board itself."""
        folded = fold(name)
        if not folded or folded in OURS:
            return Whose()
        if folded in self.agencies:
            return Whose(agency_id=self.agencies[folded])
        if folded in self.people:
            return Whose(owner_id=self.people[folded])
        if folded in self.roles:
            return Whose(owner_role=self.roles[folded])
        return Whose(known=False)

    def entry(self, line: Line, whose: Whose) -> dict[str, Any]:
        """A line with what of it is there already."""
        return {
            **vars(line),
            "agency_id": whose.agency_id,
            "owner_id": whose.owner_id,
            "owner_role": whose.owner_role,
            "objective_id": self.objectives.get(fold(line.objective)) if line.objective else None,
            "priority_id": self.priorities.get(fold(line.priority)) if line.priority else None,
        }
