"""Who may give which role where, by table: every giver, every role, every place."""

import pytest

from safeboard.core.roles import AGENCY_ROLES, BOARD_ROLES, Role
from safeboard.partnership.operations import grant_of
from safeboard.partnership.queries import access_of

R = Role
BY_BOARD = {
    "board": BOARD_ROLES,
    "agency": {R.AGENCY_LEAD, R.DESIGNATED_OFFICER},
    "other_agency": {R.AGENCY_LEAD, R.DESIGNATED_OFFICER},
}
# giver -> place -> the roles that they may give there; whoever and whatever is not named may give nothing
TABLE = {
    "board_manager": BY_BOARD,
    "board_officer": BY_BOARD,
    "lead": {"agency": AGENCY_ROLES},
    "administrator": {"unled_board": {R.BOARD_MANAGER, R.ESAFETY_OFFICER}},
}
GIVERS = (
    "board_manager",
    "board_officer",
    "subgroup_member",
    "board_inspector",
    "lead",
    "staff",
    "designated_officer",
    "responsible_person",
    "allegations_officer",
    "infrastructure",
    "senior_person",
    "inspector",
    "administrator",
    "other_lead",
    "far_lead",
    "leaver",
    "stranger",
)
PLACES = ("board", "agency", "other_agency", "far_agency", "other_board", "unled_board", "service")
OWN = {"other_lead": {"other_agency": AGENCY_ROLES}, "far_lead": {"far_agency": AGENCY_ROLES}}


@pytest.fixture
def places(cast):
    from safeboard.core.access import Place
    from safeboard.core.roles import PlaceKind
    from safeboard.partnership.tests.factories import BoardFactory

    found = {name: Place(PlaceKind.AGENCY, getattr(cast, name).pk, name) for name in PLACES if "agency" in name}
    boards = {"board": cast.board, "other_board": cast.other_board, "unled_board": BoardFactory()}
    found |= {name: Place(PlaceKind.BOARD, board.pk, name) for name, board in boards.items()}
    return found | {"service": Place(PlaceKind.SERVICE, None, "service")}


@pytest.mark.parametrize("giver", GIVERS)
def test_the_table_of_who_may_give_which_role(cast, places, giver):
    allowed = TABLE.get(giver, {}) | OWN.get(giver, {})
    access = access_of(getattr(cast, giver))
    for name, place in places.items():
        for role in Role:
            grant = grant_of(role, place, "somebody.new@example.org")
            assert access.can("partnership.invite", grant) == (role in allowed.get(name, set())), (name, role)


@pytest.mark.parametrize("giver", GIVERS)
def test_nobody_gives_a_role_to_themselves(cast, places, giver):
    person = getattr(cast, giver)
    for place in places.values():
        for role in Role:
            grant = grant_of(role, place, person.email.upper())
            assert not access_of(person).can("partnership.invite", grant), (place, role)


def test_anybody_may_give_up_their_own_role_and_nobody_else_a_colleagues(cast, places):
    own = grant_of(R.STAFF, places["agency"], cast.staff.email)
    assert access_of(cast.staff).can("partnership.end_membership", own)
    assert access_of(cast.lead).can("partnership.end_membership", own)
    for other in (cast.colleague, cast.board_officer, cast.administrator, cast.other_lead):
        assert not access_of(other).can("partnership.end_membership", own)


PAGES = {
    "partnership.keep_board": {"board_manager", "board_officer"},
    "partnership.import": {"board_manager", "board_officer"},
    "partnership.create_board": {"administrator"},
    "partnership.keep_agency": {"board_manager", "board_officer", "lead"},
    "partnership.see_people": {
        *("board_manager", "board_officer", "lead", "designated_officer", "responsible_person", "administrator"),
    },
    "partnership.invite": {"board_manager", "board_officer", "lead", "administrator"},
}


@pytest.mark.parametrize("permission", PAGES)
def test_who_reaches_which_page(cast, permission):
    own = [name for name in GIVERS if not name.startswith(("other", "far"))]
    assert {name for name in own if access_of(getattr(cast, name)).can(permission)} == PAGES[permission]


def test_an_agency_is_kept_by_its_lead_and_its_boards(cast):
    for person, may in (
        (cast.lead, True),
        (cast.board_officer, True),
        (cast.staff, False),
        (cast.other_lead, False),
        (cast.other_board_officer, False),
        (cast.administrator, False),
    ):
        access = access_of(person)
        assert access.can("partnership.keep_agency", cast.agency) is may, person
        assert access.can("partnership.keep_agency", cast.setting) is may, person
