"""Reporting, page by page, as somebody in an agency does it in the browser."""

import re
from uuid import uuid4

import pytest

from safeboard.core import wall
from safeboard.incidents.choices import Images, Kin, Part
from safeboard.incidents.models import Draft, Incident, Involved
from safeboard.outbox.models import Message

from .reporting import KIND, PERSON, begin, fill, hidden, page_of, report_whole, send

pytestmark = pytest.mark.django_db
START = "/incidents/report/"


@pytest.fixture
def reporter(cast):
    return cast.client_for(cast.staff)


def only_incident(cast):
    with cast.wall_of(cast.staff):
        return Incident.objects.select_related("setting").get()


def test_an_incident_is_reported_page_by_page(cast, reporter):
    response = report_whole(reporter, where={"setting": cast.setting.pk})
    incident = only_incident(cast)
    assert incident.reference in response.content.decode()
    assert "CANARY narrative" in incident.narrative
    assert (incident.setting, incident.classification, incident.images) == (cast.setting, "contact", Images.NO)
    assert str(incident.happened_at) == "09:30:00"
    assert incident.reported_by == cast.staff
    with cast.wall_of(cast.staff):
        assert [(one.kin, one.name) for one in incident.people.all()] == [("child", "Kay Canary")]
        assert Draft.objects.get().answers == {}


def test_those_who_handle_reports_are_told_without_case_text(cast, reporter):
    page = report_whole(reporter).content.decode()
    assert "Dora Designated" in page
    assert "Lena Lead" in page
    messages = Message.objects.filter(kind="report-new")
    assert {one.to for one in messages} == {cast.designated_officer, cast.lead}
    assert not [one for one in messages if "CANARY" in one.subject + one.body or "Kay" in one.subject + one.body]


def test_images_are_asked_about_before_anything_else(cast, reporter):
    page = reporter.get(START).content.decode()
    assert page.index('name="images"') < page.index('name="scenario"')
    assert "tel:999" in page
    assert not re.search(r'type="file"|<textarea', page)
    key = begin(reporter, images="maybe")
    warning = reporter.get(page_of("images", key)).content.decode()
    for words in ("Stop, and close it", "Leave the device as it is", "Keep others away", "Call the police", "tel:101"):
        assert words in warning
    assert "delete" not in warning.lower()
    assert "Dora Designated" in warning


@pytest.mark.parametrize("answer", ["yes", "maybe", "no"])
def test_the_warning_comes_first_wherever_it_may_be_about_images(reporter, answer):
    response = send(reporter, START, {**KIND, "images": answer})
    assert ("/images/" in response["Location"]) == (answer != "no")


def test_a_kind_that_speaks_of_images_is_never_taken_as_no(cast, reporter):
    report_whole(reporter, kind={"images": "no", "scenario": "sexual-exploitation"})
    incident = only_incident(cast)
    assert incident.images == Images.MAYBE
    assert incident.refuses_files


def test_a_concern_about_staff_says_who_reads_it_and_keeps_to_them(cast, reporter):
    staff = {"kin": Kin.STAFF, "part": Part.CONCERN, "name": "Dora Designated"}
    key = begin(reporter)
    fill(reporter, key, who={**PERSON, **staff})
    check = reporter.get(page_of("check", key)).content.decode()
    assert "Who cannot: the person it is about" in check
    sent = reporter.post(page_of("check", key), follow=True).content.decode()
    assert "Dora Designated" not in sent
    assert "Hugo Head" in sent
    assert "Alma Allegations" in sent
    assert only_incident(cast).allegation
    assert {one.to for one in Message.objects.filter(kind="report-new")} == {
        cast.responsible_person,
        cast.allegations_officer,
    }


def test_somebody_who_reports_themself_gets_the_number_and_no_more(cast, reporter):
    own = {"kin": Kin.STAFF, "part": Part.CONCERN, "name": "Stefan Staff"}
    page = report_whole(reporter, who={**PERSON, **own}).content.decode()
    assert only_incident(cast).reference in page
    assert "you cannot read it here any more" in page
    assert "Hugo Head" not in page


