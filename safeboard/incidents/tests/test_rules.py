"""Who may do what with which kind of incident: the whole table, without views."""

import pytest

from safeboard.incidents import queries
from safeboard.incidents.choices import Status
from safeboard.incidents.models import Incident

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
PERMISSIONS = ("see", "read", "walk", "note", "refer", "add_file", "change", "conclude", "reopen", "history", "print")
HANDLES = "read walk note refer add_file change conclude history print"
NO_FILES = "read walk note refer change conclude history print"
REPORTER = "walk note refer"
# Who may do what, beside 'see', with: an incident, one about images, an allegation (about Ivan), a concluded one.
TABLE = {
    "staff": (REPORTER, REPORTER, REPORTER, "refer"),
    "colleague": (None, None, None, None),
    "lead": (HANDLES, NO_FILES, None, "read refer reopen history print"),
    "designated_officer": (HANDLES, NO_FILES, HANDLES, "read refer reopen history print"),
    "responsible_person": (None, None, HANDLES, None),
    "allegations_officer": (None, None, HANDLES, None),
    "infrastructure": (None, None, None, None),
    "senior_person": (None, None, None, None),
    "inspector": ("read", "read", None, "read"),
    "board_officer": (None, None, None, None),
    "board_inspector": (None, None, None, None),
    "other_lead": (None, None, None, None),
    "other_designated_officer": (None, None, None, None),
    "administrator": (None, None, None, None),
    "leaver": (None, None, None, None),
    "stranger": (None, None, None, None),
}


@pytest.fixture
def kinds(cast):
    """One of each: plain, about images, an allegation, concluded."""
    plain, images = reported(cast), reported(cast, images="maybe")
    about, concluded = allegation(cast, about="Ivan Infrastructure"), reported(cast)
    with cast.wall_of(cast.staff):
        now = concluded.reported_at
        Incident.objects.filter(pk=concluded.pk).update(status=Status.CONCLUDED, concluded_at=now)
    return [plain.pk, images.pk, about.pk, concluded.pk]


@pytest.mark.parametrize("who", TABLE)
def test_permissions_by_role_and_kind_of_incident(cast, kinds, who):
    person = cast.people[who]
    access = cast.access_for(person)
    with cast.wall_of(person):
        for pk, wanted in zip(kinds, TABLE[who], strict=True):
            found = queries.visible_to(access).filter(pk=pk).first()
            if wanted is None:
                assert found is None, (who, pk)
                continue
            may = {name for name in PERMISSIONS if access.can(f"incidents.{name}", found)}
            assert may == {"see", *wanted.split()}, (who, kinds.index(pk))


@pytest.mark.parametrize("who", ["other_lead", "other_designated_officer", "board_officer", "administrator"])
def test_a_role_elsewhere_carries_nothing_were_a_row_put_into_its_hands(cast, kinds, who):
    access = cast.access_for(cast.people[who])
    with cast.wall_of(cast.staff):
        held = list(Incident.objects.filter(pk__in=kinds))
    for row in held:
        may = {name for name in PERMISSIONS if access.can(f"incidents.{name}", row)}
        assert may <= {"see"}, (who, row.pk)


def test_the_table_is_whole(cast):
    """Everybody of the cast who acts in the agency or its board has a line, and nobody twice."""
    missing = set(cast.people) - set(TABLE)
    assert missing == {
        "board_manager",
        "subgroup_member",
        "other_staff",
        "far_lead",
        "other_board_officer",
    }
