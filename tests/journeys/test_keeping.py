"""What follows a report: evidence kept, another agency that takes it on, what is learned; a filter's token."""

from __future__ import annotations

from safeboard.api.models import Token
from safeboard.core import wall
from safeboard.incidents.models import EvidenceItem, Lesson, Received
from tests.cast import Cast
from tests.journeys.test_reporting import reported
from tests.journeys.walker import Walking

NOTE = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"What the caretaker wrote down that morning"}


def test_evidence_is_taken_in_handed_over_and_packed(somebody: Walking, cast: Cast):
    incident = reported(cast, images="no")
    officer = somebody(cast.designated_officer, phone=True).goto(f"/incidents/{incident.pk}/evidence/")
    officer.press("Add evidence").press("Put it in the register").sees("Describe it in a few words")
    officer.choose("Paper: a printout, a letter, a note").write("Describe it", "Two printed pages, torn corner")
    officer.write("Where is it kept now?", "Safe in the office").press("Put it in the register")
    officer.press("It changes hands").choose("Somebody else has it now, such as the police")
    officer.write("To whom?", "PC 4411 Umber, Eastmarch police").write("Where is it now?", "Police station")
    officer.write("Why?", "They asked for it").press("Record the handover").sees("PC 4411 Umber", "Safe in the office")
    officer.press("Add a file").hand_over("Choose a file", NOTE).press("Add the file").sees("note.txt")
    officer.goto(f"/incidents/{incident.pk}/evidence/").press("Make an evidence pack")
    officer.write("What is it for?", "For the police").press("Make the pack").sees("pack")
    with cast.wall_of(cast.designated_officer):
        item = EvidenceItem.objects.get(incident=incident)
        assert (item.what, item.handovers.count(), item.files.count()) == ("Two printed pages, torn corner", 1, 1)


def test_another_agency_takes_it_on(somebody: Walking, cast: Cast):
    incident = reported(cast, images="no")
    officer = somebody(cast.designated_officer).goto(f"/incidents/{incident.pk}/referrals/hand-on/")
    officer.press("Show me what they will see").sees("Choose the agency")
    officer.pick("To which agency?", cast.other_agency.name)
    officer.write("Your words to them (optional)", "She goes to your club")
    officer.write("Why is it shared? (optional)", "They can watch over her")
    officer.press("Show me what they will see").sees("She goes to your club", "not sent yet")
    officer.press(f"Send it to {cast.other_agency.name}").sees(cast.other_agency.name)
    other = somebody(cast.other_designated_officer, phone=True).goto("/incidents/received/")
    other.press(cast.agency.name).sees("She goes to your club").sees_not("They can watch over her")
    other.press("We have it").press("Take it on as our incident")
    with wall.open_for(casework=[cast.other_agency.pk]):
        assert Received.objects.get().state == "accepted"


def test_what_was_learned_is_done(somebody: Walking, cast: Cast):
    incident = reported(cast)
    officer = somebody(cast.designated_officer).goto(f"/incidents/{incident.pk}/review/").press("Write the debrief")
    officer.choose("In part", among="Could it have been prevented?")
    officer.choose("Yes", among="Was the response effective?")
    officer.write("What do we learn from it?", "Everybody needs the numbers by the telephone")
    officer.press("Keep the debrief").sees("Everybody needs the numbers by the telephone")
    officer.press("Write down a lesson").write("What did you learn, and what is to change?", "Put up the numbers")
    officer.choose("A training need").pick("Who sees to it? (optional)", cast.lead.name).press("Keep the lesson").sees(
        "Put up the numbers"
    )
    lead = somebody(cast.lead, phone=True).goto("/incidents/lessons/").press("Put up the numbers")
    lead.press("Say what was done").write("What was done?", "They hang in every room").press("It is done")
    with cast.wall_of(cast.lead):
        assert Lesson.objects.get().done == "They hang in every room"


def test_a_filter_gets_a_token_and_loses_it(somebody: Walking, cast: Cast):
    lead = (
        somebody(cast.lead).goto("/tokens/").press("Make a token").press("Make the token").sees("Say what will use it")
    )
    lead.write("What will use it?", "Filter at Alder Bank").choose(
        "Hand in alerts of a filtering or monitoring product"
    )
    lead.press("Make the token").sees("Copy it now")
    lead.press("I have copied it. On to the list of tokens").sees("Filter at Alder Bank", "In use")
    lead.press("Revoke").sees("Revoke this token?").press("Revoke it").sees("Revoked")
    assert Token.objects.get().revoked_at is not None
