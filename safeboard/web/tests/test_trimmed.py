"""An address that was cut short leads to the nearest page; anything else that is no address stays 'no such page'."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "path", "leads_to"),
    [
        ("board_officer", "/standards/rounds/", "/standards/"),
        ("board_officer", "/strategy/", "/strategy/documents/"),
        ("board_officer", "/strategy", "/strategy/documents/"),
        ("board_officer", "/strategy/actions/", "/strategy/plan/"),
        ("lead", "/standards/rounds/", "/standards/returns/"),
        ("lead", "/incidents/download/", "/incidents/"),
        ("lead", "/people/invitations/7/", "/people/"),
        ("lead", "/agencies/777777/settings/", "/agencies/777777/"),
        ("administrator", "/strategy/actions/", "/"),
        ("stranger", "/strategy/", "/"),
        (None, "/strategy/actions/", "/"),
    ],
)
def test_it_leads_to_the_nearest_page_that_the_person_may_open(cast, who, path, leads_to):
    answer = cast.client_for(cast.people[who] if who else None).get(path)
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    "path", ["/strategi/", "/standards/rounds/first/", "/survey/", "/api/v1/", "/agencies/777777/"]
)
def test_any_other_address_says_that_there_is_no_such_page(cast, path):
    assert cast.client_for(cast.board_officer).get(path).status_code == 404


def test_what_was_sent_is_led_nowhere(cast):
    assert cast.client_for(cast.board_officer).post("/strategy/").status_code == 404
