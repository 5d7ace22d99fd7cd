"""The guards' tables of the standards room, by subject."""

from __future__ import annotations

from typing import Any

from safeboard.accounts.models import Person
from safeboard.partnership.models import Agency, Board
from tests.architecture.carriers import LEAD, kinds
from tests.architecture.planting import World
from tests.architecture.rooms import standards_rounds as rounds
from tests.architecture.rooms import standards_surveys as surveys

ROUTES = {**rounds.ROUTES, **surveys.ROUTES}
GAPS = {**rounds.GAPS, **surveys.GAPS}
PUBLIC_GAPS = rounds.PUBLIC_GAPS | surveys.PUBLIC_GAPS
SHOWN_TO_ANYBODY = surveys.SHOWN_TO_ANYBODY
WORDS = {**rounds.WORDS, **surveys.WORDS}
RIGHTS = {**surveys.RIGHTS, "standards.submit": LEAD | kinds("responsible_person")}
JOBS = surveys.JOBS


def plant_agency(world: World, letter: str, agency: Agency, reporter: Person) -> dict[str, Any]:
    """What stands in the room of an agency."""
    return {**rounds.plant_agency(world, letter, agency, reporter)}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """What stands in the room of a board."""
    return {**rounds.plant_board(world, letter, board, runner), **surveys.plant_board(world, letter, board, runner)}
