"""Random sequences of what people do, held against an independent model of who may see what: no counterexample."""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from safeboard.core import wall
from safeboard.core.roles import Role
from safeboard.incidents.models import Incident, Involved
from safeboard.incidents.queries import visible as seeing
from safeboard.incidents.queries import visible_to
from safeboard.incidents.queries.received import received_by
from safeboard.incidents.rules import ALLEGATION_ROLES
from tests.cast import Cast
from tests.properties.county import STEPS, County

pytestmark = pytest.mark.django_db

SEQUENCES, PARTS = 150, 2  # in parts, so that both cores have some
NIGHTLY = 10_000
NUMBERS = st.integers(min_value=0, max_value=10_000)
STEP = st.tuples(st.sampled_from(range(len(STEPS))), NUMBERS, NUMBERS)
SHORT, LONG = st.lists(STEP, min_size=2, max_size=5), st.lists(STEP, min_size=4, max_size=12)
QUIETLY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
}


class Undone(Exception):
    """Ends a transaction that is not to stay."""


def walk_through(cast: Cast, sequence: list[tuple[int, int, int]]) -> None:
    """One sequence in a county of its own, which is gone afterwards."""
    try:
        with transaction.atomic():
            county = County(cast)
            for turn in (1, 3):  # something to begin with: a matter of each sort
                county.report(turn, turn)
            for step, turn, extra in sequence:
                STEPS[step](county, turn, extra)
            hold(county)
            raise Undone
    except Undone:
        pass


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


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_sees_more_or_less_than_the_model_says(cast: Cast, part: int):
    @seed(part)
    @settings(max_examples=int(os.environ.get("SAFEBOARD_SEQUENCES") or SEQUENCES) // PARTS, **QUIETLY)
    @given(sequence=SHORT)
    def run(sequence: list[tuple[int, int, int]]) -> None:
        walk_through(cast, sequence)

    run()


@pytest.mark.nightly
@settings(max_examples=NIGHTLY, **QUIETLY)
@given(sequence=LONG)
def test_ten_thousand_sequences(cast: Cast, sequence: list[tuple[int, int, int]]):
    walk_through(cast, sequence)


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
    with pytest.raises(AssertionError):
        walk_through(cast, STORY)
