"""Random sequences of what people do, held against an independent model of who may see what: no counterexample."""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from django_scopes.exceptions import ScopeError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.core import wall
from safeboard.incidents.models import Incident
from tests.cast import Cast
from tests.properties.county import STEPS, County

pytestmark = pytest.mark.django_db

SEQUENCES = 500
NIGHTLY = 10_000
NUMBERS = st.integers(min_value=0, max_value=10_000)
SEQUENCE = st.lists(st.tuples(st.sampled_from(range(len(STEPS))), NUMBERS, NUMBERS), min_size=4, max_size=12)


class Undone(Exception):
    """Ends a transaction that is not to stay."""


def walk_through(cast: Cast, sequence: list[tuple[int, int, int]]) -> None:
    """One sequence in a county of its own, which is gone afterwards."""
    try:
        with transaction.atomic():
            county = County(cast)
            with wall.open_for(casework=[one.pk for one in county.agencies.values()]):
                pass
            county.report(0, 1)
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
    for who in ("board_officer", "subgroup_member"):
        if not county.model.works_in(who):
            nothing(county, who)


def look(county: County, who: str, agency: str, files: set[int]) -> None:
    """What one person finds in one agency: cases, referrals, words, files."""
    model, held = county.model, county.model.of(who, agency)
    cases, received, words = county.looks(who, agency)
    said = f"{who} in {agency}, who is {sorted(held)}"
    assert cases == model.seen(who, agency), said
    assert received == model.received(who, agency), said
    known = [model.cases[number] for number in cases] + [model.posts[number].case for number in received]
    readable = {word for one in known for word in one.words}
    every = {word for one in model.cases for word in one.words}
    assert {word for word in every if word in words} == readable & every, said
    able = {n for n in cases if model.cases[n].handled_by(who, held)} & files
    assert county.opens(who, agency) == {n for n in able if not model.cases[n].images}, said


def nothing(county: County, who: str) -> None:
    """A board's people meet no casework at all."""
    with county.cast.wall_of(county.cast.people[who]), pytest.raises(ScopeError):
        Incident.objects.exists()


@settings(
    max_examples=int(os.environ.get("SAFEBOARD_SEQUENCES") or SEQUENCES),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
    derandomize=True,
)
@given(sequence=SEQUENCE)
def test_nobody_sees_more_or_less_than_the_model_says(cast: Cast, sequence: list[tuple[int, int, int]]):
    walk_through(cast, sequence)


@pytest.mark.nightly
@settings(
    max_examples=NIGHTLY,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
@given(sequence=SEQUENCE)
def test_ten_thousand_sequences(cast: Cast, sequence: list[tuple[int, int, int]]):
    walk_through(cast, sequence)
