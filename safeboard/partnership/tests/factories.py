"""Factories of boards, agencies, settings, people and memberships; every room's tests may use them.

Making a row needs no scope; reading it back does (see core.wall).
"""

from datetime import timedelta

import factory
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.roles import Role
from safeboard.partnership.models import Agency, Board, BoardContact, Contact, Membership, Seat, Setting

PASSWORD = "a long pass phrase"


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person Number{n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)


class BoardFactory(factory.django.DjangoModelFactory[Board]):
    class Meta:
        model = Board

    name = factory.Sequence(lambda n: f"Northmarch {n} Safeguarding Partnership")
    area = "Northmarch"
    pack = "england-2026"


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An agency; ``board`` is where it sits, as ``kind`` of member."""

    class Meta:
        model = Agency
        exclude = ("board",)
        skip_postgeneration_save = True

    board = factory.SubFactory(BoardFactory)
    name = factory.Sequence(lambda n: f"Alder Bank School {n}")
    home_board = factory.SelfAttribute("board")

    @factory.post_generation
    def kind(self, create: bool, kind: str | None, **_: object) -> None:
        """Seat it in its home board, unless told not to by ``kind=""``."""
        if create and kind != "":
            Seat.objects.create(agency=self, board=self.home_board, kind=kind or "other-member")


class SeatFactory(factory.django.DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    agency = factory.SubFactory(AgencyFactory)
    kind = "other-member"


class SettingFactory(factory.django.DjangoModelFactory[Setting]):
    class Meta:
        model = Setting

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Alder Bank Primary {n}")
    kind = "school"
    urn = factory.Sequence(lambda n: str(900000 + n))
    town = "Aldermouth"


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    agency = factory.SubFactory(AgencyFactory)
    kind = "designated-officer"
    name = factory.Sequence(lambda n: f"Contact Number{n}")
    telephone = "01632 960001"


class BoardContactFactory(factory.django.DjangoModelFactory[BoardContact]):
    class Meta:
        model = BoardContact

    board = factory.SubFactory(BoardFactory)
    kind = "police-team"
    name = factory.Sequence(lambda n: f"Team Number{n}")
    telephone = "01632 960002"


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A role that holds today. Give ``agency`` or ``board``, or neither for the administrator."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    role = Role.STAFF
    starts = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends = factory.LazyAttribute(
        lambda made: timezone.localdate() + timedelta(days=30) if made.role == Role.INSPECTOR else None
    )
