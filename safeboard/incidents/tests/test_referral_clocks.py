"""Each of the three alarms has its clock, its message, and the substitute a day later; a refusal never ends there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.incidents import operations
from safeboard.incidents.choices import Next
from safeboard.incidents.clocks import watch_duties
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Duty, Incident, Note, Referral
from safeboard.incidents.queries import home_rows
from safeboard.incidents.queries.next import next_steps
from safeboard.incidents.queries.story import CaseFile
from safeboard.outbox.models import Message

from .factories import CANARY, allegation, reported
from .helpers import referred, walked

pytestmark = pytest.mark.django_db
LATE = timedelta(minutes=1)
CLOCKS = {"not-sent": "send_due_at", "not-acknowledged": "acknowledge_due_at", "overdue": "answer_due_at"}
KINDS = {"not-sent": "refer", "not-acknowledged": "confirm", "overdue": "answer"}


@pytest.fixture
def incident(cast):
    return reported(cast)


def officer(cast, name, referral, **given):
    with cast.wall_of(cast.designated_officer):
        row = Referral.objects.select_related("incident").get(pk=referral.pk)
        return getattr(operations, name)(by=cast.access_for(cast.designated_officer), referral=row, **given)


def alarmed(cast, incident, alarm):
    """A referral of which this is amiss, as time would make it; no other duty is late."""
    row = referred(cast, incident, sent=alarm != "not-sent")
    if alarm == "overdue":
        officer(cast, "acknowledge", row)
    past = timezone.now() - LATE
    with cast.wall_of(cast.lead):
        Referral.objects.filter(pk=row.pk).update(**{CLOCKS[alarm]: past})
        Duty.objects.filter(referral=row, kind=KINDS[alarm]).update(due_at=past)
    return row


@pytest.mark.parametrize("alarm", CLOCKS)
def test_each_alarm_tells_the_owner_once_and_the_substitute_a_day_later(cast, incident, alarm):
    alarmed(cast, incident, alarm)
    Message.objects.all().delete()
    watch_duties()
    watch_duties()
    sent = Message.objects.filter(kind=f"referral-{alarm}")
    assert [one.to for one in sent] == [cast.designated_officer]
    with cast.wall_of(cast.lead):
        Duty.objects.filter(kind=KINDS[alarm]).update(late_at=timezone.now() - timedelta(days=1, minutes=1))
    watch_duties()
    watch_duties()
    assert [one.to for one in Message.objects.filter(kind="duty-passed-up")] == [cast.responsible_person]
    assert not any(CANARY in one.body or "social" in one.body for one in Message.objects.all())


def test_each_alarm_reads_differently_everywhere(cast, incident):
    said = set()
    for alarm in CLOCKS:
        one = reported(cast)
        row = alarmed(cast, one, alarm)
        with cast.wall_of(cast.designated_officer):
            access = cast.access_for(cast.designated_officer)
            (home,) = [need for need in home_rows(access) if need.about == one.reference and need.kind in CLOCKS]
            case = CaseFile(access, Incident.objects.get(pk=one.pk))
            step = next_steps(case)[0]
        assert home.kind == alarm
        assert home.url.endswith(f"/referrals/{row.pk}/")
        said.add((home.word, home.colour, home.sentence.split()[0], step.text))
    assert len({word for word, *_rest in said}) == 3
    assert len({colour for _word, colour, *_rest in said}) == 3
    assert len({text for *_rest, text in said}) >= 2, said


def test_the_substitute_is_never_whom_it_is_about(cast):
    incident = allegation(cast, about="Hugo Head")
    alarmed(cast, incident, "not-sent")
    with cast.wall_of(cast.designated_officer):
        Duty.objects.update(late_at=timezone.now() - timedelta(days=2), due_at=timezone.now() - timedelta(days=3))
    watch_duties()
    told = set(Message.objects.filter(kind="duty-passed-up").values_list("to__name", flat=True))
    assert told
    assert "Hugo Head" not in told


def test_a_prepared_referral_takes_the_time_of_the_duty_that_it_fulfils(cast, incident):
    walked(cast, incident, "no")
    with cast.wall_of(cast.lead):
        duty = Duty.objects.get(kind="refer", to="social-care-duty-team")
    row = referred(cast, incident, sent=False)
    assert row.send_due_at == duty.due_at
    with cast.wall_of(cast.lead):
        assert not Duty.objects.filter(key=f"send:{row.pk}").exists()


def test_sending_stops_the_clock_to_send_and_starts_two_others(cast, incident):
    row = referred(cast, incident, sent=False)
    with cast.wall_of(cast.lead):
        assert Duty.objects.get(key=f"send:{row.pk}").due_at == row.send_due_at
    officer(cast, "send_referral", row)
    with cast.wall_of(cast.lead):
        open_ones = Duty.objects.filter(referral=row, done_at__isnull=True)
        assert sorted(open_ones.values_list("kind", flat=True)) == ["answer", "confirm"]
    officer(cast, "accept_referral", row)
    with cast.wall_of(cast.lead):
        assert list(open_ones.values_list("kind", flat=True)) == ["answer"]
        assert Referral.objects.get().acknowledged_at


def test_a_refusal_is_owed_a_decision_at_once_and_blocks_the_conclusion(cast, incident):
    row = referred(cast, incident)
    for _again in range(2):
        officer(cast, "refuse_referral", row, why="Below the threshold")
    with cast.wall_of(cast.designated_officer):
        (duty,) = Duty.objects.filter(referral=row, done_at__isnull=True)
        assert (duty.kind, duty.due_at <= timezone.now()) == ("decide", True)
        assert Incident.objects.get().status == "open"
        case = CaseFile(cast.access_for(cast.designated_officer), Incident.objects.get())
        assert next_steps(case)[0].url.endswith("/decide/")


@pytest.mark.parametrize(("what", "state"), [("challenge", "sent"), ("elsewhere", "closed"), ("accept", "closed")])
def test_what_is_decided_about_a_refusal(cast, incident, what, state):
    row = referred(cast, incident)
    officer(cast, "refuse_referral", row)
    with pytest.raises(Refused, match="Say why"):
        officer(cast, "decide_refused", row, what=what, why=" ")
    for _again in range(2):
        officer(cast, "decide_refused", row, what=what, why="She is still at risk")
    with cast.wall_of(cast.lead):
        assert Referral.objects.get().state == state
        (note,) = Note.objects.all()
        assert "She is still at risk" in note.text
        assert str(Next(what).label) in note.text
        open_ones = Duty.objects.filter(referral=row, done_at__isnull=True).values_list("kind", flat=True)
        assert sorted(open_ones) == (["answer", "confirm"] if what == "challenge" else [])


def test_a_challenge_refused_again_is_owed_a_decision_again(cast, incident):
    row = referred(cast, incident)
    for _round in range(2):
        officer(cast, "refuse_referral", row)
        officer(cast, "decide_refused", row, what=Next.CHALLENGE, why="Again")
    officer(cast, "refuse_referral", row)
    with cast.wall_of(cast.lead):
        assert Duty.objects.filter(referral=row, kind="decide").count() == 3
        assert Duty.objects.filter(referral=row, kind="decide", done_at__isnull=True).count() == 1


def test_moves_that_the_table_does_not_allow_are_refused_in_words(cast, incident):
    row = referred(cast, incident, sent=False)
    for name, given in (("accept_referral", {}), ("refuse_referral", {}), ("answer_referral", {"outcome": "Yes"})):
        with pytest.raises(Refused, match="This referral is now: Not sent yet"):
            officer(cast, name, row, **given)
    with pytest.raises(Refused, match="Not sent yet"):
        officer(cast, "close_referral", row)


def test_closed_by_hand_or_with_the_incident(cast, incident):
    row = referred(cast, incident)
    officer(cast, "answer_referral", row, outcome="They will visit")
    for _again in range(2):
        officer(cast, "close_referral", row)
    with cast.wall_of(cast.lead):
        assert Referral.objects.get().state == "closed"


def test_a_referral_on_a_concluded_incident_can_still_be_made(cast, incident):
    """Never blocked: what is found out later is referred, whatever the state of the record."""
    with cast.wall_of(cast.lead):
        Incident.objects.update(status="concluded", concluded_at=timezone.now())
    assert referred(cast, incident).state == "sent"
