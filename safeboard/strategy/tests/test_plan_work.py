"""Work on actions: answers of agencies, dates and reasons, milestones, chains, files, people who leave, reminders."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from safeboard.core import history
from safeboard.core.roles import Role
from safeboard.core.wall import Reach
from safeboard.documents.files import CannotScan, Found
from safeboard.outbox.models import Message
from safeboard.outbox.queries import names_of
from safeboard.partnership.models import Membership
from safeboard.strategy import clocks, operations
from safeboard.strategy.choices import State
from safeboard.strategy.errors import Refused
from safeboard.strategy.models import Action, ActionNote, Milestone, Objective, WaitsFor
from safeboard.strategy.tests.factories import make_action, make_objective
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def officer(cast: Cast):
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


@pytest.fixture
def lead(cast: Cast):
    with cast.wall_of(cast.lead):
        yield cast.access_for(cast.lead)


# What an agency answers ---------------------------------------------------------------------------------------


def test_an_agency_accepts_and_says_who_sees_to_it(cast: Cast, lead):
    action = make_action(cast.board, agency=cast.agency)
    done = operations.accept_action(by=lead, action=action, owner=cast.staff, answer="Gladly")
    assert (done.state, done.owner, done.answered_by, done.answered_on) == (
        State.ACCEPTED,
        cast.staff,
        cast.lead,
        today(),
    )


def test_an_agency_declines_with_a_reason_and_may_come_round(cast: Cast, lead):
    action = make_action(cast.board, agency=cast.agency)
    with pytest.raises(Refused, match="Say why"):
        operations.decline_action(by=lead, action=action, answer=" ")
    assert operations.decline_action(by=lead, action=action, answer="No money this year").state == State.DECLINED
    assert operations.accept_action(by=lead, action=action).state == State.ACCEPTED
    with pytest.raises(PermissionDenied):
        operations.decline_action(by=lead, action=action, answer="After all not")


def test_nobody_answers_for_another_place(cast: Cast):
    action = make_action(cast.board, agency=cast.agency)
    for person in (cast.board_officer, cast.staff, cast.inspector):
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            operations.accept_action(by=cast.access_for(person), action=action)
    with cast.wall_of(cast.other_lead), pytest.raises(Action.DoesNotExist):
        operations.accept_action(by=cast.access_for(cast.other_lead), action=action)


def test_the_board_drops_what_it_asked_for_with_a_reason(cast: Cast, officer):
    action = make_action(cast.board, agency=cast.agency)
    with pytest.raises(Refused, match="Say why"):
        operations.drop_action(by=officer, action=action, why="")
    assert operations.drop_action(by=officer, action=action, why="Overtaken by the new contract").state == State.DROPPED


# Dates ----------------------------------------------------------------------------------------------------------


def test_a_date_moves_only_with_a_reason_and_the_first_is_kept(cast: Cast, officer):
    action = make_action(cast.board, days=10)
    with pytest.raises(Refused, match="Say why the date moves"):
        operations.redate_action(by=officer, action=action, due_on=today(40), why="")
    first = action.due_on
    row = operations.redate_action(by=officer, action=action, due_on=today(40), why="The printer closed")
    row = operations.redate_action(by=officer, action=row, due_on=today(50), why="And again")
    assert (row.first_due_on, row.due_on) == (first, today(50))
    assert [(one.before, one.after) for one in row.redatings.all()] == [(today(40), today(50)), (first, today(40))]
    assert "printer" not in str([entry.facts for entry in history.of(row)])


def test_the_board_cannot_move_a_date_of_an_agency(cast: Cast, officer):
    action = make_action(cast.board, agency=cast.agency)
    with pytest.raises(PermissionDenied):
        operations.redate_action(by=officer, action=action, due_on=today(40), why="We need it later")


def test_a_milestone_outside_the_action_is_refused_and_the_date_cannot_move_before_one(cast: Cast, officer):
    action = make_action(cast.board, days=10)
    with pytest.raises(Refused, match="expected by"):
        operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(11))
    with pytest.raises(Refused, match="begins on"):
        operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(-40))
    made = operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(9))
    with pytest.raises(Refused, match="“Draft” is due on"):
        operations.redate_action(by=officer, action=action, due_on=today(5), why="Sooner")
    operations.reach_milestone(by=officer, milestone=made)
    assert operations.redate_action(by=officer, action=action, due_on=today(5), why="Sooner").due_on == today(5)


def test_a_milestone_is_ticked_off_and_back_and_the_same_form_is_one(cast: Cast, officer):
    action, key = make_action(cast.board), uuid4()
    one = operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(5), form_key=key)
    assert operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(5), form_key=key) == one
    assert operations.reach_milestone(by=officer, milestone=one).done_on == today()
    assert operations.reach_milestone(by=officer, milestone=one, reached=False).done_on is None
    moved = operations.change_milestone(by=officer, milestone=one, title="First draft", due_on=today(8))
    assert (moved.title, moved.due_on, moved.first_due_on) == ("First draft", today(8), today(5))


def test_progress_is_noted_by_who_works_on_it(cast: Cast):
    action = make_action(cast.board, agency=cast.agency, owner=cast.staff, state=State.ACCEPTED)
    with cast.wall_of(cast.staff):
        by = cast.access_for(cast.staff)
        operations.add_note(by=by, action=action, text="Half of them have answered")
        with pytest.raises(Refused, match="Write what was done"):
            operations.add_note(by=by, action=action, text=" ")
        assert ActionNote.objects.get().by == cast.staff
        with pytest.raises(PermissionDenied):
            operations.redate_action(by=by, action=action, due_on=today(50), why="Busy")


def test_what_is_closed_is_not_changed(cast: Cast, officer):
    action = make_action(cast.board, state=State.DROPPED)
    for call in (
        lambda: operations.redate_action(by=officer, action=action, due_on=today(40), why="Later"),
        lambda: operations.add_milestone(by=officer, action=action, title="Draft", due_on=today(5)),
        lambda: operations.change_action(by=officer, action=action, given={"title": "Another"}),
    ):
        with pytest.raises(Refused, match="closed"):
            call()


def test_changing_the_objective_changes_who_reads_it(cast: Cast, officer):
    action = make_action(cast.board)
    given = {"objective": make_objective(cast.board), "title": "Write to all", "state": State.DONE}
    row = operations.change_action(by=officer, action=action, given=given)
    assert (row.reach, row.title, row.state) == (Reach.EVERYBODY, "Write to all", State.OPEN)


# What waits for what ------------------------------------------------------------------------------------------------


def test_a_circle_is_refused_and_named(cast: Cast, officer):
    draft, consult, ratify = (make_action(cast.board, title=title) for title in ("Draft", "Consult", "Ratify"))
    operations.wait_for(by=officer, action=consult, first=draft)
    operations.wait_for(by=officer, action=ratify, first=consult)
    with pytest.raises(Refused) as refused:
        operations.wait_for(by=officer, action=draft, first=ratify)
    loop = "“Draft”, which waits for “Ratify”, which waits for “Consult”, which waits for “Draft”"
    assert loop in str(refused.value)
    with pytest.raises(Refused, match="“Draft”, which waits for “Draft”"):
        operations.wait_for(by=officer, action=draft, first=draft)
    assert WaitsFor.objects.count() == 2


def test_an_action_is_not_done_before_what_it_waits_for(cast: Cast, officer):
    draft, consult = make_action(cast.board, title="Draft"), make_action(cast.board, title="Consult")
    wait = operations.wait_for(by=officer, action=consult, first=draft)
    with pytest.raises(Refused, match="waits for “Draft”"):
        operations.finish_action(by=officer, action=consult, evidence="Minutes")
    operations.stop_waiting(by=officer, wait=wait)
    assert operations.finish_action(by=officer, action=consult, evidence="Minutes").state == State.DONE


def test_an_action_of_another_plan_or_a_closed_one_is_not_waited_for(cast: Cast, officer):
    action, closed = make_action(cast.board), make_action(cast.board, state=State.DROPPED)
    with pytest.raises(Refused, match="closed"):
        operations.wait_for(by=officer, action=action, first=closed)
    with pytest.raises(Action.DoesNotExist):
        operations.wait_for(by=officer, action=action, first=make_action(cast.other_board))


def test_a_chain_of_steps_is_added_in_one_go_each_waiting_for_the_one_before(cast: Cast, officer):
    given = {"board": cast.board, "chain": "guidance", "about": "Practice guidance", "starts_on": today()}
    key = uuid4()
    steps = operations.add_chain(by=officer, form_key=key, **given)
    assert operations.add_chain(by=officer, form_key=key, **given) == steps
    assert [step.title.partition(": ")[2][:10] for step in steps] == [
        "ask for it",
        "bring a wo",
        "write the ",
        "consult th",
        "redraft by",
        "have the b",
        "send it to",
    ]
    waits = set(WaitsFor.objects.values_list("action_id", "first_id"))
    assert waits == {(later.pk, before.pk) for before, later in pairwise(steps)}
    assert all(later.starts_on > before.due_on for before, later in pairwise(steps))


# Evidence -------------------------------------------------------------------------------------------------------


def test_a_file_is_evidence_and_kept_once(cast: Cast, officer):
    action = make_action(cast.board)
    kept = [
        operations.add_proof(by=officer, action=action, name="a.pdf", content=PDF, scanner=lambda _bytes: Found.NOTHING)
        for _ in range(2)
    ]
    assert (kept[0], kept[0].media_type, kept[0].scanned) == (kept[1], "application/pdf", True)
    assert operations.take_proof(by=officer, file=kept[0]) == PDF
    assert operations.finish_action(by=officer, action=action).state == State.DONE


def _away(_content: bytes) -> Found:
    raise CannotScan


@pytest.mark.parametrize(
    ("name", "content", "scanner", "words"),
    [
        ("a.pdf", PDF, lambda _content: Found.MALWARE, "something harmful"),
        ("a.pdf", PDF, _away, "does not answer"),
        ("a.exe", b"MZ\x00\x01", lambda _content: Found.NOTHING, "."),
    ],
)
def test_a_file_that_is_not_taken(cast: Cast, officer, name, content, scanner, words: str):
    action = make_action(cast.board)
    with pytest.raises(Refused, match=words):
        operations.add_proof(by=officer, action=action, name=name, content=content, scanner=scanner)
    assert action.actionfiles.count() == 0


# People who leave -----------------------------------------------------------------------------------------------


def leave(person) -> None:
    Membership.objects.filter(person=person).update(ended_at=timezone.now())


def test_an_action_of_somebody_who_left_goes_to_the_lead_and_says_so(cast: Cast):
    theirs = make_action(cast.board, agency=cast.agency, owner=cast.staff, state=State.ACCEPTED)
    stays = make_action(cast.board, agency=cast.agency, owner=cast.lead, state=State.ACCEPTED)
    own = make_action(cast.board, owner=cast.subgroup_member)
    assert clocks.watch_leavers() == 0
    leave(cast.staff)
    leave(cast.subgroup_member)
    assert clocks.watch_leavers() == 2
    assert clocks.watch_leavers() == 0
    with cast.wall_of(cast.lead):
        row = Action.objects.get(pk=theirs.pk)
        assert (row.owner, row.owner_role, row.left, row.passed_on) == (None, Role.AGENCY_LEAD, cast.staff, today())
        assert Action.objects.get(pk=stays.pk).left is None
    with cast.wall_of(cast.board_officer):
        assert Action.objects.get(pk=own.pk).owner_role == Role.ESAFETY_OFFICER
    told = Message.objects.filter(kind="action-passed-on")
    assert {one.to for one in told} == {cast.lead, cast.board_officer, cast.board_manager}
    assert row.title not in "".join(one.subject + one.body for one in told)


# Reminders ------------------------------------------------------------------------------------------------------


def told(kind: str = "action-due") -> list[tuple[str, str]]:
    return [
        (one.to.name, one.subject.partition(" ")[2][:9]) for one in Message.objects.filter(kind=kind).order_by("pk")
    ]


def test_who_answers_is_reminded_before_and_after_the_day_once(cast: Cast):
    make_action(cast.board, owner=cast.board_manager, days=5)
    make_action(cast.board, owner=cast.board_manager, days=30)
    make_action(cast.board, agency=cast.agency, owner_role=Role.DESIGNATED_OFFICER, state=State.ACCEPTED, days=-1)
    make_action(cast.board, agency=cast.agency, answer_by=today(-1), days=20)
    make_action(cast.board, days=-3, state=State.DONE, done_on=today(-5))
    assert clocks.watch_dates() == 3
    assert clocks.watch_dates() == 0
    people = sorted(one.to.name for one in Message.objects.filter(kind="action-due"))
    assert people == [cast.board_manager.name, cast.designated_officer.name, cast.lead.name]


def test_what_stays_late_is_said_again_after_a_fortnight(cast: Cast):
    action = make_action(cast.board, owner=cast.board_manager, days=-20, late_on=today(-13))
    assert clocks.watch_dates() == 0
    with cast.wall_of(cast.board_officer):
        Action.objects.filter(pk=action.pk).update(late_on=today(-14))
    assert clocks.watch_dates() == 1


def test_reminders_wait_for_the_digest_and_name_nothing(cast: Cast, settings):
    settings.EMAIL_HOST = "mail.example.org"
    action = make_action(cast.board, owner=cast.board_manager, days=-1)
    clocks.watch_dates()
    message = Message.objects.get(kind="action-due")
    assert (message.quiet, timezone.localtime(message.not_before).weekday() < 5) == (True, True)
    assert action.title not in message.subject + message.body


def test_the_page_of_messages_names_the_action_to_whoever_may_know_of_it_here(cast: Cast):
    action = make_action(cast.board, owner=cast.board_manager, days=-1, title="Print the poster anew")
    clocks.watch_dates()
    message = Message.objects.get(kind="action-due")
    pages = [reverse("outbox:messages"), reverse("outbox:message", args=[message.pk])]
    client = cast.client_for(cast.board_manager)
    assert [action.title in client.get(one).content.decode() for one in pages] == [True, True]
    with cast.wall_of(cast.lead):
        access = cast.access_for(cast.lead)
        assert names_of(access, [message]) == {}, "it is for somebody else"
        message.to = cast.lead
        assert names_of(access, [message]) == {}, "no action of the board's own is named in an agency"


# Objectives -----------------------------------------------------------------------------------------------------


def test_priorities_and_objectives_are_numbered_and_end(cast: Cast, officer):
    first = operations.add_priority(by=officer, title="Policies")
    second = operations.add_priority(by=officer, title="Training")
    assert (first.number, second.number) == (1, 2)
    objective = operations.add_objective(by=officer, title="All governors are trained", priority=second)
    assert str(Objective.objects.select_related("priority").get(pk=objective.pk)) == "2.1 All governors are trained"
    action = make_action(cast.board, objective=objective)
    with pytest.raises(Refused, match="still owed"):
        operations.end_objective(by=officer, objective=objective)
    operations.drop_action(by=officer, action=action, why="Not now")
    operations.end_objective(by=officer, objective=objective)
    assert Objective.objects.get(pk=objective.pk).retired_on == today()


def test_an_agency_keeps_no_board_s_plan(cast: Cast, lead):
    with pytest.raises(PermissionDenied):
        operations.add_priority(by=lead, title="Ours")


def test_milestones_and_notes_are_behind_the_wall_with_their_action(cast: Cast):
    alone = make_action(cast.board, agency=cast.agency, state=State.OPEN, reach=Reach.AGENCY)
    Milestone.objects.create(action=alone, title="Draft", due_on=today(), first_due_on=today())
    with cast.wall_of(cast.board_officer):
        assert Milestone.objects.count() == 0
    with cast.wall_of(cast.lead):
        assert Milestone.objects.count() == 1
