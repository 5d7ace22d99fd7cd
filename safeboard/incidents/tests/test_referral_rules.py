"""From where to where a referral may go, and which of three things is amiss with it: by table."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db.models import Q

from safeboard.incidents.choices import WAITING, Alarm, ReceivedState, ReferralState
from safeboard.incidents.models import Referral
from safeboard.incidents.queries.referring import clock_of, in_alarm, in_any_alarm, send_by, wait_until
from safeboard.incidents.rules import RECEIVED_MOVES, REFERRAL_MOVES, alarm_of

from .factories import reported

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
MOVES = {
    "drafted": "sent withdrawn",
    "sent": "acknowledged accepted refused answered withdrawn",
    "acknowledged": "accepted refused answered withdrawn",
    "accepted": "answered withdrawn",
    "refused": "sent answered closed",
    "answered": "closed",
    "closed": "",
    "withdrawn": "",
}
RECEIVED = {
    "new": "acknowledged accepted refused withdrawn",
    "acknowledged": "accepted refused answered withdrawn",
    "accepted": "answered withdrawn",
    "refused": "new",
    "answered": "",
    "withdrawn": "",
}
# State, and whether the times to be sent, acknowledged and answered have passed: the alarm.
ALARMS = [
    ("drafted", "yes", None, None, "not-sent"),
    ("drafted", "no", None, None, ""),
    ("drafted", None, None, None, ""),
    ("sent", "yes", "no", "no", ""),
    ("sent", "yes", "yes", "no", "not-acknowledged"),
    ("sent", "yes", "yes", "yes", "not-acknowledged"),
    ("sent", "yes", "no", "yes", "overdue"),
    ("acknowledged", "yes", "yes", "no", ""),
    ("acknowledged", "yes", "yes", "yes", "overdue"),
    ("accepted", "yes", "yes", "yes", "overdue"),
    ("refused", "yes", "yes", "yes", ""),
    ("answered", "yes", "yes", "yes", ""),
    ("closed", "yes", "yes", "yes", ""),
    ("withdrawn", "yes", "yes", "yes", ""),
]
TIMES = {"yes": EARLIER, "no": LATER, None: None}


def test_every_move_of_a_referral():
    assert set(REFERRAL_MOVES) == set(ReferralState.values)
    for here, there in product(ReferralState.values, repeat=2):
        assert (there in REFERRAL_MOVES[here]) == (there in MOVES[here].split()), (here, there)


def test_every_move_of_one_that_reached_us():
    assert set(RECEIVED_MOVES) == set(ReceivedState.values)
    for here, there in product(ReceivedState.values, repeat=2):
        assert (there in RECEIVED_MOVES[here]) == (there in RECEIVED[here].split()), (here, there)


@pytest.mark.parametrize(("state", "send", "acknowledge", "answer", "wanted"), ALARMS)
def test_what_is_amiss(state, send, acknowledge, answer, wanted):
    assert alarm_of(state, TIMES[send], TIMES[acknowledge], TIMES[answer], NOW) == wanted


@pytest.mark.django_db
def test_the_database_finds_the_same_alarms(cast):
    incident = reported(cast)
    with cast.wall_of(cast.lead):
        for state, send, acknowledge, answer, wanted in ALARMS:
            row = Referral.objects.create(
                agency=cast.agency,
                incident=incident,
                to="ceop",
                to_name="CEOP",
                state=state,
                sent_at=None if state == "drafted" else EARLIER,
                send_due_at=TIMES[send],
                acknowledge_due_at=TIMES[acknowledge],
                answer_due_at=TIMES[answer],
            )
            found = [alarm for alarm in Alarm if Referral.objects.filter(in_alarm(alarm, NOW), pk=row.pk).exists()]
            assert found == ([wanted] if wanted else []), (state, send, acknowledge, answer)
            assert Referral.objects.filter(in_any_alarm(NOW), pk=row.pk).exists() == bool(wanted)
        assert Referral.objects.filter(Q(state__in=WAITING)).count() == 7


@pytest.mark.parametrize("pack", ["england-2026", "becta-2008"])
def test_how_long_a_referral_may_wait_is_content(pack):
    assert send_by(pack, "police-999", NOW) - NOW == timedelta(hours=1)
    acknowledge, answer = wait_until(pack, "social-care-duty-team", NOW)
    assert acknowledge - NOW == timedelta(hours=4)
    assert answer - NOW == timedelta(days=3)  # one working day, over a weekend
    assert wait_until(pack, "provider-desk", NOW)[0] - NOW == timedelta(days=3)
    assert clock_of(pack, "", handed_on=True).id == "agencies"
    assert clock_of(pack, "anything").id == "usual"


def test_a_pack_without_clocks_takes_a_working_day():
    assert clock_of("none", "police-999") is None
    assert wait_until("none", "police-999", NOW)[0] - NOW == timedelta(days=3)
