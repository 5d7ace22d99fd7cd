"""A lesson becomes an action of the plan, and shows how that stands."""

from __future__ import annotations

import pytest
from django.utils import timezone

from safeboard.core.wall import Reach
from safeboard.incidents.choices import LessonKind
from safeboard.incidents.errors import NamesStand, Refused
from safeboard.incidents.operations.lesson_plan import plan_lesson
from safeboard.incidents.operations.lessons import write_lesson
from safeboard.strategy import operations as plan
from safeboard.strategy import queries as plans

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def lesson(cast, person, **given):
    usual = {"kind": LessonKind.POLICY, "what": "Ask who else uses it", "due_on": TODAY}
    with cast.wall_of(person):
        return write_lesson(by=cast.access_for(person), **usual | given)


def test_an_agency_s_lesson_becomes_its_own_action_which_the_board_does_not_meet(cast):
    client, row = cast.client_for(cast.lead), lesson(cast, cast.lead, owner=cast.staff)
    when = {"due_on_day": TODAY.day, "due_on_month": TODAY.month, "due_on_year": TODAY.year}
    page = client.post(f"/incidents/lessons/{row.key}/plan/", {"title": "Ask at each report", **when}, follow=True)
    assert "In the action plan" in page.content.decode()
    with cast.wall_of(cast.lead):
        (action,) = plans.actions_of(row)
        assert (action.agency, action.owner, action.reach) == (cast.agency, cast.staff, Reach.AGENCY)
        assert plan_lesson(by=cast.access_for(cast.lead), lesson=row, title="Again", due_on=TODAY) == action
        plan.finish_action(by=cast.access_for(cast.lead), action=action, evidence="In the form now")
    assert f'href="/incidents/lessons/{row.key}/"' in client.get(action.url).content.decode()
    assert ">Done</strong>" in client.get(f"/incidents/lessons/{row.key}/").content.decode()
    assert "Ask at each report" not in cast.client_for(cast.board_officer).get("/strategy/plan/").content.decode()


def test_a_board_s_lesson_becomes_an_action_of_the_board(cast):
    row = lesson(cast, cast.board_officer)
    with cast.wall_of(cast.board_officer):
        action = plan_lesson(by=cast.access_for(cast.board_officer), lesson=row, title="Tell all", due_on=TODAY)
    assert (action.agency, action.board) == (None, cast.board)


def test_a_lesson_from_a_concern_about_staff_and_one_that_names_somebody_are_refused(cast):
    by = cast.access_for(cast.designated_officer)
    secret = lesson(cast, cast.designated_officer, incident=allegation(cast))
    plain = lesson(cast, cast.designated_officer, incident=reported(cast))
    with cast.wall_of(cast.designated_officer):
        with pytest.raises(Refused, match="concern about staff"):
            plan_lesson(by=by, lesson=secret, title="Ask sooner", due_on=TODAY)
        with pytest.raises(NamesStand):
            plan_lesson(by=by, lesson=plain, title="Ring 01632 960123", due_on=TODAY)