def test_several_people_are_added_changed_and_taken_out(cast, reporter):
    key = begin(reporter)
    who = page_of("who", key)
    send(reporter, who, {**PERSON, "go": "another"})
    send(reporter, who + "?add=1", {**PERSON, "kin": "other", "part": "saw", "name": "Ola Onlooker", "go": "on"})
    page = reporter.get(who).content.decode()
    entries = re.findall(r"who/([0-9a-f-]{36})/", page)
    assert len(set(entries)) == 2
    send(reporter, page_of("person", key, entry=entries[0]), {**PERSON, "name": "Kim Changed"})
    reporter.post(page_of("person-remove", key, entry=entries[1]))
    page = reporter.get(who).content.decode()
    assert "Kim Changed" in page
    assert "Ola Onlooker" not in page
    assert "Kay Canary" not in page


def test_whoever_changes_a_person_from_the_check_comes_back_to_it(cast, reporter):
    key = begin(reporter)
    fill(reporter, key)
    who = page_of("who", key) + "?from=check"
    assert who in reporter.get(page_of("check", key)).content.decode()
    change = re.search(r'href="([^"]*/who/[0-9a-f-]{36}/[^"]*)"', reporter.get(who).content.decode()).group(1)
    assert send(reporter, change, {**PERSON, "name": "Kim Changed"})["Location"] == who
    assert reporter.post(who, {"go": "on"})["Location"] == page_of("check", key)
    assert "Kim Changed" in reporter.get(page_of("check", key)).content.decode()


def test_nobody_has_to_be_named(cast, reporter):
    nobody = dict.fromkeys(PERSON, "") | {"go": "on"}
    report_whole(reporter, who=nobody)
    with cast.wall_of(cast.staff):
        assert not Involved.objects.exists()


def test_the_same_form_sent_twice_is_one_report(cast, reporter):
    first = reporter.get(START)
    data = {**KIND, "key": hidden(first, "key"), "kept_for": hidden(first, "kept_for")}
    one, two = reporter.post(START, data), reporter.post(START, data)
    assert one["Location"] == two["Location"]
    key = re.search(r"report/([0-9a-f-]{36})/", one["Location"]).group(1)
    person = {**PERSON, "entry": str(uuid4())}
    reporter.post(page_of("who", key), person)
    reporter.post(page_of("who", key), person)
    fill(reporter, key, who=dict.fromkeys(PERSON, "") | {"go": "on"})
    reporter.post(page_of("check", key))
    again = reporter.post(page_of("check", key), follow=True)
    late = reporter.post(START, data, follow=True)
    with cast.wall_of(cast.staff):
        assert Incident.objects.count() == Involved.objects.count() == Draft.objects.count() == 1
        assert Incident.objects.get().reference in again.content.decode()
        assert Incident.objects.get().reference in late.content.decode()


def test_what_is_missing_is_named_and_leads_to_its_page(cast, reporter):
    key = begin(reporter)
    response = reporter.post(page_of("check", key))
    assert response.status_code == 200
    page = response.content.decode()
    assert f"{page_of('what', key)}?from=check" in page
    assert f"{page_of('where', key)}?from=check" in page
    with cast.wall_of(cast.staff):
        assert not Incident.objects.exists()
    changed = send(reporter, page_of("kind", key) + "?from=check", {**KIND, "images": "no"})
    assert changed["Location"] == page_of("check", key)


def test_how_it_is_counted_can_be_changed_and_follows_a_new_kind(cast, reporter):
    key = begin(reporter)
    send(reporter, page_of("sort", key), {"classification": "conduct", "strand": "strand-bullying"})
    send(reporter, page_of("kind", key), KIND)
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["classification"] == "conduct"
    send(reporter, page_of("kind", key), {**KIND, "scenario": "accidental-inappropriate"})
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["classification"] == "content"


def test_the_usual_setting_is_chosen_already(cast, reporter):
    key = begin(reporter)
    page = reporter.get(page_of("where", key)).content.decode()
    assert re.search(rf'value="{cast.setting.pk}"[^>]*checked', page)


def test_every_scenario_classification_and_way_of_finding_is_offered(cast, reporter):
    key = begin(reporter)
    assert reporter.get(START).content.decode().count('name="scenario"') == 9
    assert reporter.get(page_of("sort", key)).content.decode().count('name="classification"') == 5
    assert reporter.get(page_of("where", key)).content.decode().count('name="how_found"') == 12


