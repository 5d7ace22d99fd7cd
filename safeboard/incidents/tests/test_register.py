"""The register as people use it: words kept out of addresses, tags, saved views."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.core.sealed import blind_index
from safeboard.incidents.models import Duty, Involved, Referral, SavedView
from safeboard.incidents.operations import saved

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
LIST = "/incidents/"


def hits(page):
    return len(re.findall(r'href="\d+/"', page))


def searched(client, words, where=""):
    """The list after a search, and its address."""
    answer = client.post(f"/incidents/search/{where}", {"words": words}, follow=True)
    return answer.content.decode(), answer.redirect_chain[-1][0]


def lead_saves(cast, **given):
    with cast.wall_of(cast.lead):
        return saved.save_view(by=cast.access_for(cast.lead), **given)


def test_words_stand_in_no_address_and_not_in_the_session_as_they_are(cast):
    incident = reported(cast, narrative="A heron on the roof")
    client = cast.client_for(cast.lead)
    page, address = searched(client, "Heron roof", "?status=open")
    assert "heron" not in address.lower()
    assert "status=open" in address
    assert "search=" in address
    assert incident.reference in page
    assert "<mark>heron</mark>" in page
    assert "heron" not in str(dict(client.session)).lower()
    assert hits(client.get(f"{address}&sort=kind").content.decode()) == 1
    assert "heron" not in re.sub(r'<mark>.*?</mark>|value="[^"]*"|</span> Words: [^<]*', "", page).lower()


def test_the_mark_of_a_search_is_of_its_session_alone(cast):
    reported(cast, narrative="A heron")
    _page, address = searched(cast.client_for(cast.lead), "heron")
    other = cast.client_for(cast.designated_officer).get(address).content.decode()
    assert "not kept any more" in other
    assert "heron" not in other.lower()


def test_words_too_common_find_everything_and_say_so(cast):
    reported(cast)
    page, address = searched(cast.client_for(cast.lead), "the a")
    assert "too short or too common" in page
    assert "search=" not in address
    assert hits(page) == 1


def test_nothing_found_says_so(cast):
    reported(cast)
    page, _address = searched(cast.client_for(cast.lead), "pelican")
    assert "No incident that you may read has all these words." in page


@pytest.mark.parametrize("words", ["", " ", "\0", "x" * 5000, "<script>alert(1)</script>", "%s' OR 1=1 --", "🦉 owl"])
def test_odd_words_do_no_harm(cast, words):
    reported(cast)
    page, _address = searched(cast.client_for(cast.lead), words)
    assert "<script>alert" not in page


def test_few_queries_whatever_is_found(cast, django_assert_max_num_queries):
    client = cast.client_for(cast.designated_officer)
    for _ in range(3):
        reported(cast, narrative="A heron")
    _page, address = searched(client, "heron")
    with django_assert_max_num_queries(40):
        assert hits(client.get(address).content.decode()) == 3


def test_tags_take_one_thing_out(cast):
    reported(cast)
    page = cast.client_for(cast.lead).get(f"{LIST}?status=open&late=on").content.decode()
    assert 'class="moj-filter__tag" href="?late=on"' in page
    assert 'class="moj-filter__tag" href="?status=open"' in page
    page = cast.client_for(cast.lead).get(f"{LIST}?status=open").content.decode()
    assert 'class="moj-filter__tag" href="?view=all"' in page


@pytest.mark.parametrize(
    ("query", "count"), [("mine=on", 1), ("images=on", 1), ("reported=on", 0), ("alarm=overdue", 1)]
)
def test_further_filters(cast, query, count):
    reported(cast)
    grave = reported(cast, images="yes")
    now = timezone.now()
    with cast.wall_of(cast.lead):
        Duty.objects.all().delete()
        Duty.objects.create(
            agency=cast.agency,
            incident=grave,
            key="x",
            kind="record",
            title="x",
            owner="designated_officer",
            due_at=now + timedelta(hours=1),
        )
        Referral.objects.create(
            agency=cast.agency,
            incident=grave,
            to="ceop",
            to_name="CEOP",
            state="acknowledged",
            sent_at=now - timedelta(days=3),
            acknowledged_at=now - timedelta(days=2),
            answer_due_at=now - timedelta(days=1),
        )
    page = cast.client_for(cast.designated_officer).get(f"{LIST}?{query}").content.decode()
    assert hits(page) == count


def test_the_same_child_again_for_those_who_read_whole_incidents(cast):
    child = [{"kin": "child", "part": "affected", "name": "Robin Marten"}]
    first, second = reported(cast, people=child), reported(cast, people=[{**child[0], "name": "ROBIN  marten"}])
    reported(cast, people=[{**child[0], "name": "Somebody Else"}])
    lead = cast.client_for(cast.lead)
    page = lead.get(f"{LIST}?again=on").content.decode()
    assert hits(page) == 2
    with cast.wall_of(cast.lead):
        pk = Involved.objects.get(incident=first).pk
    page = lead.get(f"{LIST}?person={pk}").content.decode()
    assert hits(page) == 2
    assert second.reference in page
    assert "Marten" not in page
    assert hits(cast.client_for(cast.staff).get(f"{LIST}?person={pk}").content.decode()) == 3
    assert "again" not in re.findall(r'name="(\w+)"', cast.client_for(cast.staff).get(LIST).content.decode())


def test_a_child_again_says_nothing_of_incidents_one_may_not_know_of(cast):
    child = {"kin": "child", "part": "affected", "name": "Robin Marten"}
    reported(cast, people=[child])
    hidden = allegation(cast, about="Somebody Staff")
    with cast.wall_of(cast.responsible_person):
        Involved.objects.create(
            agency=cast.agency,
            incident=hidden,
            kin="child",
            part="affected",
            name="Robin Marten",
            name_index=blind_index("Robin Marten"),
        )
    assert hits(cast.client_for(cast.lead).get(f"{LIST}?again=on").content.decode()) == 0
    assert hits(cast.client_for(cast.designated_officer).get(f"{LIST}?again=on").content.decode()) == 2


# Saved views ----------------------------------------------------------------------------------------------------


def test_a_view_is_saved_used_renamed_and_removed(cast, checked_client):
    reported(cast, narrative="A heron")
    checked_client.cookies = cast.client_for(cast.lead).cookies
    _page, address = searched(checked_client, "heron", "?status=open&sort=kind")
    query = urlsplit(address).query
    assert "Words" in checked_client.get(f"/incidents/views/save/?{query}").content.decode()
    answer = checked_client.post(f"/incidents/views/save/?{query}", {"name": "Birds"}, follow=True)
    assert "The view is saved." in answer.content.decode()
    with cast.wall_of(cast.lead):
        view = SavedView.objects.get()
    assert view.chosen == {"status": "open", "sort": "kind", "words": "heron"}
    again = cast.client_for(cast.lead)
    answer = again.get(f"/incidents/views/{view.pk}/", follow=True)
    assert "status=open" in answer.redirect_chain[-1][0]
    assert "<mark>heron</mark>" in answer.content.decode()
    assert ">Birds</a>" in answer.content.decode()
    again.post(f"/incidents/views/{view.pk}/rename/", {"name": "Herons"})
    assert "Herons" in again.get("/incidents/views/").content.decode()
    again.post(f"/incidents/views/{view.pk}/remove/")
    assert "No views are saved yet" in again.get("/incidents/views/").content.decode()
    verbs = list(Entry.objects.filter(object_type="incidents.savedview").values_list("verb", flat=True))
    assert sorted(verbs) == ["incidents.view_removed", "incidents.view_renamed", "incidents.view_saved"]
    assert "heron" not in str([entry.facts for entry in Entry.objects.all()]).lower()


def test_the_list_opens_with_the_default_view_and_all_stay_in_reach(cast):
    reported(cast, images="yes")
    reported(cast)
    view = lead_saves(cast, name="Grave", chosen={"images": "on"}, default=True)
    client = cast.client_for(cast.lead)
    assert "images=on" in client.get(LIST).headers["Location"]
    assert hits(client.get(LIST, follow=True).content.decode()) == 1
    assert hits(client.get(f"{LIST}?view=all").content.decode()) == 2
    client.post(f"/incidents/views/{view.pk}/default/")
    assert client.get(LIST).status_code == 200


def test_a_view_is_its_owners_and_what_the_lead_gives_is_everybodys(cast):
    own = lead_saves(cast, name="Mine", chosen={"late": "on"})
    given = lead_saves(cast, name="For all", chosen={"late": "on"}, shared=True)
    staff = cast.client_for(cast.staff)
    page = staff.get("/incidents/views/").content.decode()
    assert "For all" in page
    assert "Mine" not in page
    assert staff.get(f"/incidents/views/{own.pk}/").status_code == 404
    assert staff.get(f"/incidents/views/{given.pk}/").status_code == 302
    assert staff.post(f"/incidents/views/{given.pk}/remove/").status_code == 403
    assert cast.client_for(cast.other_lead).get(f"/incidents/views/{given.pk}/").status_code == 404


def test_words_are_never_shared(cast):
    reported(cast, narrative="A heron")
    client = cast.client_for(cast.lead)
    _page, address = searched(client, "heron")
    page = client.post(f"/incidents/views/save/?{urlsplit(address).query}", {"name": "Birds", "shared": "on"})
    assert "cannot be shared" in page.content.decode()
    with cast.wall_of(cast.lead):
        assert not SavedView.objects.exists()


def test_there_is_room_for_twenty(cast):
    for number in range(saved.MOST):
        lead_saves(cast, name=f"View {number}", chosen={})
    lead_saves(cast, name="View 3", chosen={"late": "on"})
    client = cast.client_for(cast.lead)
    page = client.post("/incidents/views/save/?late=on", {"name": "One more"}).content.decode()
    assert "Remove one first" in page
    with cast.wall_of(cast.lead):
        assert SavedView.objects.count() == saved.MOST


def test_the_list_still_opens_where_a_view_names_what_is_gone(cast):
    lead_saves(cast, name="Old", chosen={"setting": "999999", "scenario": "gone", "nonsense": "x"}, default=True)
    assert cast.client_for(cast.lead).get(LIST, follow=True).status_code == 200
