"""Rounds and returns: sent once, filled in by several, read only when sent, sent back, moderated, accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from safeboard.core.wall import Reach
from safeboard.outbox.models import Message
from safeboard.partnership.models import Setting
from safeboard.standards import operations, pictures
from safeboard.standards.asking import Told
from safeboard.standards.choices import AnswerState, GapState, Origin, Stand
from safeboard.standards.errors import Refused
from safeboard.standards.models import Answer, DraftAnswer, Gap, Return, Round, RoundAgency, StaffView, SurveyResult
from safeboard.standards.operations.telling import ROUNDS, remind, tell_agencies
from safeboard.standards.queries import answers, reading
from safeboard.standards.queries import returns as returning
from safeboard.standards.queries import rounds as rounding
from safeboard.standards.queries.accepted import accepted_scores
from safeboard.standards.queries.surveys import staff_say
from safeboard.standards.standing import of_rounds
from safeboard.strategy import operations as strategy
from safeboard.strategy import queries as plan

from .rounds import Play, filled_in, return_for, submitted
from .surveys import STAFF, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(cast) -> Play:
    return Play(cast)


def test_a_round_goes_to_its_agencies_once(play):
    round_ = play.send()
    with play.as_board():
        operations.send_round(by=play.officer, round_=round_)
        assert RoundAgency.objects.filter(round=round_).count() == 2
        assert RoundAgency.objects.filter(round=round_).values_list("asked", flat=True)[0] == 14


def test_nobody_else_sends_one(play, cast):
    for name in ("subgroup_member", "board_inspector", "lead", "administrator"):
        person = getattr(cast, name)
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            operations.make_round(by=cast.access_for(person), pack="england-2026", review="maturity", given={})


def test_a_round_to_nobody_or_past_its_day_is_not_sent(play):
    with play.as_board():
        today = timezone.localdate()
        given = {"title": "A", "opens_on": today - timedelta(days=9), "due_on": today - timedelta(days=2)}
        made = operations.make_round(by=play.officer, pack="england-2026", review="maturity", given=given)
        with pytest.raises(Refused, match="nobody is asked"):
            operations.send_round(by=play.officer, round_=made)
        operations.choose_agencies(
            by=play.officer, round_=made, agencies=[play.cast.agency.pk, play.cast.far_agency.pk]
        )
        made.refresh_from_db()
        assert made.chosen == [play.cast.agency.pk]
        with pytest.raises(Refused, match="has passed"):
            operations.send_round(by=play.officer, round_=made)


def test_each_lead_is_written_to_once_and_reminded_before_the_day_and_after(play):
    round_ = play.send()
    with play.as_board():
        assert tell_agencies(by=ROUNDS, round_=round_) == 2
        assert tell_agencies(by=ROUNDS, round_=round_) == 0
        assert Message.objects.filter(kind="round", to=play.cast.lead).count() == 1
        assert remind(by=ROUNDS, round_=round_) == 0
        RoundAgency.objects.filter(round=round_).update(told_at=timezone.now() - timedelta(days=20))
        round_.due_on = timezone.localdate() + timedelta(days=3)
        assert remind(by=ROUNDS, round_=round_) == 2
        assert remind(by=ROUNDS, round_=round_) == 0
        RoundAgency.objects.filter(round=round_).update(reminded_on=timezone.localdate() - timedelta(days=9))
        round_.due_on = timezone.localdate() - timedelta(days=5)
        assert remind(by=ROUNDS, round_=round_) == 2


def test_not_delivered_is_not_overdue(play, cast):
    from safeboard.partnership.models import Membership

    Membership.objects.filter(agency=cast.other_agency).update(ended_at=timezone.now())
    round_ = play.send()
    with play.as_board():
        tell_agencies(by=ROUNDS, round_=round_)
        lines = {line.agency: line for line in rounding.lines_of(play.officer, round_)}
        assert (lines["Alder Bank School"].delivered, lines["Alder Bank School"].late) == (True, False)
        assert (lines["Brookside Youth Trust"].delivered, lines["Brookside Youth Trust"].late) == (False, False)
        Message.objects.filter(to=cast.lead).update(state="failed", failed_at=timezone.now())
        assert not next(
            line for line in rounding.lines_of(play.officer, round_) if line.agency == "Alder Bank School"
        ).delivered


def test_late_ones_stand_first(play, cast):
    round_ = play.send()
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    with play.as_board():
        round_.due_on = timezone.localdate() - timedelta(days=3)
        lines = rounding.lines_of(play.officer, round_)
        assert [(line.agency, line.late_days) for line in lines] == [
            ("Brookside Youth Trust", 3),
            ("Alder Bank School", 0),
        ]


def test_what_is_being_written_is_closed_to_the_board(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = filled_in(play.lead, return_for(round_, cast.agency.pk), dangers="red")
        assert DraftAnswer.objects.filter(of=row).count() == 14
    with play.as_board():
        place = play.place(round_)
        assert DraftAnswer.objects.filter(of=row).count() == 0
        assert (place.stand, place.answered, place.gaps, place.score) == (Stand.PART_DONE, 14, 0, None)
        assert reading.paper_of(play.officer, place)["parts"] == []


def test_an_agency_never_sees_anothers(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = submitted(play.lead, return_for(round_, cast.agency.pk))
    with cast.wall_of(cast.other_lead):
        assert list(Return.objects.filter(pk=row.pk)) == []
        assert list(Answer.objects.all()) == []
        with pytest.raises(PermissionDenied):
            operations.save_answers(by=play.other_lead, row=row, given={})


def test_what_the_register_knows_and_last_time_only_stand_ready(play, cast):
    Setting._base_manager.filter(agency=cast.agency).update(acceptable_use="yes", filtering_plan="unknown")
    first = play.send(review="bromley-audit")
    with play.as_lead():
        row = return_for(first, cast.agency.pk)
        operations.begin_return(by=play.lead, row=row)
        drafts = returning.drafts_of(row)
        assert (drafts["manager"].words, drafts["manager"].origin) == ("Lena Lead", Origin.REGISTER)
        assert (drafts["aup"].value, drafts["aup"].state) == ("yes", AnswerState.TO_CONFIRM)
        far = returning.whole(returning.review_in(row), drafts)
        assert (far.answered, far.to_confirm) == (0, 4)
        with pytest.raises(Refused, match="still open"):
            operations.submit_return(by=play.lead, row=row)
        operations.save_answers(by=play.lead, row=row, given={}, confirmed=["aup"])
        assert returning.drafts_of(row)["aup"].state == AnswerState.GIVEN
        submitted(play.lead, row, monitored="no")
    second = play.send(review="bromley-audit", title="A year later")
    with play.as_lead():
        row = return_for(second, cast.agency.pk)
        operations.begin_return(by=play.lead, row=row)
        ready = returning.drafts_of(row)["monitored"]
        assert (ready.value, ready.state, ready.origin) == ("no", AnswerState.TO_CONFIRM, Origin.LAST_TIME)


def test_of_two_who_write_the_second_is_told(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = return_for(round_, cast.agency.pk)
        operations.begin_return(by=play.lead, row=row)
        operations.save_answers(by=play.lead, row=row, given={"dangers": Told(value="red", seen=0)})
        head = cast.access_for(cast.responsible_person)
        theirs = operations.save_answers(by=head, row=row, given={"dangers": Told(value="green", seen=0)})
        assert theirs["dangers"].value == "red"
        again = {"dangers": Told(value="green", seen=theirs["dangers"].edition)}
        assert operations.save_answers(by=head, row=row, given=again) == {}
        assert returning.drafts_of(row)["dangers"].value == "green"


def test_a_follow_up_is_asked_only_after_its_answer(play, cast):
    round_ = play.send(review="bromley-audit")
    with play.as_lead():
        row = return_for(round_, cast.agency.pk)
        operations.begin_return(by=play.lead, row=row)
        review = returning.review_in(row)
        before = returning.whole(review, returning.drafts_of(row)).asked
        operations.save_answers(by=play.lead, row=row, given={"policy": Told(value="yes")})
        assert returning.whole(review, returning.drafts_of(row)).asked == before + 4
        operations.save_answers(by=play.lead, row=row, given={"policy": Told(value="no", seen=1)})
        assert returning.whole(review, returning.drafts_of(row)).asked == before


@pytest.mark.parametrize(("question", "value"), [("dangers", "purple"), ("nowhere", "red")])
def test_what_is_no_answer_is_left_out(play, cast, question, value):
    round_ = play.send()
    with play.as_lead():
        row = return_for(round_, cast.agency.pk)
        operations.begin_return(by=play.lead, row=row)
        operations.save_answers(by=play.lead, row=row, given={question: Told(value=value)})
        assert returning.drafts_of(row) == {}


def test_only_the_lead_or_whoever_is_responsible_sends_it(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = filled_in(play.lead, return_for(round_, cast.agency.pk))
        with pytest.raises(PermissionDenied):
            operations.submit_return(by=cast.access_for(cast.infrastructure), row=row)
        with pytest.raises(PermissionDenied):
            operations.save_answers(by=cast.access_for(cast.inspector), row=row, given={})


def test_sent_back_mended_and_accepted(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = submitted(play.lead, return_for(round_, cast.agency.pk), dangers="red")
    with play.as_board():
        with pytest.raises(Refused, match="what more"):
            operations.send_back(by=play.officer, place=play.place(round_), remarks=" ")
        operations.send_back(by=play.officer, place=play.place(round_), remarks="Say how.", more=["dangers", "no-such"])
        assert play.place(round_).more == ["dangers"]
        assert Message.objects.filter(kind="round-back", to=cast.lead).count() == 1
        with pytest.raises(Refused, match="does not lie"):
            operations.accept(by=play.officer, place=play.place(round_))
    with play.as_lead():
        again = Told(value="amber", words="By the new plan", seen=1)
        operations.save_answers(by=play.lead, row=row, given={"dangers": again})
        operations.submit_return(by=play.lead, row=row)
        assert [one.value for one in Answer.objects.filter(question="dangers").order_by("pk")] == ["red", "amber"]
    with play.as_board():
        operations.accept(by=play.officer, place=play.place(round_))
        assert play.place(round_).stand == Stand.ACCEPTED
    with play.as_lead(), pytest.raises(Refused, match="No board waits"):
        operations.save_answers(by=play.lead, row=row, given={"dangers": Told(value="green", seen=2)})


def test_the_boards_other_view_stands_beside_what_was_said(play, cast):
    round_ = play.send()
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    with play.as_board():
        place = play.place(round_)
        assert place.score == 100
        with pytest.raises(Refused, match="Say why"):
            operations.moderate(by=play.officer, place=place, question="dangers", value="red", reason="")
        operations.moderate(by=play.officer, place=place, question="dangers", value="red", reason="Nothing shows it")
        operations.accept(by=play.officer, place=place)
        place = play.place(round_)
        line = reading.line_of(play.officer, place, "dangers")
        assert (line.answer.value, line.held, line.gap.state) == ("green", "red", GapState.OPEN)
        assert (place.score, place.gaps) == (93, 1)
        held = answers.answers_for_indicator(
            board_id=cast.board.pk, pack="england-2026", review="leeds-self-review", question="dangers"
        )
        assert [(one.value, one.figure, one.gap, one.moderated) for one in held.values()] == [("red", 0.0, True, True)]
        assert accepted_scores(cast.board.pk, ["leeds-self-review"]) == {cast.agency.pk: 93}


def test_a_number_is_seen_otherwise_and_words_are_not(play, cast):
    round_ = play.send(review="monitoring-dataset")
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    with play.as_board():
        place = play.place(round_)
        lines = [line for part in reading.paper_of(play.officer, place)["parts"] for line in part.lines]
        number = next(line.question for line in lines if line.question.asks == "number")
        words = next(line.question for line in lines if not line.may_be_seen_otherwise)
        given = {"by": play.officer, "place": place, "reason": "Two were closed"}
        with pytest.raises(Refused, match="no answer to this question"):
            operations.moderate(**given, question=number.id, value="many")
        with pytest.raises(Refused, match="stays as the agency wrote it"):
            operations.moderate(**given, question=words.id, value="Other words")
    client = cast.client_for(cast.board_officer)
    address = reverse("standards:place-view", args=[round_.pk, place.pk, number.id])
    assert "Write a number in figures" in client.post(address, {"value": "ten", "reason": "Why"}).content.decode()
    assert client.post(address, {"value": "10.5", "reason": "Two were closed"}).status_code == 302
    assert client.get(address.replace(number.id, words.id)).status_code == 404
    with play.as_board():
        line = reading.line_of(play.officer, place, number.id)
        assert (line.answer.value, line.held) == ("12", "10.5")


def test_where_the_lead_is_green_and_most_staff_are_not_the_board_reads_it_beside_the_answer(play, cast):
    review = {"item": "leeds-self-review", "asked": "dangers"}
    round_ = play.send(review=review["item"])
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    survey = begun(cast, STAFF, by_agency=True)
    with play.as_board():
        result = SurveyResult.objects.create(board=cast.board, survey=survey, title="Staff", audience="staff")
        given = {"board": cast.board, "result": result, "question": "q1", "review": review["item"], "agree": False}
        StaffView.objects.create(agency=cast.agency, reach=Reach.BOARD, asked=review["asked"], **given)
        place = play.place(round_)
    page = cast.client_for(cast.board_officer).get(reverse("standards:place", args=[round_.pk, place.pk]))
    words = page.content.decode()
    assert words.count("most do not say so") == 1
    assert words.count("They differ") == 1
    with play.as_board():
        other = play.place(round_, cast.other_agency)
        assert staff_say(play.officer, cast.board.pk, other.agency_id, review["item"]) == {}


def test_nothing_counts_for_indicators_before_it_is_accepted(play, cast):
    round_ = play.send()
    with play.as_lead():
        submitted(play.lead, return_for(round_, cast.agency.pk))
    wanted = {"board_id": cast.board.pk, "pack": "england-2026", "review": "leeds-self-review", "question": "dangers"}
    with play.as_board():
        assert answers.answers_for_indicator(**wanted) == {}
        operations.accept(by=play.officer, place=play.place(round_))
        yesterday = timezone.localdate() - timedelta(days=1)
        assert [one.value for one in answers.answers_for_indicator(**wanted).values()] == ["green"]
        assert answers.answers_for_indicator(**wanted, until=yesterday) == {}


def test_a_gap_becomes_an_action_and_is_closed_with_it(play, cast):
    round_ = play.send()
    with play.as_lead():
        row = submitted(play.lead, return_for(round_, cast.agency.pk), dangers="red")
    with play.as_board():
        gap = Gap.objects.get(of=row)
        action = operations.raise_from_gap(
            by=play.officer,
            gap=gap,
            board=cast.board,
            title="Learn what children meet",
            due_on=timezone.localdate() + timedelta(days=60),
        )
        assert [one.pk for one in plan.actions_of(gap)] == [action.pk]
    with play.as_lead():
        assert action.agency_id == cast.agency.pk
        strategy.accept_action(by=play.lead, action=action)
        action.refresh_from_db()
        strategy.finish_action(by=play.lead, action=action, evidence="Minutes of May")
        gap.refresh_from_db()
        assert gap.state == GapState.DONE
        with pytest.raises(Refused, match="put right already"):
            operations.raise_from_gap(by=play.lead, gap=gap, board=cast.board, title="x", due_on=timezone.localdate())


def test_a_meeting_hears_what_is_owed(play):
    round_ = play.send()
    with play.as_board():
        Round.objects.filter(pk=round_.pk).update(
            opens_on=timezone.localdate() - timedelta(days=9), due_on=timezone.localdate() - timedelta(days=1)
        )
        said = [line.text for line in of_rounds(play.officer, timezone.localdate())]
        assert said == ["Spring: 0 of 2 accepted, 0 to read, 2 overdue"]
    with play.as_lead():
        assert list(of_rounds(play.lead, timezone.localdate())) == []


def test_a_closed_round_takes_nothing_more(play, cast):
    round_ = play.send()
    with play.as_board():
        operations.close_round(by=play.officer, round_=round_)
    with play.as_lead():
        row = return_for(round_, cast.agency.pk)
        with pytest.raises(Refused, match="No board waits"):
            operations.save_answers(by=play.lead, row=row, given={"dangers": Told(value="red")})


def test_evidence_is_laid_on_the_shelf_once(play, cast):
    with play.as_lead():
        first = operations.add_proof(by=play.lead, title="Policy", name="policy.txt", content=b"All of it")
        again = operations.add_proof(by=play.lead, title="The same", name="policy.txt", content=b"All of it")
        assert first.pk == again.pk
        with pytest.raises(Refused, match="Add a file"):
            operations.add_proof(by=play.lead, title="Nothing")
        with pytest.raises(Refused):
            operations.add_proof(by=play.lead, title="A programme", name="x.exe", content=b"MZ\x90\x00")
        assert operations.open_proof(by=play.lead, proof=first) == b"All of it"


def test_a_spread_is_shown_of_five_at_least():
    few, enough = answers.spread_of("a", [10, 20, 30, 40]), answers.spread_of("b", [10, 20, 30, 40, 50])
    assert (few.shown, few.scores, few.median) == (False, (), None)
    assert (enough.low, enough.median, enough.high) == (20, 30, 40)


def test_nothing_is_drawn_where_no_group_has_five(db):
    few, enough = answers.spread_of("a", [10, 20, 30, 40]), answers.spread_of("b", [10, 20, 30, 40, 50])
    empty = pictures.strip("How?", [("Few", few)], "Returns")
    assert (empty.svg, [row["count"] for row in empty.table.rows]) == ("", [4])
    drawn = pictures.strip("How?", [("Few", few), ("Many", enough)], "Returns").svg
    assert ("Many" in drawn, "Few" in drawn) == (True, False)
