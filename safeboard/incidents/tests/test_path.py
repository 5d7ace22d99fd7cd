"""The path round the subject: for each duty, message and page somebody else is found, whoever it is about (Harrow 5.2).

By table: the subject is each role in turn, by account and by name alone, with one holder or several.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.core.access import job_access
from safeboard.core.roles import Role
from safeboard.incidents import operations, queries
from safeboard.incidents.choices import Kin, Owner, Part
from safeboard.incidents.clocks import watch_duties, watch_posts
from safeboard.incidents.models import Duty, Involved
from safeboard.incidents.queries.contacts import lines_for
from safeboard.incidents.queries.handling import ROLES, free_holders, handlers, nobody_left, owner_for, posts
from safeboard.incidents.queries.needs import home_rows
from safeboard.outbox.models import Message
from safeboard.partnership.models import Contact, Membership
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory

from .factories import CANARY, allegation, reported

pytestmark = pytest.mark.django_db
DO, RP, HR, LEAD, WHO = (
    Owner.DESIGNATED_OFFICER,
    Owner.RESPONSIBLE_PERSON,
    Owner.HR,
    Owner.AGENCY_LEAD,
    Owner.REPORTER,
)
HOLDERS = {
    DO: "designated_officer",
    RP: "responsible_person",
    HR: "allegations_officer",
    LEAD: "lead",
    WHO: "staff",
}
# Who owes what is wanted of each, when the subject is the one holder of each post in turn. '-': nobody here is.
ONE_HOLDER = {
    "-": {DO: DO, RP: RP, HR: HR, LEAD: DO, WHO: WHO},
    DO: {DO: RP, RP: RP, HR: HR, LEAD: RP, WHO: WHO},
    RP: {DO: DO, RP: DO, HR: HR, LEAD: DO, WHO: WHO},
    HR: {DO: DO, RP: RP, HR: DO, LEAD: DO, WHO: WHO},
    LEAD: {DO: DO, RP: RP, HR: HR, LEAD: DO, WHO: WHO},
    WHO: {DO: DO, RP: RP, HR: HR, LEAD: DO, WHO: DO},
}
CASES = [(subject, wanted, found) for subject, row in ONE_HOLDER.items() for wanted, found in row.items()]


def about(cast, who, *, by_account=True):
    """An allegation about the holder of a post, by account or by the same name alone."""
    name = getattr(cast, HOLDERS[who]).name if who != "-" else "Somebody Else"
    incident = allegation(cast, about=name)
    with cast.wall_of(cast.staff):
        rows = Involved.objects.filter(incident=incident)
        rows.update(name_index="") if by_account else rows.update(person=None)
    return incident


def leave(cast, *roles):
    """Nobody holds these posts any more."""
    Membership.objects.filter(agency=cast.agency, role__in=roles).update(ended_at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize("by_account", [True, False])
@pytest.mark.parametrize(("subject", "wanted", "found"), CASES)
def test_one_holder(cast, subject, wanted, found, by_account):
    incident = about(cast, subject, by_account=by_account)
    with cast.wall_of(cast.staff):
        assert owner_for(incident, wanted) == found
        assert free_holders(incident, found)


@pytest.mark.parametrize("by_account", [True, False])
@pytest.mark.parametrize("post", [DO, RP, HR])
def test_of_several_holders_the_others_stay(cast, post, by_account):
    second = PersonFactory(name="Zara Second", email="second@example.org")
    MembershipFactory(person=second, role=ROLES[post], agency=cast.agency)
    incident = about(cast, post, by_account=by_account)
    with cast.wall_of(cast.staff):
        assert owner_for(incident, post) == post
        assert free_holders(incident, post) == [second]
        told = {person.pk for _owner, person in operations.told_of_report(incident)}
        assert second.pk in told
        assert getattr(cast, HOLDERS[post]).pk not in told
        mine = next(one for one in posts(incident) if one.title == post.label)
        assert mine.names == ("Zara Second",)
        assert "is not told, because the concern is about them" in mine.note


@pytest.mark.parametrize("by_account", [True, False])
@pytest.mark.parametrize("subject", [DO, RP, HR, LEAD, WHO])
def test_no_message_no_duty_no_number_leads_to_the_subject(cast, subject, by_account):
    person = getattr(cast, HOLDERS[subject])
    with cast.wall_of(cast.lead):
        for kind in ("designated-officer", "head", "staff-allegations-officer", "agency-lead", "responsible-person"):
            Contact.objects.create(agency=cast.agency, kind=kind, name=person.name, email=person.email, telephone="1")
    Message.objects.all().delete()
    incident = about(cast, subject, by_account=by_account)
    handler = next(one for one in (DO, RP) if one != subject)
    with cast.wall_of(cast.staff):
        Duty.objects.filter(incident=incident).update(due_at=timezone.now())
        lines = lines_for(cast.access_for(getattr(cast, HOLDERS[handler])), incident)
        assert [line.kind for line in lines.values() if line.name == person.name] == []
    watch_duties()
    watch_posts()
    sent = Message.objects.filter(to=person, about_type="incidents.duty")
    assert by_account is False or not sent.exists()
    with cast.wall_of(person):
        assert not queries.owed_by(cast.access_for(person)).exists()
    page = cast.client_for(getattr(cast, HOLDERS[handler])).get(f"/incidents/{incident.pk}/concern/")
    assert page.status_code == 200


@pytest.mark.parametrize("gone", [(), (DO,), (HR,), (RP,), (DO, HR), (DO, RP), (RP, HR)])
@pytest.mark.parametrize("subject", [DO, RP, HR])
def test_somebody_is_found_while_anybody_is_left(cast, subject, gone):
    incident = about(cast, subject)
    leave(cast, *(ROLES[one] for one in gone))
    free = {DO, RP, HR} - {subject, *gone}
    with cast.wall_of(cast.staff):
        for wanted in (DO, RP, HR, LEAD):
            owner = owner_for(incident, wanted)
            assert owner in (free or {WHO})
        assert nobody_left(incident) is not bool(free)
        assert {one.pk for one in handlers(incident)} == {getattr(cast, HOLDERS[one]).pk for one in free}


def test_where_nobody_is_left_the_reporter_keeps_the_duty_and_is_given_a_number(cast):
    leave(cast, Role.DESIGNATED_OFFICER, Role.ALLEGATIONS_OFFICER)
    with cast.wall_of(cast.lead):
        Contact.objects.create(agency=cast.agency, kind="lado", name="LADO desk", telephone="01632 960111")
    incident = about(cast, RP)
    with cast.wall_of(cast.staff):
        assert set(Duty.objects.filter(incident=incident).values_list("owner", flat=True)) == {WHO}
    page = cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Nobody here may handle it" in page
    assert "01632 960111" in page
    with cast.wall_of(cast.staff):
        assert [row for row in home_rows(cast.access_for(cast.staff)) if row.about == incident.reference]


def test_an_ordinary_incident_goes_to_officer_lead_and_last_to_the_responsible_person(cast):
    incident = reported(cast)
    with cast.wall_of(cast.staff):
        assert {wanted: owner_for(incident, wanted) for wanted in (DO, LEAD, RP, HR, WHO)} == {
            DO: DO,
            LEAD: LEAD,
            RP: DO,
            HR: DO,
            WHO: WHO,
        }
    assert cast.client_for(cast.responsible_person).get(f"/incidents/{incident.pk}/").status_code == 404
    leave(cast, Role.DESIGNATED_OFFICER)
    watch_posts()
    with cast.wall_of(cast.staff):
        assert set(Duty.objects.filter(incident=incident).values_list("owner", flat=True)) == {LEAD}
    leave(cast, Role.AGENCY_LEAD)
    watch_posts()
    head = cast.access_for(cast.responsible_person)
    with cast.wall_of(cast.responsible_person):
        rows = home_rows(head)
    assert {row.kind for row in rows} == {"duty", "empty-post"}
    assert "Nobody here is the Designated child protection officer" in " ".join(row.sentence for row in rows)
    client = cast.client_for(cast.responsible_person)
    assert CANARY in client.get(f"/incidents/{incident.pk}/").content.decode()
    assert client.get(f"/incidents/{incident.pk}/conclude/").status_code == 200
    assert Message.objects.filter(to=cast.responsible_person).exists()


def test_a_duty_of_one_person_passes_on_when_it_is_about_them(cast):
    incident = allegation(cast, about="Somebody Else")
    given = {"key": "x", "kind": "decide", "title": "Do it", "due_at": timezone.now() + timedelta(days=1)}
    with cast.wall_of(cast.staff):
        by = job_access("test")
        duty = operations.raise_duty(by=by, incident=incident, owner=DO, person=cast.designated_officer, **given)
        assert duty.person == cast.designated_officer
        other = operations.raise_duty(by=by, incident=incident, owner=DO, person=cast.lead, **{**given, "key": "y"})
        assert other.person is None
    head = cast.access_for(cast.responsible_person)
    with cast.wall_of(cast.responsible_person):
        operations.add_involved(
            by=head, incident=incident, kin=Kin.STAFF, part=Part.CONCERN, name=cast.designated_officer.name
        )
        duty.refresh_from_db()
        assert (duty.owner, duty.person) == (RP, None)


def test_who_handles_it_and_why_is_shown_to_those_who_may_know(cast):
    incident = about(cast, DO)
    words = "Not told, because the concern is about them."
    assert words in cast.client_for(cast.responsible_person).get(f"/incidents/{incident.pk}/concern/").content.decode()
    path = f"/incidents/{incident.pk}/concern/"
    assert cast.client_for(cast.staff).get(path).status_code == 403
    assert words not in cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").content.decode()
    assert cast.client_for(cast.designated_officer).get(path).status_code == 404
    assert cast.client_for(cast.lead).get(path).status_code == 404
    plain = reported(cast)
    assert cast.client_for(cast.designated_officer).get(f"/incidents/{plain.pk}/concern/").status_code == 404
