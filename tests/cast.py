"""The cast: the people of a fictional county, for the tests of every room.

``cast`` is a fixture that gives boards, agencies and people by what they are; ``client_for`` a browser in which one
of them is signed in, with the second factor already given, and which looks over every page that it gets.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.partnership import queries
from safeboard.partnership.models import Agency, Board, Setting
from safeboard.partnership.tests.factories import (
    AgencyFactory,
    BoardFactory,
    MembershipFactory,
    PersonFactory,
    SettingFactory,
)
from tests.support.pages import CheckedClient
from tests.support.rows import laid_again

AGENCY_PEOPLE = {
    "lead": (Role.AGENCY_LEAD, "Lena Lead"),
    "staff": (Role.STAFF, "Stefan Staff"),
    "colleague": (Role.STAFF, "Colin Colleague"),
    "designated_officer": (Role.DESIGNATED_OFFICER, "Dora Designated"),
    "responsible_person": (Role.RESPONSIBLE_PERSON, "Hugo Head"),
    "allegations_officer": (Role.ALLEGATIONS_OFFICER, "Alma Allegations"),
    "infrastructure": (Role.INFRASTRUCTURE, "Ivan Infrastructure"),
    "senior_person": (Role.SENIOR_PERSON, "Selma Senior"),
    "inspector": (Role.INSPECTOR, "Ines Inspector"),
}
BOARD_PEOPLE = {
    "board_manager": (Role.BOARD_MANAGER, "Bruno Manager"),
    "board_officer": (Role.ESAFETY_OFFICER, "Olga Officer"),
    "subgroup_member": (Role.SUBGROUP_MEMBER, "Sunil Subgroup"),
    "board_inspector": (Role.INSPECTOR, "Petra Peer"),
}
OTHERS = {
    "other_lead": (Role.AGENCY_LEAD, "Otto Otherlead"),
    "other_staff": (Role.STAFF, "Orla Otherstaff"),
    "other_designated_officer": (Role.DESIGNATED_OFFICER, "Odin Otherofficer"),
}


@dataclass
class Cast:
    """Boards, agencies and people. ``cast.lead`` and so on read from ``people``."""

    board: Board
    other_board: Board
    agency: Agency
    other_agency: Agency
    far_agency: Agency
    setting: Setting
    other_setting: Setting
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    def access_for(self, person: Person, *, place: str = "") -> Access:
        """What the person acts as, in their first place or in that of the key (``agency-12``)."""
        access = queries.access_of(person, chosen=place)
        access.extras["second_factor"] = True
        return access

    def wall_of(self, person: Person, *, place: str = "") -> AbstractContextManager[None]:
        """The wall opened as it is in that person's requests."""
        return wall.open_as(self.access_for(person, place=place), queries.scopes)

    def client_for(self, person: Person | None, *, place: str = "", second_factor: bool = True) -> Client:
        """A browser in which the person is signed in; an anonymous one for None."""
        return client_for(person, place=place, second_factor=second_factor)


def client_for(person: Person | None, *, place: str = "", second_factor: bool = True) -> Client:
    """A browser in which the person is signed in (with the second factor, unless told not to)."""
    client = CheckedClient()
    if person is None:
        return client
    client.force_login(person)
    session = client.session
    methods = [{"method": "password", "at": time.time()}]
    if second_factor:
        methods.append({"method": "mfa", "type": "totp", "at": time.time()})
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(person.pk)
    if place:
        session["place"] = place
    session.save()
    return client


@laid_again
def make_cast() -> Cast:
    """The whole cast, made anew in the database of the test."""
    board = BoardFactory(name="Eastmarch Safeguarding Partnership", area="Eastmarch")
    other_board = BoardFactory(name="Westmarch Safeguarding Board", area="Westmarch", pack="becta-2008")
    agency = AgencyFactory(board=board, name="Alder Bank School")
    other_agency = AgencyFactory(board=board, name="Brookside Youth Trust")
    far_agency = AgencyFactory(board=other_board, name="Carrow Library Service")
    cast = Cast(
        board=board,
        other_board=other_board,
        agency=agency,
        other_agency=other_agency,
        far_agency=far_agency,
        setting=SettingFactory(agency=agency, name="Alder Bank Primary", urn="990001"),
        other_setting=SettingFactory(agency=other_agency, name="Brookside Clubhouse", urn="990002"),
    )
    for names, place in (
        (AGENCY_PEOPLE, {"agency": agency}),
        (BOARD_PEOPLE, {"board": board}),
        (OTHERS, {"agency": other_agency}),
        ({"far_lead": (Role.AGENCY_LEAD, "Fay Farlead")}, {"agency": far_agency}),
        ({"other_board_officer": (Role.ESAFETY_OFFICER, "Wim Westofficer")}, {"board": other_board}),
        ({"administrator": (Role.ADMINISTRATOR, "Ada Administrator")}, {}),
    ):
        for key, (role, name) in names.items():
            cast.people[key] = _person(key, name)
            MembershipFactory(person=cast.people[key], role=role, **place)
    cast.people["leaver"] = _person("leaver", "Levi Leaver")
    now = timezone.now()
    MembershipFactory(person=cast.people["leaver"], role=Role.STAFF, agency=agency, ended_at=now - timedelta(days=1))
    cast.people["stranger"] = _person("stranger", "Sten Stranger")
    return cast


def _person(key: str, name: str) -> Person:
    return PersonFactory(name=name, email=f"{key.replace('_', '.')}@example.org")


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people, their agencies and boards."""
    return make_cast()
