"""Random sequences of what people do, held against an independent model of who may see what: no counterexample.

They are trees: from the end of a random walk three ways on, three from each of those, and so on; the way from the root
to each leaf is one sequence, and what it shares with its neighbours is done once. They come in parts, each with a
chance of its own. With ``SAFEBOARD_LEDGER`` (a file) a nightly part that ended is noted there and not done again:

    SAFEBOARD_LEDGER=/somewhere/sequences.txt pytest tests/properties -m nightly -n 2
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q

from safeboard.core import built, wall
from safeboard.core.roles import Role
from safeboard.incidents.models import Incident, Involved
from safeboard.incidents.queries import visible as seeing
from safeboard.incidents.queries import visible_to
from safeboard.incidents.queries.received import received_by
from safeboard.incidents.rules import ALLEGATION_ROLES
from tests.cast import Cast
from tests.properties.county import STEPS, County

pytestmark = pytest.mark.django_db

PARTS = 2  # of the everyday run, so that both cores have one
HIGHEST = 10_000  # of the two numbers that a step is given
WAYS, TURNINGS, TREES = 3, 3, 10  # ways on from each turning, turnings one after another, trees in a part
LEAVES = WAYS**TURNINGS * TREES  # sequences of a part
NIGHTLY_PARTS = -(-10_000 // LEAVES)
TWIG, TRUNK = (0, 2), (1, 9)  # steps before the first turning, every day and nightly

Step = tuple[int, int, int]


class Undone(Exception):
    """Ends a transaction that is not to stay."""


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is gone afterwards."""
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def begun(cast: Cast) -> County:
    """A county with something to begin with: a matter of each sort."""
    county = County(cast)
    for turn in (1, 3):
        county.report(turn, turn)
    return county


def walk_through(cast: Cast, sequence: list[Step]) -> None:
    """One sequence in a county of its own, which is gone afterwards."""
    with undone():
        county = begun(cast)
        for step, turn, extra in sequence:
            STEPS[step](county, turn, extra)
        hold(county)


def any_step(chance: random.Random) -> Step:
    return chance.randrange(len(STEPS)), chance.randint(0, HIGHEST), chance.randint(0, HIGHEST)


def branch(county: County, chance: random.Random, way: list[Step], steps: int, turnings: int) -> int:
    """Go on from here by so many steps, then every way from each turning; gives how many ways were gone to the end."""
    county = county.twin()
    ended = 0
    with undone():
        for _ in range(steps):
            way = [*way, any_step(chance)]
            STEPS[way[-1][0]](county, *way[-1][1:])
        if turnings:
            ended = sum(branch(county, chance, way, 1, turnings - 1) for _ in range(WAYS))
        else:
            held_at_the_end(county, way)
            ended = 1
    return ended


def held_at_the_end(county: County, way: list[Step]) -> None:
    """As ``hold``; what it finds says how to see it alone."""
    try:
        hold(county)
    except AssertionError as why:
        raise AssertionError(f"{why}\nwalk_through(cast, {way}) shows it alone") from why


def hold(county: County) -> None:
    """Everybody, in each place they have, sees exactly what the model says."""
    with wall.open_for(casework=[one.pk for one in county.agencies.values()]):
        county.facts()
        files = county.with_files()
    for who in county.people:
        for agency in county.model.works_in(who):
            look(county, who, agency, files)
    if not county.model.works_in("board_officer"):
        nothing(county, "board_officer")


def look(county: County, who: str, agency: str, files: set[int]) -> None:
    """What one person finds in one agency: cases, referrals, words, files."""
    model, held = county.model, county.model.of(who, agency)
    found = county.looks(who, agency, files=bool(files))
    said = f"{who} in {agency}, who is {sorted(held)}"
    assert found.cases == model.seen(who, agency), said
    assert found.received == model.received(who, agency), said
    known = [model.cases[number] for number in found.cases] + [model.posts[number].case for number in found.received]
    every = {word for one in model.cases for word in one.words}
    assert {word for word in every if word in found.words} == {word for one in known for word in one.words}, said
    able = {n for n in found.cases if model.cases[n].handled_by(who, held) and not model.cases[n].images}
    assert found.opened == able & files, said


def nothing(county: County, who: str) -> None:
    """A board's people meet no casework at all."""
    with county.cast.wall_of(county.cast.people[who]):
        by = county.cast.access_for(county.cast.people[who])
        assert not list(Incident.objects.all()), who
        assert not list(visible_to(by)), who
        assert not list(received_by(by)), who


def grow(cast: Cast, part: str, *, trees: int, trunk: tuple[int, int]) -> int:
    """Grow so many trees of a chance of their own; gives how many sequences were walked to their end."""
    chance, ended = random.Random(f"sequences {part}"), 0
    with undone():
        county = begun(cast)
        ended = sum(branch(county, chance, [], chance.randint(*trunk), TURNINGS) for _ in range(trees))
    return ended


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_sees_more_or_less_than_the_model_says(cast: Cast, part: int):
    """Five hundred sequences."""
    assert grow(cast, f"everyday {part}", trees=TREES, trunk=TWIG) == LEAVES


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(NIGHTLY_PARTS))
def test_ten_thousand_sequences(cast: Cast, part: int):
    ledger = Path(os.environ["SAFEBOARD_LEDGER"]) if os.environ.get("SAFEBOARD_LEDGER") else None
    if ledger and ledger.exists() and f"part {part}:" in ledger.read_text(encoding="utf-8"):
        pytest.skip("it ended before, and stands in the ledger")
    began = time.monotonic()
    ended = grow(cast, str(part), trees=TREES, trunk=TRUNK)
    assert ended == LEAVES
    if ledger:
        with ledger.open("a", encoding="utf-8") as file:
            file.write(f"part {part}: {ended} sequences, {time.monotonic() - began:.0f} s\n")


# The county notices what is broken: reports and a concern are enough.
STORY = [(2, 0, 7), (5, 0, 1), (6, 0, 0), (2, 1, 9), (4, 1, 0), (3, 1, 0)]
BROKEN = {
    "the subject is let in": ("about", lambda _by: Involved.objects.none().values("incident_id")),
    "everybody sees everything": ("visible_where", lambda _by, of="": Q()),
    "the lead knows of allegations": ("ALLEGATION_ROLES", (*ALLEGATION_ROLES, Role.AGENCY_LEAD)),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_noticed(cast: Cast, what: str, monkeypatch: pytest.MonkeyPatch):
    walk_through(cast, STORY)
    monkeypatch.setattr(seeing, *BROKEN[what])
    built.forget()
    with pytest.raises(AssertionError):
        walk_through(cast, STORY)
    built.forget()
