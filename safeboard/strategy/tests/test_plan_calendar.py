"""The calendar feed: what it shows to whom, its secret, its limit, its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from safeboard.core.unseen import COUNTER
from safeboard.core.wall import Reach
from safeboard.strategy import operations
from safeboard.strategy.choices import State
from safeboard.strategy.models import CalendarLink, Milestone
from safeboard.strategy.tests.factories import make_action
from safeboard.strategy.views import plan_calendar
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture(autouse=True)
def fresh_counter():
    COUNTER.forget()


def link_for(cast: Cast, person) -> str:
    with cast.wall_of(person):
        return f"/strategy/calendar/{operations.make_calendar_link(by=cast.access_for(person))}.ics"


def events(path: str) -> dict[str, object]:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["SUMMARY"]): one["DTSTART"].dt for one in found}


def test_it_shows_what_is_the_person_s_own_with_its_days_without_signing_in(cast: Cast):
    own = make_action(cast.board, agency=cast.agency, owner=cast.staff, state=State.ACCEPTED, title="Train; all, of us")
    Milestone.objects.create(action=own, title="Booked", due_on=day(3), first_due_on=day(3))
    make_action(cast.board, agency=cast.agency, owner=cast.lead, state=State.ACCEPTED, title="Of the lead")
    make_action(cast.board, agency=cast.agency, owner=cast.staff, state=State.DONE, done_on=day(), title="Done")
    assert events(link_for(cast, cast.staff)) == {"Train; all, of us": day(10), "Booked (milestone)": day(3)}


def test_what_came_from_casework_is_not_named(cast: Cast):
    alone = make_action(
        cast.board, agency=cast.agency, owner=cast.staff, state=State.OPEN, reach=Reach.AGENCY, title="After the film"
    )
    Milestone.objects.create(action=alone, title="Talk to Kim", due_on=day(3), first_due_on=day(3))
    assert events(link_for(cast, cast.staff)) == {"An action of Alder Bank School": day(10)}


def test_only_a_digest_is_kept_and_a_new_link_ends_the_old(cast: Cast):
    first, second = link_for(cast, cast.staff), link_for(cast, cast.staff)
    secret = second.split("/")[-1].removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(list(CalendarLink.objects.values()))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert CalendarLink.objects.get(revoked_at=None).last_used_on == day()


def test_a_wrong_or_revoked_link_and_one_of_a_closed_account_give_nothing(cast: Cast):
    path = link_for(cast, cast.staff)
    assert Client().get("/strategy/calendar/wrong.ics").status_code == 404
    cast.staff.is_active = False
    cast.staff.save()
    assert Client().get(path).status_code == 404
    cast.staff.is_active = True
    cast.staff.save()
    with cast.wall_of(cast.staff):
        operations.revoke_calendar_link(by=cast.access_for(cast.staff))
    assert Client().get(path).status_code == 404


def test_somebody_who_left_sees_nothing_of_the_agency(cast: Cast):
    make_action(cast.board, agency=cast.agency, owner=cast.staff, state=State.ACCEPTED)
    path = link_for(cast, cast.staff)
    cast.staff.memberships.update(ended_at=timezone.now())
    assert events(path) == {}


def test_asking_too_often_is_refused(cast: Cast, monkeypatch):
    monkeypatch.setitem(plan_calendar.ASKS, "each", 2)
    path = link_for(cast, cast.staff)
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_the_page_shows_the_address_once_and_lets_it_end(cast: Cast):
    client = cast.client_for(cast.staff)
    assert "Make a link" in client.get("/strategy/calendar/").content.decode()
    assert ".ics</code>" in client.post("/strategy/calendar/").content.decode()
    page = client.get("/strategy/calendar/").content.decode()
    assert ".ics" not in page
    assert "Make a new link" in page
    client.post("/strategy/calendar/end/")
    assert CalendarLink.objects.filter(revoked_at=None).count() == 0
