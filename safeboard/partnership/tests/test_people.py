"""Invitations and memberships."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.access import Access
from safeboard.core.models import Entry
from safeboard.core.roles import Role
from safeboard.partnership import operations, queries
from safeboard.partnership.models import Board, Invitation, Membership
from safeboard.partnership.operations import NotUsable
from safeboard.partnership.tests.factories import BoardFactory, MembershipFactory, PersonFactory

NOBODY = Access(person=None, place=None)
PASSWORD = "seven quiet herons wade"


@pytest.fixture
def invite(cast):
    """Invite as one of the cast, to the place that they act in."""

    def call(by, role=Role.STAFF, email="new@example.org", place=None, **more):
        access = cast.access_for(by)
        found = operations.invite(
            by=access, email=email, name="Nora New", role=role, place=place or access.place, **more
        )
        return found[0], found[1].rstrip("/").rsplit("/", 1)[-1]

    return call


def test_a_new_person_accepts_once(cast, invite):
    _invitation, secret = invite(cast.lead)
    assert secret not in str(Invitation.objects.values().get())
    membership = operations.accept(by=NOBODY, secret=secret, name="Nora Newly", password=PASSWORD)
    person = Person.objects.get(email="new@example.org")
    assert membership.person == person
    assert person.name == "Nora Newly"
    assert person.check_password(PASSWORD)
    assert queries.access_of(person).agency_id == cast.agency.pk
    with pytest.raises(NotUsable, match="used"):
        operations.accept(by=NOBODY, secret=secret, name="Again", password=PASSWORD)
    assert Entry.objects.filter(verb="partnership.membership_made", person=person).count() == 1


def test_a_weak_password_leaves_the_link_as_it_was(cast, invite):
    _, secret = invite(cast.lead)
    with pytest.raises(ValidationError):
        operations.accept(by=NOBODY, secret=secret, name="Nora", password="password")
    assert not Person.objects.filter(email="new@example.org").exists()
    operations.accept(by=NOBODY, secret=secret, name="Nora", password=PASSWORD)


def test_a_known_person_signs_in_first_and_nobody_else_accepts_for_them(cast, invite):
    _, secret = invite(cast.lead, email=cast.other_staff.email, role=Role.DESIGNATED_OFFICER)
    with pytest.raises(NotUsable, match="sign-in"):
        operations.accept(by=NOBODY, secret=secret, password=PASSWORD)
    for other in (cast.lead, cast.stranger):
        with pytest.raises(NotUsable, match="other-person"):
            operations.accept(by=cast.access_for(other), secret=secret)
    operations.accept(by=cast.access_for(cast.other_staff), secret=secret)
    assert len(cast.access_for(cast.other_staff).places) == 2


def test_a_link_runs_out_is_withdrawn_and_is_replaced(cast, invite):
    invitation, first = invite(cast.lead)
    link = operations.resend(by=cast.access_for(cast.lead), invitation=invitation)
    with pytest.raises(NotUsable, match="unknown"):
        operations.accept(by=NOBODY, secret=first, password=PASSWORD)
    Invitation.objects.update(runs_out_at=timezone.now())
    second = link.rstrip("/").rsplit("/", 1)[-1]
    with pytest.raises(NotUsable, match="ran-out"):
        operations.accept(by=NOBODY, secret=second, password=PASSWORD)
    operations.withdraw(by=cast.access_for(cast.lead), invitation=invitation)
    with pytest.raises(NotUsable, match="withdrawn"):
        operations.accept(by=NOBODY, secret=second, password=PASSWORD)


def test_a_second_invitation_to_the_same_role_withdraws_the_first(cast, invite):
    _, first = invite(cast.lead)
    invite(cast.lead, email="New@Example.org ")
    with pytest.raises(NotUsable, match="withdrawn"):
        operations.accept(by=NOBODY, secret=first, password=PASSWORD)


def test_what_is_refused(cast, invite):
    for by, role, email in (
        (cast.staff, Role.STAFF, "a@example.org"),
        (cast.lead, Role.DESIGNATED_OFFICER, cast.lead.email),
        (cast.lead, Role.ESAFETY_OFFICER, "a@example.org"),
        (cast.administrator, Role.ADMINISTRATOR, "a@example.org"),
    ):
        with pytest.raises(PermissionDenied):
            invite(by, role=role, email=email)
    for more in ({"role": Role.INSPECTOR}, {"email": "no address"}, {"ends": timezone.localdate() - timedelta(1)}):
        with pytest.raises(ValidationError):
            invite(cast.lead, **more)
    with pytest.raises(ValidationError):
        invite(cast.lead, email=cast.staff.email, role=Role.STAFF)
    assert not Invitation.objects.exists()


def test_an_administrator_makes_a_boards_first_people_and_no_more(cast):
    board = BoardFactory()
    by = cast.access_for(cast.administrator)
    place = operations.place_of(Membership(board=board, role=Role.BOARD_MANAGER))
    operations.invite(by=by, email="first@example.org", name="F", role=Role.BOARD_MANAGER, place=place)
    MembershipFactory(board=board, role=Role.BOARD_MANAGER)
    with pytest.raises(PermissionDenied):
        operations.invite(by=by, email="second@example.org", name="S", role=Role.BOARD_MANAGER, place=place)


def test_a_role_that_ends_is_gone_at_the_next_look_and_so_are_its_invitations(cast, invite):
    _, secret = invite(cast.lead)
    row = Membership.objects.get(person=cast.lead)
    with pytest.raises(PermissionDenied):
        operations.end_membership(by=cast.access_for(cast.board_inspector), membership=row)
    operations.end_membership(by=cast.access_for(cast.board_officer), membership=row)
    assert cast.access_for(cast.lead).place is None
    with pytest.raises(NotUsable, match="withdrawn"):
        operations.accept(by=NOBODY, secret=secret, password=PASSWORD)


def test_roles_are_changed_as_a_set_within_what_one_may_give(cast):
    by = cast.access_for(cast.lead)
    operations.change_roles(
        by=by, person=cast.staff, place=by.place, roles=[Role.DESIGNATED_OFFICER, Role.INFRASTRUCTURE]
    )
    assert cast.access_for(cast.staff).roles == {Role.DESIGNATED_OFFICER, Role.INFRASTRUCTURE}
    with pytest.raises(PermissionDenied):
        operations.change_roles(by=by, person=cast.lead, place=by.place, roles=[Role.AGENCY_LEAD, Role.STAFF])
    with pytest.raises(PermissionDenied):
        operations.change_roles(by=by, person=cast.stranger, place=by.place, roles=[Role.STAFF])
    assert Membership.objects.filter(person=cast.staff, ended_at__isnull=False).count() == 1


def test_a_role_that_ran_out_is_given_anew(cast):
    person = PersonFactory()
    old = MembershipFactory(
        person=person, agency=cast.agency, role=Role.STAFF, ends=timezone.localdate() - timedelta(days=3)
    )
    by = cast.access_for(cast.lead)
    operations.give_role(by=by, person=person, role=Role.STAFF, place=by.place)
    old.refresh_from_db()
    assert old.ended_at
    assert queries.access_of(person).agency_id == cast.agency.pk


def test_holders_and_the_substitute(cast):
    assert list(queries.holders(cast.agency.pk, Role.AGENCY_LEAD)) == [cast.lead]
    assert queries.substitutes(cast.agency.pk) == [cast.responsible_person]
    assert queries.substitutes(cast.agency.pk, without=[cast.responsible_person.pk]) == []
    names = [member.person.name for member in queries.members_of_place(cast.access_for(cast.lead).place)]
    assert "Levi Leaver" not in names
    assert len(names) == 9


def test_createboard_prints_a_link_that_works_once(db, capsys):
    call_command(
        "createboard", "--name", "Newmarch Board", "--email", "first@example.org", "--officer-name", "Finn First"
    )
    secret = re.search(r"/invitations/([\w-]+)/", capsys.readouterr().out)[1]
    operations.accept(by=NOBODY, secret=secret, name="Finn First", password=PASSWORD)
    access = queries.access_of(Person.objects.get())
    assert access.roles == {Role.ESAFETY_OFFICER}
    assert access.board_id == Board.objects.get().pk
    with pytest.raises(CommandError, match="Nothing was made"):
        call_command("createboard", "--name", "Newmarch Board", "--email", "b@example.org", "--officer-name", "B")
    call_command("createadministrator", "--name", "Ada", "--email", "ada@example.org")
    assert "/invitations/" in capsys.readouterr().out
