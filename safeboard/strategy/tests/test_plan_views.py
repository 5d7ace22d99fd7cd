"""The pages of the plan: who sees what, how it is filtered and sorted, queries, forms."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.core.roles import Role
from safeboard.core.standing import standing_items
from safeboard.core.wall import Reach
from safeboard.strategy.choices import Colour, State
from safeboard.strategy.models import Action, Milestone, WaitsFor
from safeboard.strategy.queries.plan_counts import by_objective, counts
from safeboard.strategy.queries.plan_list import colour_is, listed
from safeboard.strategy.queries.plan_standing import colour, standing
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast
from tests.support.hostile import pdf

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def date_of(name: str, when) -> dict[str, str]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


@pytest.fixture
def officer(cast: Cast):
    return cast.client_for(cast.board_officer)


@pytest.fixture
def lead(cast: Cast):
    return cast.client_for(cast.lead)


def titles(answer) -> list[str]:
    return [action.title for action, *_rest in answer.context["rows"]]


# Lists ----------------------------------------------------------------------------------------------------------


def test_the_colour_in_the_database_is_the_colour_of_the_rules(cast: Cast):
    for state in State:
        agency = cast.agency if state in (State.ASKED, State.ACCEPTED, State.DECLINED) else None
        for days in (-1, 0, 1):
            for milestone in (None, -2, 1):
                done = {"done_on": day()} if state == State.DONE else {}
                row = make_action(cast.board, agency=agency, state=state, days=days, title=f"{state}{days}", **done)
                if milestone is not None:
                    Milestone.objects.create(action=row, title="m", due_on=day(milestone), first_due_on=day())
    with cast.wall_of(cast.board_officer):
        rows = list(listed(cast.access_for(cast.board_officer)))
        assert len(rows) == 54
        for one in Colour:
            found = set(Action.objects.filter(colour_is(one, day())).values_list("pk", flat=True))
            assert found == {row.pk for row in rows if colour(row) == one}, one


def test_the_plan_is_filtered_and_sorted(cast: Cast, officer):
    objective = make_objective(cast.board)
    make_action(cast.board, title="Bring governors together", days=5, objective=objective)
    make_action(cast.board, title="Ask for leads", agency=cast.agency, days=-2)
    make_action(cast.board, title="Copy the letter", days=9, owner=cast.board_officer)
    assert titles(officer.get("/strategy/plan/")) == ["Ask for leads", "Bring governors together", "Copy the letter"]
    assert titles(officer.get("/strategy/plan/?sort=-title"))[0] == "Copy the letter"
    assert titles(officer.get("/strategy/plan/?words=GOVERN")) == ["Bring governors together"]
    assert titles(officer.get("/strategy/plan/?whose=board&sort=title"))[1] == "Copy the letter"
    part = cast.agency.name[2:6].upper()
    assert titles(officer.get(f"/strategy/plan/?agency={part}")) == ["Ask for leads"]
    assert f'<option value="{cast.agency.name}"></option>' in officer.get("/strategy/plan/").content.decode()
    assert titles(officer.get("/strategy/plan/?colour=red")) == ["Ask for leads"]
    assert titles(officer.get(f"/strategy/plan/?objective={objective.key}")) == ["Bring governors together"]
    assert titles(officer.get("/strategy/plan/?state=owed&sort=who")) != []
    assert titles(officer.get("/strategy/plan/mine/")) == ["Copy the letter"]
    for odd in (
        "sort=xx",
        "colour=xx",
        "whose=99999999",
        "agency=%00",
        "agency=" + "x" * 90,
        "objective=1",
        "state=%00",
        "page=zz",
    ):
        assert officer.get(f"/strategy/plan/?{odd}").status_code == 200


def test_mine_and_my_agency_s(cast: Cast, lead):
    make_action(cast.board, title="By role", agency=cast.agency, owner_role=Role.AGENCY_LEAD, state=State.ACCEPTED)
    make_action(cast.board, title="Of staff", agency=cast.agency, owner=cast.staff, state=State.ACCEPTED)
    make_action(cast.board, title="Of the plan", objective=make_objective(cast.board), reach=Reach.EVERYBODY)
    make_action(cast.board, title="Of another", agency=cast.other_agency)
    assert titles(lead.get("/strategy/plan/mine/")) == ["By role"]
    assert titles(lead.get("/strategy/plan/?whose=agency&sort=title")) == ["By role", "Of staff"]
    assert titles(lead.get("/strategy/plan/?sort=title")) == ["By role", "Of staff", "Of the plan"]
    assert titles(cast.client_for(cast.staff).get("/strategy/plan/?sort=title")) == ["Of staff", "Of the plan"]


def test_the_board_by_state_shows_the_first_of_each_and_says_how_many_more(cast: Cast, officer, monkeypatch):
    monkeypatch.setattr("safeboard.strategy.queries.plan_page.COLUMN", 1)
    for number in (1, 2):
        make_action(cast.board, title=f"Own {number}", days=number)
    make_action(cast.board, agency=cast.agency, title="Asked")
    answer = officer.get("/strategy/plan/by-state/")
    columns = {
        column.state: ([one.title for one in column.actions], column.more) for column in answer.context["columns"]
    }
    assert columns["open"] == (["Own 1"], 1)
    assert columns["asked"] == (["Asked"], 0)
    assert "1 more" in answer.content.decode()


def test_how_many_stand_how_is_counted_as_each_is_said_to_stand(cast: Cast):
    """In all and below each objective: every way in which an action can stand, late or not."""
    objective = make_objective(cast.board)
    for state in State:
        for due in (-2, 2):
            for given in ({}, {"answer_by": day(-1)}, {"milestone": -1}):
                agency = cast.agency if state in (State.ASKED, State.ACCEPTED, State.DECLINED) else None
                more = {key: value for key, value in given.items() if key != "milestone"}
                done = {"done_on": day()} if state == State.DONE else {}
                row = make_action(cast.board, agency=agency, state=state, days=due, objective=objective, **more, **done)
                if "milestone" in given:
                    Milestone.objects.create(action=row, title="m", due_on=day(-1), first_due_on=day())
    with cast.wall_of(cast.board_officer):
        access = cast.access_for(cast.board_officer)
        rows = list(listed(access))
        ((_priority, (tally,)),) = by_objective(access)
        told = counts(access)
    each = Counter((how.word, how.colour) for how in map(standing, rows))
    assert {(word, colour): number for word, colour, number in tally.parts} == each
    colours = Counter(colour(row).value for row in rows)
    assert {one: told[one] for one in ("red", "amber", "green", "done")} == {
        one: colours[one] for one in ("red", "amber", "green", "done")
    }
    assert (told["unanswered"], told["declined"]) == (2, 6)


PAGES = ["plan/", "plan/mine/", "plan/by-state/", "plan/time/", "plan/objectives/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_list_asks_the_database_no_more_for_three_actions_than_for_one(cast: Cast, officer, path: str):
    def fill(number: int) -> None:
        first = None
        for one in range(number):
            objective = make_objective(cast.board, number=one + 1, title=f"{number} {one}")
            row = make_action(cast.board, objective=objective, owner=cast.board_officer, left=cast.staff)
            Milestone.objects.create(action=row, title="m", due_on=day(), first_due_on=day())
            make_action(cast.board, agency=cast.agency)
            if first:
                WaitsFor.objects.create(action=row, first=first)
            first = row

    fill(1)
    officer.get(f"/strategy/{path}")
    with CaptureQueriesContext(
        connection,
    ) as one:
        officer.get(f"/strategy/{path}")
    fill(3)
    with CaptureQueriesContext(connection) as three:
        officer.get(f"/strategy/{path}")
    assert len(three) == len(one)
    assert len(three) <= 15


# One action -----------------------------------------------------------------------------------------------------


def test_the_board_asks_the_agency_answers_and_it_is_done_with_evidence(cast: Cast, officer, lead):
    given = {"title": "Name a lead", "agency": cast.agency.pk, "why": "None is named", **date_of("due_on", day(30))}
    page = officer.post("/strategy/plan/new/", given, follow=True)
    action = page.context["action"]
    assert (action.state, action.agency) == (State.ASKED, cast.agency)
    assert "Answer the board" in lead.get(action.url).content.decode()
    assert "Answer the board" not in page.content.decode()
    answer = f"/strategy/actions/{action.key}/answer/"
    assert officer.get(answer).status_code == 403
    refused = lead.post(answer, {"said": "no"})
    assert "Say why you decline" in refused.content.decode()
    lead.post(answer, {"said": "yes", "owner": cast.staff.pk})
    staff = cast.client_for(cast.staff)
    staff.post(f"/strategy/actions/{action.key}/milestone/", {"title": "Asked round", **date_of("due_on", day(9))})
    with cast.wall_of(cast.staff):
        milestone = Milestone.objects.get()
    staff.post(f"/strategy/milestones/{milestone.key}/reached/", {"reached": "yes"})
    staff.post(f"/strategy/actions/{action.key}/note/", {"text": "Lena will do it"})
    done = f"/strategy/actions/{action.key}/done/"
    assert "Say how one can tell" in staff.post(done, {**date_of("done_on", day())}).content.decode()
    last = staff.post(done, {"evidence": "Minutes of 3 May", **date_of("done_on", day())}, follow=True)
    assert last.context["standing"].word == "Done"
    seen = officer.get(action.url).content.decode()
    for words in ("Minutes of 3 May", "Lena will do it", "Asked round"):
        assert words in seen


def test_a_decline_and_its_reason_show_to_the_board(cast: Cast, officer, lead):
    action = make_action(cast.board, agency=cast.agency)
    lead.post(f"/strategy/actions/{action.key}/answer/", {"said": "no", "answer": "We close in March"})
    page = officer.get(action.url).content.decode()
    assert "We close in March" in page
    assert "Declined" in page
    assert titles(officer.get("/strategy/plan/?state=declined")) == [action.title]


def test_a_request_past_its_day_shows_as_unanswered(cast: Cast, officer):
    make_action(cast.board, agency=cast.agency, answer_by=day(-1))
    answer = officer.get("/strategy/plan/")
    assert [one.how.word for one, _waits in answer.context["rows"]] == ["Unanswered"]
    assert answer.context["counts"]["unanswered"] == 1


def test_another_agency_s_action_is_not_there(cast: Cast, lead):
    action = make_action(cast.board, agency=cast.other_agency)
    for path in ("", "answer/", "change/", "date/", "done/", "drop/", "note/", "milestone/", "waits/", "files/"):
        assert lead.get(f"/strategy/actions/{action.key}/{path}").status_code == 404


def test_an_agency_raises_for_itself(cast: Cast, lead):
    page = lead.post("/strategy/plan/new/", {"title": "Train all", **date_of("due_on", day(30))}, follow=True)
    action = page.context["action"]
    assert (action.agency, action.state, action.board) == (cast.agency, State.OPEN, cast.board)


def test_a_date_is_moved_and_a_circle_refused_in_words(cast: Cast, officer):
    first, second = make_action(cast.board, title="Draft"), make_action(cast.board, title="Consult")
    moved = f"/strategy/actions/{first.key}/date/"
    assert "Say why the date moves" in officer.post(moved, date_of("due_on", day(60))).content.decode()
    page = officer.post(moved, {"why": "Printer closed", **date_of("due_on", day(60))}, follow=True)
    assert "Printer closed" in page.content.decode()
    officer.post(f"/strategy/actions/{second.key}/waits/", {"first": first.pk})
    answer = officer.post(f"/strategy/actions/{first.key}/waits/", {"first": second.pk})
    assert "round in a circle" in answer.content.decode()
    with cast.wall_of(cast.board_officer):
        wait = WaitsFor.objects.get()
    officer.post(f"/strategy/actions/{second.key}/waits/{wait.pk}/")
    with cast.wall_of(cast.board_officer):
        assert WaitsFor.objects.count() == 0


def test_a_file_is_added_and_read(cast: Cast, officer):
    action, content = make_action(cast.board), pdf()
    path = f"/strategy/actions/{action.key}/files/"
    assert "Choose a file" in officer.post(path, {}).content.decode()
    officer.post(path, {"file": SimpleUploadedFile("minutes.pdf", content)})
    with cast.wall_of(cast.board_officer):
        file = action.actionfiles.get()
    answer = officer.get(f"{path}{file.key}/")
    assert (answer.content, answer["Content-Disposition"]) == (content, 'attachment; filename="minutes.pdf"')
    assert "taken" in officer.post(path, {"file": SimpleUploadedFile("a.zip", b"PK\x03\x04aa")}).content.decode()


def test_what_it_came_from_is_a_link_where_it_was_raised_and_a_name_to_whom_it_asks(cast: Cast, officer, lead):
    source = {"source_title": "Decision 3 of 12 May", "source_url": "/subgroup/decisions/3/"}
    action = make_action(cast.board, agency=cast.agency, **source)
    assert 'href="/subgroup/decisions/3/"' in officer.get(action.url).content.decode()
    seen = lead.get(action.url).content.decode()
    assert "Decision 3 of 12 May" in seen
    assert "/subgroup/decisions/3/" not in seen
    own = make_action(
        cast.board, agency=cast.agency, state=State.OPEN, raised_in_kind="agency", raised_in_id=cast.agency.pk, **source
    )
    assert "Decision 3" not in officer.get(own.url).content.decode()


def test_that_somebody_left_stands_on_the_page_and_in_the_list(cast: Cast, lead):
    row = make_action(cast.board, agency=cast.agency, state=State.ACCEPTED, left=cast.leaver, passed_on=day())
    for path in (row.url, "/strategy/plan/"):
        assert "Levi Leaver" in lead.get(path).content.decode()


def test_objectives_are_kept_by_the_board_and_read_by_all(cast: Cast, officer, lead):
    officer.post("/strategy/plan/priorities/new/", {"title": "Training"})
    page = officer.post("/strategy/plan/objectives/new/", {"title": "All governors trained"}, follow=True)
    (priority, none), (_none, tallies) = page.context["groups"]
    assert (str(priority), none, [str(one.objective) for one in tallies]) == (
        "1 Training",
        [],
        ["1 All governors trained"],
    )
    objective = tallies[0].objective
    officer.post(f"/strategy/plan/objectives/{objective.key}/", {"title": "All trained", "number": "4"})
    officer.post(f"/strategy/plan/priorities/{priority.key}/", {"title": "Learning", "number": "2"})
    seen = lead.get("/strategy/plan/objectives/").content.decode()
    assert "4 All trained" in seen
    assert "2 Learning" in seen
    assert lead.get("/strategy/plan/objectives/new/").status_code == 403
    officer.post(f"/strategy/plan/objectives/{objective.key}/end/")
    assert "All trained" not in lead.get("/strategy/plan/objectives/").content.decode()


def test_ready_steps_are_added_in_one_go(cast: Cast, officer):
    given = {"chain": "guidance", "about": "Practice guidance", **date_of("starts_on", day())}
    page = officer.post("/strategy/plan/steps/", given, follow=True)
    assert page.context["total"] == 7
    assert "Practice guidance: consult the agencies" in page.content.decode()


def test_inspectors_read_and_change_nothing(cast: Cast):
    action = make_action(cast.board, agency=cast.agency, owner_role=Role.INSPECTOR, state=State.ACCEPTED)
    for person in (cast.inspector, cast.board_inspector):
        client = cast.client_for(person)
        assert client.get(action.url).status_code == 200
        for path in ("note/", "done/", "change/", "date/", "drop/", "files/", "milestone/"):
            assert client.get(f"/strategy/actions/{action.key}/{path}").status_code == 403


# Home and agenda ------------------------------------------------------------------------------------------------


def test_the_home_page_says_what_needs_whom(cast: Cast, officer, lead):
    make_action(cast.board, agency=cast.agency, title="Asked", answer_by=day(5))
    make_action(cast.board, agency=cast.agency, title="Late of staff", owner=cast.staff, state=State.ACCEPTED, days=-1)
    make_action(cast.board, agency=cast.agency, title="Of staff", owner=cast.staff, state=State.ACCEPTED, days=5)
    make_action(cast.board, agency=cast.other_agency, title="Unanswered", answer_by=day(-1))
    make_action(cast.board, agency=cast.other_agency, title="No", state=State.DECLINED, answered_on=day(-1))
    make_action(cast.board, title="Far off", owner=cast.board_officer, days=60)

    def shown(client) -> list[str]:
        return [
            row.text for part in client.get("/").context["home"].parts for row in part.rows if "/actions/" in row.href
        ]

    assert shown(lead) == ["Late of staff", "Asked"]
    assert shown(cast.client_for(cast.staff)) == ["Late of staff", "Of staff"]
    assert shown(officer) == ["Unanswered", "No"]
    assert shown(cast.client_for(cast.subgroup_member)) == []


def test_the_agenda_lists_what_is_late_and_counts_what_was_done(cast: Cast):
    make_action(cast.board, title="Late", days=-1)
    make_action(cast.board, title="Fine", days=9)
    make_action(cast.board, title="Done", state=State.DONE, done_on=day(-2))
    item = next(one for one in standing_items() if one.name == "overdue-actions")
    with cast.wall_of(cast.board_officer):
        lines = item.lines(cast.access_for(cast.board_officer), day(-30))
    assert [(line.text[:4], line.figure) for line in lines] == [("Late", ""), ("Acti", "1")]
