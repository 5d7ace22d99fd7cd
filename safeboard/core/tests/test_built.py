"""Queries that are built once for all who hold the same roles: everybody gets their own rows, and nobody another's."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from safeboard.core import wall
from safeboard.core.built import built_once
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership, Setting

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def settings_here(access):
    return Setting.objects.order_by("pk")


def roles_held(access, today, most):
    held = partnership.current(today)
    rows = Membership.objects.filter(held, person=access.person, agency=access.agency_id, pk__lt=most)
    return rows.select_related("agency").order_by("pk")


def by_the_clock(access):
    return Membership.objects.filter(person=access.person, starts__lte=timezone.localdate())


def of_a_kind(access, role):
    return Membership.objects.filter(agency=access.agency_id, role=role).order_by("pk").values_list("person__name")


def of_nobody(access, today):
    return Membership.objects.none()


def both(access, build, *given):
    """What the function gives, built once and built anew, in the place of the access."""
    with wall.open_as(access, partnership.scopes):
        return built_once(build)(access, *given), list(build(access, *given))


@pytest.fixture
def leads(cast):
    return cast.access_for(cast.lead), cast.access_for(cast.other_lead)


def test_everybody_gets_their_own_rows(cast, leads):
    once = built_once(settings_here)
    for access, setting in zip(leads * 2, [cast.setting, cast.other_setting] * 2, strict=True):
        with wall.open_as(access, partnership.scopes):
            assert once(access) == [setting]


def test_the_same_rows_come_as_from_the_query_itself_with_what_hangs_on_them(leads):
    today, once = timezone.localdate(), built_once(roles_held)
    for access in leads:
        with wall.open_as(access, partnership.scopes):
            there = list(roles_held(access, today, 10**6))
            with CaptureQueriesContext(connection) as caught:
                found = once(access, today, 10**6)
                assert [one.agency.name for one in found] == [one.agency.name for one in there] == [access.place.name]
            assert len(caught) == 1
            assert [vars(one).keys() for one in found] == [vars(one).keys() for one in there]


def test_days_and_numbers_are_those_that_were_given(leads):
    access, today = leads[0], timezone.localdate()
    once = built_once(roles_held)
    with wall.open_as(access, partnership.scopes):
        first = once(access, today, 10**6)
        assert first == list(roles_held(access, today, 10**6)) != []
        assert once(access, today - timedelta(days=4000), 10**6) == []
        assert once(access, today, first[0].pk) == []


@pytest.mark.parametrize("kind", [str, Role])
def test_texts_are_those_that_were_given_and_a_choice_makes_a_query_of_its_own(leads, kind):
    access = leads[0]
    once = built_once(of_a_kind)
    with wall.open_as(access, partnership.scopes):
        lead, staff = kind(Role.AGENCY_LEAD), kind(Role.STAFF)
        assert once(access, lead) == list(of_a_kind(access, lead)) != once(access, staff)
        assert once(access, staff) == list(of_a_kind(access, staff)) != []


@pytest.mark.builds_anew
def test_a_query_that_reads_the_clock_is_built_anew_each_time_and_says_so(leads, caplog):
    caplog.set_level(logging.WARNING, "safeboard.core.built")
    once, anew = both(leads[0], by_the_clock)
    assert once == anew != []
    assert "by_the_clock is built anew each time" in caplog.text
    assert "was not given" in caplog.text


@pytest.mark.builds_anew
def test_a_query_that_depends_on_what_is_read_is_built_anew_each_time(leads, caplog):
    def by_address(access):
        return Membership.objects.filter(person__email=access.person.email)

    def by_what_is_there(access):
        held = list(Membership.objects.filter(person=access.person).values_list("pk", flat=True))
        return Membership.objects.filter(pk__in=held)

    caplog.set_level(logging.WARNING, "safeboard.core.built")
    for build in (by_address, by_what_is_there):
        once, anew = both(leads[0], build)
        assert once == anew != []
        assert f"{build.__name__} is built anew each time: the database is asked" in caplog.text


def test_a_query_that_finds_nothing_is_not_asked(leads):
    with wall.open_as(leads[0], partnership.scopes), CaptureQueriesContext(connection) as caught:
        assert built_once(of_nobody)(leads[0], timezone.localdate()) == []
    assert len(caught) == 0


def test_the_wall_decides_however_the_query_was_built(cast, leads):
    mine, theirs = leads
    once = built_once(settings_here)
    with wall.open_as(mine, partnership.scopes):
        assert once(mine) == [cast.setting]
        assert once(theirs) == [cast.setting]  # asked in somebody else's name: what is open here, and no more
        with wall.open_for(agencies=[theirs.agency_id]):
            assert once(mine) == [cast.other_setting]
        with wall.open_for():
            assert once(mine) == []
    with pytest.raises(ScopeError):
        once(mine)


def test_who_has_another_role_gets_a_query_of_their_own(leads):
    def by_role(access):
        rows = Setting.objects.order_by("pk")
        return rows if "agency_lead" in access.roles else rows.none()

    once = built_once(by_role)
    with wall.open_as(leads[0], partnership.scopes):
        assert len(once(leads[0])) == 1
        assert once(replace(leads[0], roles=frozenset())) == []
        assert len(once(leads[0])) == 1
