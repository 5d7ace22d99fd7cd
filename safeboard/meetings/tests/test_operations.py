"""What the subgroup can rely on: its chair, its terms, its quorum, its minutes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core.roles import Role
from safeboard.meetings import operations
from safeboard.meetings.choices import Came, InterestDone, MeetingState, Part, TermsState
from safeboard.meetings.errors import Clashed, Refused
from safeboard.meetings.models import AgendaItem, Attendance, Decision, MinuteClash, Terms
from safeboard.meetings.queries.meetings import agenda, attended, who_chairs
from safeboard.meetings.queries.members import by_aspect, chair_of, members, reader_of, work_in
from safeboard.meetings.queries.sheet import sheet_of
from safeboard.meetings.queries.terms import templates
from safeboard.meetings.tests.factories import held, item_of, partner, planned, seat, subgroup
from safeboard.outbox.models import Message
from safeboard.partnership.models import Membership, Seat
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory
from safeboard.strategy.models import Event
from safeboard.strategy.queries import actions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return cast.access_for(cast.board_officer)


@pytest.fixture
def opened(cast):
    with cast.wall_of(cast.board_officer):
        yield


# The subgroup --------------------------------------------------------------------------------------------------------


def test_the_chair_is_a_member_of_the_board(cast):
    with pytest.raises(Refused, match="must be a member of the board"):
        seat(cast, Part.CHAIR, "Lena Lead", person=cast.lead, agency=cast.agency)
    partner(cast)
    assert seat(cast, Part.CHAIR, "Lena Lead", person=cast.lead, agency=cast.agency).part == Part.CHAIR


def test_a_partner_s_name_alone_does_not_do_for_somebody_who_works_elsewhere(cast):
    partner(cast)
    with pytest.raises(Refused, match="must be a member of the board"):
        seat(cast, Part.CHAIR, "Otto Otherlead", person=cast.other_lead, agency=cast.agency)


def test_nobody_becomes_chair_by_a_change_who_could_not_be_named(cast, by):
    core = seat(cast, name="Otto Otherlead", person=cast.other_lead, agency=cast.other_agency)
    with cast.wall_of(cast.board_officer), pytest.raises(Refused, match="must be a member of the board"):
        operations.change_member(by=by, member=core, given={"part": Part.CHAIR})


def test_who_runs_the_board_may_chair_and_there_is_one_chair(cast):
    seat(cast, Part.CHAIR, "Bruno Manager", person=cast.board_manager)
    with pytest.raises(Refused, match="There is a chair"):
        seat(cast, Part.CHAIR, "Olga Officer", person=cast.board_officer)


@pytest.mark.parametrize("how", ["ended", "account", "seat", "work"])
def test_a_chair_who_leaves_leaves_the_chair_vacant_and_the_deputy_is_named(cast, by, opened, how):
    people = subgroup(cast)
    meeting = planned(cast)
    if how == "ended":
        operations.end_member(by=by, member=people["chair"], until=timezone.localdate() - timedelta(days=1))
    elif how == "account":
        cast.lead.is_active = False
        cast.lead.save()
    elif how == "seat":
        Seat.objects.filter(agency=cast.agency).update(kind="other-member")
    else:
        Membership.objects.filter(person=cast.lead).update(ended_at=timezone.now())
    found = chair_of(cast.board.pk)
    assert "no chair" in found.vacant
    assert found.leads == people["deputy"]
    chair, why = who_chairs(sheet_of(meeting))
    assert (chair, why) == (people["deputy"], found.vacant)


def test_an_agency_that_somebody_speaks_for_is_in_the_subgroup(cast, opened):
    seat(cast, agency=cast.other_agency)
    assert Seat.objects.get(agency=cast.other_agency, board=cast.board).in_subgroup


def test_an_agency_of_another_board_is_not_spoken_for(cast):
    with pytest.raises(Refused, match="does not sit in the board"):
        seat(cast, agency=cast.far_agency)


def test_a_deputy_stands_in_for_a_member_and_leaves_with_them(cast, by, opened):
    with pytest.raises(Refused, match="which member"):
        seat(cast, Part.DEPUTY, "Dora")
    core = seat(cast)
    deputy = seat(cast, Part.DEPUTY, "Dora", stands_for=core)
    operations.end_member(by=by, member=core, until=date(2026, 6, 30))
    deputy.refresh_from_db()
    assert deputy.until == date(2026, 6, 30)
    assert members(cast.board.pk) == []


def test_a_reader_keeps_nobody(cast, opened):
    for person in (cast.subgroup_member, cast.board_inspector):
        with pytest.raises(PermissionDenied):
            operations.add_member(by=cast.access_for(person), given={"part": Part.CORE, "name": "X"})


# Terms of reference and the officer's work ---------------------------------------------------------------------------


def test_terms_are_begun_written_agreed_and_kept(cast, by, opened):
    template = templates("england-2026")[0]
    first = operations.begin_terms(by=by, pack="england-2026", template=template)
    assert operations.begin_terms(by=by, pack="england-2026", template=template) == first
    rule = {"quorum_share": 60, "quorum_least": 4, "quorum_chair": False, "papers_days": 7, "page_limit": 10}
    first = operations.write_terms(by=by, terms=first, texts={"remit": "Ours"}, rule=rule, edition=1)
    with pytest.raises(Refused, match="Somebody else saved"):
        operations.write_terms(by=by, terms=first, texts={}, rule=rule, edition=1)
    operations.agree_terms(by=by, terms=first, agreed_on=date(2026, 3, 3), agreed_by="The board, item 6")
    with pytest.raises(Refused, match="agreed"):
        operations.write_terms(by=by, terms=first, texts={}, rule=rule, edition=2)
    second = operations.begin_terms(by=by, pack="england-2026", template=template)
    assert second.sections[0]["text"] == "Ours"
    operations.agree_terms(by=by, terms=second, agreed_on=date(2026, 9, 1), agreed_by="The board, item 2")
    states = list(Terms.objects.order_by("number").values_list("state", flat=True))
    assert states == [TermsState.SUPERSEDED, TermsState.AGREED]
    assert Event.objects.filter(source_type="meetings.terms").count() == 2


def test_a_year_s_work_is_counted_under_the_ten_aspects(cast, by, opened):
    for day, aspect, minutes in ((3, "training", 90), (9, "training", 30), (12, "press", 45)):
        operations.log_work(
            by=by, pack="england-2026", on=date(2026, 3, day), aspect=aspect, minutes=minutes, what="A session"
        )
    spent = by_aspect("england-2026", work_in(cast.board.pk, 2026))
    assert len(spent) == 10
    assert {one.aspect.id: one.minutes for one in spent if one.rows} == {"training": 120, "press": 45}
    with pytest.raises(Refused):
        operations.log_work(by=by, pack="england-2026", on=date(2026, 3, 3), aspect="tea", minutes=5, what="x")


# Meetings ------------------------------------------------------------------------------------------------------------


def test_invitations_go_out_once_and_a_change_is_told(cast, by, opened):
    people = subgroup(cast)
    meeting = planned(cast)
    with pytest.raises(Refused, match="Assemble the agenda"):
        operations.call_meeting(by=by, meeting=meeting)
    operations.assemble(by=by, meeting=meeting)
    assert operations.call_meeting(by=by, meeting=meeting) == 3  # three have an account
    assert operations.call_meeting(by=by, meeting=meeting) == 0
    assert Attendance.objects.filter(meeting=meeting).count() == len(people)
    operations.change_meeting(by=by, meeting=meeting, given={"where": "Room 3"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CALLED, 1)
    operations.cancel_meeting(by=by, meeting=meeting, why="Snow")
    kinds = list(Message.objects.filter(kind__startswith="meeting").values_list("kind", flat=True))
    assert [kinds.count(f"meeting-{what}") for what in ("called", "changed", "cancelled")] == [3, 3, 3]


def test_a_meeting_does_not_end_before_it_begins(cast, by, opened):
    now = timezone.now()
    with pytest.raises(Refused, match="later end"):
        operations.plan_meeting(by=by, title="Odd", starts_at=now, ends_at=now - timedelta(hours=1))


def test_a_member_answers_for_themselves_alone(cast, opened):
    people = subgroup(cast)
    meeting = planned(cast)
    member = cast.access_for(cast.subgroup_member)
    row = operations.answer_invitation(
        by=member, meeting=meeting, member=people["co-opted"], answer="apologies", deputy="Dee"
    )
    assert (row.answer, row.deputy) == ("apologies", "Dee")
    with pytest.raises(PermissionDenied):
        operations.answer_invitation(by=member, meeting=meeting, member=people["core"], answer="coming")
    with pytest.raises(PermissionDenied):
        operations.answer_invitation(
            by=cast.access_for(cast.board_inspector), meeting=meeting, member=people["core"], answer="coming"
        )


def test_the_agenda_is_assembled_in_one_click_and_again_without_losing_anything(cast, by, opened):
    subgroup(cast)
    before = held(cast, {}, days=-30)
    item = item_of(cast, before)
    late = timezone.localdate() - timedelta(days=2)
    action = operations.take_action(by=by, source=item, title="Ask the provider", due_on=late)
    meeting = planned(cast)
    count = operations.assemble(by=by, meeting=meeting)
    own = item_of(cast, meeting, "A new filter")
    kinds = list(AgendaItem.objects.filter(meeting=meeting).values_list("kind", flat=True))
    assert kinds[:3] == ["opening", "interests", "last"]
    assert kinds[-2:] == ["other", "next"]
    assert operations.assemble(by=by, meeting=meeting) == count + 1
    assert AgendaItem.objects.get(pk=own.pk).title == "A new filter"
    lines = AgendaItem.objects.get(meeting=meeting, standing="overdue-actions").lines
    assert [line["url"] for line in lines if "Ask the provider" in line["text"]] == [action.url]


def test_what_a_meeting_without_a_quorum_decided_comes_back_at_the_next(cast, by, opened):
    last = held(cast, subgroup(cast), came=1)
    operations.take_decision(by=by, item=item_of(cast, last), text="We buy it")
    meeting = planned(cast)
    operations.assemble(by=by, meeting=meeting)
    lines = AgendaItem.objects.get(meeting=meeting, kind="last").lines
    assert [(line["text"].partition(",")[0], line["figure"]) for line in lines] == [
        ("Held", ""),
        ("Decisions without a quorum", "1"),
    ]


def test_items_change_places_and_go_only_while_nothing_hangs_on_them(cast, by, opened):
    meeting = held(cast, subgroup(cast))
    first, second = item_of(cast, meeting, "One"), item_of(cast, meeting, "Two")
    operations.move_item(by=by, item=second, up=True)
    titles = list(AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True))
    assert titles == ["Two", "One"]
    operations.take_decision(by=by, item=first, text="Yes")
    with pytest.raises(Refused, match="it stays"):
        operations.remove_item(by=by, item=first)
    operations.remove_item(by=by, item=second)
    assert AgendaItem.objects.filter(meeting=meeting).count() == 1


# Quorum and interests ------------------------------------------------------------------------------------------------


def test_below_the_quorum_decisions_are_marked_and_the_mark_follows_the_attendance(cast, by, opened):
    people = subgroup(cast)  # four vote: three of them with chair or deputy chair
    meeting = held(cast, people, came=2)
    item = item_of(cast, meeting)
    decision = operations.take_decision(by=by, item=item, text="We buy it")
    assert decision.quorate is False
    assert attended(sheet_of(meeting)).quorum.needed == 3
    there = {people["core"].pk: Came.PRESENT}
    assert operations.note_attendance(by=by, meeting=meeting, came=there) is True
    decision.refresh_from_db()
    assert decision.quorate is True


def test_without_chair_and_deputy_chair_there_is_no_quorum(cast, by, opened):
    people = subgroup(cast)
    more = [seat(cast, name=f"Core {n}") for n in range(4)]
    meeting = planned(cast, days=-1)
    there = {one.pk: Came.PRESENT for one in [people["core"], people["officer"], *more]}
    assert operations.note_attendance(by=by, meeting=meeting, came=there) is False
    assert operations.note_attendance(by=by, meeting=meeting, came={people["deputy"].pk: Came.PRESENT}) is True


def test_a_member_and_their_deputy_are_one_vote(cast, by, opened):
    people = subgroup(cast)
    deputy = seat(cast, Part.DEPUTY, "Dora Deputy", stands_for=people["core"])
    meeting = planned(cast, days=-1)
    there = {one.pk: Came.PRESENT for one in (people["chair"], people["core"], deputy)}
    operations.note_attendance(by=by, meeting=meeting, came=there)
    assert attended(sheet_of(meeting)).present == 2


def test_attendance_is_noted_once_the_meeting_has_begun_and_it_stands_in_the_chronology(cast, by, opened):
    people = subgroup(cast)
    with pytest.raises(Refused, match="has not begun"):
        operations.note_attendance(by=by, meeting=planned(cast), came={people["chair"].pk: Came.PRESENT})
    meeting = held(cast, people)
    assert Event.objects.filter(source_type="meetings.meeting", source_id=meeting.pk).count() == 1


def test_who_left_the_room_gets_neither_the_minute_nor_the_decisions_of_the_item(cast, by, opened):
    people = subgroup(cast)
    meeting = held(cast, people)
    item = item_of(cast, meeting)
    operations.write_minute(by=by, item=item, text="What was said", edition=0)
    chair = cast.access_for(cast.subgroup_member)
    assert [one.open for one in agenda(chair, sheet_of(meeting))] == [True]
    operations.declare_interest(
        by=chair, meeting=meeting, member=people["co-opted"], item=item, what="I sell it", done=InterestDone.LEFT
    )
    (shown,) = agenda(chair, sheet_of(meeting))
    assert (shown.open, [one.what for one in shown.interests]) == (False, ["I sell it"])


def test_what_is_confidential_is_for_who_runs_the_board_and_voting_members(cast, opened):
    people = subgroup(cast)
    meeting = held(cast, people)
    item_of(cast, meeting, "A case", confidential=True)
    person = PersonFactory(name="Val Voter")
    MembershipFactory(person=person, role=Role.SUBGROUP_MEMBER, board=cast.board)
    voter = seat(cast, name="Val Voter", person=person)
    wanted = {cast.board_manager: True, person: True, cast.subgroup_member: False, cast.board_inspector: False}
    for somebody, may in wanted.items():
        access = cast.access_for(somebody)
        assert reader_of(access).confidential is may, somebody.name
        assert [one.open for one in agenda(access, sheet_of(meeting))] == [may]
    voter.stands_for, voter.part = people["young"], Part.DEPUTY
    voter.save()
    assert reader_of(cast.access_for(person)).confidential is False


# Minutes -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(cast):
    return held(cast, subgroup(cast))


def test_two_who_write_one_minute_at_once_lose_nothing(cast, by, opened, meeting):
    item = item_of(cast, meeting)
    operations.write_minute(by=by, item=item, text="The first text", edition=0)
    second = cast.access_for(cast.board_manager)
    for text in ("The sec", "The second text"):
        with pytest.raises(Clashed):
            operations.write_minute(by=second, item=item, text=text, edition=0)
    clash = MinuteClash.objects.get()
    item.refresh_from_db()
    assert (item.minute, clash.text, clash.by) == ("The first text", "The second text", cast.board_manager)
    with pytest.raises(Refused, match="once more"):
        operations.settle_clash(by=second, clash=clash, text="Both", edition=0)
    assert operations.settle_clash(by=second, clash=clash, text="Both", edition=1).minute == "Both"
    assert MinuteClash.objects.filter(settled_at__isnull=True).count() == 0


def test_the_same_text_again_is_no_clash(cast, by, opened, meeting):
    item = item_of(cast, meeting)
    operations.write_minute(by=by, item=item, text="Said", edition=0)
    assert operations.write_minute(by=by, item=item, text="Said", edition=0).edition == 1


def test_a_decision_becomes_an_action_of_the_plan_tied_to_it(cast, by, opened, meeting):
    item = item_of(cast, meeting)
    decision = operations.take_decision(by=by, item=item, text="Ask all schools")
    due = timezone.localdate() + timedelta(days=28)
    action = operations.take_action(by=by, source=decision, title="Write to schools", due_on=due)
    asked = operations.take_action(by=by, source=item, title="Answer", due_on=due, agency=cast.other_agency)
    assert actions_of(decision) == [action]
    assert (asked.agency, asked.state) == (cast.other_agency, "asked")
    (shown,) = agenda(by, sheet_of(meeting))
    assert {one.title for one in shown.actions} == {"Write to schools", "Answer"}
    with pytest.raises(Refused, match="does not sit"):
        operations.take_action(by=by, source=item, title="X", due_on=due, agency=cast.far_agency)


def test_minutes_are_approved_at_the_next_meeting_and_then_nothing_changes(cast, by, opened, meeting):
    people = {one.name: one for one in members(cast.board.pk)}
    item = item_of(cast, meeting)
    operations.write_minute(by=by, item=item, text="Said", edition=0)
    following = planned(cast, days=-1, title="The next one")
    with pytest.raises(Refused, match="quorum"):
        operations.approve_minutes(by=by, meeting=meeting, at=following)
    there = {one.pk: Came.PRESENT for one in people.values()}
    operations.note_attendance(by=by, meeting=following, came=there)
    with pytest.raises(Refused, match="later meeting"):
        operations.approve_minutes(by=by, meeting=following, at=meeting)
    approved = operations.approve_minutes(by=by, meeting=meeting, at=following, corrections="Name of the school")
    assert operations.is_as_approved(sheet_of(approved))
    due = timezone.localdate()
    for change in (
        lambda: operations.write_minute(by=by, item=item, text="Other", edition=1),
        lambda: operations.take_decision(by=by, item=item, text="Late"),
        lambda: operations.take_action(by=by, source=item, title="Late", due_on=due),
        lambda: operations.note_attendance(by=by, meeting=meeting, came={}),
        lambda: operations.change_item(by=by, item=item, given={"title": "Other"}),
        lambda: operations.add_item(by=by, meeting=meeting, given={"title": "Other"}),
        lambda: operations.remove_item(by=by, item=item),
        lambda: operations.cancel_meeting(by=by, meeting=meeting, why="x"),
        lambda: operations.change_meeting(by=by, meeting=meeting, given={"title": "Other"}),
        lambda: operations.approve_minutes(by=by, meeting=meeting, at=following),
    ):
        with pytest.raises(Refused, match="approved"):
            change()
    Decision.objects.create(board=cast.board, meeting=meeting, item=item, number=9, text="Slipped in")
    approved.refresh_from_db()
    assert not operations.is_as_approved(sheet_of(approved))


def test_minutes_with_two_texts_are_not_approved(cast, by, opened, meeting):
    item = item_of(cast, meeting)
    operations.write_minute(by=by, item=item, text="One", edition=0)
    with pytest.raises(Clashed):
        operations.write_minute(by=cast.access_for(cast.board_manager), item=item, text="Two", edition=0)
    following = planned(cast, days=-1)
    there = {one.pk: Came.PRESENT for one in members(cast.board.pk)}
    operations.note_attendance(by=by, meeting=following, came=there)
    with pytest.raises(Refused, match="one text of the two"):
        operations.approve_minutes(by=by, meeting=meeting, at=following)
