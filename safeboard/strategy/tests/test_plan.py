"""Actions: raised, asked of agencies, done with evidence, read by whom."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from safeboard.core import history
from safeboard.core.roles import Role
from safeboard.core.wall import Reach, open_for
from safeboard.incidents.models import NearMiss
from safeboard.strategy import operations, queries
from safeboard.strategy.choices import Colour, State
from safeboard.strategy.errors import Refused
from safeboard.strategy.models import Action
from safeboard.strategy.rules import colour_of
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def soon(days=30):
    return timezone.localdate() + timedelta(days=days)


def seen(cast: Cast, person) -> set[str]:
    """The titles of the actions that somebody may know of."""
    with cast.wall_of(person):
        return {one.title for one in queries.visible_to(cast.access_for(person))}


def raise_for(cast: Cast, person, **given):
    usual = {"title": "Write to every head teacher", "board": cast.board, "due_on": soon()}
    with cast.wall_of(person):
        return operations.raise_action(by=cast.access_for(person), **usual | given)


def test_a_board_s_own_action_is_open_at_once_and_keeps_its_first_date(cast: Cast):
    action = raise_for(cast, cast.board_officer, owner=cast.board_manager, why="Half of them have no lead")
    assert (action.state, action.first_due_on, action.answer_by) == (State.OPEN, action.due_on, None)
    assert history.of(action).first().verb == "strategy.raised"
    assert "Half" not in str(history.of(action).first().facts)


def test_an_action_on_an_agency_is_a_request_with_a_date_to_answer_by(cast: Cast):
    action = raise_for(cast, cast.board_officer, agency=cast.agency, owner_role=Role.AGENCY_LEAD)
    assert (action.state, action.answer_by) == (State.ASKED, soon(14))


def test_what_an_agency_raises_for_itself_is_open_at_once_and_the_board_sees_it(cast: Cast):
    action = raise_for(cast, cast.lead, agency=cast.agency, title="Train the governors")
    assert (action.state, action.reach) == (State.OPEN, Reach.BOARD)
    assert seen(cast, cast.board_officer) == {"Train the governors"}


def test_the_same_form_twice_is_one_action(cast: Cast):
    key = uuid4()
    first, second = (raise_for(cast, cast.board_officer, form_key=key) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["staff", "inspector", "board_inspector", "administrator"])
def test_who_may_not_raise_one(cast: Cast, name: str):
    with pytest.raises(PermissionDenied):
        raise_for(cast, getattr(cast, name), agency=cast.agency)


def test_neither_board_nor_agency_raises_in_another_s_place(cast: Cast):
    with pytest.raises(PermissionDenied):
        raise_for(cast, cast.other_board_officer)
    with pytest.raises(PermissionDenied):
        raise_for(cast, cast.lead, agency=cast.other_agency)
    with pytest.raises(PermissionDenied):
        raise_for(cast, cast.lead)


def test_an_agency_that_does_not_sit_in_the_board_cannot_be_asked(cast: Cast):
    with pytest.raises(Refused, match="does not sit in this board"):
        raise_for(cast, cast.board_officer, agency=cast.far_agency)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts_on": soon(40)}, "before it begins"),
        ({"due_on": soon(9000)}, "Check the year"),
        ({"owner_role": Role.AGENCY_LEAD}, "held elsewhere"),
    ],
)
def test_what_is_refused(cast: Cast, given, words: str):
    with pytest.raises(Refused, match=words):
        raise_for(cast, cast.board_officer, **given)


def test_who_sees_to_it_must_hold_a_role_there(cast: Cast):
    with pytest.raises(Refused, match="must hold a role there"):
        raise_for(cast, cast.board_officer, owner=cast.lead)
    with pytest.raises(Refused, match="must hold a role there"):
        raise_for(cast, cast.lead, agency=cast.agency, owner=cast.leaver)


def test_an_objective_of_another_board_is_refused(cast: Cast):
    with pytest.raises(Refused, match="not in this plan"):
        raise_for(cast, cast.board_officer, objective=make_objective(cast.other_board))


# Who reads it -------------------------------------------------------------------------------------------------


def test_who_reads_which_action(cast: Cast):
    objective = make_objective(cast.board)
    rows = {
        "of the plan": {"objective": objective, "reach": Reach.EVERYBODY},
        "of the board alone": {},
        "asked of one": {"agency": cast.agency},
        "of its staff": {"agency": cast.agency, "owner": cast.staff, "state": State.ACCEPTED},
        "of one alone": {"agency": cast.agency, "reach": Reach.AGENCY, "state": State.OPEN},
        "asked of another": {"agency": cast.other_agency},
    }
    for title, given in rows.items():
        make_action(cast.board, title=title, **given)
    make_action(cast.other_board, title="elsewhere")
    assert seen(cast, cast.board_officer) == set(rows) - {"of one alone"}
    assert seen(cast, cast.board_inspector) == set(rows) - {"of one alone"}
    assert seen(cast, cast.lead) == {"of the plan", "asked of one", "of its staff", "of one alone"}
    assert seen(cast, cast.staff) == {"of the plan", "of its staff"}
    assert seen(cast, cast.colleague) == {"of the plan"}
    assert seen(cast, cast.other_lead) == {"of the plan", "asked of another"}
    assert seen(cast, cast.far_lead) == set()
    assert seen(cast, cast.administrator) == set()
    assert seen(cast, cast.other_board_officer) == {"elsewhere"}


def test_the_wall_itself_refuses_and_hides(cast: Cast):
    make_action(cast.board, agency=cast.agency, reach=Reach.AGENCY, state=State.OPEN)
    with pytest.raises(ScopeError):
        Action.objects.count()
    with open_for():
        assert Action.objects.count() == 0
    with open_for(boards=[cast.board.pk], shared=[cast.board.pk]):
        assert Action.objects.count() == 0
    with open_for(casework=[cast.other_agency.pk], shared=[cast.board.pk]):
        assert Action.objects.count() == 0
    with open_for(casework=[cast.agency.pk]):
        assert Action.objects.count() == 1


# What it came from --------------------------------------------------------------------------------------------


def test_an_action_is_tied_to_what_it_came_from_on_both_ends(cast: Cast):
    objective = make_objective(cast.board)
    action = raise_for(cast, cast.board_officer, source=objective, source_title="Objective 1.1", source_url="/plan/")
    with cast.wall_of(cast.board_officer):
        assert queries.actions_of(objective) == [action]


def test_what_comes_from_casework_stays_with_its_agency(cast: Cast):
    near_miss = NearMiss.objects.create(agency=cast.agency, what="Nearly", reported_by=cast.staff)
    action = raise_for(cast, cast.lead, agency=cast.agency, source=near_miss)
    assert action.reach == Reach.AGENCY
    assert seen(cast, cast.board_officer) == set()
    with cast.wall_of(cast.board_officer):
        assert queries.actions_of(near_miss) == []


# Done ---------------------------------------------------------------------------------------------------------


def test_it_is_done_only_with_evidence_and_whoever_waits_for_it_is_told(cast: Cast, monkeypatch):
    told = []
    monkeypatch.setattr("safeboard.strategy.operations.plan_done._TOLD", {})
    operations.when_done("strategy.objective", lambda **given: told.append(given))
    objective = make_objective(cast.board)
    action = raise_for(cast, cast.board_officer, source=objective)
    by = cast.access_for(cast.board_officer)
    with cast.wall_of(cast.board_officer):
        with pytest.raises(Refused, match="how one can tell"):
            operations.finish_action(by=by, action=action, evidence="  ")
        done = operations.finish_action(by=by, action=action, evidence="Letter of 3 May, in the board's file")
        operations.finish_action(by=by, action=action, evidence="again")
    assert (done.state, done.done_on) == (State.DONE, timezone.localdate())
    assert [(one["action"], one["source_id"]) for one in told] == [(action, objective.pk)]


def test_a_request_cannot_be_done_before_it_was_accepted_nor_by_the_board(cast: Cast):
    action = raise_for(cast, cast.board_officer, agency=cast.agency)
    with cast.wall_of(cast.lead), pytest.raises(Refused, match="Nobody has taken"):
        operations.finish_action(by=cast.access_for(cast.lead), action=action, evidence="Done")
    with cast.wall_of(cast.board_officer), pytest.raises(PermissionDenied):
        operations.finish_action(by=cast.access_for(cast.board_officer), action=action, evidence="Done")


DAY = timezone.localdate()


@pytest.mark.parametrize(
    ("state", "due", "milestone", "colour"),
    [
        (State.OPEN, 1, None, Colour.GREEN),
        (State.OPEN, 0, 0, Colour.GREEN),
        (State.OPEN, 1, -1, Colour.AMBER),
        (State.OPEN, -1, -1, Colour.RED),
        (State.ACCEPTED, -1, None, Colour.RED),
        (State.ASKED, 1, None, Colour.NONE),
        (State.ASKED, -1, None, Colour.RED),
        (State.DECLINED, -1, None, Colour.NONE),
        (State.DONE, -9, None, Colour.DONE),
        (State.DROPPED, -9, None, Colour.NONE),
    ],
)
def test_red_amber_and_green_are_set_by_rules(state, due, milestone, colour):
    day = None if milestone is None else DAY + timedelta(days=milestone)
    assert colour_of(state=state, due_on=DAY + timedelta(days=due), milestone_due=day, today=DAY) == colour
