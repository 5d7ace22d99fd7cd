"""The home page of each kind of person."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.incidents.choices import DutyKind, Owner, ReferralState
from safeboard.incidents.models import Draft, Duty, Incident, Referral
from safeboard.incidents.tests import factories
from safeboard.insight import operations as insight
from safeboard.insight.tests.worlds import JOB, incidents, seat
from safeboard.outbox.models import ClockState, Message
from safeboard.partnership.models import Invitation, Membership
from tests.support.pages import check_page


def home(cast, who):
    """The home page of somebody of the cast, looked over."""
    response = cast.client_for(cast.people[who]).get(reverse("home"))
    check_page(response)
    return response


def body(cast, who):
    return " ".join(home(cast, who).content.decode().split())


def duty(cast, incident, key, due, owner=Owner.DESIGNATED_OFFICER, **more):
    with wall.open_for(casework=[incident.agency_id]):
        return Duty.objects.create(
            agency_id=incident.agency_id,
            incident=incident,
            key=key,
            kind=DutyKind.RECORD,
            title=f"Do {key}",
            owner=owner,
            due_at=timezone.now() + due,
            **more,
        )


def referral(incident, to, state, **more):
    now = timezone.now()
    sent = {} if state == ReferralState.DRAFTED else {"sent_at": now - timedelta(hours=30)}
    with wall.open_for(casework=[incident.agency_id]):
        return Referral.objects.create(
            agency_id=incident.agency_id, incident=incident, to="x", to_name=to, state=state, **sent, **more
        )


def test_duties_stand_by_their_clock_late_ones_first(cast):
    one = factories.rows(cast, 1)[0]
    duty(cast, one, "third", timedelta(days=2))
    duty(cast, one, "first", -timedelta(days=3))
    duty(cast, one, "second", -timedelta(hours=2))
    text = body(cast, "designated_officer")
    assert text.index("Do first") < text.index("Do second") < text.index("Do third")
    assert "late by 3 days" in text
    assert "late by 2 hours" in text
    assert reverse("incidents:written-record", args=[one.pk]) in text


def test_everybody_sees_what_they_owe_alone(cast):
    one = factories.rows(cast, 1)[0]
    duty(cast, one, "officer", -timedelta(days=3))
    duty(cast, one, "lead", -timedelta(days=3), Owner.AGENCY_LEAD)
    assert "Do lead" not in body(cast, "designated_officer")
    assert "Do officer" not in body(cast, "lead")
    for who in ("colleague", "other_designated_officer", "board_officer", "administrator", "inspector"):
        assert "Do officer" not in body(cast, who), who


def test_three_states_of_a_referral_look_different(cast):
    one = factories.rows(cast, 1)[0]
    past = timezone.now() - timedelta(hours=5)
    referral(one, "Police desk", ReferralState.DRAFTED, send_due_at=past)
    referral(one, "Children's duty team", ReferralState.SENT, acknowledge_due_at=past)
    referral(one, "Health line", ReferralState.ACKNOWLEDGED, answer_due_at=past)
    referral(one, "Answering body", ReferralState.ANSWERED, answer_due_at=past)
    referral(one, "Patient body", ReferralState.ACKNOWLEDGED, answer_due_at=timezone.now() + timedelta(days=1))
    text = body(cast, "designated_officer")
    for state, words in (
        ("Not sent", "Police desk does not know of it. It should have been made"),
        ("Not acknowledged", "nobody at Children.{1,6}s duty team has said that they have it"),
        ("Answer overdue", "Health line has it, and the answer is late by 5 hours"),
    ):
        assert re.search(rf"{state}</strong>[^<]*<a[^>]*>[^<]*{words}", text), state
    assert text.index("Not sent") < text.index("Answer overdue") < text.index("Not acknowledged")
    assert "Answering body" not in text
    assert "Patient body" not in text


def test_the_subject_of_a_concern_sees_nothing_of_it(cast):
    one = factories.allegation(cast)
    duty(cast, one, "about-dora", -timedelta(days=1))
    referral(one, "Secret body", ReferralState.DRAFTED)
    text = body(cast, "designated_officer")
    assert "about-dora" not in text
    assert "Secret body" not in text
    assert one.reference not in text
    assert "Secret body" in body(cast, "allegations_officer")


def test_drafts_lead_to_the_list_of_drafts(cast):
    with wall.open_for(casework=[cast.agency.pk]):
        Draft.objects.create(agency=cast.agency, owner=cast.staff, answers={"narrative": factories.CANARY})
    text = body(cast, "staff")
    assert "1 report is not sent yet" in text
    assert reverse("incidents:drafts") in text
    assert "CANARY" not in text
    assert "not sent yet" not in body(cast, "colleague")


@pytest.mark.parametrize("who", ["staff", "lead", "designated_officer", "infrastructure", "senior_person"])
def test_whoever_may_report_has_a_button_for_it(cast, who):
    assert re.search(r'<a href="/incidents/report/"[^>]*class="govuk-button', body(cast, who))


@pytest.mark.parametrize("who", ["inspector", "board_officer", "subgroup_member", "administrator"])
def test_others_have_no_such_button(cast, who):
    assert "/incidents/report/" not in body(cast, who)


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("colleague", "incidents:report"),
        ("inspector", "incidents:list"),
        ("subgroup_member", "insight:picture"),
        ("board_inspector", "insight:picture"),
    ],
)
def test_whom_nothing_needs_is_told_what_to_do_next(cast, who, way):
    text = body(cast, who)
    assert "Nothing needs you at the moment" in text
    assert reverse(way) in text


@pytest.mark.parametrize("who", ["inspector", "board_inspector"])
def test_whoever_reads_for_a_time_is_told_until_when(cast, who):
    day = timezone.localdate() + timedelta(days=30)
    Membership.objects.filter(person=cast.people[who]).update(ends=day)
    text = body(cast, who)
    assert f"Your access ends on {date_format(day, 'j F Y')}." in text
    assert "If you need longer" not in text


@pytest.mark.parametrize(
    ("who", "asks"), [("inspector", ["lead"]), ("board_inspector", ["board_manager", "board_officer"])]
)
def test_in_the_last_week_they_are_told_who_can_extend_it(cast, who, asks):
    held, week = Membership.objects.filter(person=cast.people[who]), timezone.localdate() + timedelta(days=7)
    held.update(ends=week)
    (withdrawn,) = held
    withdrawn.pk, withdrawn.ends, withdrawn.ended_at = None, week + timedelta(days=60), timezone.now()
    withdrawn.save()
    names = " or ".join(sorted(cast.people[one].name for one in asks))
    assert f"If you need longer, ask {names} before then." in body(cast, who)


def test_the_board_sees_gaps_the_latest_quarter_and_invitations(cast):
    for number in range(4):
        seat(cast.board, f"School {number}", "other-member")
    incidents(cast.agency.pk, 30)
    insight.release_ended(by=JOB, board=cast.board)
    Invitation.objects.create(
        board=cast.board,
        role="subgroup_member",
        email="new@example.org",
        name="New Person",
        secret_digest="x",
        runs_out_at=timezone.now() + timedelta(days=7),
    )
    text = body(cast, "board_officer")
    assert "4 agencies have no designated officer" in text
    assert "30 incidents were reported in" in text
    assert reverse("insight:picture") in text
    assert "1 invitation waits for an answer" in text
    assert "30 incidents were reported in" in body(cast, "subgroup_member")
    assert "were reported in" not in body(cast, "other_board_officer")
    assert "were reported in" not in body(cast, "lead")


def test_the_administrator_sees_what_fails_and_no_case(cast):
    factories.rows(cast, 1)
    ClockState.objects.create(name="worker", last_ok=timezone.now())
    ClockState.objects.create(name="insight.releases", failures=2, last_ran=timezone.now())
    now = timezone.now()
    times = {"made_at": now, "not_before": now, "failed_at": now}
    Message.objects.create(email="a@example.org", kind="x", subject="s", body="b", state="failed", **times)
    text = body(cast, "administrator")
    assert "The clock insight.releases fails" in text
    assert "1 message could not be posted" in text
    assert reverse("outbox:service") in text
    assert "No worker has been seen" not in text
    assert factories.CANARY not in text
    ClockState.objects.filter(name="worker").delete()
    assert "No worker has been seen" in body(cast, "administrator")


def asked(cast, who):
    client = cast.client_for(cast.people[who])
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home"))
    return queries


@pytest.mark.parametrize("who", ["designated_officer", "lead", "staff", "board_officer", "administrator"])
def test_the_page_asks_few_questions_whatever_there_is(cast, who):
    factories.rows(cast, 1)
    few = asked(cast, who)
    factories.rows(cast, 49)
    many = asked(cast, who)
    assert len(few) == len(many), [one["sql"][:90] for one in many]
    assert len(many) <= 25, [one["sql"][:90] for one in many]


def test_of_many_duties_the_first_ten_stand_there(cast):
    factories.rows(cast, 50)
    text = body(cast, "designated_officer")
    assert text.count("Write it down") == 10
    assert "See all that is owed" in text
    assert text.count("nobody at CEOP has said") == 10
    assert text.count("See all incidents") == 2


def test_no_case_text_is_on_the_page(cast):
    factories.rows(cast, 3)
    with wall.open_for(casework=[cast.agency.pk]):
        assert Incident.objects.first().narrative == factories.CANARY
    for key, person in cast.people.items():
        if isinstance(person, Person) and key not in ("leaver", "stranger"):
            assert factories.CANARY not in body(cast, key), key
