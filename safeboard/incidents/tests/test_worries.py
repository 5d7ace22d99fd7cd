"""Where what is sent in goes, who reads it, its clock, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history, wall
from safeboard.core.links import links_of
from safeboard.core.roles import Role
from safeboard.incidents import clocks, office, operations, receipt
from safeboard.incidents.choices import DutyKind
from safeboard.incidents.errors import FilesRefused, Refused
from safeboard.incidents.models import Draft, Duty, Incident, Worry
from safeboard.incidents.operations.voice import NOBODY, Said
from safeboard.incidents.queries import home_rows
from safeboard.incidents.queries import voice as reads
from safeboard.incidents.tests.helpers import client_of
from safeboard.incidents.tests.worries import WORDS, again, opened, sent
from safeboard.library.spoken import Office
from safeboard.outbox.models import Message
from safeboard.partnership import operations as partnership
from safeboard.partnership.tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
WEEKDAYS = Office(days=(1, 2, 3, 4, 5), opens=9, closes=17)
FIELDS = {
    "scenario": "bullying-harassment",
    "classification": "contact",
    "images": "no",
    "how_found": "told-by-child",
    "narrative": WORDS,
}


def acting(cast, name):
    return cast.access_for(getattr(cast, name))


def reads_it(cast, name, worry):
    with cast.wall_of(getattr(cast, name)):
        return reads.readable(acting(cast, name)).filter(pk=worry.pk).exists()


# Where it goes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ({}, "agency"),
        ({"about_adult": "no", "wish": "inside"}, "agency"),
        ({"about_adult": "yes"}, "other_agency"),
        ({"about_adult": "not-sure"}, "other_agency"),
        ({"wish": "outside"}, "other_agency"),
        ({"place": None}, "other_agency"),
    ],
)
def test_it_goes_to_the_place_or_to_the_duty_point(cast, said, to):
    worry, _words = sent(cast, **said)
    assert worry.agency_id == getattr(cast, to).pk


def test_where_nobody_at_the_duty_point_is_free_another_agency_reads_it(cast):
    worry, _words = sent(cast, about_adult="yes", adult_name="Mr Otherofficer", place=None)
    assert worry.agency_id == cast.agency.pk


def test_it_is_not_sent_to_a_place_without_anybody_to_read_it(cast):
    for name in ("designated_officer", "responsible_person"):
        getattr(cast, name).memberships.update(ended_at=timezone.now())
    assert sent(cast)[0].agency_id == cast.other_agency.pk


# Who reads it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("designated_officer", True),
        ("responsible_person", False),
        ("lead", False),
        ("staff", False),
        ("allegations_officer", False),
        ("inspector", False),
        ("other_designated_officer", False),
        ("board_officer", False),
    ],
)
def test_only_the_designated_officer_reads_it(cast, name, reading):
    assert reads_it(cast, name, sent(cast)[0]) is reading


def test_the_head_reads_it_too_where_it_is_late_or_somebody_may_be_in_danger(cast):
    worry, _words = sent(cast)
    with wall.open_for(casework=[cast.agency.pk]):
        Worry.objects.filter(pk=worry.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert reads_it(cast, "responsible_person", worry)
    assert reads_it(cast, "responsible_person", sent(cast, danger="yes")[0])


def test_the_head_reads_it_where_there_is_no_officer(cast):
    cast.designated_officer.memberships.update(ended_at=timezone.now())
    assert reads_it(cast, "responsible_person", sent(cast)[0])


@pytest.mark.parametrize("name", ["Dora Designated", "mrs DESIGNATED", "Miss Dora"])
def test_whoever_is_named_in_it_reads_nothing_of_it(cast, name):
    worry, _words = sent(cast, adult_name=name)
    assert worry.agency_id == cast.agency.pk  # it was not said that it is about somebody there
    assert not reads_it(cast, "designated_officer", worry)
    assert reads_it(cast, "responsible_person", worry)
    told = set(Message.objects.filter(kind="worry-new").values_list("to__name", flat=True))
    assert told == {cast.responsible_person.name}


def test_no_message_holds_a_word_of_it(cast):
    sent(cast, name="Zebedee", typed_place="Bramble", danger="yes")
    for message in Message.objects.all():
        text = f"{message.subject} {message.body}"
        assert not any(word in text for word in (WORDS, "Zebedee", "Bramble", "danger"))
    assert Message.objects.filter(kind="worry-new").count() == 2  # the officer, and the head beside them


def test_who_sends_must_be_nobody(cast):
    with pytest.raises(PermissionDenied):
        operations.send_worry(
            by=acting(cast, "designated_officer"),
            board=opened(cast),
            sender="child",
            said=Said(text=WORDS),
            words=receipt.read(receipt.make()),
        )


def test_text_that_hides_a_file_is_refused(cast):
    with pytest.raises(FilesRefused):
        sent(cast, text="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==")


# The seven words --------------------------------------------------------------------------------------------------


def test_seven_words_are_seventy_bits_and_not_kept(cast):
    assert len(set(receipt.WORDS)) == 1024
    assert receipt.LENGTH == 7
    worry, words = sent(cast)
    assert receipt.read(" ".join(words).upper().replace(" ", ",\n1. ")) == words
    assert worry.receipt == receipt.digest(words)
    assert not any(word in worry.receipt for word in words)
    assert reads.talk_of(words[::-1]) is None or words == words[::-1]


# Its clock --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T10:20", "2026-11-23T12:00"),  # a Monday: read within the next full office hour
        ("2026-11-23T06:10", "2026-11-23T10:00"),
        ("2026-11-20T18:00", "2026-11-23T10:00"),  # Friday evening: Monday morning
        ("2026-11-20T15:59", "2026-11-20T17:00"),
    ],
)
def test_it_is_to_be_read_within_an_office_hour(now, due):
    found = office.within(WEEKDAYS, 1, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_times_of_the_sender_are_kept_to_the_hour(cast):
    worry, _words = sent(cast)
    with wall.open_for(casework=[cast.agency.pk]):
        times = [worry.sent_at, worry.messages.get().at, history.of(worry).get(verb="incidents.worry_sent").at]
    assert all((at.minute, at.second, at.microsecond) == (0, 0, 0) for at in times)


def test_reading_answering_and_writing_more_turn_the_clock(cast):
    worry, _words = sent(cast)
    by = acting(cast, "designated_officer")
    with cast.wall_of(cast.designated_officer):
        worry = operations.read_worry(by=by, worry=worry)
        assert (worry.state, worry.due_at > timezone.now()) == ("read", True)
        assert [row.kind for row in home_rows(by)] == ["worry"]
        worry = operations.answer_worry(by=by, worry=worry, text="Thank you.")
        assert (worry.state, worry.due_at) == ("answered", None)
    worry = operations.write_more(by=NOBODY, worry=worry, text="More")
    assert worry.state == "new"
    assert worry.due_at is not None
    assert Message.objects.filter(kind="worry-more").count() == 1


def test_what_is_late_is_told_once_to_the_head_too(cast):
    worry, _words = sent(cast)
    with wall.open_for(casework=[cast.agency.pk]):
        Worry.objects.filter(pk=worry.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert clocks.watch_worries() == 2
    assert clocks.watch_worries() == 0


# What becomes of it -----------------------------------------------------------------------------------------------


def test_an_incident_is_made_of_it_and_tied_at_both_ends(cast):
    worry, _words = sent(cast, name="Alex")
    by = acting(cast, "designated_officer")
    with cast.wall_of(cast.designated_officer):
        fields = {**FIELDS, "happened_on": timezone.localdate()}
        incident = operations.worry_to_incident(by=by, worry=worry, fields=fields)
        assert operations.worry_to_incident(by=by, worry=again(worry), fields=fields) == incident
        assert again(worry).incident == incident
        assert links_of(incident).get() == links_of(worry).get()
        assert [(one.name, one.part) for one in incident.people.all()] == [("Alex", "told")]
        with pytest.raises(Refused):
            operations.pass_worry(by=by, worry=again(worry), agency_id=cast.other_agency.pk)


def test_the_record_names_what_was_sent_in_to_who_may_read_it_alone(cast):
    worry, _words = sent(cast)
    with cast.wall_of(cast.designated_officer):
        fields = {**FIELDS, "happened_on": timezone.localdate()}
        by = acting(cast, "designated_officer")
        incident = operations.worry_to_incident(by=by, worry=worry, fields=fields)
    pages = {
        name: cast.client_for(cast.people[name]).get(f"/incidents/{incident.pk}/").content.decode()
        for name in ("designated_officer", "lead")
    }
    assert (
        f'Came from: <a class="govuk-link" href="/incidents/worries/{worry.pk}/">Worry {worry.pk}</a>'
        in (pages["designated_officer"])
    )
    assert incident.reference in pages["lead"]
    assert ("Came from" in pages["lead"], f"orry {worry.pk}" in pages["lead"]) == (False, False)


def test_what_is_about_a_grown_up_there_becomes_an_allegation(cast):
    worry, _words = sent(cast, about_adult="yes", adult_name="Sam Someone")
    with cast.wall_of(cast.other_designated_officer):
        by = acting(cast, "other_designated_officer")
        fields = {**FIELDS, "happened_on": timezone.localdate()}
        assert operations.worry_to_incident(by=by, worry=worry, fields=fields).allegation


def test_it_is_passed_on_whole_and_nobody_here_reads_it_any_more(cast):
    worry, words = sent(cast)
    with cast.wall_of(cast.designated_officer):
        by = acting(cast, "designated_officer")
        operations.pass_worry(by=by, worry=worry, agency_id=cast.other_agency.pk)
    assert not reads_it(cast, "designated_officer", worry)
    assert reads_it(cast, "other_designated_officer", worry)
    assert len(reads.talk_of(words).said) == 1


def test_it_is_never_passed_to_the_place_that_it_may_not_go_to(cast):
    worry, _words = sent(cast, wish="outside")
    with cast.wall_of(cast.other_designated_officer), pytest.raises(Refused):
        operations.pass_worry(by=acting(cast, "other_designated_officer"), worry=worry, agency_id=cast.agency.pk)


def test_it_is_ended_with_a_reason_and_opens_again_where_they_write(cast):
    worry, _words = sent(cast)
    with cast.wall_of(cast.designated_officer):
        by = acting(cast, "designated_officer")
        worry = operations.close_worry(by=by, worry=worry, why="helped", closing="Form tutor speaks with them.")
        assert (worry.state, worry.due_at) == ("closed", None)
        with pytest.raises(Refused):
            operations.close_worry(by=by, worry=worry, why="incident")
    assert operations.write_more(by=NOBODY, worry=worry, text="It began again").state == "new"


# The pages --------------------------------------------------------------------------------------------------------


def test_the_officer_answers_and_makes_an_incident_in_the_pages(cast, checked_client):
    worry, _words = sent(cast)
    client = client_of(checked_client, cast, cast.designated_officer)
    assert "Read a worry that was sent in" in client.get("/").content.decode()
    page = f"/incidents/worries/{worry.pk}/"
    assert WORDS in client.get(page).content.decode()
    assert again(worry).state == "read"
    key = "6f1c1f9e-4a43-4d4c-9a52-1d1a3c1b2a11"
    for _ in range(2):
        client.post(page, {"text": "Thank you for telling us.", "key": key})
    assert client.get(page).content.decode().count("Thank you for telling us.") == 1
    posted = {name: FIELDS[name] for name in ("scenario", "classification", "images", "narrative")}
    answer = client.post(f"{page}incident/", posted)
    with cast.wall_of(cast.designated_officer):
        incident = Incident.objects.get()
    assert answer["Location"] == f"/incidents/{incident.pk}/walk/"
    assert "Came from" in client.get(f"/incidents/{incident.pk}/").content.decode()


def test_passing_and_ending_in_the_pages(cast, checked_client):
    worry, other = sent(cast)[0], sent(cast)[0]
    client = client_of(checked_client, cast, cast.designated_officer)
    client.post(f"/incidents/worries/{worry.pk}/pass/", {"agency": cast.other_agency.pk})
    assert again(worry).agency_id == cast.other_agency.pk
    assert client.get(f"/incidents/worries/{worry.pk}/").status_code == 404
    client.post(f"/incidents/worries/{other.pk}/end/", {"why": "nothing"})
    assert again(other).state == "closed"


def test_the_list_takes_the_same_queries_for_one_row_and_three(cast, django_assert_max_num_queries):
    client = cast.client_for(cast.designated_officer)
    for count in (1, 2):
        for _ in range(count):
            sent(cast)
        with django_assert_max_num_queries(22):
            client.get("/incidents/worries/")


def test_the_board_names_its_duty_point_among_agencies_with_an_officer(cast, checked_client):
    client = client_of(checked_client, cast, cast.board_officer)
    page = client.get("/board/duty-point/").content.decode()
    assert cast.agency.name in page
    assert cast.far_agency.name not in page
    client.post("/board/duty-point/", {"agency": cast.agency.pk})
    cast.board.refresh_from_db()
    assert cast.board.duty_point_id == cast.agency.pk
    assert reads.is_open(cast.board)
    with cast.wall_of(cast.board_officer):
        partnership.name_duty_point(by=acting(cast, "board_officer"), board=cast.board, agency_id=None)
    cast.board.refresh_from_db()
    assert not reads.is_open(cast.board)


# A child tells ----------------------------------------------------------------------------------------------------


def test_from_the_home_page_in_one_tap_to_the_points_and_then_to_the_record(cast, checked_client):
    client = client_of(checked_client, cast, cast.staff)
    assert "/incidents/a-child-tells/" in client.get("/").content.decode()
    page = client.get("/incidents/a-child-tells/").content.decode()
    assert page.count("<strong>") >= 11
    key = "6f1c1f9e-4a43-4d4c-9a52-1d1a3c1b2a11"
    for _ in range(2):
        answer = client.post("/incidents/a-child-tells/", {"key": key})
    with cast.wall_of(cast.staff):
        draft = Draft.objects.get()
    assert answer["Location"] == f"/incidents/report/{draft.form_key}/kind/"
    assert "Write down what the child told you" in client.get("/").content.decode()


def test_the_twelve_hours_of_the_record_begin_when_the_child_tells(cast):
    by = acting(cast, "staff")
    with cast.wall_of(cast.staff):
        draft = operations.begin_told(by=by)
        due = timezone.now() + timedelta(hours=9)
        Draft.objects.filter(pk=draft.pk).update(due_at=due)
        draft.refresh_from_db()
        fields = {**FIELDS, "happened_on": timezone.localdate()}
        incident = operations.report(by=by, fields=fields, draft=draft)
        duty = Duty.objects.get(incident=incident, kind=DutyKind.RECORD)
        assert (duty.due_at, duty.owner) == (due, "reporter")
        operations.start_walk(by=by, incident=incident, chart="child-tells")
        assert Duty.objects.filter(incident=incident, kind=DutyKind.RECORD).count() == 1


def test_a_second_officer_reads_where_the_first_is_named(cast):
    second = PersonFactory(name="Nora Newcomer", email="nora@example.org")
    MembershipFactory(person=second, role=Role.DESIGNATED_OFFICER, agency=cast.agency)
    cast.people["second"] = second
    worry, _words = sent(cast, adult_name="Dora")
    assert reads_it(cast, "second", worry)
    assert not reads_it(cast, "responsible_person", worry)
