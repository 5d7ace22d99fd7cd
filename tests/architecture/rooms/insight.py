"""The guards' tables of the insight room: dashboards and indicators."""

from __future__ import annotations

from typing import Any

from safeboard.accounts.models import Person
from safeboard.core.wall import Reach
from safeboard.insight.models import Baseline, BoardIndicator, Neighbour, NeighbourFigures, Snapshot, Standing
from safeboard.partnership.models import Board
from tests.architecture.carriers import BOARD, INSPECTOR, LEAD, OFFICERS, RUNNERS, Expect, kinds
from tests.architecture.planting import World, word_of

ROUTES: dict[str, Expect] = {
    "insight:dashboard": Expect(BOARD),
    "insight:agencies": Expect(BOARD),
    "insight:meeting": Expect(BOARD),
    "insight:indicators": Expect(BOARD),
    "insight:indicator": Expect(BOARD),
    "insight:snapshot": Expect(RUNNERS),
    **{f"insight:indicator-{page}": Expect(RUNNERS) for page in ("add", "set", "retire")},
    "insight:neighbours": Expect(BOARD),
    "insight:neighbours-take": Expect(RUNNERS),
    "insight:neighbours-give": Expect(RUNNERS),
    "insight:ours": Expect(LEAD | OFFICERS | INSPECTOR | kinds("responsible_person senior_person")),
}
GAPS = {"insight:pk": "indicator", "insight:baseline": "baseline"}
READERS = LEAD | OFFICERS | INSPECTOR | kinds("responsible_person senior_person")
WORDS = {"indi": (READERS, BOARD)}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """An indicator with words, counted once, with a baseline and an agency's standing."""
    word = word_of(letter, "indi")
    definition = {"sources": ["review"], "counted": word, "over": word, "explain": word, "yearly": False}
    definition |= {"review": {"item": "none", "question": "none", "counts": ["yes"], "partly": []}}
    given = {"board": board, "pies": "policies", "direction": "up", "definition": definition, "owner": runner}
    row = world.make(BoardIndicator, word, version=0, **given)
    values = {row.name: {"has": 1, "lacks": 0, "unknown": 0, "whole": 1}}
    snapshot = Snapshot(board=board, values=values, month="", by=runner)
    snapshot.save()
    world.planted.setdefault("insight.Snapshot", set()).add("month")
    baseline = Baseline(board=board, year=2026, quarter=1, values=values)
    baseline.save()
    neighbour = world.make(Neighbour, word, board=board, public_key="0" * 64)
    world.planted["insight.Neighbour"].add("public_key")
    figures = [{"name": "none", "title": word, "unit": "count", "figure": 1}]
    NeighbourFigures.objects.create(board=board, neighbour=neighbour, year=2026, quarter=1, figures=figures)
    world.planted.setdefault("insight.NeighbourFigures", set()).add("signature")
    seat = board.seats.order_by("pk").first()
    Standing(
        board=board,
        agency_id=seat.agency_id,
        reach=Reach.BOARD,
        snapshot=snapshot,
        at=snapshot.at,
        marks={row.name: "yes"},
        letters={"policies": "G"},
    ).save()
    return {"baseline": baseline.pk, "indicator": row.pk}
