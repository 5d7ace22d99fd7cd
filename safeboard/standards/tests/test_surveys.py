from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.models import Entry
from safeboard.core.unseen import COUNTER
from safeboard.outbox.clocks import REGISTRY
from safeboard.outbox.models import Message
from safeboard.standards.choices.surveys import Acted, SurveyState
from safeboard.standards.errors import Refused
from safeboard.standards.models import Heard, StaffView, Survey, SurveyReply, SurveyResult, SurveyWords
from safeboard.standards.operations import surveys as do
from safeboard.standards.qr import code_of
from safeboard.standards.queries import surveys as reads
from safeboard.standards.tests.surveys import (
    CHILD,
    STAFF,
    Someone,
    begun,
    counted,
    figures,
    link_of,
    officer,
    published,
    replies,
    writes,
)

pytestmark = pytest.mark.django_db
TRACES = {"REMOTE_ADDR": "198.51.100.77", "HTTP_USER_AGENT": "zqagentqz", "HTTP_COOKIE": "sessionid=zqsessionqz"}


@pytest.fixture(autouse=True)
def nobody_was_here():
    COUNTER.forget()


def address(cast, survey, agency=None):
    return f"/survey/{link_of(cast, survey, agency).token}/"


def through(someone, survey):
    """From the first screen to the thanks, the first answer ticked on each."""
    someone.open()
    page = someone.say()
    for question in survey.questions:
        codes = [code for code, _words in question["answers"]]
        page = someone.say(**{question["id"]: codes[0] if codes else "More clubs"}, do="on")
    return page


def test_a_child_answers_one_question_a_screen_and_leaves_no_trace(cast):
    survey = published(cast)
    child = Someone(address(cast, survey), Client(), **TRACES)
    page = through(child, survey)
    assert "Thank you" in page
    assert "zqsessionqz" not in page
    assert dict(child.answer.cookies) == {}
    with cast.wall_of(cast.board_officer):
        reply = SurveyReply.objects.get()
        assert reply.answers["access"] == ["phone"]
        assert "change" not in reply.answers
        assert SurveyWords.objects.get().text == "More clubs"
        columns = {field.name for model in (SurveyReply, SurveyWords) for field in model._meta.concrete_fields}
    assert columns.isdisjoint({"at", "made_at", "ip", "agent", "cookie", "created"})
    assert not Entry.objects.filter(verb__contains="answer").exists()


def test_going_back_and_skipping_keep_what_was_ticked(cast):
    survey = published(cast)
    child = Someone(address(cast, survey))
    child.open()
    child.say()
    child.say(access=["phone", "tablet"], do="on")
    page = child.say(do="back")
    assert page.count("checked") == 2
    page = child.say(access=["phone"], do="on")
    assert "Question 2 of 8" in page


def test_the_same_reply_sent_twice_is_one_and_odd_answers_are_not_kept(cast):
    survey = published(cast, STAFF)
    staff = Someone(address(cast, survey))
    page = staff.open()
    assert "What is kept of me?" in page
    first = staff.page
    staff.say(policy="yes", lead="bogus", do="on")
    assert staff.answer.status_code == 200
    staff.page = first
    staff.say(policy="yes", do="on")
    staff.page = first
    staff.say(policy="no", do="on")
    with cast.wall_of(cast.board_officer):
        assert [row.answers for row in SurveyReply.objects.all()] == [{"policy": ["yes"]}]


def test_one_answer_a_device_by_a_cookie_that_is_the_same_for_everybody(cast):
    survey = published(cast, one_a_device=True)
    marks = []
    for _ in range(2):
        child = Someone(address(cast, survey), Client())
        assert "small mark on this phone" in child.open()
        through(child, survey)
        cookie = child.answer.cookies["answered"]
        assert (cookie["httponly"], cookie["path"]) == (True, child.address)
        marks.append(cookie.value)
        assert "answered here already" in child.open()
    assert marks[0] == marks[1]
    other = published(cast, one_a_device=True)
    child = Someone(address(cast, other), HTTP_COOKIE=f"answered={marks[0]}")
    assert "answered here already" not in child.open()


def test_limits_lose_nothing(cast, monkeypatch):
    from safeboard.standards.views import surveys_public

    monkeypatch.setattr(surveys_public, "SENDS", {"each": 1, "in_all": 9})
    survey = published(cast, STAFF)
    for expected in (200, 429):
        staff = Someone(address(cast, survey))
        staff.open()
        page = staff.say(policy="yes", gap="Training", do="on")
        assert staff.answer.status_code == expected
    assert "What you said is still here" in page
    assert "Training" in page


