"""The made-up board's plan at work: asked, accepted, declined, done, late, moved, passed on; its time and money."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.core.roles import Role
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Membership
from safeboard.strategy import operations as plan
from safeboard.strategy.choices import Means
from safeboard.strategy.models import Action, Objective
from safeboard.strategy.operations.money import keep_resource
from safeboard.strategy.queries.money import year_of

from .county import County

# Title, days from now until it is expected, what becomes of it.
OWN = (
    ("Write to every head teacher about who leads on e-safety", -9, "late"),
    ("Bring governors together for an evening on filtering", 25, "risk"),
    ("Put the list of helplines on the board’s website", 40, "moved"),
    ("Agree with the police how images are reported", -20, "done"),
    ("Look at the figures of the last quarter together", 60, "open"),
)
ASKED = (
    ("Name a second person to ring when the lead is away", 30, "yes"),
    ("Show the board your acceptable-use policy", 45, "no"),
    ("Train reception staff in what to do when a child tells", 75, "silent"),
    ("Check the filter against the board’s four criteria", 20, "done"),
)
MONEY = (
    ("A film made by young people", Means.MONEY, "The council’s grant", 4000, 2500, 900),
    ("Trainers for school staff", Means.MONEY, "Schools’ forum", 6500, 6500, 3100),
    ("Working group on guidance", Means.TIME, "Agencies of the board", 24, 15, 6),
    ("The e-safety officer", Means.TIME, "The council", 110, 110, 58),
)


def make_plan(county: County) -> int:
    """Fill the board's plan; gives how many actions it has then."""
    held = Membership.objects.filter(board=county.board, role=Role.ESAFETY_OFFICER).earliest("pk")
    by = partnership.access_of(held.person, chosen=f"board-{county.board.pk}")
    with wall.open_for(**partnership.scopes(by)):
        objectives = _objectives(by)
        for number, (title, days, fate) in enumerate(OWN):
            _own(by, county, objectives[number % len(objectives)], title, days, fate)
        asked = [_ask(by, county, *row) for row in ASKED]
        starts_on = timezone.localdate() - timedelta(days=30)
        plan.add_chain(by=by, board=county.board, chain="guidance", about="Guidance on pictures", starts_on=starts_on)
        _money(by, objectives)
    for action, (_title, _days, fate) in zip(asked, ASKED, strict=True):
        _answer(action, fate)
    with wall.open_for(**partnership.scopes(by)):
        return Action.objects.count()


def _objectives(by: Access) -> list[Objective]:
    """The first objectives of the plan; two of our own where no strategy gave it any."""
    found = list(Objective.objects.filter(board_id=by.board_id)[:4])
    if not found:
        priority = plan.add_priority(by=by, title="Everybody knows what to do")
        titles = ("Every agency has a lead and a second person", "Every child knows whom to tell")
        found = [plan.add_objective(by=by, title=title, priority=priority) for title in titles]
    return found


def _own(by: Access, county: County, objective: Objective, title: str, days: int, fate: str) -> None:
    """One of the board's own."""
    today = timezone.localdate()
    due_on, starts_on = today + timedelta(days=days), today - timedelta(days=60)
    action = plan.raise_action(
        by=by,
        title=title,
        board=county.board,
        owner=by.person,
        due_on=due_on,
        starts_on=starts_on,
        objective=objective,
    )
    half = plan.add_milestone(by=by, action=action, title="Words agreed", due_on=min(due_on, today - timedelta(days=5)))
    if fate != "risk":
        plan.reach_milestone(by=by, milestone=half)
    if fate == "moved":
        plan.redate_action(by=by, action=action, due_on=due_on + timedelta(days=30), why="The new website comes first.")
    if fate == "done":
        plan.add_note(by=by, action=action, text="Met twice. They will give us one number for all schools.")
        plan.finish_action(by=by, action=action, evidence="Agreement signed; in the board’s papers of this month.")


def _ask(by: Access, county: County, title: str, days: int, fate: str) -> Action:
    """One that is asked of an agency with a lead."""
    agency = next(one for one in county.agencies[ASKED.index((title, days, fate)) :] if _lead(one.pk))
    due_on = timezone.localdate() + timedelta(days=days)
    action = plan.raise_action(by=by, title=title, board=county.board, agency=agency, due_on=due_on)
    if fate == "silent":
        Action.objects.filter(pk=action.pk).update(answer_by=timezone.localdate() - timedelta(days=2))
    return action


def _lead(agency_id: int) -> Access | None:
    """The agency's lead, as they act there."""
    person = partnership.holders(agency_id, Role.AGENCY_LEAD).first()
    return partnership.access_of(person, chosen=f"agency-{agency_id}") if person else None


def _answer(action: Action, fate: str) -> None:
    """What the agency says, and does."""
    lead = _lead(action.agency_id or 0)
    if lead is None or fate == "silent":
        return
    with wall.open_for(**partnership.scopes(lead)):
        if fate == "no":
            plan.decline_action(by=lead, action=action, answer="Our governors review the policy in spring, not before.")
            return
        plan.accept_action(by=lead, action=action, owner=lead.person)
        if fate == "done":
            plan.finish_action(by=lead, action=action, evidence="Test of last week: all four criteria met.")


def _money(by: Access, objectives: list[Objective]) -> None:
    for number, (title, means, source, asked, committed, spent) in enumerate(MONEY):
        given = {"title": title, "means": means, "source": source, "year": year_of()}
        given |= {"asked": asked, "committed": committed, "spent": spent}
        keep_resource(by=by, given={**given, "objective": objectives[number % len(objectives)]})
