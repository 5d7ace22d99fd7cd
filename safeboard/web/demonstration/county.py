"""Boards, agencies, settings, contacts and people of a made-up county."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core import history
from safeboard.core.access import job_access
from safeboard.core.roles import Role
from safeboard.library import queries as library
from safeboard.partnership.choices import Connection, Equipment, Known
from safeboard.partnership.models import Agency, Board, BoardContact, Contact, Membership, Seat, Setting

from . import names
from .sizes import Size

MAKER = job_access("demonstration")

# What an agency is, how many of a hundred, its kind of member, and the kinds of its settings.
SORTS = (
    ("{place} Learning Trust", 30, "other-member", ("school",)),
    ("{place} School", 26, "other-member", ("school",)),
    ("{place} Library Service", 8, "other-member", ("library",)),
    ("{place} Youth Service", 10, "other-member", ("youth-club", "community-centre")),
    ("{place} Children's Homes", 8, "other-member", ("childrens-home",)),
    ("{place} College", 6, "other-member", ("college", "training-centre")),
    ("{place} Community Health", 6, "board-partner", ("community-health", "hospital-trust")),
    ("{place} Police", 2, "board-partner", ("youth-offending-service",)),
    ("{place} Online Safety Charity", 4, "other-agency", ("home-access",)),
)
CALLED = {
    "school": ("Primary School", "Academy", "High School", "Infant School", "Junior School"),
    "library": ("Library", "Library and Hub"),
    "youth-club": ("Youth Club", "Youth Project"),
    "community-centre": ("Community Centre",),
    "childrens-home": ("House", "Lodge"),
    "college": ("College", "Sixth Form"),
    "training-centre": ("Training Centre",),
    "community-health": ("Health Centre",),
    "hospital-trust": ("Hospital",),
    "youth-offending-service": ("Youth Justice Office",),
    "home-access": ("Home Computing Scheme",),
}
AGENCY_ROLES = (
    (Role.AGENCY_LEAD, 0.9),
    (Role.DESIGNATED_OFFICER, 0.88),
    (Role.STAFF, 1.0),
    (Role.RESPONSIBLE_PERSON, 0.3),
    (Role.STAFF, 0.2),
    (Role.ALLEGATIONS_OFFICER, 0.12),
    (Role.INFRASTRUCTURE, 0.1),
    (Role.SENIOR_PERSON, 0.06),
)
# What a board rings locally; the rest an agency fills in itself.
LOCAL = (
    "police-team social-care-duty-team lado hr out-of-hours single-point-of-access information-policy-team "
    "provider-desk regional-grid board-officer board-chair authority-contact authority-adviser "
    "staff-allegations-officer"
)
BOARD_ROLES = (Role.BOARD_MANAGER, Role.ESAFETY_OFFICER, Role.SUBGROUP_MEMBER, Role.SUBGROUP_MEMBER, Role.INSPECTOR)


@dataclass
class County:
    """What was made of one board: enough to make incidents for it."""

    board: Board
    agencies: list[Agency] = field(default_factory=list)
    settings: dict[int, list[Setting]] = field(default_factory=dict)
    people: dict[int, dict[str, list[Person]]] = field(default_factory=dict)


@transaction.atomic
def make_county(
    *,
    area: str,
    name: str,
    pack: str,
    size: Size,
    seed: int,
    shared: list[Agency] | None = None,
    today: date | None = None,
) -> County:
    """Make a board and everything of it but incidents. ``shared`` are agencies of another board that sit here too."""
    chance = random.Random(seed)
    today = today or timezone.localdate()
    board = Board.objects.create(name=name, area=area, pack=pack, label=_label(pack))
    county = County(board)
    called = names.people(random.Random(seed + 1))
    _agencies(county, size, chance)
    _settings(county, size, chance)
    _people(county, size, chance, called, today)
    _contacts(county, chance, called)
    guests = [Seat(board=board, agency=agency, kind="other-member") for agency in shared or []]
    Seat.objects.bulk_create(guests)
    history.record(by=MAKER, verb="partnership.made_up", obj=board, facts={"agencies": len(county.agencies)})
    return county


def _label(pack: str) -> str:
    return "Local Safeguarding Children Board" if pack == "becta-2008" else "Safeguarding children partnership"


def _agencies(county: County, size: Size, chance: random.Random) -> None:
    places = names.places(chance)
    taken: set[str] = set()
    sorts = chance.choices(SORTS, weights=[sort[1] for sort in SORTS], k=size.agencies)
    for number, (pattern, _weight, kind, kinds) in enumerate(sorts):
        place = next(places)
        called = pattern.format(place=place)
        if called in taken:
            called = f"{pattern.format(place=f'{place} {next(places)}')}"
        if called in taken:
            called = f"{called} {number}"
        taken.add(called)
        agency = Agency(
            name=called,
            home_board=county.board,
            reference=f"{county.board.area[:2].upper()}{number + 1:04d}",
            gives_technology=chance.choices(Known.values, [8, 1, 1])[0],
            reaches_children=chance.choices(Known.values, [7, 1, 2])[0],
        )
        agency.made_of = (kind, kinds, place)
        county.agencies.append(agency)
    Agency.objects.bulk_create(county.agencies, batch_size=500)
    Seat.objects.bulk_create(
        [
            Seat(
                board=county.board,
                agency=agency,
                kind=agency.made_of[0],
                in_subgroup=number % 9 == 0,
                since=date(2024, 9, 1),
            )
            for number, agency in enumerate(county.agencies)
        ],
        batch_size=500,
    )


def _settings(county: County, size: Size, chance: random.Random) -> None:
    shares = [chance.uniform(0.3, 3.0) if "Trust" in agency.name else 0.5 for agency in county.agencies]
    spare = size.settings - len(county.agencies)
    extra = chance.choices(county.agencies, weights=shares, k=max(0, spare))
    rows = []
    for number, agency in enumerate([*county.agencies, *extra]):
        kind = chance.choice(agency.made_of[2 - 1])
        place = agency.made_of[2] if number < len(county.agencies) else chance.choice(names.PLACES)
        rows.append(_setting(agency, kind, place, number, chance))
    Setting.objects.bulk_create(rows, batch_size=500)
    for row in rows:
        county.settings.setdefault(row.agency_id, []).append(row)


def _setting(agency: Agency, kind: str, place: str, number: int, chance: random.Random) -> Setting:
    return Setting(
        agency=agency,
        name=f"{place} {chance.choice(CALLED[kind])}",
        kind=kind,
        urn=str(900001 + agency.home_board_id * 10000 + number) if kind == "school" else "",
        street=f"{chance.randint(1, 90)} {chance.choice(names.STREETS)}",
        town=place,
        postcode=f"ZZ{number % 90 + 1} {number % 9 + 1}ZZ",
        telephone=names.telephone(number),
        users="Children of the setting, staff, visitors",
        equipment=chance.choices(Equipment.values, [5, 1, 5, 0, 1])[0],
        connection=chance.choices(Connection.values, [2, 3, 1, 5, 1])[0],
        filtering_provider=chance.choices(
            ["Greywater Filtering", "Heron Web Filter", "Lighthouse Filter", ""], [5, 4, 3, 2]
        )[0],
        filtering_plan=chance.choices(Known.values, [7, 1, 2])[0],
        acceptable_use=chance.choices(Known.values, [8, 1, 1])[0],
    )


def _people(county: County, size: Size, chance: random.Random, called: Iterator[str], today: date) -> None:
    wanted: list[tuple[Role, Agency | None]] = [(role, None) for role in BOARD_ROLES]
    for agency in county.agencies:
        wanted += [(role, agency) for role, often in AGENCY_ROLES if chance.random() < often]
    floor = [(Role.STAFF, agency) for agency in county.agencies]
    while len(wanted) < size.people and floor:
        wanted.append(floor[len(wanted) % len(floor)])
    rows, password = [], make_password(None)
    for number, _ in enumerate(wanted):
        name = next(called)
        address = name.lower().replace(" ", ".").replace("'", "")
        rows.append(
            Person(
                name=name,
                email=f"{address}.{county.board.pk}{number}@{county.board.area.lower()}.example",
                password=password,
            )
        )
    Person.objects.bulk_create(rows, batch_size=500)
    started = today - timedelta(days=size.days)
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                role=role,
                agency=agency,
                board=None if agency else county.board,
                starts=started,
                ends=today + timedelta(days=30) if role == Role.INSPECTOR else None,
            )
            for person, (role, agency) in zip(rows, wanted, strict=True)
        ],
        batch_size=500,
    )
    for person, (role, agency) in zip(rows, wanted, strict=True):
        if agency:
            county.people.setdefault(agency.pk, {}).setdefault(role.value, []).append(person)


def _contacts(county: County, chance: random.Random, called: Iterator[str]) -> None:
    kinds = {"agency-lead": Role.AGENCY_LEAD, "designated-officer": Role.DESIGNATED_OFFICER}
    rows = [
        Contact(
            agency=agency,
            kind=kind,
            name=person.name,
            person=person,
            telephone=names.telephone(person.pk),
            email=person.email,
            hours="School days, 8:30 to 16:30",
        )
        for agency in county.agencies
        for kind, role in kinds.items()
        for person in county.people.get(agency.pk, {}).get(role.value, [])[:1]
    ]
    Contact.objects.bulk_create(rows, batch_size=500)
    local = [item for item in library.items(county.board.pack, "contact-kinds") if item.id not in kinds]
    BoardContact.objects.bulk_create(
        BoardContact(
            board=county.board,
            kind=item.id,
            name=f"{county.board.area} {within_a_name(str(item.title))}"[:120],
            telephone=names.telephone(200 + number),
            hours=chance.choice(("At all hours", "Weekdays, 9:00 to 17:00")),
        )
        for number, item in enumerate(local)
        if item.id in LOCAL.split()
    )


def within_a_name(title: str) -> str:
    """A title as it stands within a name: 'Out of hours' begins small, 'HR' and 'LADO' stay as they are."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
