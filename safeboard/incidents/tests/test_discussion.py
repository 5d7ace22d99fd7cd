"""The strategy discussion: written down, added to, never altered; it makes duties (Toolkit Annexes E, F)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history
from safeboard.incidents.choices import DutyKind, Held, MinuteKind, Owner
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Discussion, Duty, Minute
from safeboard.incidents.operations.discussion import Guest, add_minute, arrange_discussion, record_discussion

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
WORDS = "ZQSTRATEGY what was said"


def held(cast, incident, **given):
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        return record_discussion(by=by, incident=incident, how=Held.TELEPHONE, **given)


def minuted(cast, discussion, kind, **given):
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        return add_minute(by=by, discussion=discussion, kind=kind, **given)


def test_a_chart_or_a_person_may_ask_for_one_and_writing_it_down_settles_that(cast):
    incident = reported(cast)
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        duty = arrange_discussion(by=by, incident=incident, due_at=timezone.now() + timedelta(hours=4))
    assert (duty.kind, duty.owner) == (DutyKind.DISCUSS, Owner.DESIGNATED_OFFICER)
    page = cast.client_for(cast.lead).get(f"/incidents/{incident.pk}/duties/").content.decode()
    assert "Write the discussion down" in page
    held(cast, incident)
    with cast.wall_of(cast.staff):
        duty.refresh_from_db()
    assert duty.done_at


def test_who_was_there_by_account_and_by_name(cast):
    incident = reported(cast)
    guests = [Guest("Sam Social", "Children’s social care", "Team manager")]
    present = [cast.designated_officer, cast.colleague]
    row = held(cast, incident, present=present, guests=guests, absent=[Guest("Pat Police", "Police")])
    with cast.wall_of(cast.staff):
        lines = [(one.line, one.came) for one in row.attendees.select_related("person")]
    assert lines == [
        ("Dora Designated", True),
        ("Sam Social, Children’s social care, Team manager", True),
        ("Pat Police, Police", False),
    ]


def test_the_subject_is_never_among_those_present(cast):
    incident = allegation(cast, about=cast.responsible_person.name)
    row = held(cast, incident, present=[cast.designated_officer, cast.responsible_person])
    with cast.wall_of(cast.staff):
        assert [one.person for one in row.attendees.all()] == [cast.designated_officer]


TOMORROW = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "given", "title"),
    [
        (MinuteKind.DECISION, {"text": "x", "why": "y"}, ""),
        (MinuteKind.ADDED, {"text": "x"}, ""),
        (MinuteKind.CHILD, {"text": "x", "who": "Sam"}, ""),
        (MinuteKind.CHILD, {"text": "x", "due_at": TOMORROW}, "Tell the child what was agreed"),
        (MinuteKind.CHILD, {"why": "x", "due_at": TOMORROW}, "Decide again whether the child is told"),
        (MinuteKind.PARENTS, {"text": "x", "due_at": TOMORROW}, "Tell the parents or carers what was agreed"),
        (MinuteKind.PARENTS, {"why": "x", "due_at": TOMORROW}, "Decide again whether the parents"),
        (MinuteKind.PARENTS, {"why": "x"}, ""),
        (MinuteKind.ACTION, {"text": "x", "due_at": TOMORROW}, "Action from the strategy discussion of"),
    ],
)
def test_what_is_agreed_for_a_time_becomes_a_duty_without_case_text(cast, kind, given, title):
    row = held(cast, reported(cast))
    given = {name: f"{value} {WORDS}" if isinstance(value, str) else value for name, value in given.items()}
    due = timezone.now() + given.pop("due_at") if "due_at" in given else None
    minute = minuted(cast, row, kind, due_at=due, **given)
    assert bool(minute.duty) is bool(title)
    if minute.duty:
        assert minute.duty.title.startswith(title)
        assert "ZQSTRATEGY" not in minute.duty.title
        assert minute.duty.due_at == due


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (MinuteKind.DECISION, {"text": "x"}),
        (MinuteKind.DECISION, {"why": "x"}),
        (MinuteKind.CHILD, {"who": "x"}),
        (MinuteKind.PARENTS, {}),
        (MinuteKind.ACTION, {"text": "x"}),
        (MinuteKind.ACTION, {"due_at": timezone.now()}),
        (MinuteKind.ADDED, {}),
        (MinuteKind.ADDED, {"text": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA"}),
    ],
)
def test_half_a_minute_is_refused(cast, kind, given):
    row = held(cast, reported(cast))
    with pytest.raises(Refused):
        minuted(cast, row, kind, **given)
    with cast.wall_of(cast.staff):
        assert not Minute.objects.exists()


def test_an_action_is_owed_by_whoever_is_named_or_holds_the_post(cast):
    row = held(cast, reported(cast))
    due = timezone.now() + TOMORROW
    post = minuted(cast, row, MinuteKind.ACTION, text="x", due_at=due, owner=Owner.AGENCY_LEAD)
    named = minuted(cast, row, MinuteKind.ACTION, text="y", due_at=due, person=cast.lead, who="Sam, social care")
    stranger = minuted(cast, row, MinuteKind.ACTION, text="z", due_at=due, person=cast.colleague)
    assert (post.duty.owner, post.duty.person) == (Owner.AGENCY_LEAD, None)
    assert named.duty.person == cast.lead
    assert stranger.duty.person is None


def test_only_those_who_handle_it_write_and_the_reporter_reads_nothing(cast):
    incident = reported(cast)
    row = held(cast, incident, shared=WORDS)
    minuted(cast, row, MinuteKind.ACTION, text=WORDS, due_at=timezone.now() + TOMORROW)
    for who in ("staff", "inspector"):
        person = getattr(cast, who)
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            record_discussion(by=cast.access_for(person), incident=incident, how=Held.MEETING)
    base = f"/incidents/{incident.pk}/"
    staff = cast.client_for(cast.staff)
    assert staff.get(f"{base}discussions/{row.pk}/").status_code == 403
    for page in ("", "duties/", "people/", "referrals/"):
        assert "ZQSTRATEGY" not in staff.get(f"{base}{page}").content.decode()
    lead = cast.client_for(cast.lead)
    for page in ("", "duties/", f"discussions/{row.pk}/"):
        assert "ZQSTRATEGY" in lead.get(f"{base}{page}").content.decode(), page
    other = cast.client_for(cast.other_lead)
    assert other.get(f"{base}discussions/{row.pk}/").status_code == 404


def test_a_discussion_of_another_incident_is_not_found(cast):
    first, second = reported(cast), reported(cast)
    row = held(cast, first)
    client = cast.client_for(cast.lead)
    for end in ("", "add/decision/", "minutes.pdf"):
        assert client.get(f"/incidents/{second.pk}/discussions/{row.pk}/{end}").status_code == 404


def test_from_start_to_finish_on_the_pages(cast):
    incident = reported(cast)
    client, base = cast.client_for(cast.designated_officer), f"/incidents/{incident.pk}/discussions/"
    assert "None has been written down yet" in client.get(base).content.decode()
    page = client.post(f"{base}new/", {"guests": "ZQGUEST, Police, Sergeant"}).content.decode()
    assert "Choose how it was held" in page
    assert "ZQGUEST" in page
    sent = {
        "how": "meeting",
        "where": "Town hall",
        "present": [cast.designated_officer.pk],
        "guests": "Sam Social, Social care, Manager\nPat Police",
        "shared": WORDS,
        "form_key": str(incident.form_key),
    }
    page = client.post(f"{base}new/", sent, follow=True).content.decode()
    client.post(f"{base}new/", sent)
    with cast.wall_of(cast.staff):
        row = Discussion.objects.get(incident=incident)
    assert "Sam Social, Social care, Manager" in page
    assert "What the child is told" in page
    add = f"{base}{row.pk}/add/"
    page = client.post(f"{add}decision/", {"text": "ZQHALF"}).content.decode()
    assert "Write what was decided, and why" in page
    assert "ZQHALF" in page
    assert client.post(f"{add}decision/", {"text": "Visit", "why": "To hear her"}).status_code == 302
    day = timezone.localtime() + timedelta(days=2)
    when = {"due_at_day": day.day, "due_at_month": day.month, "due_at_year": day.year, "due_at_time": "15:00"}
    told = {"text": "She is safe", "who": "Sam", "owner": "post-designated_officer", **when}
    assert client.post(f"{add}child/", told).status_code == 302
    action = {"text": "Ask the provider", "owner": f"person-{cast.lead.pk}", **when}
    assert client.post(f"{add}action/", action).status_code == 302
    assert client.get(f"{add}nonsense/").status_code == 404
    with cast.wall_of(cast.staff):
        assert Duty.objects.get(key__startswith="minute:", kind=DutyKind.DECIDE).person == cast.lead
        assert Duty.objects.get(key__startswith="minute:", kind=DutyKind.TELL).owner == Owner.DESIGNATED_OFFICER
    paper = client.get(f"{base}{row.pk}/minutes.pdf")
    assert paper["Content-Type"] == "application/pdf"
    verbs = [entry.verb for entry in history.of(incident)]
    assert verbs.count("incidents.discussed") == 1
    assert verbs.count("incidents.minuted") == 3
    assert verbs.count("incidents.minutes_printed") == 1
    story = client.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Strategy discussion: Decision" in story
    assert "To hear her" in story


def test_a_time_to_come_is_no_time_at_which_it_was_held(cast):
    with pytest.raises(Refused):
        held(cast, reported(cast), held_at=timezone.now() + TOMORROW)
