"""The calendar of clocks: what is due by day, late first, for those who may know of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from safeboard.incidents.choices import LessonKind
from safeboard.incidents.models import Duty, Lesson, Referral
from safeboard.incidents.queries import clocks

from .factories import CANARY, allegation, reported

pytestmark = pytest.mark.django_db


def owed(cast, incident, title, due_at, owner="designated_officer"):
    with cast.wall_of(cast.responsible_person):
        return Duty.objects.create(
            agency=cast.agency,
            incident=incident,
            key=title,
            kind="tell",
            title=title,
            owner=owner,
            due_at=due_at,
        )


def page(cast, who, query=""):
    return cast.client_for(getattr(cast, who)).get(f"/incidents/calendar/{query}").content.decode()


@pytest.fixture
def incident(cast):
    made = reported(cast)
    with cast.wall_of(cast.lead):
        Duty.objects.all().delete()
    return made


def test_a_month_holds_whole_weeks_from_monday():
    span = clocks.month_of(date(2026, 3, 17))
    assert (span.first, span.before, span.after) == (date(2026, 3, 1), date(2026, 2, 1), date(2026, 4, 1))
    assert (span.days[0], span.days[-1], len(span.days)) == (date(2026, 2, 23), date(2026, 4, 5), 42)
    assert span.title == "March 2026"
    assert not span.holds(date(2026, 2, 28))


def test_a_week_begins_on_monday():
    span = clocks.week_of(date(2026, 3, 1))
    assert (span.days[0], span.days[-1]) == (date(2026, 2, 23), date(2026, 3, 1))
    assert span.after == date(2026, 3, 2)


def test_what_is_due_stands_on_its_day_and_what_is_late_first(cast, checked_client, incident):
    owed(cast, incident, "Ring home", timezone.now() + timedelta(minutes=1))
    owed(cast, incident, "Long ago", timezone.now() - timedelta(days=400))
    checked_client.cookies = cast.client_for(cast.designated_officer).cookies
    for query in ("", "?by=week"):
        shown = checked_client.get(f"/incidents/calendar/{query}").content.decode()
        assert "Ring home" in shown
        assert shown.index("Long ago") < shown.index("Ring home")
        assert "late by 13 months" in shown
        assert incident.reference in shown
        assert CANARY not in shown
    assert "Ring home" not in page(cast, "designated_officer", "?day=2020-01-01")


def test_mine_and_everybodys(cast, incident):
    owed(cast, incident, "For the lead", timezone.now() + timedelta(hours=1), owner="agency_lead")
    assert "For the lead" not in page(cast, "designated_officer")
    assert "For the lead" in page(cast, "designated_officer", "?whose=all")
    assert "For the lead" not in page(cast, "staff", "?whose=all")
    assert "For the lead" not in page(cast, "colleague", "?whose=all")
    assert "everybody" not in page(cast, "staff")


def test_an_answer_that_no_duty_speaks_of(cast, incident):
    with cast.wall_of(cast.lead):
        Referral.objects.create(
            agency=cast.agency,
            incident=incident,
            to="ceop",
            to_name="CEOP",
            state="sent",
            sent_by=cast.lead,
            sent_at=timezone.now(),
            answer_due_at=timezone.now() + timedelta(minutes=5),
        )
    assert "Answer due from CEOP" in page(cast, "lead")
    assert "Answer due from CEOP" not in page(cast, "designated_officer")
    assert "Answer due from CEOP" in page(cast, "designated_officer", "?whose=all")


def test_nothing_of_what_one_may_not_know_of(cast):
    hidden = allegation(cast)
    owed(cast, hidden, "Ring the police", timezone.now() - timedelta(hours=1))
    for who in ("designated_officer", "lead", "other_lead", "inspector", "colleague"):
        assert "Ring the police" not in page(cast, who, "?whose=all"), who
    assert "Ring the police" in page(cast, "responsible_person", "?whose=all")


@pytest.mark.parametrize("query", ["?day=nonsense", "?day=9999-12-31", "?day=0001-01-01", "?day=2100-12-31&by=week"])
def test_odd_days_show_a_calendar(cast, query):
    assert "sb-calendar" in page(cast, "lead", query)


def test_few_queries_whatever_is_owed(cast, django_assert_max_num_queries, incident):
    for number in range(30):
        owed(cast, incident, f"Duty {number}", timezone.now() + timedelta(minutes=number))
    client = cast.client_for(cast.lead)
    client.get("/incidents/calendar/?whose=all")
    with django_assert_max_num_queries(13):
        client.get("/incidents/calendar/?whose=all")


def test_a_lesson_stands_on_its_day(cast, incident):
    today = timezone.localdate()
    with cast.wall_of(cast.lead):
        mine = {"agency": cast.agency, "incident": incident, "what": CANARY, "kind": LessonKind.values[0]}
        Lesson.objects.create(**mine, owner=cast.lead, due_on=today - timedelta(days=40))
        Lesson.objects.create(**mine, owner=cast.lead, due_on=today, done_on=today, look_on=today + timedelta(days=90))
    assert "What was learned is to be done" in page(cast, "lead")
    ahead = page(cast, "lead", f"?day={(today + timedelta(days=90)).isoformat()}")
    assert "Look back: did it work?" in ahead
    assert CANARY not in ahead
    assert "What was learned is to be done" not in page(cast, "colleague")
