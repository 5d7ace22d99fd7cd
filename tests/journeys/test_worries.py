"""A child writes on a telephone, comes back and reads the answer; the officer answers and makes an incident."""

from __future__ import annotations

import pytest

from safeboard.core.unseen import COUNTER
from safeboard.incidents.models import Draft, Incident
from safeboard.incidents.tests.worries import again, opened, sent
from tests.cast import Cast
from tests.journeys.walker import Walker, Walking

WORRY = "Someone in a game keeps asking me for pictures."
ANSWER = "Thank you for telling us. It is not your fault."


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    """The limits of the hour begin anew."""
    COUNTER.forget()


def tell(child: Walker, cast: Cast) -> str:
    """From the first page to the seven words; gives them."""
    child.goto("/worry/").press("I am a child or a young person").press("Start")
    child.write("What is worrying you?", WORRY).press("Next")
    child.choose("Yes").press("Next").sees("Ring 999 now", "999")
    child.press("Go on").write("Type part of its name", cast.setting.name[:5]).press("Find it")
    child.choose(f"{cast.setting.name}, {cast.setting.town}").press("Next")
    child.choose("No").press("Next")
    child.choose("A safe person at my school or club").press("Next")
    child.sees(f"A safe person for {cast.setting.name} will read this.").press("Send it")
    return " ".join(child.page.locator(".sb-child__words li").all_inner_texts())


def come_back(child: Walker, words: str) -> Walker:
    """Open what was said with the seven words."""
    child.goto("/worry/").press("I have my seven words")
    return child.write("Come back with your seven words", words).press("Open")


def test_a_child_tells_and_comes_back_for_the_answer(somebody: Walking, cast: Cast):
    opened(cast)
    words = tell(somebody(phone=True), cast)
    assert len(words.split()) == 7
    officer = somebody(cast.designated_officer)
    officer.goto("/").press("Read a worry that was sent in")
    officer.sees(WORRY).write("Write back", ANSWER).press("Put it on their page")
    child = come_back(somebody(phone=True), words)
    child.sees(WORRY, ANSWER)
    child.write("Do you want to tell us more?", "He knows my school.").press("Send")
    child.sees("He knows my school.", "No one has read this yet.")
    assert not child.page.context.cookies()


def test_the_officer_makes_an_incident_of_it(somebody: Walking, cast: Cast):
    worry, _words = sent(cast, text=WORRY)
    officer = somebody(cast.designated_officer)
    officer.goto(f"/incidents/worries/{worry.pk}/").press("Make an incident of it")
    officer.choose("Perhaps, or I am not sure").choose("Sexual exploitation").choose("Contact").press(
        "Make the incident"
    )
    with cast.wall_of(cast.designated_officer):
        incident = Incident.objects.get()
    assert again(worry).incident_id == incident.pk
    assert officer.path == f"/incidents/{incident.pk}/walk/"


def test_an_adult_reads_the_points_and_writes_it_down(somebody: Walking, cast: Cast):
    staff = somebody(cast.staff, phone=True)
    staff.goto("/").press("A child is telling me something now")
    staff.sees("Promise no secret", "Write it down, within twelve hours").press("Write it down now")
    with cast.wall_of(cast.staff):
        assert staff.path == f"/incidents/report/{Draft.objects.get().form_key}/kind/"
    staff.goto("/").sees("Write down what the child told you")


def test_the_way_out_leads_to_a_harmless_page(somebody: Walking, cast: Cast):
    opened(cast)
    child = somebody(phone=True)
    child.goto("/worry/")
    way_out = child.page.get_by_role("button", name="Leave this page fast")
    assert way_out.get_attribute("href") == "https://www.bbc.co.uk/weather"
