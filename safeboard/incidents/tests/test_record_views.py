"""The record's pages: who opens them, what they say, what they do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.incidents import operations
from safeboard.incidents.choices import Kin, NoteKind, Part
from safeboard.incidents.models import Duty, Incident, Involved, Note, Referral

from .factories import CANARY, FIELDS, reported
from .helpers import POST_ONLY, client_of, decide_all, pages_of, referred, walked

pytestmark = pytest.mark.django_db


def whole(cast, **changes):
    """An incident with everything on it, and its pages."""
    people = [{"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Nadia Example"}]
    incident = reported(cast, people=people, **changes)
    walk = walked(cast, incident, "no")
    referral = referred(cast, incident)
    with cast.wall_of(cast.staff):
        duty = Duty.objects.filter(incident=incident, done_at=None).first()
        involved = Involved.objects.get(incident=incident)
    return incident, pages_of(incident, referral, walk, duty.pk, involved.pk)


def test_every_page_opens_for_the_designated_officer_and_is_well_made(cast, checked_client):
    _incident, pages = whole(cast)
    client = client_of(checked_client, cast, cast.designated_officer)
    for name, path in pages.items():
        wanted = 405 if name in POST_ONLY else 302 if name == "reopen" else 200
        assert client.get(path).status_code == wanted, name


def test_the_title_says_what_it_is_and_the_story_has_everything(cast, checked_client):
    incident, pages = whole(cast)
    page = client_of(checked_client, cast, cast.designated_officer).get(pages["record"]).content.decode()
    assert "Bullying or harassment, reported " in page
    assert incident.reference in page
    for words in (
        CANARY,
        "Chart: A child tells you",
        "Referred to Children’s social care",
        "Reported it",
        "Pictures of a child: No",
        "Became owed",
    ):
        assert words in page, words
    assert "Confidential" in page


def test_few_queries_however_much_is_on_the_record(cast, checked_client):
    incident, pages = whole(cast)
    client = client_of(checked_client, cast, cast.designated_officer)
    client.get(pages["record"])
    counts = []
    for more in (0, 3):
        with cast.wall_of(cast.designated_officer):
            for n in range(more):
                access = cast.access_for(cast.designated_officer)
                operations.add_note(by=access, incident=incident, text=f"Note {n}")
        with CaptureQueriesContext(connection) as captured:
            client.get(pages["record"])
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15, [q["sql"][:120] for q in captured.captured_queries]


def test_a_look_is_noted_once_in_ten_minutes_for_each_person(cast):
    incident, pages = whole(cast)
    officer, lead = cast.client_for(cast.designated_officer), cast.client_for(cast.lead)
    for _again in range(3):
        officer.get(pages["record"])
        officer.get(pages["people"])
    lead.get(pages["record"])
    looks = Entry.objects.filter(verb="incidents.saw", object_id=incident.pk)
    assert sorted(looks.values_list("person__name", flat=True)) == ["Dora Designated", "Lena Lead"]
    page = officer.get(pages["history"]).content.decode()
    assert "Something became owed: Read the report and follow the chart" in page
    assert "Looked at the record" in page
    assert "Lena Lead" in page


def test_another_agency_finds_nothing(cast):
    _incident, pages = whole(cast)
    for person in (cast.other_lead, cast.other_designated_officer, cast.far_lead):
        client = cast.client_for(person)
        for name, path in pages.items():
            answer = client.post(path) if name in POST_ONLY else client.get(path)
            assert answer.status_code in (404, 403), (name, person)
            assert answer.status_code == 404 or "far" in person.email, name
    for name, path in pages.items():
        client = cast.client_for(cast.board_officer)
        assert (client.post(path) if name in POST_ONLY else client.get(path)).status_code == 403


def test_rows_of_another_record_do_not_open_under_ones_own(cast):
    _mine, pages = whole(cast)
    other, others = whole(cast)
    client = cast.client_for(cast.designated_officer)
    with cast.wall_of(cast.lead):
        before = (Note.objects.count(), Referral.objects.count(), Duty.objects.filter(done_at=None).count())
    own = pages["record"]
    for name, path in others.items():
        if path.removeprefix(others["record"]).strip("/").split("/")[-1].isalpha() and name not in POST_ONLY:
            crossed = path.replace(others["record"], own)
        else:
            crossed = path.replace(others["record"], own)
        if crossed in pages.values():
            continue
        for answer in (client.get(crossed), client.post(crossed, {"why": "x", "outcome": "x"})):
            assert answer.status_code in (404, 405), (name, answer.status_code)
    with cast.wall_of(cast.lead):
        after = (Note.objects.count(), Referral.objects.count(), Duty.objects.filter(done_at=None).count())
    assert before == after
    assert other.pk


def test_every_field_of_another_agencys_record_posted_into_ones_own_form(cast):
    """What is named in a form belongs to the own agency, or is refused; nothing of the other agency changes."""
    with cast.wall_of(cast.other_staff):
        access = cast.access_for(cast.other_staff)
        theirs = operations.report(by=access, fields={**FIELDS, "narrative": "Theirs", "setting": cast.other_setting})
        note = operations.add_note(by=access, incident=theirs, text="Their note", form_key=uuid4())
        walk = operations.start_walk(by=access, incident=theirs, chart="child-tells")
        duty = theirs.duties.first()
        sent = operations.draft_referral(
            by=access, incident=theirs, to="police-team", to_name="Police", form_key=uuid4()
        )
    mine = reported(cast)
    base, client = f"/incidents/{mine.pk}/", cast.client_for(cast.designated_officer)
    everything = {
        "setting": cast.other_setting.pk,
        "form_key": str(note.form_key),
        "incident": theirs.pk,
        "agency": theirs.agency_id,
        "person": cast.other_staff.pk,
        "walk": walk.pk,
        "duty": duty.pk,
        "referral": sent.pk,
        "edition": theirs.edition,
        "text": "Mine",
        "kind": "action",
        "to": "police-team",
        "go": "made",
        "why": "x",
        "outcome": "x",
        "chart": "no-such-chart",
    }
    rows = {"walk": walk.pk, "duties": duty.pk, "referrals": sent.pk}
    for place, pk in rows.items():
        for end in (
            "",
            "done/",
            "drop/",
            "back/",
            "chart/",
            "made/",
            "details/",
            "received/",
            "answered/",
            "withdraw/",
        ):
            assert client.post(f"{base}{place}/{pk}/{end}", everything).status_code in (404, 405), (place, end)
    assert client.get(f"{base}referrals/{sent.pk}/summary.pdf").status_code == 404
    assert client.post(f"/incidents/{theirs.pk}/note/", everything).status_code == 404
    for path in ("note/", "change/", "people/add/", "walk/", "written-record/", "conclude/"):
        assert client.post(f"{base}{path}", everything).status_code in (200, 302), path
    assert client.get(f"{base}referrals/new/?duty={duty.pk}").status_code == 200
    assert client.get(f"{base}written-record/?duty={duty.pk}").status_code == 200
    with cast.wall_of(cast.other_staff):
        theirs.refresh_from_db()
        assert (theirs.narrative, theirs.setting) == ("Theirs", cast.other_setting)
        assert [one.text for one in theirs.notes.all()] == ["Their note"]
        assert theirs.referrals.get().sent_at is None
    with cast.wall_of(cast.lead):
        mine.refresh_from_db()
        assert mine.setting is None
        assert not Involved.objects.filter(person=cast.other_staff).exists()


def test_a_note_sent_twice_is_one(cast, checked_client):
    incident = reported(cast)
    client = client_of(checked_client, cast, cast.staff)
    page = client.get(f"/incidents/{incident.pk}/note/").context["form"]
    typed = {"form_key": page["form_key"].value(), "kind": "contact", "text": "Rang her mother"}
    for _again in range(2):
        assert client.post(f"/incidents/{incident.pk}/note/", typed).status_code == 302
    with cast.wall_of(cast.staff):
        assert Note.objects.get().text == "Rang her mother"


def test_a_person_sent_twice_is_one(cast, checked_client):
    incident = reported(cast)
    client = client_of(checked_client, cast, cast.staff)
    path = f"/incidents/{incident.pk}/people/add/"
    typed = {"form_key": str(uuid4()), "kin": "child", "part": "saw", "name": "Tom Example"}
    for _again in range(2):
        assert client.post(path, typed).status_code == 302
    with cast.wall_of(cast.staff):
        assert Involved.objects.get().name == "Tom Example"
    late = {
        **typed,
        "form_key": str(uuid4()),
        "birth_date_day": "1",
        "birth_date_month": "4",
        "birth_date_year": "2026",
    }
    assert "later than the day it happened" in client.post(path, late).content.decode()


def test_whoever_reported_it_sees_their_own_part(cast):
    incident, pages = whole(cast)
    with cast.wall_of(cast.designated_officer):
        officer = cast.access_for(cast.designated_officer)
        operations.add_note(by=officer, incident=incident, text="SECRET of the officer")
        operations.add_involved(by=officer, incident=incident, kin=Kin.CHILD, part=Part.SAW, name="HIDDEN Child")
    mine, theirs = cast.client_for(cast.staff), cast.client_for(cast.designated_officer)
    for words, path in (("SECRET", pages["record"]), ("HIDDEN", pages["people"])):
        assert words not in mine.get(path).content.decode()
        assert words in theirs.get(path).content.decode()
    assert "Nadia Example" in mine.get(pages["people"]).content.decode()
    for name in ("history", "change", "conclude", "referral-summary", "duty-drop", "person-account"):
        assert mine.get(pages[name]).status_code == 403, name


def test_an_inspector_reads_and_changes_nothing(cast, checked_client):
    _incident, pages = whole(cast)
    client = client_of(checked_client, cast, cast.inspector)
    reads = {"record", "people", "duties", "referrals", "referral", "walk", "walk-chart"}
    for name, path in pages.items():
        answer = (
            client.post(path, {"step": "x", "answer": "y", "order": "1"}) if name in POST_ONLY else client.get(path)
        )
        assert answer.status_code == (200 if name in reads else 403), name


def changed(client, incident, **more):
    form = client.get(f"/incidents/{incident.pk}/change/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    day = data.pop("happened_on")
    data |= {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}
    return {name: value if value is not None else "" for name, value in data.items()} | more


def test_the_second_editor_sees_the_difference_and_decides(cast, checked_client):
    incident = reported(cast)
    path = f"/incidents/{incident.pk}/change/"
    client = client_of(checked_client, cast, cast.designated_officer)
    mine = changed(client, incident, narrative="My words", where="My room")
    theirs = changed(cast.client_for(cast.lead), incident, narrative="Their words", evidence="Laptop 4")
    assert cast.client_for(cast.lead).post(path, theirs).status_code == 302
    shown = client.post(path, mine)
    page = shown.content.decode()
    for words in ("Somebody else saved this record", "My words", "Their words", "My room", "Laptop 4"):
        assert words in page
    with cast.wall_of(cast.lead):
        assert Incident.objects.get().narrative == "Their words"
    again = {**mine, "edition": shown.context["edition"], "shown": shown.context["shown"]}
    answer = client.post(path, {**again, "use-narrative": "mine", "use-where": "theirs", "use-evidence": "theirs"})
    assert answer.status_code == 302
    with cast.wall_of(cast.lead):
        held = Incident.objects.get()
        assert (held.narrative, held.where, held.evidence, held.edition) == ("My words", "", "Laptop 4", 3)


def test_the_same_change_sent_twice_is_one(cast):
    incident = reported(cast)
    client = cast.client_for(cast.lead)
    data = changed(client, incident, where="Library")
    for _again in range(2):
        assert client.post(f"/incidents/{incident.pk}/change/", data).status_code == 302
    with cast.wall_of(cast.lead):
        assert Incident.objects.get().edition == 2


def test_concluding_lists_what_is_owed_and_loses_nothing(cast, checked_client):
    incident, pages = whole(cast)
    client = client_of(checked_client, cast, cast.designated_officer)
    page = client.get(pages["conclude"]).content.decode()
    assert "An answer from Children’s social care" in page
    page = client.post(pages["conclude"], {"conclusion": "It ended well"}).content.decode()
    assert "cannot be concluded yet" in page
    assert "It ended well" in page
    with cast.wall_of(cast.lead):
        Duty.objects.update(done_at=timezone.now())
        Referral.objects.update(state="answered", answered_at=timezone.now())
    decide_all(cast, incident)
    assert client.post(pages["conclude"], {"conclusion": "It ended well"}).status_code == 302
    assert client.post(pages["conclude"], {"conclusion": "It ended well"}).status_code == 302
    assert "It ended well" in client.get(pages["record"]).content.decode()
    typed = {"kind": "action", "text": "Words that came too late"}
    page = client.post(pages["note"], typed).content.decode()
    assert "This incident is concluded" in page
    assert "Words that came too late" in page
    assert "Fill in" in client.post(pages["reopen"], {"why": ""}).content.decode()
    assert client.post(pages["reopen"], {"why": "News"}).status_code == 302
    with cast.wall_of(cast.lead):
        kinds = set(Note.objects.values_list("kind", flat=True))
    assert {NoteKind.REOPENED, NoteKind.CONCLUDED} <= kinds


def test_duties_done_dropped_and_late(cast, checked_client):
    incident = reported(cast)
    walked(cast, incident, "no")
    client = client_of(checked_client, cast, cast.designated_officer)
    with cast.wall_of(cast.lead):
        duty = Duty.objects.get(key="child-tells:tell-officer")
        adult = Duty.objects.get(key="child-tells:support-adult")
        record = Duty.objects.get(key="child-tells:written-record")
        sharing = Duty.objects.get(key="child-tells:record-sharing")
        Duty.objects.filter(pk=record.pk).update(due_at=timezone.now() - timedelta(hours=3, minutes=1))
    base = f"/incidents/{incident.pk}/"
    assert "late by 3 hours" in client.get(f"{base}duties/").content.decode()
    client.post(f"{base}duties/{duty.pk}/done/")
    assert "Fill in" in client.post(f"{base}duties/{adult.pk}/drop/", {"why": ""}).content.decode()
    client.post(f"{base}duties/{adult.pk}/drop/", {"why": "Was asked already"})
    page = client.get(f"{base}written-record/?duty={record.pk}").content.decode()
    assert "late by 3 hours" in page
    typed = {"text": "She said: he knows where I live", "form_key": str(uuid4())}
    page = client.post(f"{base}written-record/?duty={record.pk}", typed, follow=True).content.decode()
    assert "It was late by 3 hours" in page
    with cast.wall_of(cast.lead):
        done = set(Duty.objects.filter(done_at__isnull=False).values_list("pk", flat=True))
        assert done == {duty.pk, record.pk}
        assert Duty.objects.get(pk=adult.pk).dropped_why == "Was asked already"
        assert Duty.objects.get(pk=sharing.pk).done_at is None
        assert Note.objects.get(kind=NoteKind.RECORD).text == typed["text"]
    page = client.get(f"{base}duties/").content.decode()
    assert "Was asked already" in page
