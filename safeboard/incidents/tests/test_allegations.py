"""Allegations: the few see them; the subject, whatever their role, sees nothing of them anywhere."""

import pytest
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import job_access
from safeboard.incidents import operations, queries
from safeboard.incidents.choices import Kin, Owner, Part
from safeboard.incidents.clocks import watch_duties
from safeboard.incidents.models import Duty, Involved
from safeboard.incidents.queries.needs import home_rows
from safeboard.outbox.models import Message

from .factories import CANARY, allegation, reported
from .helpers import POST_ONLY, pages_of, referred, walked

pytestmark = pytest.mark.django_db
# Each is made the subject of a concern in turn: by the role they hold, they would otherwise handle it.
SUBJECTS = {
    "designated_officer": "allegations_officer",
    "responsible_person": "designated_officer",
    "allegations_officer": "designated_officer",
    "lead": "designated_officer",
    "senior_person": "designated_officer",
    "infrastructure": "designated_officer",
}


def whole(cast, subject, *, by_account):
    """An allegation with everything on it; the subject is named by their account, or by the same name alone."""
    person = getattr(cast, subject)
    incident = allegation(cast, about=person.name)
    handler = SUBJECTS[subject]
    walk = walked(cast, incident, "no", by=handler)
    referral = referred(cast, incident, by=handler)
    with cast.wall_of(cast.staff):
        involved = Involved.objects.get(incident=incident)
        if by_account:
            Involved.objects.filter(pk=involved.pk).update(name_index="")
        else:
            Involved.objects.filter(pk=involved.pk).update(person=None)
        duty = Duty.objects.filter(incident=incident, done_at=None).first()
    return incident, pages_of(incident, referral, walk, duty.pk, involved.pk)


@pytest.mark.parametrize("by_account", [True, False])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_subject_meets_it_on_no_page(cast, subject, by_account):
    incident, pages = whole(cast, subject, by_account=by_account)
    person = getattr(cast, subject)
    client = cast.client_for(person)
    for name, path in pages.items():
        for answer in (client.post(path, {"why": "x"}), *(() if name in POST_ONLY else (client.get(path),))):
            assert answer.status_code in (404, 403, 405), (name, answer.status_code)
    for path in ("/incidents/", "/incidents/?late=on", "/incidents/download/csv/", "/"):
        page = client.get(path, follow=True).content.decode()
        assert incident.reference not in page, path
        assert CANARY not in page, path
    with cast.wall_of(person):
        access = cast.access_for(person)
        assert not queries.visible_to(access).exists()
        assert not queries.owed_by(access).exists()
        assert home_rows(access) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_subject_gets_no_message_and_owes_nothing(cast, subject):
    incident, _pages = whole(cast, subject, by_account=True)
    person = getattr(cast, subject)
    with cast.wall_of(cast.staff):
        Duty.objects.update(due_at=timezone.now())
        assert Duty.objects.filter(incident=incident).exists()
    watch_duties()
    assert not Message.objects.filter(to=person).exists()
    assert Message.objects.exclude(to=None).exists()


def test_the_few_see_it_and_others_do_not(cast):
    incident = allegation(cast, about="Lena Lead")
    seen = {
        name
        for name, person in cast.people.items()
        if cast.client_for(person).get(f"/incidents/{incident.pk}/").status_code == 200
    }
    assert seen == {"staff", "designated_officer", "responsible_person", "allegations_officer"}


def test_the_list_and_the_record_say_that_it_is_one(cast):
    incident = allegation(cast, about="Lena Lead")
    client = cast.client_for(cast.responsible_person)
    assert "Allegation" in client.get("/incidents/").content.decode()
    assert "about somebody who works here" in client.get(f"/incidents/{incident.pk}/").content.decode()


def test_duties_go_to_the_substitute_when_somebody_turns_out_to_be_the_subject(cast):
    incident = reported(cast)
    walked(cast, incident, "no")
    with cast.wall_of(cast.staff):
        assert Duty.objects.filter(owner=Owner.DESIGNATED_OFFICER).exists()
    path = f"/incidents/{incident.pk}/people/add/"
    officer = cast.client_for(cast.designated_officer)
    typed = {"kin": Kin.STAFF, "part": Part.CONCERN, "name": "Dora Designated"}
    page = officer.post(path, typed, follow=True)
    assert page.request["PATH_INFO"] == "/incidents/"
    assert "only a few people may open it now" in page.content.decode()
    assert officer.get(f"/incidents/{incident.pk}/").status_code == 404
    with cast.wall_of(cast.staff):
        assert not Duty.objects.filter(owner=Owner.DESIGNATED_OFFICER, done_at=None).exists()
        assert Duty.objects.filter(owner=Owner.RESPONSIBLE_PERSON, done_at=None).exists()
    assert any(entry.verb == "incidents.duty_passed_on" for entry in history.of(incident))
    head = cast.access_for(cast.responsible_person)
    with cast.wall_of(cast.responsible_person):
        assert queries.owed_by(head).exists()


def test_an_account_connected_later_shuts_that_account_out(cast):
    incident = allegation(cast, about="D. Desig")
    with cast.wall_of(cast.staff):
        involved = Involved.objects.get(incident=incident)
        assert involved.person is None
    path = f"/incidents/{incident.pk}/people/{involved.pk}/account/"
    assert cast.client_for(cast.designated_officer).get(path).status_code == 200
    head = cast.client_for(cast.responsible_person)
    assert head.post(path, {"person": cast.other_lead.pk}).status_code == 200  # of another agency: not to be chosen
    assert head.post(path, {"person": cast.designated_officer.pk}).status_code == 302
    assert cast.client_for(cast.designated_officer).get(path).status_code == 404
    assert head.post(path, {"person": ""}).status_code == 302
    assert cast.client_for(cast.designated_officer).get(path).status_code == 200


def test_who_reports_themselves_owes_nothing_of_it(cast):
    people = [{"kin": Kin.STAFF, "part": Part.CONCERN, "name": "Stefan Staff"}]
    incident = reported(cast, people=people)
    assert cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").status_code == 404
    with cast.wall_of(cast.staff):
        duty = operations.raise_duty(
            by=job_access("test"),
            incident=incident,
            key="x",
            kind="record",
            title="Write it",
            owner=Owner.REPORTER,
            due_at=timezone.now(),
        )
        assert duty.owner == Owner.DESIGNATED_OFFICER
