"""Referrals: nothing holds one up; not sent, not acknowledged and overdue are three things; paper for the officer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.incidents import operations
from safeboard.incidents.choices import Kin, Part
from safeboard.incidents.models import Duty, Referral
from safeboard.partnership.tests.factories import BoardContactFactory

from .factories import CANARY, reported
from .helpers import client_of, referred, walked

pytestmark = pytest.mark.django_db
SOCIAL_CARE = "social-care-duty-team"


@pytest.fixture
def incident(cast):
    BoardContactFactory(board=cast.board, kind=SOCIAL_CARE, name="Eastmarch front door", telephone="01632 960555")
    people = [{"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Nadia Example", "birth_date": "2014-05-06"}]
    return reported(cast, people=people)


@pytest.fixture
def client(cast, checked_client):
    return client_of(checked_client, cast, cast.designated_officer)


def the(cast):
    with cast.wall_of(cast.lead):
        return Referral.objects.select_related("incident").get()


def test_refer_for_a_duty_in_one_tap(cast, client, incident):
    walked(cast, incident, "no")
    with cast.wall_of(cast.lead):
        duty = Duty.objects.get(kind="refer")
    path = f"/incidents/{incident.pk}/referrals/new/?duty={duty.pk}"
    page = client.get(path)
    text = page.content.decode()
    assert 'href="tel:01632960555"' in text
    assert page.context["form"]["to"].value() == SOCIAL_CARE
    typed = {"to": SOCIAL_CARE, "form_key": page.context["form"]["form_key"].value(), "go": "made", "what": ""}
    for _again in range(2):
        assert client.post(path, typed).status_code == 302
    row = the(cast)
    assert row.sent_at is not None
    assert row.to_name == "Children’s social care"
    with cast.wall_of(cast.lead):
        duty.refresh_from_db()
        assert duty.done_at is not None
        assert row.incident.status == "referred"


def test_prepared_then_made_with_nothing_but_the_moment(cast, client, incident):
    row = referred(cast, incident, sent=False)
    path = f"/incidents/{incident.pk}/referrals/{row.pk}/"
    page = client.get(path).content.decode()
    assert "Not sent" in page
    assert 'href="tel:01632960555"' in page
    assert client.post(f"{path}made/").status_code == 302
    assert the(cast).state == "sent"
    assert "Not acknowledged" in client.get(path).content.decode()


def test_a_detail_that_cannot_be_read_never_holds_up_a_referral(cast, client, incident):
    row = referred(cast, incident, sent=False)
    typed = {"reference": "SC-77", "sent_at_day": "40", "sent_at_month": "x", "how": "telephone"}
    page = client.post(f"/incidents/{incident.pk}/referrals/{row.pk}/made/", typed).content.decode()
    assert "The rest is recorded" in page
    row = the(cast)
    assert (row.state, row.reference, row.how) == ("sent", "SC-77", "telephone")
    again = {"sent_at_day": "", "spoke_to": "x" * 300}
    answer = client.post(f"/incidents/{incident.pk}/referrals/{row.pk}/made/", again)
    assert answer.status_code == 200
    assert the(cast).spoke_to == ""


def test_details_are_added_afterwards_and_kept_in_the_history(cast, client, incident):
    row = referred(cast, incident)
    path = f"/incidents/{incident.pk}/referrals/{row.pk}/details/"
    due = timezone.localtime(timezone.now() + timedelta(days=3))
    typed = {
        "reference": "SC-9",
        "spoke_to": "A duty worker",
        "what": "Everything",
        "answer_due_at_day": due.day,
        "answer_due_at_month": due.month,
        "answer_due_at_year": due.year,
        "answer_due_at_time": "12:00",
    }
    assert client.get(path).status_code == 200
    assert client.post(path, typed).status_code == 302
    row = the(cast)
    assert (row.reference, row.spoke_to, row.what) == ("SC-9", "A duty worker", "Everything")
    entry = Entry.objects.get(verb="incidents.referral_details")
    assert set(entry.facts["fields"]) == {"reference", "spoke_to", "what", "answer_due_at"}
    assert "SC-9" not in str(entry.facts)
    with cast.wall_of(cast.lead):
        assert Duty.objects.get(referral=row, kind="answer").due_at == row.answer_due_at
    assert client.post(path, {}).status_code == 302
    assert the(cast).reference == "SC-9"


def test_received_answered_and_the_three_states_look_different(cast, client, incident):
    row = referred(cast, incident)
    path = f"/incidents/{incident.pk}/referrals/{row.pk}/"
    words = [client.get(path).content.decode()]
    with cast.wall_of(cast.lead):
        Referral.objects.update(answer_due_at=timezone.now() - timedelta(hours=5, minutes=1))
    words.append(client.get(path).content.decode())
    assert "Not acknowledged" in words[0]
    assert "Answer overdue" in words[1]
    assert "late by 5 hours" in words[1]
    for _again in range(2):
        assert client.post(f"{path}received/", {"who": "The duty worker"}).status_code == 302
    assert the(cast).acknowledged_by == "The duty worker"
    assert "Write what they answered" in client.post(f"{path}answered/", {"outcome": ""}).content.decode()
    for _again in range(2):
        assert client.post(f"{path}answered/", {"outcome": "They will visit", "reference": "SC-1"}).status_code == 302
    page = client.get(path).content.decode()
    assert "They will visit" in page
    assert "SC-1" in page
    assert "They will visit" not in cast.client_for(cast.staff).get(path).content.decode()
    page = client.post(f"{path}answered/", {"outcome": "Another"}).content.decode()
    assert "This referral is now: Answered" in page
    assert "Another" in page


def test_withdrawn_with_its_reason_in_the_story(cast, client, incident):
    row = referred(cast, incident)
    path = f"/incidents/{incident.pk}/referrals/{row.pk}/withdraw/"
    for _again in range(2):
        assert client.post(path, {"why": "Rang the wrong team"}).status_code == 302
    assert the(cast).state == "withdrawn"
    assert client.get(f"/incidents/{incident.pk}/").content.decode().count("Rang the wrong team") == 1


def test_the_summary_on_paper_and_its_entry(cast, client, incident):
    row = referred(cast, incident)
    path = f"/incidents/{incident.pk}/referrals/{row.pk}/summary.pdf"
    answer = client.get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.get(verb="incidents.referral_printed").facts == {"referral": row.pk}
    assert cast.client_for(cast.staff).get(path).status_code == 403
    assert cast.client_for(cast.inspector).get(path).status_code == 403


def test_the_summary_says_what_a_duty_team_asks(cast, incident):
    from safeboard.incidents.queries.paper import referral_summary

    with cast.wall_of(cast.designated_officer):
        access = cast.access_for(cast.designated_officer)
        sent = {"to": SOCIAL_CARE, "to_name": "Children’s social care", "reference": "SC-5", "how": "telephone"}
        row = operations.referrals.make_referral(by=access, incident=incident, **sent)
        html = referral_summary(access, incident, row, "Referral")
    for words in (CANARY, "Nadia Example", "2014-05-06", "SC-5", "Alder Bank School", "By telephone", "Confidential"):
        assert words in html, words


def test_the_story_of_one_tap_survives_a_file_in_the_words(cast, client, incident):
    path = f"/incidents/{incident.pk}/referrals/new/"
    typed = {"to": SOCIAL_CARE, "go": "made", "form_key": str(uuid4()), "what": "data:image/png;base64,AAAA"}
    page = client.post(path, typed).content.decode()
    assert "AAAA" not in page
    with cast.wall_of(cast.lead):
        assert not Referral.objects.exists()
