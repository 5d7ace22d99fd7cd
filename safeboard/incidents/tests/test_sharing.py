"""A decision to share, or not: with its reason, never altered, never in the way of a referral."""

import pytest

from safeboard.core.models import Entry
from safeboard.incidents import operations
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Incident, Referral, SharingDecision
from safeboard.incidents.queries.paper import referral_summary

from .factories import reported
from .helpers import client_of, referred

pytestmark = pytest.mark.django_db
WHY = "CANARY he is not safe at home"


@pytest.fixture
def incident(cast):
    return reported(cast)


def decided(cast, incident, by="designated_officer", **given):
    person = getattr(cast, by)
    with cast.wall_of(person):
        held = Incident.objects.get(pk=incident.pk)
        given = {"decision": "share", "reason": WHY, "basis": "safety", **given}
        return operations.decide_sharing(by=cast.access_for(person), incident=held, **given)


def test_it_keeps_the_words_of_the_basis_and_says_nothing_in_the_history(cast, incident):
    row = decided(cast, incident, consent="not_sought", consent_why="It would warn them", with_whom="Social care")
    assert (row.basis_words, row.basis_version) == ("To protect a child, or somebody at risk", 1)
    entry = Entry.objects.get(verb="incidents.sharing_decided")
    assert "CANARY" not in str(entry.facts)
    with pytest.raises(Refused, match="Say why"):
        decided(cast, incident, reason=" ")


def test_written_in_the_browser_twice_it_is_one_and_stands_everywhere(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.designated_officer)
    row = referred(cast, incident)
    path = f"/incidents/{incident.pk}/sharing/new/?referral={row.pk}"
    page = client.get(path)
    assert "Children’s social care" in page.content.decode()
    key = page.context["form"]["form_key"].value()
    typed = {"form_key": key, "decision": "keep", "reason": WHY, "basis": "not-sure", "with_whom": "The father"}
    for _again in range(2):
        assert client.post(path, typed).status_code == 302
    with cast.wall_of(cast.lead):
        assert SharingDecision.objects.get().referral_id == row.pk
    for where in ("", "sharing/", "referrals/", f"referrals/{row.pk}/"):
        assert WHY in client.get(f"/incidents/{incident.pk}/{where}").content.decode(), where
    assert "Decided not to share" in client.get(f"/incidents/{incident.pk}/").content.decode()
    with cast.wall_of(cast.designated_officer):
        access = cast.access_for(cast.designated_officer)
        held = Referral.objects.select_related("incident").get()
        assert WHY in referral_summary(access, held.incident, held, "Referral")


def test_a_referral_without_one_has_a_gentle_note_and_is_made_all_the_same(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.designated_officer)
    row = referred(cast, incident)
    page = client.get(f"/incidents/{incident.pk}/referrals/{row.pk}/").content.decode()
    assert "It is not written down yet why this was shared" in page


def test_who_reported_it_sees_their_own_decisions_alone(cast, incident):
    decided(cast, incident)
    decided(cast, incident, by="staff", reason="My own words")
    page = cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/sharing/").content.decode()
    assert "My own words" in page
    assert WHY not in page


def test_hand_on_in_the_browser_shows_exactly_what_is_seen_before_it_is_sent(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.designated_officer)
    path = f"/incidents/{incident.pk}/referrals/hand-on/"
    page = client.get(path)
    text = page.content.decode()
    assert "Brookside Youth Trust" in text
    assert "Carrow Library Service" not in text
    key = page.context["form"]["form_key"].value()
    typed = {"form_key": key, "agency": cast.other_agency.pk, "parts": ["summary"], "message": "Look after him"}
    for _again in range(2):
        answer = client.post(path, typed | {"why": WHY})
    page = client.get(answer["Location"]).content.decode()
    assert "Look after him" in page
    assert "will see, and nothing else" in page
    assert "Not sent yet" in page
    with cast.wall_of(cast.lead):
        row = Referral.objects.get()
        assert SharingDecision.objects.get().reason == WHY
    assert client.post(f"{answer['Location']}made/").status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Not acknowledged yet" in page
    assert "Choose the agency" in client.post(path, {"agency": ""}).content.decode()
    far = client.post(path, {"agency": cast.far_agency.pk})
    assert far.status_code == 200
    with cast.wall_of(cast.lead):
        assert Referral.objects.get() == row
