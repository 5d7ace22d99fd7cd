"""The register of evidence and its chain of custody, by operations and in the browser."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.models import Entry
from safeboard.incidents.choices import Custody, DutyKind, Images, Status
from safeboard.incidents.errors import FilesRefused, Refused
from safeboard.incidents.models import EvidenceItem, Handover, Incident
from safeboard.incidents.operations import raise_duty
from safeboard.incidents.queries.evidence import Party, chain_of, items_of
from safeboard.incidents.queries.next import next_steps
from safeboard.incidents.queries.story import CaseFile

from .evidence import file_on, handed, item_on
from .factories import allegation, reported
from .reporting import hidden

pytestmark = pytest.mark.django_db
POLICE = Party(name="PC Ann Example 1234, Eastmarch Police")


@pytest.fixture
def officer(cast):
    return cast.client_for(cast.designated_officer)


@pytest.fixture
def item(cast):
    return item_on(cast, reported(cast))


def chain(cast, item):
    with cast.wall_of(cast.designated_officer):
        return chain_of(items_of(item.incident).get(pk=item.pk))


def base(item):
    return f"/incidents/{item.incident_id}/evidence/"


# By operations ---------------------------------------------------------------------------------------------------


def test_evidence_is_numbered_and_its_keeper_follows_from_the_last_handover(cast, item):
    assert (item.label, str(chain(cast, item).keeper)) == ("E1", "Dora Designated")
    assert item_on(cast, item.incident).label == "E2"
    me = Party(cast.designated_officer)
    handed(cast, item, me, Party(cast.lead), state=Custody.KEPT, place="Safe")
    handed(cast, item, Party(cast.lead), POLICE, receipt="EV/77")
    now = chain(cast, item)
    assert (now.keeper, now.place, now.item.state) == (POLICE, "Police station", Custody.HANDED_ON)
    assert [(str(giver), str(taker)) for _row, giver, taker in now.passages] == [
        ("Dora Designated", "Lena Lead"),
        ("Lena Lead", str(POLICE)),
    ]


def test_a_chain_whose_parties_do_not_join_is_refused_in_words(cast, item):
    with pytest.raises(Refused, match="Dora Designated has it now, and not Lena Lead"):
        handed(cast, item, Party(cast.lead), POLICE)
    with pytest.raises(Refused, match="has it now"):
        handed(cast, item, Party(name="Dora Designated"), POLICE)
    assert chain(cast, item).handovers == ()


@pytest.mark.parametrize("state", [Custody.RETURNED, Custody.DISPOSED])
def test_what_went_back_or_was_disposed_of_is_handed_on_no_more(cast, item, state):
    me = Party(cast.designated_officer)
    handed(cast, item, me, me, state=state, instruction="Sgt Example, ref 9")
    with pytest.raises(Refused, match="gone back or was disposed of"):
        handed(cast, item, me, POLICE)


def test_nothing_is_disposed_of_on_nobodys_instruction(cast, item):
    me = Party(cast.designated_officer)
    with pytest.raises(Refused, match="on whose instruction"):
        handed(cast, item, me, me, state=Custody.DISPOSED)


def test_times_follow_one_another(cast, item):
    me, now = Party(cast.designated_officer), timezone.now()
    with pytest.raises(Refused, match="only from"):
        handed(cast, item, me, POLICE, at=now - timedelta(days=2))
    with pytest.raises(Refused, match="future"):
        handed(cast, item, me, POLICE, at=now + timedelta(hours=1))
    with pytest.raises(Refused, match="future"):
        item_on(cast, item.incident, at=now + timedelta(hours=1))


def test_a_handover_sent_twice_is_one(cast, item):
    key, me = uuid.uuid4(), Party(cast.designated_officer)
    assert handed(cast, item, me, POLICE, form_key=key) == handed(cast, item, me, POLICE, form_key=key)
    again = item_on(cast, item.incident, form_key=key)
    assert item_on(cast, item.incident, form_key=key) == again
    with cast.wall_of(cast.lead):
        assert (Handover.objects.count(), EvidenceItem.objects.count()) == (1, 2)


def test_no_file_hides_in_the_words(cast, item):
    with pytest.raises(FilesRefused):
        item_on(cast, item.incident, what="data:image/png;base64,AAAA")
    with pytest.raises(FilesRefused):
        handed(cast, item, Party(cast.designated_officer), POLICE, receipt="data:image/png;base64,AAAA")


def test_a_concluded_incident_takes_nothing_in_but_what_is_there_still_changes_hands(cast, item):
    with cast.wall_of(cast.lead):
        Incident.objects.update(status=Status.CONCLUDED, concluded_at=timezone.now())
    assert handed(cast, item, Party(cast.designated_officer), POLICE).pk
    with pytest.raises(PermissionDenied, match=r"incidents\.take_in"):
        item_on(cast, item.incident)


def test_evidence_in_words_is_kept_also_where_it_is_about_images(cast):
    item = item_on(cast, reported(cast, images=Images.YES))
    assert handed(cast, item, Party(cast.designated_officer), POLICE).pk
    with pytest.raises(FilesRefused):
        file_on(cast, item)


def test_the_history_holds_numbers_and_choices_alone(cast, item):
    handed(cast, item, Party(cast.designated_officer), POLICE)
    entries = Entry.objects.filter(verb__startswith="incidents.evidence")
    assert {entry.verb for entry in entries} == {"incidents.evidence_taken_in", "incidents.evidence_handed_over"}
    for entry in entries:
        assert "Ann" not in str(entry.facts)
        assert "telephone" not in str(entry.facts)


# Story and next steps ----------------------------------------------------------------------------------------------


def test_the_story_tells_of_evidence_to_who_reads_all_of_it(cast, item):
    file_on(cast, item)
    handed(cast, item, Party(cast.designated_officer), POLICE)
    for who, tells in (("lead", True), ("inspector", True), ("staff", False)):
        person = cast.people[who]
        with cast.wall_of(person):
            case = CaseFile(cast.access_for(person), Incident.objects.get(pk=item.incident_id))
            lines = [line for line in case.story() if "E1" in line.title]
        assert bool(lines) == tells, who
        assert all(bool(line.href) == (who == "lead") for line in lines)
    assert {"Evidence E1 taken in", f"Evidence E1 handed to {POLICE}", "File added to evidence E1"} == {
        line.title for line in _story(cast, item)
    }


def _story(cast, item):
    with cast.wall_of(cast.lead):
        case = CaseFile(cast.access_for(cast.lead), Incident.objects.get(pk=item.incident_id))
        return [line for line in case.story() if "E1" in line.title]


def test_evidence_that_must_be_kept_safe_is_a_next_step_until_it_is_written_down(cast):
    incident, access = reported(cast), cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        raise_duty(
            by=access,
            incident=incident,
            key="keep",
            kind=DutyKind.PRESERVE,
            title="Keep the telephone safe",
            owner="designated_officer",
            due_at=timezone.now() + timedelta(hours=2),
        )
        steps = next_steps(CaseFile(access, incident))
    assert "Write down where the evidence is" in [step.text for step in steps]
    assert [step.why for step in steps].count("Keep the telephone safe") == 1  # its button, and not as the rest too
    item_on(cast, incident)
    with cast.wall_of(cast.designated_officer):
        incident = Incident.objects.get(pk=incident.pk)
        assert "Write down where the evidence is" not in [one.text for one in next_steps(CaseFile(access, incident))]


# In the browser ------------------------------------------------------------------------------------------------------


TAKEN = {
    "kind": "device",
    "what": "Black telephone",
    "marks": "SN 123",
    "place": "Safe",
    "person": "",
    "name": "Mr Key",
}


def test_evidence_is_entered_and_handed_over_in_the_browser(cast, officer):
    incident = reported(cast)
    page = officer.post(f"/incidents/{incident.pk}/evidence/add/", TAKEN, follow=True).content.decode()
    assert "It is in the register as E1. Write that on it." in page
    assert "Mr Key" in page
    with cast.wall_of(cast.lead):
        item = EvidenceItem.objects.get()
    over = f"{base(item)}{item.pk}/hand-over/"
    given = {"state": "handed_on", "body": str(POLICE), "place": "Station", "why": "They asked", "seen": "0"}
    page = officer.post(over, given, follow=True).content.decode()
    assert "The handover is recorded" in page
    assert "from <strong>Mr Key</strong> to <strong>PC Ann Example" in page
    listed = officer.get(base(item)).content.decode()
    assert "With somebody else" in listed
    assert "Do not switch a device on or off" in listed


def test_who_keeps_it_must_be_said(cast, officer):
    incident = reported(cast)
    page = officer.post(f"/incidents/{incident.pk}/evidence/add/", {**TAKEN, "name": ""}).content.decode()
    assert "choose somebody above, or write their name" in page
    assert "Black telephone" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("kept", "Choose who keeps it now"), ("handed_on", "Say who has it now"), ("returned", "Say who took it back")],
)
def test_what_a_choice_asks_for_is_asked_for(cast, officer, item, state, words):
    page = officer.post(f"{base(item)}{item.pk}/hand-over/", {"state": state, "place": "x", "why": "y"})
    assert words in page.content.decode()


def test_two_who_record_a_handover_at_once_make_no_gap(cast, officer, item):
    over = f"{base(item)}{item.pk}/hand-over/"
    seen = hidden(officer.get(over), "seen")
    handed(cast, item, Party(cast.designated_officer), Party(cast.lead), state=Custody.KEPT)
    given = {"state": "handed_on", "body": str(POLICE), "place": "Station", "why": "They asked", "seen": seen}
    page = officer.post(over, given).content.decode()
    assert "By the record Lena Lead has it now, and not Dora Designated" in page
    assert "They asked" in page
    assert len(chain(cast, item).handovers) == 1


def test_a_concluded_incident_keeps_what_was_typed(cast, officer, item):
    with cast.wall_of(cast.lead):
        Incident.objects.update(status=Status.CONCLUDED, concluded_at=timezone.now())
    page = officer.post(f"{base(item)}add/", TAKEN).content.decode()
    assert "This incident is concluded" in page
    assert "Black telephone" in page


def test_the_custody_sheet_is_a_document_and_its_leaving_is_recorded(cast, officer, item):
    handed(cast, item, Party(cast.designated_officer), POLICE)
    response = officer.get(f"{base(item)}{item.pk}/custody.pdf")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(verb="incidents.custody_printed", facts__item=item.pk).count() == 1


@pytest.mark.parametrize("who", ["staff", "colleague", "inspector", "infrastructure", "other_lead", "board_officer"])
def test_only_those_who_handle_it_see_the_register(cast, item, who):
    browser = cast.client_for(cast.people[who])
    for page in ("", "add/", f"{item.pk}/", f"{item.pk}/hand-over/", f"{item.pk}/custody.pdf", "packs/"):
        assert browser.get(base(item) + page).status_code in (403, 404), page


def test_the_evidence_of_one_incident_is_not_found_under_another(cast, officer, item):
    other = reported(cast)
    browser = cast.client_for(cast.designated_officer)
    assert browser.get(f"/incidents/{other.pk}/evidence/{item.pk}/").status_code == 404


def test_the_subject_of_a_concern_sees_nothing_of_its_evidence(cast):
    incident = allegation(cast)
    item = item_on(cast, incident, by="responsible_person")
    assert cast.client_for(cast.designated_officer).get(f"{base(item)}{item.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_the_database_as_often_for_one_as_for_three(cast, django_assert_max_num_queries, item, count):
    for _more in range(count - 1):
        file_on(cast, item_on(cast, item.incident))
    with wall.open_for(casework=[cast.agency.pk]), django_assert_max_num_queries(3):
        assert len([chain_of(one) for one in items_of(item.incident)]) == count
