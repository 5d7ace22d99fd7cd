"""Debriefs, lessons, look backs and near misses: who owes them, who reads them, what they are tied to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import links, wall
from safeboard.incidents import operations
from safeboard.incidents.choices import DutyKind, Kin, LessonKind, Origin, Part
from safeboard.incidents.clocks import watch_looking_back
from safeboard.incidents.errors import NamesStand, Refused
from safeboard.incidents.models import BoardLesson, Debrief, Duty, Incident, Lesson, NearMiss
from safeboard.incidents.operations.debriefs import ask_for_debrief, hold_debrief, no_debrief
from safeboard.incidents.operations.lessons import (
    change_lesson,
    finish_lesson,
    look_back,
    share_lesson,
    tell_near_miss,
    write_lesson,
)
from safeboard.incidents.queries.lessons import came_from, lessons_of, picture, state_of
from safeboard.incidents.queries.looking_back import is_of_weight
from safeboard.incidents.rules import of_weight
from safeboard.outbox.models import Message

from .factories import allegation, reported
from .helpers import decide_all

pytestmark = pytest.mark.django_db
GIVEN = {"held_on": timezone.localdate(), "prevented": "partly", "effective": "yes", "learned": "Ask sooner"}


def concluded(cast, incident, by="designated_officer") -> Incident:
    """The incident, with everything dropped that stood in the way of its conclusion."""
    person = getattr(cast, by)
    with cast.wall_of(person):
        incident.refresh_from_db()
        Duty.objects.filter(incident=incident).update(dropped_at=timezone.now())
    decide_all(cast, incident, by=by)
    with cast.wall_of(person):
        Duty.objects.filter(incident=incident).update(dropped_at=timezone.now())
        return operations.conclude(by=cast.access_for(person), incident=incident, conclusion="Done")


def lesson(cast, by="designated_officer", **changes):
    """A lesson, due in four weeks."""
    person = getattr(cast, by)
    given = {"kind": LessonKind.POLICY, "what": "Ask who else uses it", "due_on": timezone.localdate()}
    with cast.wall_of(person):
        return write_lesson(by=cast.access_for(person), **{**given, **changes})


# Debriefs ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        ({}, False),
        ({"images": True}, True),
        ({"allegation": True}, True),
        ({"at_once": True}, True),
        ({"referred_to": ["police-team"]}, True),
        ({"referred_to": ["ceop"]}, True),
        ({"referred_to": ["social-care-duty-team"]}, True),
        ({"referred_to": ["provider-desk"]}, False),
    ],
)
def test_which_incidents_are_of_weight(facts, weight):
    plain = {"images": False, "allegation": False, "referred_to": [], "at_once": False}
    assert of_weight(**{**plain, **facts}) is weight


def test_an_incident_of_weight_owes_a_debrief_once_it_is_concluded(cast):
    incident = concluded(cast, reported(cast, images="maybe"))
    with cast.wall_of(cast.designated_officer):
        duty = Duty.objects.get(incident=incident, kind=DutyKind.DEBRIEF)
        assert timedelta(days=13) < duty.due_at - timezone.now() <= timedelta(days=14)
        by = cast.access_for(cast.designated_officer)
        operations.reopen(by=by, incident=incident, why="More came up")
        operations.conclude(by=by, incident=incident, conclusion="Again")  # what is owed of it holds nothing up
        hold_debrief(by=by, incident=incident, given=GIVEN)
        assert Duty.objects.get(pk=duty.pk).done_at
    page = cast.client_for(cast.designated_officer).get(f"/incidents/{incident.pk}/review/").content.decode()
    assert "Ask sooner" in page


def test_the_debrief_is_the_next_step_of_a_concluded_incident(cast):
    incident = concluded(cast, reported(cast, images="maybe"))
    client = cast.client_for(cast.designated_officer)
    assert "Write the debrief" in client.get(f"/incidents/{incident.pk}/").content.decode()
    assert f"/incidents/{incident.pk}/review/debrief/" in client.get("/").content.decode()
    day = timezone.localdate()
    typed = {**GIVEN, "held_on_day": day.day, "held_on_month": day.month, "held_on_year": day.year}
    assert client.post(f"/incidents/{incident.pk}/review/debrief/", typed).status_code == 302
    assert "Wrote a debrief" in client.get(f"/incidents/{incident.pk}/").content.decode()


def test_a_small_matter_is_closed_in_one_tap_and_a_grave_one_is_not(cast):
    small, grave = reported(cast), reported(cast, images="maybe")
    client = cast.client_for(cast.lead)
    page = client.get(f"/incidents/{small.pk}/review/").content.decode()
    assert "No debrief needed" in page
    client.post(f"/incidents/{small.pk}/review/no-debrief/")
    client.post(f"/incidents/{small.pk}/review/no-debrief/")
    with cast.wall_of(cast.lead):
        assert not Debrief.objects.get(incident=small).needed
        with pytest.raises(Refused):
            no_debrief(by=cast.access_for(cast.lead), incident=grave)
    assert "No debrief needed" not in client.get(f"/incidents/{grave.pk}/review/").content.decode()


def test_the_officer_may_ask_for_one_and_a_form_counts_once(cast):
    incident = reported(cast)
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        duty = ask_for_debrief(by=by, incident=incident)
        assert ask_for_debrief(by=by, incident=incident) == duty
        key = Duty.objects.first().incident.form_key
        one = hold_debrief(by=by, incident=incident, given=GIVEN, form_key=key)
        assert hold_debrief(by=by, incident=incident, given=GIVEN, form_key=key) == one
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(Refused):
            hold_debrief(by=by, incident=incident, given={**GIVEN, "held_on": tomorrow})


def test_a_debrief_of_a_concern_about_the_officer_goes_to_the_substitute(cast):
    incident = concluded(cast, allegation(cast), by="responsible_person")
    with cast.wall_of(cast.responsible_person):
        people = operations.duties.free_holders(incident, Duty.objects.get(kind=DutyKind.DEBRIEF).owner)
        assert is_of_weight(incident)
    assert people


# Lessons ------------------------------------------------------------------------------------------------------------


def test_a_lesson_is_tied_to_what_it_came_from_on_both_ends(cast):
    incident = reported(cast)
    row = lesson(cast, incident=incident, origin=Origin.DEBRIEF)
    with cast.wall_of(cast.lead):
        link = links.links_of(incident).get()
        assert (link.to_type, link.to_id) == ("incidents.lesson", row.pk)
        assert came_from(cast.access_for(cast.lead), row) == incident
    with cast.wall_of(cast.responsible_person):
        access = cast.access_for(cast.responsible_person)
        assert lessons_of(access).get() == row
        assert came_from(access, row) is None  # they may not know of the incident
    lead = cast.client_for(cast.lead)
    assert "Ask who else uses it" in lead.get(f"/incidents/{incident.pk}/review/").content.decode()
    assert incident.reference in lead.get(f"/incidents/lessons/{row.key}/").content.decode()
    head = cast.client_for(cast.responsible_person).get(f"/incidents/lessons/{row.key}/").content.decode()
    assert incident.reference not in head


def test_a_lesson_names_nobody(cast):
    child = {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Mia Knott", "birth_date": "2014-05-06"}
    incident = reported(cast, people=[child])
    for what in ("Listen to mia", "Knott’s parents", "born 6.5.2014", "ring 01632 960 001"):
        with pytest.raises(NamesStand):
            lesson(cast, incident=incident, what=what)
    row = lesson(cast, incident=incident)
    with cast.wall_of(cast.lead), pytest.raises(NamesStand):
        finish_lesson(by=cast.access_for(cast.lead), lesson=row, done="Told Mia")
    path = f"/incidents/lessons/new/?incident={incident.pk}"
    page = cast.client_for(cast.lead).post(path, {"what": "Listen to Mia", "kind": "policy"}).content.decode()
    assert "Listen to Mia" in page
    with cast.wall_of(cast.lead):
        assert Lesson.objects.count() == 1


def test_a_look_back_is_owed_three_months_after_it_was_done(cast):
    row = lesson(cast, owner=None)
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        with pytest.raises(Refused):
            look_back(by=by, lesson=row, worked="yes", found="x")
        row = finish_lesson(by=by, lesson=row, done="A new rule", shared="Team meeting")
        assert row.look_on == timezone.localdate() + timedelta(days=90)
        assert finish_lesson(by=by, lesson=row, done="Another").done == "A new rule"
        row = look_back(by=by, lesson=row, worked="partly", found="Half keep it", again=True)
        assert row.looked_on is None
        assert row.owed_on == timezone.localdate() + timedelta(days=90)
        row = look_back(by=by, lesson=row, worked="yes", found="All keep it")
        assert state_of(row).word == "Worked"
        assert "1 worked" in picture(by).answer


def test_late_ones_shout_once_to_whoever_sees_to_it(cast):
    row = lesson(cast, owner=cast.colleague, due_on=timezone.localdate() - timedelta(days=2))
    board = lesson(cast, by="board_officer", due_on=timezone.localdate() + timedelta(days=3))
    assert watch_looking_back() == 2
    assert watch_looking_back() == 0
    told = Message.objects.filter(about_type="incidents.lesson")
    assert [message.to for message in told] == [cast.colleague]
    assert "Ask who" not in told.get().body
    to_board = Message.objects.filter(about_id=board.pk, about_type="incidents.boardlesson")
    assert set(to_board.values_list("to", flat=True)) == {cast.board_officer.pk, cast.board_manager.pk}
    page = cast.client_for(cast.colleague).get("/").content.decode()
    assert "Late" in page
    assert f"/incidents/lessons/{row.key}/" in page
    assert "Looking back" not in cast.client_for(cast.staff).get("/").content.decode().split("<main")[1]


def test_who_reads_which_lessons(cast):
    plain, staff_only = lesson(cast, incident=reported(cast)), lesson(cast, everybody=True)
    grave = lesson(cast, by="responsible_person", incident=allegation(cast))
    seen = {
        "colleague": {staff_only},
        "lead": {plain, staff_only},
        "inspector": {plain, staff_only},
        "designated_officer": {plain, staff_only},  # the concern is about her
        "responsible_person": {plain, staff_only, grave},
        "other_lead": set(),
        "board_officer": set(),
    }
    for who, rows in seen.items():
        with cast.wall_of(getattr(cast, who)):
            assert set(lessons_of(cast.access_for(getattr(cast, who)))) == rows, who
    assert cast.client_for(cast.designated_officer).get(f"/incidents/lessons/{grave.key}/").status_code == 404
    assert cast.client_for(cast.other_lead).get(f"/incidents/lessons/{plain.key}/").status_code == 404


def test_the_subject_is_given_no_lesson_of_it(cast):
    incident = allegation(cast)
    with pytest.raises(Refused):
        lesson(cast, by="responsible_person", incident=incident, owner=cast.designated_officer)
    with pytest.raises(Refused):
        lesson(cast, owner=cast.other_lead)


def test_whoever_sees_to_a_lesson_keeps_it_and_others_do_not(cast):
    row = lesson(cast, owner=cast.colleague)
    with cast.wall_of(cast.colleague):
        finish_lesson(by=cast.access_for(cast.colleague), lesson=row, done="Did it")
    given = {"what": "Other", "kind": "action", "owner": None, "due_on": timezone.localdate(), "everybody": False}
    with cast.wall_of(cast.staff), pytest.raises(PermissionDenied):
        change_lesson(by=cast.access_for(cast.staff), lesson=row, given=given)


def test_the_board_gets_a_copy_without_the_agency_unless_it_says_so(cast):
    row = lesson(cast, incident=reported(cast))
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        with pytest.raises(Refused):
            share_lesson(by=by, lesson=row, board=cast.other_board)
        copy = share_lesson(by=by, lesson=row, board=cast.board)
        assert share_lesson(by=by, lesson=row, board=cast.board) == copy
        assert copy.sent_by == ""
    named = lesson(cast, what="At Alder Bank Primary we now ask twice")
    with cast.wall_of(cast.lead):
        with pytest.raises(NamesStand):
            share_lesson(by=by, lesson=named, board=cast.board)
        assert share_lesson(by=by, lesson=named, board=cast.board, say_who=True).sent_by == "Alder Bank School"
    with wall.open_for(boards=[cast.board.pk]):
        assert BoardLesson.objects.count() == 2
    page = cast.client_for(cast.subgroup_member).get("/incidents/lessons/").content.decode()
    assert "Ask who else uses it" in page


def test_pages_of_a_lesson_from_start_to_finish(cast):
    lead, day = cast.client_for(cast.lead), timezone.localdate()
    on = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    typed = {"what": "Lock the trolley", "kind": "action", "owner": cast.colleague.pk, "everybody": "on", **on}
    assert lead.post("/incidents/lessons/new/", typed).status_code == 302
    with cast.wall_of(cast.lead):
        row = Lesson.objects.get()
    base = f"/incidents/lessons/{row.key}/"
    assert "Lock the trolley" in cast.client_for(cast.staff).get(base).content.decode()
    assert cast.client_for(cast.staff).get(f"{base}done/").status_code == 403
    own = cast.client_for(cast.colleague)
    done = {"done": "Key bought", "done_on_day": day.day, "done_on_month": day.month, "done_on_year": day.year}
    assert own.post(f"{base}done/", done).status_code == 302
    assert own.post(f"{base}look/", {"worked": "yes", "found": "Locked each day"}).status_code == 302
    page = lead.get("/incidents/lessons/?stands=done&worked=yes").content.decode()
    assert "Lock the trolley" in page
    assert "Lock the trolley" not in lead.get("/incidents/lessons/?stands=open").content.decode()
    assert lead.get(f"{base}change/").status_code == 200
    assert lead.post(f"{base}share/", {"board": cast.board.pk}).status_code == 302


# Near misses -------------------------------------------------------------------------------------------------------


def test_a_near_miss_takes_one_page_and_becomes_a_lesson_or_a_report(cast):
    typed = {"what": "A tablet was left unlocked", "stopped": "Somebody came by"}
    assert cast.client_for(cast.staff).post("/incidents/near-misses/new/", typed).status_code == 302
    assert "left unlocked" in cast.client_for(cast.staff).get("/incidents/near-misses/").content.decode()
    assert "left unlocked" not in cast.client_for(cast.colleague).get("/incidents/near-misses/").content.decode()
    lead = cast.client_for(cast.lead)
    assert "It did happen" in lead.get("/incidents/near-misses/").content.decode()
    with cast.wall_of(cast.lead):
        row = NearMiss.objects.get()
    on = timezone.localdate()
    new = {"what": "Lock them", "kind": "action"}
    new |= {"due_on_day": on.day, "due_on_month": on.month, "due_on_year": on.year}
    assert lead.post(f"/incidents/lessons/new/?near_miss={row.key}", new).status_code == 302
    page = lead.get("/incidents/near-misses/").content.decode()
    assert "Lock them" in page
    answer = lead.post(f"/incidents/near-misses/{row.key}/report/")
    assert answer.status_code == 302
    assert answer["Location"] == lead.post(f"/incidents/near-misses/{row.key}/report/")["Location"]
    assert cast.client_for(cast.staff).post(f"/incidents/near-misses/{row.key}/report/").status_code == 403
    assert lead.get("/incidents/lessons/new/?near_miss=nonsense").status_code == 404


def test_inspectors_tell_no_near_miss(cast):
    with cast.wall_of(cast.inspector), pytest.raises(PermissionDenied):
        tell_near_miss(by=cast.access_for(cast.inspector), what="x")