def test_an_address_is_shown_inert(cast, reporter):
    key = begin(reporter)
    fill(reporter, key, where={"address": "https://bad.example.org/page"})
    page = reporter.get(page_of("check", key)).content.decode()
    assert "hxxps" in page
    assert "https://bad.example.org" not in page
    assert reporter.post(page_of("check", key)).status_code == 302
    assert only_incident(cast).address == "https://bad.example.org/page"


@pytest.mark.parametrize("who", ["inspector", "board_officer", "board_manager", "administrator"])
def test_who_does_not_work_in_an_agency_does_not_report(cast, who):
    assert cast.client_for(cast.people[who]).get(START).status_code == 403


# Fields of other agencies' and other people's records ------------------------------------------------------


def test_what_is_not_asked_is_not_taken(cast, reporter):
    posted = {
        "agency": cast.other_agency.pk,
        "agency_id": cast.other_agency.pk,
        "reported_by": cast.lead.pk,
        "status": "concluded",
        "pack": "becta-2008",
        "pk": 1,
        "allegation": "on",
        "serial": 99,
    }
    report_whole(reporter, what=posted, where=posted, done=posted, kind=posted)
    incident = only_incident(cast)
    assert incident.agency_id == cast.agency.pk
    assert (incident.reported_by, incident.status, incident.serial) == (cast.staff, "open", 1)
    assert (incident.pack, incident.allegation) == ("england-2026", False)


def test_a_setting_of_another_agency_is_refused(cast, reporter):
    key = begin(reporter)
    data = {"setting": cast.other_setting.pk, "where": "Typed words", "how_found": "seen"}
    response = send(reporter, page_of("where", key), data)
    assert response.status_code == 200
    assert "choose one of the answers listed" in response.content.decode()
    assert "Typed words" in response.content.decode()
    with cast.wall_of(cast.staff):
        assert "setting" not in Draft.objects.get().answers
    with cast.wall_of(cast.staff):
        draft = Draft.objects.get()
        draft.answers |= {"setting": str(cast.other_setting.pk), "narrative": "x", "happened_on": "2026-01-01"}
        draft.answers |= {"how_found": "seen"}
        draft.save()
    assert reporter.post(page_of("check", key)).status_code == 200
    assert cast.other_setting.name not in reporter.get(page_of("check", key)).content.decode()


PAGES = ("images", "kind", "what", "where", "who", "done", "sort", "check", "sent", "discard")


@pytest.mark.parametrize("other", ["colleague", "lead", "designated_officer", "other_staff", "far_lead"])
def test_a_draft_is_its_writers_alone(cast, reporter, other):
    key = begin(reporter)
    entry = uuid4()
    stranger = cast.client_for(cast.people[other])
    for name in PAGES:
        assert stranger.get(page_of(name, key)).status_code == 404, name
    for name in ("kind", "what", "where", "who", "done", "sort", "check", "discard"):
        assert stranger.post(page_of(name, key), {**KIND, "narrative": "other"}).status_code == 404, name
    assert stranger.post(page_of("person-remove", key, entry=entry)).status_code == 404
    assert stranger.get(page_of("person", key, entry=entry)).status_code == 404
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["scenario"] == KIND["scenario"]


def test_the_key_of_somebody_elses_form_is_refused_and_nothing_typed_is_lost(cast, reporter):
    theirs = hidden(cast.client_for(cast.colleague).get(START), "key")
    response = reporter.post(START, {**KIND, "key": theirs})
    assert response.status_code == 200
    page = response.content.decode()
    assert "not opened by you" in page
    assert re.search(rf'value="{KIND["scenario"]}"[^>]*checked', page)
    with wall.open_for(casework=[cast.agency.pk]):
        assert not Draft.objects.exists()


def test_a_form_of_another_account_is_refused(cast, reporter):
    key = begin(reporter)
    theirs = hidden(cast.client_for(cast.colleague).get(START), "kept_for")
    response = reporter.post(page_of("done", key), {"actions": "theirs", "kept_for": theirs}, follow=True)
    assert "opened by another account" in response.content.decode()
    with cast.wall_of(cast.staff):
        assert "actions" not in Draft.objects.get().answers
