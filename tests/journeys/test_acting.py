"""The chart leads to the right people, with numbers that dial; the designated officer refers it and concludes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from safeboard.core import wall
from safeboard.incidents.choices import Status
from safeboard.incidents.models import Duty, Incident, Walk
from safeboard.partnership.models import BoardContact, Contact
from tests.cast import Cast
from tests.journeys.test_reporting import reported
from tests.journeys.walker import MOUSE, Walking

OFFICER, DUTY_TEAM = "01632 960 101", "01632 960 202"
# The incident chart: each question with the answer that leads to CEOP, social care and the police.
WAY_TO_CEOP = (
    ("What have you found, or been told about?", "Something that is, or may be, against the law"),
    ("Could somebody who works or volunteers with you be behind it?", "No, nothing points that way"),
    ("Which of these comes nearest?", "A child may be at risk from somebody"),
    ("Is the child in danger right now?", "No, not at this moment"),
    ("Is it about sexual abuse or grooming?", "Yes"),
)


def local_numbers(cast: Cast) -> None:
    """The agency's officer and the area's duty team can be rung."""
    with wall.open_for(agencies=[cast.agency.pk], boards=[cast.board.pk], shared=[cast.board.pk]):
        Contact.objects.create(agency=cast.agency, kind="designated-officer", name="Dora Designated", telephone=OFFICER)
        BoardContact.objects.create(
            board=cast.board, kind="social-care-duty-team", name="Eastmarch duty team", telephone=DUTY_TEAM
        )


def test_the_chart_leads_to_ceop_and_the_police(somebody: Walking, cast: Cast, screens: Callable[..., None], way: str):
    local_numbers(cast)
    incident = reported(cast, images="maybe")
    staff = somebody(cast.staff, phone=True)
    staff.goto(f"/incidents/{incident.pk}/walk/").press("Incident chart: what to do and whom to tell")
    for question, answer in WAY_TO_CEOP:
        assert staff.heading == question
        staff.choose(answer).press("Go on")
    staff.sees("CEOP", "www.ceop.police.uk", "Eastmarch duty team")
    assert staff.page.locator(f"main a[href='tel:{DUTY_TEAM.replace(' ', '')}']").count()
    if way == MOUSE:
        screens(staff.page, "chart-phone")
    staff.choose("Not yet, or I am not sure").press("Go on")
    staff.press("Go back one question")
    assert staff.page.get_by_label("Not yet, or I am not sure", exact=True).count()
    staff.choose("Yes").press("Go on")
    staff.choose("Yes").press("Go on")
    staff.choose("Not yet").press("Go on")
    staff.sees("What to do now, in this order", "Whom to ring", "What is owed now", "CEOP")
    if way == MOUSE:
        screens(staff.page, "outcome-phone")
    for number in (OFFICER, DUTY_TEAM, "101"):
        assert staff.page.locator(f"main a[href='tel:{number.replace(' ', '')}']").count(), number
    with cast.wall_of(cast.staff):
        walk = Walk.objects.get()
        assert walk.outcome
        assert Duty.objects.filter(walk=walk, kind="refer").exists()


def test_the_officer_refers_and_records_the_answer(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    local_numbers(cast)
    incident = reported(cast, images="no")
    reported(cast, scenario="sexual-exploitation", images="maybe")
    reported(cast, scenario="bullying-harassment")
    with cast.wall_of(cast.staff):
        Duty.objects.filter(incident=incident).update(due_at=timezone.now() - timedelta(hours=2))
    officer = somebody(cast.designated_officer).goto("/").sees("Late")
    if way == MOUSE:
        screens(officer.page, "home")
    officer.goto(f"/incidents/{incident.pk}/")
    if way == MOUSE:
        screens(officer.page, "record")
    officer.press("Refer it to somebody")
    officer.pick("To whom?", "Children’s social care").press("I have made this referral")
    officer.sees("It is recorded that you referred this")
    officer.press("They have received it").write("Who said so?", "The duty worker").press("They have received it")
    officer.press("They have answered").write("What did they answer?", "They visit the family tomorrow")
    officer.press("Record the answer").sees("They visit the family tomorrow")
    if way == MOUSE:
        screens(officer.page, "referral")
    officer.goto(f"/incidents/{incident.pk}/duties/")
    while officer.page.get_by_role("button", name="It is done").count():
        officer.press("It is done")
    officer.press("No longer needed").write("Why is this no longer needed?", "It was talked over the same day")
    officer.press("It is no longer needed").sees("Nothing is owed on this incident")
    officer.goto(f"/incidents/{incident.pk}/").press("Decide on support")
    for words in ("Nobody was harmed or put at risk", "We looked: nobody else is affected"):
        officer.press(words).sees("Recorded")
    officer.press("Decide on support").choose("Support was offered").write("What was offered?", "Talks with Mr Oak")
    officer.press("Record the decision").sees("Everything is decided")
    officer.goto(f"/incidents/{incident.pk}/").press("Conclude it")
    officer.write("What was the conclusion?", "She is safe. The family was told how to report the account.")
    officer.press("Conclude it")
    officer.sees("Concluded", "She is safe")
    with cast.wall_of(cast.staff):
        assert Incident.objects.get(pk=incident.pk).status == Status.CONCLUDED