def test_it_opens_and_closes_by_its_days(cast):
    today = timezone.localdate()
    later = published(cast, opens_on=today + timedelta(days=2), closes_on=today + timedelta(days=9))
    assert "not open yet" in Someone(address(cast, later)).open()
    over = published(cast, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    assert "is closed" in Someone(address(cast, over)).open()
    assert REGISTRY["standards.surveys"].job() == 1
    with cast.wall_of(cast.board_officer):
        assert Survey.objects.get(pk=over.pk).state == SurveyState.COUNTED
        assert SurveyResult.objects.get(survey=over).answers == 0
    assert Client().get("/survey/nobody-made-this-one/").status_code == 404
    draft = begun(cast)
    with cast.wall_of(cast.board_officer):
        assert not draft.links.exists()
        with pytest.raises(Refused):
            do.publish_survey(by=officer(cast), survey=later)


def test_help_and_a_way_out_stand_on_childrens_pages(cast):
    survey = published(cast)
    child = Someone(address(cast, survey))
    for page in (child.open(), child.say()):
        assert "Leave this page fast" in page
        assert "0800 1111" in page
        assert "999" in page
    assert "Leave this page fast" not in Someone(address(cast, published(cast, STAFF))).open()


def test_small_counts_are_hidden_and_nothing_is_shown_of_fewer_than_six(cast):
    survey = published(cast)
    replies(cast, survey, 20, profile="yes", know="yes", access="phone tablet")
    replies(cast, survey, 3, profile="no", know="yes", access="phone")
    result = counted(cast, survey)
    assert result.answers == 23
    assert figures(result, "profile") == {"yes": "c", "no": "c", "not-sure": 0}
    assert figures(result, "know") == {"yes": 23, "no": 0, "not-sure": 0}
    assert figures(result, "access")["phone"] == 23
    assert figures(result, "access")["tablet"] == "c"  # three did not tick it
    few = published(cast)
    replies(cast, few, 4, profile="yes")
    result = counted(cast, few)
    assert result.answers == "c"
    assert set(figures(result, "profile").values()) == {":"}


def test_it_is_counted_once_and_while_it_runs_only_about_how_many(cast):
    survey = published(cast)
    replies(cast, survey, 23, know="yes")
    with cast.wall_of(cast.board_officer):
        assert reads.about_how_many(survey).shown == "20"
    result = counted(cast, survey)
    replies(cast, survey, 10, know="no")
    assert counted(cast, survey).tables == result.tables
    with cast.wall_of(cast.board_officer), pytest.raises(Refused):
        do.arrange_questions(by=officer(cast), survey=survey, at=0, do="remove")


def test_a_repetition_is_compared_with_the_time_before(cast):
    first = published(cast)
    replies(cast, first, 30, know="yes")
    before = counted(cast, first)
    today = timezone.localdate()
    with cast.wall_of(cast.board_officer):
        again = do.repeat_survey(by=officer(cast), survey=first, opens_on=today, closes_on=today)
        do.publish_survey(by=officer(cast), survey=again)
    replies(cast, again, 40, know="yes")
    result = counted(cast, again)
    assert result.before_id == before.pk
    with cast.wall_of(cast.board_officer):
        know = next(one for one in reads.found(SurveyResult.objects.get(pk=result.pk)) if "know how" in one.question)
    assert (know.lines[0].count.shown, know.lines[0].before.shown) == ("40", "30")


def test_what_most_of_five_staff_say_is_a_word_for_the_board_and_that_agency(cast):
    survey = published(cast, STAFF, by_agency=True)
    replies(cast, survey, 4, cast.agency.pk, policy="yes", lead="yes")
    replies(cast, survey, 3, cast.agency.pk, policy="no", lead="yes")
    replies(cast, survey, 4, cast.other_agency.pk, policy="no")
    counted(cast, survey)
    with cast.wall_of(cast.board_officer):
        said = {(one.agency_id, one.question): one.agree for one in StaffView.objects.all()}
    assert said[cast.agency.pk, "policy"] is False  # four of seven
    assert said[cast.agency.pk, "lead"] is True
    assert {agency for agency, _question in said} == {cast.agency.pk}  # four answers of the other say nothing
    with cast.wall_of(cast.lead):
        assert StaffView.objects.count() == len(said)
    with cast.wall_of(cast.other_lead):
        assert StaffView.objects.count() == 0
    with cast.wall_of(cast.staff):
        assert Survey.objects.count() == SurveyReply.objects.count() == 0


def test_own_words_are_the_officers_alone_and_acting_on_them_is_noted(cast, mailoutbox):
    survey = published(cast)
    writes(cast, survey, "zqhelpqz someone hurts me")
    writes(cast, survey, "zqhelpqz again")
    told = Message.objects.filter(kind="survey-words")
    assert {row.to for row in told} == {cast.board_officer, cast.board_manager}  # once a day each
    assert not any("zqhelpqz" in row.body + row.subject for row in told)
    client = cast.client_for(cast.board_officer)
    page = client.get(f"/standards/surveys/{survey.pk}/words/")
    assert "zqhelpqz someone" in page.content.decode()
    assert (
        Entry.objects.filter(object_type="standards.survey", object_id=survey.pk, person=cast.board_officer).count() > 2
    )
    with cast.wall_of(cast.board_officer):
        one = SurveyWords.objects.first()
    client.post(f"/standards/surveys/{survey.pk}/words/{one.pk}/", {f"w{one.pk}-acted": "passed-on"})
    with cast.wall_of(cast.board_officer):
        assert SurveyWords.objects.get(pk=one.pk).acted == Acted.PASSED_ON
    for person, status in (("subgroup_member", 403), ("board_inspector", 403), ("lead", 403)):
        assert cast.client_for(cast.people[person]).get(f"/standards/surveys/{survey.pk}/words/").status_code == status


def test_you_said_we_did_is_read_by_all_who_have_the_link(cast):
    survey = published(cast)
    replies(cast, survey, 12, know="yes")
    result = counted(cast, survey)
    by = officer(cast)
    with cast.wall_of(cast.board_officer):
        with pytest.raises(Refused):
            do.publish_result(by=by, result=result)
        for _ in range(2):
            do.say_heard(
                by=by, result=result, said="Clubs", did="Two clubs began", came="done", form_key=survey.form_key
            )
        assert Heard.objects.count() == 1
    assert "Two clubs began" not in Someone(address(cast, survey)).open()
    with cast.wall_of(cast.board_officer):
        do.publish_result(by=by, result=result)
    page = Someone(address(cast, survey)).open()
    assert "Two clubs began" in page
    assert "12 people answered" in page
    assert (
        "Two clubs began" in cast.client_for(cast.lead).get(f"/standards/surveys/results/{result.pk}/").content.decode()
    )


def test_a_board_writes_its_own_questions_and_sees_how_they_read(cast):
    client = cast.client_for(cast.board_officer)
    survey = begun(cast)
    url = f"/standards/surveys/{survey.pk}/"
    hard = (
        "Approximately how frequently do you encounter inappropriate communications originating from unidentified "
        "accounts?"
    )
    client.post(f"{url}questions/add/", {"question": hard, "asks": "one", "answers": "Often\nSometimes\nOften\n"})
    with cast.wall_of(cast.board_officer):
        one = Survey.objects.get(pk=survey.pk).questions[-1]
    assert one["answers"] == [["a1", "Often"], ["a2", "Sometimes"]]
    assert "Hard for those you ask" in client.get(url).content.decode()
    client.post(f"{url}questions/8/", {"question": "How often?", "asks": "one", "answers": "Never\nOften"})
    with cast.wall_of(cast.board_officer):
        changed = Survey.objects.get(pk=survey.pk).questions[-1]
    assert changed["id"] == one["id"]
    assert changed["answers"] == [["a3", "Never"], ["a1", "Often"]]  # an id is never given to other words
    few = client.post(f"{url}questions/add/", {"question": "Why?", "asks": "one", "answers": "Only one"})
    assert "two to twelve" in few.content.decode()
    client.post(f"{url}questions/8/arrange/", {"do": "remove"})
    with cast.wall_of(cast.board_officer):
        assert len(Survey.objects.get(pk=survey.pk).questions) == 8


def test_the_pages_of_the_board(cast, django_assert_max_num_queries):
    survey = published(cast, STAFF, by_agency=True)
    client = cast.client_for(cast.board_manager)
    with django_assert_max_num_queries(40):
        page = client.get(f"/standards/surveys/{survey.pk}/").content.decode()
    assert cast.agency.name in page
    assert cast.other_agency.name in page
    assert client.get("/standards/surveys/").status_code == 200
    assert client.get(f"/standards/surveys/{survey.pk}/publish/").status_code == 200
    assert client.get(f"/standards/surveys/{survey.pk}/close/").status_code == 200
    with cast.wall_of(cast.board_officer):
        link = survey.links.first()
    poster = client.get(f"/standards/surveys/{survey.pk}/poster/{link.pk}/")
    assert poster.status_code in (200, 202)
    new = client.post("/standards/surveys/new/", {"begun": "own-staff", "title": "", "opens_on_day": "1"})
    assert "Write what the survey is called" in new.content.decode()


def test_who_may(cast):
    survey = begun(cast)
    for person in ("subgroup_member", "board_inspector", "lead", "administrator", "other_board_officer"):
        access = cast.access_for(cast.people[person])
        with wall.open_for(boards=[cast.board.pk]), pytest.raises(PermissionDenied):
            do.publish_survey(by=access, survey=survey)


def test_a_code_holds_the_address_with_a_quiet_zone():
    code = code_of("https://safe.example.org/survey/abc/")
    assert code.size > 29
    assert code.path.startswith("M4 4h7")


def test_every_survey_of_the_packs_can_be_begun(cast):
    for item in (CHILD, "parents-online", STAFF):
        survey = begun(cast, item)
        found = [reads.reading(survey.audience, reads.texts_of(one)) for one in survey.questions]
        assert [one for one in found if one and one.hard] == []


def test_staff_are_asked_what_a_review_asks_their_lead(cast):
    review = next(one for one in reads.reviews_to_ask(cast.board.pack) if one.id == "leeds-self-review")
    today = timezone.localdate()
    with cast.wall_of(cast.board_officer):
        survey = do.begin_survey(
            by=officer(cast), board=cast.board, review=review, title="Leeds", opens_on=today, closes_on=today
        )
    assert survey.audience == "staff"
    assert [one["same_as"] for one in survey.questions] == [["leeds-self-review", one.id] for one in review.questions()]
    page = cast.client_for(cast.board_officer).get("/standards/surveys/new/").content.decode()
    assert "same-leeds-self-review" in page
