"""The board asks, the agency accepts, its member of staff finishes with evidence, and the plan shows each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from safeboard.strategy.choices import State
from safeboard.strategy.models import Action, Milestone
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walker, Walking


def day(walker: Walker, question: str, days: int) -> Walker:
    """Write a day so many days from now."""
    when = timezone.localdate() + timedelta(days=days)
    for name, figure in (("Day", when.day), ("Month", when.month), ("Year", when.year)):
        walker.write(name, str(figure), among=question)
    return walker


def some_plan(cast: Cast) -> None:
    """A few actions beside the one that the journey is about."""
    objective = make_objective(cast.board)
    late = make_action(cast.board, title="Write to every head teacher", objective=objective, days=-9)
    when = timezone.localdate() - timedelta(days=20)
    Milestone.objects.create(action=late, title="Words agreed", due_on=when, first_due_on=when, done_on=when)
    make_action(cast.board, title="Show us your policy", agency=cast.other_agency, state=State.DECLINED, days=30)


def test_an_action_from_asking_to_evidence(somebody: Walking, cast: Cast, screens: Callable[..., None], way: str):
    some_plan(cast)
    officer = somebody(cast.board_officer).goto("/strategy/plan/").press("Add an action")
    officer.write("What is to be done?", "Name a second person to ring").pick(
        "Who is to do it? (optional)", cast.agency.name
    )
    day(officer, "By when?", 30).press("Add it")
    officer.sees("Asked", "None yet", cast.agency.name)
    where = officer.path

    lead = somebody(cast.lead, phone=True).goto("/").press("Name a second person to ring")
    lead.press("Answer the board").choose("Yes, we accept")
    lead.pick("If you accept: who sees to it? (optional)", cast.staff.name).press("Send the answer")
    lead.sees("The board sees your answer.", cast.staff.name)

    staff = somebody(cast.staff).goto("/strategy/plan/mine/").press("Name a second person to ring")
    staff.press("Add a milestone").write("What will have been reached?", "Asked who would")
    day(staff, "By when?", 40).press("Add the milestone")
    staff.sees("The action itself is expected by")
    day(staff, "By when?", 10).press("Add the milestone")
    staff.press("Tick off").sees("Reached")
    staff.press("Say that it is done").press("It is done").sees("Say how one can tell")
    staff.write("How can one tell that it was done?", "Minutes of the team meeting").press("It is done")
    staff.sees("Well done.", "Minutes of the team meeting")

    officer.goto("/strategy/plan/by-state/").sees("Under way", "Declined", "Name a second person to ring")
    done = officer.page.locator("section", has=officer.page.get_by_role("heading", name="Done"))
    assert "Name a second person to ring" in done.inner_text()
    officer.press("Time line").sees("1 action here is overdue or unanswered.")
    if way == MOUSE:
        screens(officer.page, "plan-time-line")
    officer.goto(where).sees("Minutes of the team meeting")
    with cast.wall_of(cast.lead):
        assert Action.objects.get(agency=cast.agency).state == State.DONE
