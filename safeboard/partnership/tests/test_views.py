"""The pages: who reaches which, what they show, and what they never show."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.core.roles import Role
from safeboard.outbox.models import Message
from safeboard.partnership import queries
from safeboard.partnership.models import BoardContact, Contact, Membership, Seat, Setting
from safeboard.partnership.tests.factories import (
    AgencyFactory,
    BoardContactFactory,
    BoardFactory,
    ContactFactory,
    MembershipFactory,
    SeatFactory,
    SettingFactory,
)

from .asking import get, post

BOARD_PAGES = ["board", "agencies", "subgroup", "settings", "contacts", "people", "imports"]
AGENCY_PAGES = ["settings", "contacts", "people"]


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_pages_of_a_board(cast, name):
    ContactFactory(agency=cast.far_agency, name="Canary Farcontact")
    page = get(cast, cast.board_officer, name).content.decode()
    assert "Carrow" not in page
    assert "Canary" not in page


@pytest.mark.parametrize("name", AGENCY_PAGES)
def test_pages_of_an_agency(cast, name):
    ContactFactory(agency=cast.other_agency, name="Canary Contact")
    page = get(cast, cast.lead, name).content.decode()
    assert "Brookside" not in page
    assert "Canary" not in page


@pytest.mark.parametrize("name", ["boards", "board-add", "people"])
def test_pages_of_an_administrator_show_no_agency(cast, name):
    assert "Alder Bank" not in get(cast, cast.administrator, name).content.decode()


def test_another_agencys_records_are_not_there(cast):
    contact = ContactFactory(agency=cast.other_agency)
    for person in (cast.lead, cast.far_lead, cast.other_board_officer):
        for name, pk in (
            ("agency", cast.other_agency.pk),
            ("agency-change", cast.other_agency.pk),
            ("setting", cast.other_setting.pk),
            ("setting-change", cast.other_setting.pk),
            ("contact", contact.pk),
        ):
            get(cast, person, name, pk, status=404)
    for name in ("agency", "setting-add", "contact-add"):
        get(cast, cast.board_officer, name, cast.other_agency.pk)


def test_a_role_that_does_not_do_is_refused(cast):
    for name in ("agency-change", "setting-add", "contact-add"):
        get(cast, cast.staff, name, cast.agency.pk, status=403)
    for name in ("imports", "agency-add", "boards", "board"):
        get(cast, cast.lead, name, status=403)
    get(cast, cast.subgroup_member, "imports", status=403)
    get(cast, cast.subgroup_member, "agencies")


def test_choosing_a_place(cast):
    MembershipFactory(person=cast.lead, role=Role.STAFF, agency=cast.other_agency)
    client = cast.client_for(cast.lead)
    url = reverse("partnership:choose-place")
    assert client.post(url, {"place": f"agency-{cast.far_agency.pk}"}).status_code == 403
    assert client.post(url, {"place": f"agency-{cast.other_agency.pk}"}).status_code == 302
    assert "Brookside Clubhouse" in client.get(reverse("partnership:settings")).content.decode()
    assert client.get(url).status_code == 405


def test_the_register_says_what_is_missing_and_is_filtered_and_sorted(cast):
    lone = AgencyFactory(board=cast.board, name="Zennor Chess Club", kind="other-agency")
    SettingFactory(agency=lone, name="Zennor Hall", town="Zennor", filtering_plan="no")
    page = get(cast, cast.board_officer, "agencies").content.decode()
    assert "3 agencies" in page
    rows = re.findall(r"<tr>.*?</tr>", page, re.S)
    assert "No e-safety lead" in next(row for row in rows if "Zennor" in row)
    for query, names in (
        ({"missing": "lead"}, {"Zennor Chess Club"}),
        ({"missing": "plan"}, {"Zennor Chess Club"}),
        ({"town": "Zennor"}, {"Zennor Chess Club"}),
        ({"kind": "other-agency"}, {"Zennor Chess Club"}),
        ({"words": "brook"}, {"Brookside Youth Trust"}),
    ):
        page = get(cast, cast.board_officer, "agencies", **query).content.decode()
        assert set(re.findall(r'agencies/\d+/">([^<]+)</a>', page)) == names, query
    page = get(cast, cast.board_officer, "agencies", sort="-name").content.decode()
    assert re.findall(r'agencies/\d+/">([^<]+)</a>', page)[0] == "Zennor Chess Club"


@pytest.mark.parametrize("name", ["agencies", "settings"])
def test_lists_ask_as_often_for_one_row_as_for_thirty(cast, name, django_assert_max_num_queries):
    client = cast.client_for(cast.board_officer)
    url = reverse(f"partnership:{name}")
    client.get(url)
    for n in range(30):
        SettingFactory(agency=AgencyFactory(board=cast.board, name=f"Agency {n}"))
    with django_assert_max_num_queries(15):
        client.get(url)


def test_downloads_of_the_register_are_filtered_and_harmless(cast):
    AgencyFactory(board=cast.board, name='=HYPERLINK("x")')
    client = cast.client_for(cast.board_officer)
    book = client.get(reverse("partnership:agencies-download", args=["xlsx"]))
    names = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(book.content)).active.rows]
    assert "Alder Bank School" in names
    assert '\'=HYPERLINK("x")' in names
    text = client.get(reverse("partnership:agencies-download", args=["csv"]), {"words": "Brook"}).content.decode()
    assert "Brookside" in text
    assert "Alder" not in text


def test_an_officer_adds_an_agency_and_invites_its_lead(cast):
    values = {"name": "Newhaven Club", "kind": "other-member", "gives_technology": "yes"}
    answer = post(cast, cast.board_officer, "agency-add", **values, reaches_children="unknown")
    agency = Seat.objects.get(agency__name="Newhaven Club").agency
    assert answer.url == reverse("partnership:agency", args=[agency.pk])
    query = f"?agency={agency.pk}"
    given = {"name": "Nell New", "email": "nell@example.org", "role": Role.AGENCY_LEAD}
    assert post(cast, cast.board_officer, "invite", query=query, **given).status_code == 302
    page = cast.client_for(cast.board_officer).get(reverse("partnership:people") + query).content.decode()
    assert "Nell New" in page
    refused = post(cast, cast.board_officer, "invite", query=query, **{**given, "role": Role.STAFF})
    assert refused.status_code == 200
    own = {**given, "email": cast.board_officer.email}
    assert (
        "Nobody gives a role to themselves"
        in post(cast, cast.board_officer, "invite", query=query, **own).content.decode()
    )


def test_a_board_sees_of_an_agencys_people_only_lead_and_officer(cast):
    query = f"?agency={cast.agency.pk}"
    client = cast.client_for(cast.board_officer)
    for page in (reverse("partnership:people") + query, reverse("partnership:agency", args=[cast.agency.pk])):
        text = client.get(page).content.decode()
        assert "Lena Lead" in text
        assert "Stefan Staff" not in text
    assert client.get(reverse("partnership:people") + f"?agency={cast.far_agency.pk}").status_code == 404


def test_an_invitation_is_accepted_in_the_browser(cast, client):
    given = {"name": "Nora New", "email": "nora@example.org", "role": Role.STAFF}
    assert post(cast, cast.lead, "invite", **given).status_code == 302
    link = re.search(r"/invitations/[\w-]+/", Message.objects.get().body)[0]
    page = client.get(link).content.decode()
    assert "Alder Bank School" in page
    assert "Lena Lead" in page
    weak = client.post(link, {"name": "Nora New", "password": "short"})
    assert weak.status_code == 200
    answer = client.post(link, {"name": "Nora New", "password": "seven quiet herons wade"})
    assert answer.status_code == 302
    person = Person.objects.get(email="nora@example.org")
    assert queries.access_of(person).agency_id == cast.agency.pk
    assert client.get(reverse("partnership:settings")).status_code == 200
    used = cast.client_for(None).get(link)
    assert used.status_code == 410
    assert "Alder Bank" not in used.content.decode()
    unknown = cast.client_for(None).get(reverse("partnership:accept", args=["wrong"]))
    assert unknown.status_code == 404


def test_a_known_person_accepts_after_signing_in(cast, client):
    given = {"name": "Orla", "email": cast.other_staff.email, "role": Role.DESIGNATED_OFFICER}
    post(cast, cast.lead, "invite", **given)
    link = re.search(r"/invitations/[\w-]+/", Message.objects.get().body)[0]
    assert "You have an account already" in client.get(link).content.decode()
    assert client.post(link, {"name": "X", "password": "seven quiet herons wade"}).status_code == 200
    assert "signed in as somebody else" in cast.client_for(cast.stranger).get(link).content.decode()
    assert cast.client_for(cast.other_staff).post(link).status_code == 302
    assert Membership.objects.filter(person=cast.other_staff, agency=cast.agency).exists()


def test_roles_are_changed_on_a_page_and_others_stay(cast):
    MembershipFactory(person=cast.lead, role=Role.STAFF, agency=cast.agency)
    query = f"?agency={cast.agency.pk}"
    answer = post(cast, cast.board_officer, "roles", cast.lead.pk, query=query, roles=[Role.DESIGNATED_OFFICER])
    assert answer.status_code == 302
    assert cast.access_for(cast.lead).roles == {Role.STAFF, Role.DESIGNATED_OFFICER}
    get(cast, cast.board_officer, "roles", cast.lead.pk, status=404)
    get(cast, cast.other_lead, "roles", cast.lead.pk, status=404)
    own = Membership.objects.get(person=cast.staff)
    assert post(cast, cast.lead, "give-up", own.pk).status_code == 404
    asked = cast.client_for(cast.staff).get(reverse("partnership:give-up", args=[own.pk])).content.decode()
    assert "Give up your role: Member of staff?" in asked
    own.refresh_from_db()
    assert own.ended_at is None, "asking changes nothing"
    assert post(cast, cast.staff, "give-up", own.pk).status_code == 302
    assert cast.access_for(cast.staff).place is None


def test_invitations_of_another_agency_cannot_be_touched(cast):
    post(cast, cast.lead, "invite", name="N", email="n@example.org", role=Role.STAFF)
    waiting = queries.invitations_of_place(cast.access_for(cast.lead).place).get()
    for person in (cast.other_lead, cast.board_officer, cast.administrator):
        assert post(cast, person, "withdraw", waiting.pk).status_code == 404
    assert post(cast, cast.lead, "resend", waiting.pk).status_code == 302
    assert post(cast, cast.lead, "withdraw", waiting.pk).status_code == 302
    waiting.refresh_from_db()
    assert waiting.withdrawn_at


def test_an_administrator_sets_up_a_board(cast):
    data = {"name": "Southmarch Board", "label": "Board", "area": "Southmarch", "pack": "becta-2008"}
    answer = post(cast, cast.administrator, "board-add", **data)
    given = {"name": "Sam", "email": "sam@example.org", "role": Role.BOARD_MANAGER}
    client = cast.client_for(cast.administrator)
    assert client.post(answer.url, given).status_code == 302
    assert client.post(answer.url, {**given, "email": cast.administrator.email}).status_code == 200
    assert "Southmarch Board" in client.get(reverse("partnership:boards")).content.decode()


SETTING = {
    "name": "Alder Bank Primary",
    "kind": "school",
    "urn": "990001",
    "equipment": "ours",
    "connection": "fixed",
    "filtering_plan": "yes",
    "acceptable_use": "no",
}


def test_the_second_of_two_people_is_shown_the_difference(cast):
    client = cast.client_for(cast.lead)
    url = reverse("partnership:setting-change", args=[cast.setting.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(url).content.decode())[1]
    first = client.post(url, {**SETTING, "town": "Firstmouth", "seen": seen})
    assert first.status_code == 302
    second = client.post(url, {**SETTING, "town": "Secondmouth", "seen": seen})
    page = second.content.decode()
    assert "They wrote: Firstmouth" in page
    assert "Secondmouth" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert client.post(url, {**SETTING, "town": "Secondmouth", "seen": seen}).status_code == 302
    cast.setting.refresh_from_db()
    assert cast.setting.town == "Secondmouth"


def test_a_setting_is_added_and_closed_and_no_other_agencys_id_helps(cast):
    answer = post(cast, cast.lead, "setting-add", cast.agency.pk, **{**SETTING, "urn": "1", "name": "Annexe"})
    pk = int(answer.url.rstrip("/").rsplit("/", 1)[-1])
    twice = post(cast, cast.lead, "setting-add", cast.agency.pk, **{**SETTING, "urn": "1"})
    assert "Another setting of this agency has this reference number" in twice.content.decode()
    post(cast, cast.lead, "setting-close", pk)
    with cast.wall_of(cast.lead):
        assert Setting.objects.get(pk=pk).closed_on
    assert post(cast, cast.lead, "setting-close", cast.other_setting.pk).status_code == 404
    data = {"kind": "technician", "name": "Tom", "setting": cast.other_setting.pk}
    assert post(cast, cast.lead, "contact-add", cast.agency.pk, **data).status_code == 200
    with cast.wall_of(cast.lead):
        assert not Contact.objects.exists()


def test_a_board_names_contacts_that_its_agencies_see(cast):
    data = {"kind": "police-team", "name": "Eastmarch Child Team", "telephone": "01632 960099"}
    assert post(cast, cast.board_officer, "board-contact-add", **data).status_code == 302
    assert "01632 960099" in get(cast, cast.staff, "contacts").content.decode()
    assert "01632 960099" not in get(cast, cast.far_lead, "contacts").content.decode()


def test_a_contact_is_removed_after_a_question_alone(cast):
    data = {"kind": "police-team", "name": "Eastmarch Child Team", "telephone": "01632 960099"}
    post(cast, cast.board_officer, "board-contact-add", **data)
    with cast.wall_of(cast.board_officer):
        pk = BoardContact.objects.get(name=data["name"]).pk
    asked = post(cast, cast.board_officer, "board-contact", pk, remove="ask").content.decode()
    assert "Remove Eastmarch Child Team?" in asked
    assert "01632 960099" in get(cast, cast.staff, "contacts").content.decode()
    assert post(cast, cast.board_officer, "board-contact", pk, remove="yes").status_code == 302
    assert "01632 960099" not in get(cast, cast.staff, "contacts").content.decode()


def test_contact_lines_prefer_the_setting_then_the_agency_then_the_board(cast):
    lead = cast.access_for(cast.lead)
    with cast.wall_of(cast.lead):
        lines = queries.contact_lines(lead)
        assert lines["designated-officer"].name == "Dora Designated"
        assert lines["police-team"].stands_in_for
        assert lines["police-team"].telephone == "101"
    BoardContactFactory(board=cast.board, kind="technician", name="Board Tech")
    with cast.wall_of(cast.lead):
        assert queries.contact_lines(lead)["technician"].name == "Board Tech"
    ContactFactory(agency=cast.agency, kind="technician", name="Own Tech")
    ContactFactory(agency=cast.agency, kind="technician", name="Annexe Tech", setting=cast.setting)
    ContactFactory(agency=cast.other_agency, kind="technician", name="Other Tech")
    with cast.wall_of(cast.lead):
        assert queries.contact_lines(lead)["technician"].name == "Own Tech"
        assert queries.contact_lines(lead, setting_id=cast.setting.pk)["technician"].name == "Annexe Tech"


def test_an_agency_chooses_to_sit_in_another_board_and_leaves_it(cast):
    data = {"board": cast.other_board.pk}
    assert post(cast, cast.staff, "other-board", cast.agency.pk, **data).status_code == 403
    assert post(cast, cast.lead, "other-board", cast.agency.pk, **data).status_code == 302
    assert "Alder Bank School" in get(cast, cast.other_board_officer, "agencies").content.decode()
    assert post(cast, cast.lead, "leave-board", cast.agency.pk, cast.other_board.pk).status_code == 302
    assert "Alder Bank School" not in get(cast, cast.other_board_officer, "agencies").content.decode()


def test_who_is_missing_from_the_subgroup(cast):
    cast.agency.gives_technology = "yes"
    cast.agency.save()
    page = get(cast, cast.board_officer, "subgroup").content.decode()
    assert page.index("Alder Bank School") < page.index("Brookside Youth Trust")
    assert '<td data-label="Gives children access">Yes</td>' in page
    data = {"kind": "other-member", "in_subgroup": "on"}
    assert post(cast, cast.board_officer, "seat", cast.agency.pk, **data).status_code == 302
    with cast.wall_of(cast.board_officer):
        assert queries.not_in_subgroup(cast.access_for(cast.board_officer))["yes"] == []


def test_what_needs_attention(cast):
    AgencyFactory(board=cast.board, name="Lonely Club")
    with cast.wall_of(cast.board_officer):
        rows = queries.needs_attention(cast.access_for(cast.board_officer))
    assert "1 agency has no e-safety lead" in [row.sentence for row in rows]
    Membership.objects.filter(person=cast.designated_officer).delete()
    with cast.wall_of(cast.lead):
        rows = queries.needs_attention(cast.access_for(cast.lead))
    assert rows[0].sentence == "Your agency has no designated officer"
    with cast.wall_of(cast.staff):
        assert queries.needs_attention(cast.access_for(cast.staff)) == []


def test_a_new_board_is_told_what_to_set_up_until_it_is_done(cast):
    def steps(who):
        with cast.wall_of(who):
            return [row.url for row in queries.to_begin(cast.access_for(who)).steps]

    left = [reverse(f"partnership:{name}") for name in ("contacts", "duty-point")]
    assert steps(cast.board_officer) == left
    assert steps(cast.subgroup_member) == []
    with cast.wall_of(cast.board_officer):
        BoardContact.objects.create(board=cast.board, kind="police-team", name="Police team", telephone="101")
    assert steps(cast.board_officer) == left[1:]
    Seat.objects.update(until="2020-01-01")
    Membership.objects.filter(board=cast.board).exclude(person=cast.board_officer).update(ended_at=timezone.now())
    assert steps(cast.board_officer) == [reverse("partnership:imports"), reverse("partnership:people")]


def test_an_agency_in_two_boards_keeps_its_home_boards_pack(cast):
    SeatFactory(board=cast.other_board, agency=cast.agency, kind="other-member")
    BoardFactory()
    with cast.wall_of(cast.lead):
        assert queries.pack_of(cast.access_for(cast.lead)) == "england-2026"
    get(cast, cast.other_board_officer, "agency", cast.agency.pk)
