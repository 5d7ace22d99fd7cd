"""What a membership gives, and when it stops."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from safeboard.core.roles import PlaceKind, Role
from safeboard.partnership import queries
from safeboard.partnership.models import Agency, Membership, Setting
from safeboard.partnership.tests.factories import MembershipFactory, SeatFactory


def test_each_of_the_cast_acts_in_their_own_place(cast):
    assert cast.access_for(cast.lead).agency_id == cast.agency.pk
    assert cast.access_for(cast.board_officer).board_id == cast.board.pk
    assert cast.access_for(cast.administrator).place.kind == PlaceKind.SERVICE
    assert cast.access_for(cast.leaver).place is None
    assert cast.access_for(cast.stranger).place is None


def test_a_role_ends_with_its_last_day(cast):
    today = timezone.localdate()
    Membership.objects.filter(person=cast.inspector).update(ends=today)
    assert Role.INSPECTOR in cast.access_for(cast.inspector).roles
    Membership.objects.filter(person=cast.inspector).update(ends=today - timedelta(days=1))
    assert cast.access_for(cast.inspector).place is None


def test_a_place_that_is_not_ones_own_is_not_chosen(cast):
    key = f"agency-{cast.other_agency.pk}"
    assert cast.access_for(cast.lead, place=key).agency_id == cast.agency.pk
    MembershipFactory(person=cast.lead, role=Role.STAFF, agency=cast.other_agency)
    assert cast.access_for(cast.lead, place=key).agency_id == cast.other_agency.pk
    assert cast.access_for(cast.lead, place=key).roles == {Role.STAFF}


def test_the_wall_opens_for_the_own_agency_alone(cast):
    with pytest.raises(ScopeError):
        Setting.objects.count()
    with cast.wall_of(cast.lead):
        assert list(Setting.objects.all()) == [cast.setting]
    with cast.wall_of(cast.board_officer):
        assert set(Agency.objects.all()) == {cast.agency, cast.other_agency}
    with cast.wall_of(cast.administrator):
        assert not Agency.objects.exists()


def test_an_agency_in_two_boards_is_seen_by_both(cast):
    SeatFactory(board=cast.board, agency=cast.far_agency)
    for officer in (cast.board_officer, cast.other_board_officer):
        with cast.wall_of(officer):
            assert Agency.objects.filter(pk=cast.far_agency.pk).exists()
    assert set(queries.boards_of(cast.far_agency.pk).values_list("board_id", flat=True)) == {
        cast.board.pk,
        cast.other_board.pk,
    }
