"""A member of staff reports on a phone; a session that ends loses nothing; a file is refused where it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from safeboard.incidents import operations
from safeboard.incidents.models import EvidenceFile, Incident
from safeboard.incidents.tests.evidence import item_on
from safeboard.partnership.tests.factories import PASSWORD
from tests.cast import Cast
from tests.journeys.walker import MOUSE, Walker, Walking

WORDS = "A girl in year 8 told me that somebody in a game asks her for pictures. She is frightened."
PICTURE = {"name": "screen.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"canary" * 200_000}

# What a step costs a person who has never seen it: to find and touch a thing, to write a letter on a phone, and to run
# over a word of a page with one's eyes.
TAP, LETTER, WORD = 1.5, 0.3, 0.1


def seconds(walker: Walker) -> float:
    """How long a person would take, reckoned from what there is to touch, to write and to look over."""
    return walker.taps * TAP + walker.letters * LETTER + walker.words * WORD


def begin(walker: Walker, *, images: str = "No", kind: str = "Misuse of other technology") -> None:
    """From the home page to what happened."""
    walker.press("Report an incident")
    walker.choose(images, among="Is it, or may it be").choose(kind).press("Go on")
    if images != "No":
        assert walker.heading == "Before you write anything"
        walker.press("I have read this: go on")


def test_staff_report_on_a_phone(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str, record_property
):
    staff = somebody(cast.staff, phone=True).goto("/")
    if way == MOUSE:
        screens(staff.page, "home-phone")
    begin(staff, images="Perhaps, or I am not sure")
    if way == MOUSE:
        screens(staff.page, "report-phone")
    staff.write("What happened?", WORDS).press("Save and go on")
    staff.choose("A child told somebody").press("Save and go on")
    staff.choose("A child or young person").choose("Was harmed or put at risk").write("Name (optional)", "Kay C")
    staff.press("Save and go on").press("Save and look it over")
    staff.sees(WORDS, "Look it over")
    staff.press("Send the report")
    assert staff.heading == "The report is sent"
    staff.sees("Dora Designated")
    took = seconds(staff)
    counted = f"{staff.pages} pages, {staff.taps} taps, {staff.letters} letters, {staff.words} words: {took:.0f} s"
    assert took < 180, counted
    assert staff.taps <= 15, counted
    with cast.wall_of(cast.staff):
        assert Incident.objects.get().narrative == WORDS
    if way == MOUSE:
        screens(staff.page, "report-sent-phone")


def test_a_session_that_ends_on_the_last_page_loses_nothing(somebody: Walking, cast: Cast):
    staff = somebody(cast.staff, phone=True).goto("/")
    begin(staff)
    staff.write("What happened?", WORDS).press("Save and go on")
    staff.choose("A child told somebody").press("Save and go on")
    staff.press("Save and go on")
    staff.write("What has been done so far, and by whom? (optional)", "Told the head")
    Session.objects.all().delete()
    staff.press("Save and look it over")
    assert staff.heading == "Sign in"
    sign_in_again(staff, cast)
    staff.sees("Nothing you wrote was lost")
    staff.press("Save and look it over").sees(WORDS, "Told the head")
    Session.objects.all().delete()
    staff.press("Send the report")
    assert staff.heading == "Sign in"
    sign_in_again(staff, cast)
    assert staff.heading == "Look it over, then send it"
    staff.press("Send the report")
    assert staff.heading == "The report is sent"
    with cast.wall_of(cast.staff):
        assert (Incident.objects.get().narrative, Incident.objects.get().actions) == (WORDS, "Told the head")


def sign_in_again(walker: Walker, cast: Cast) -> None:
    """With address and password."""
    walker.write("E-mail address", cast.staff.email).write("Password", PASSWORD).press("Sign in", role="button")


def test_a_file_is_refused_where_it_may_be_about_images(
    somebody: Walking, cast: Cast, screens: Callable[..., None], way: str
):
    incident = reported(cast, images="no")
    page = f"/incidents/{incident.pk}/evidence/{item_on(cast, incident).pk}/files/add/"
    officer = somebody(cast.designated_officer)
    officer.goto(page).hand_over("Choose a file", PICTURE)
    with cast.wall_of(cast.staff):
        Incident.objects.update(images="maybe")  # somebody says so while the page stands open
    officer.press("Add the file")
    assert officer.heading == "No file is taken here"
    officer.sees("The file was refused unread. No copy of it was kept.")
    assert officer.page.locator("main a[href^='tel:']").count() >= 1
    with cast.wall_of(cast.staff):
        assert not EvidenceFile.objects.exists()
    officer.goto(page)
    assert officer.page.locator("input[type=file]").count() == 0
    if way == MOUSE:
        screens(officer.page, "file-refused")


def reported(cast: Cast, **changes: Any) -> Incident:
    """An incident that staff reported."""
    fields = {
        "scenario": "other-technology-misuse",
        "classification": "contact",
        "how_found": "told-by-child",
        "happened_on": timezone.localdate(),
        "narrative": WORDS,
        **changes,
    }
    with cast.wall_of(cast.staff):
        return operations.report(by=cast.access_for(cast.staff), fields=fields, people=())
