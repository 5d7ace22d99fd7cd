"""A member of staff reports an incident on a phone, with and without scripts; the rule on images holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from safeboard.incidents.models import Attachment, Draft, Incident
from tests.cast import Cast, make_cast
from tests.support.browser import check_whole, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from safeboard.accounts.models import Person

LONG = "Somebody in a game asked her where she lives. " * 8 + "w" * 120


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def opened(new_page: Callable[..., Page], live_server, cast: Cast) -> Callable[..., Page]:
    """A page in which somebody is signed in."""

    def open_as(person: Person, **more: bool) -> Page:
        page = new_page(**more)
        session = cast.client_for(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_as


def go_on(page: Page, name: str, look: Callable[[Page], None]) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    look(page)


def report(page: Page, look: Callable[[Page], None], *, images: str = "No") -> None:
    """Report from the home page to the end; ``look`` at every page."""
    page.goto("/")
    look(page)
    page.get_by_role("button", name="Report an incident").click()
    look(page)
    page.get_by_label(images, exact=True).check()
    page.get_by_label("Misuse of other technology", exact=True).check()
    go_on(page, "Go on", look)
    if images != "No":
        go_on(page, "I have read this: go on", look)
    page.get_by_label("What happened?").fill(LONG)
    go_on(page, "Save and go on", look)
    page.get_by_label("A child told somebody").check()
    go_on(page, "Save and go on", look)
    page.get_by_label("A child or young person").check()
    page.get_by_label("Was harmed or put at risk").check()
    page.get_by_label("Name (optional)").fill("Kay Canary")
    go_on(page, "Save and go on", look)
    go_on(page, "Save and look it over", look)
    go_on(page, "Send the report", look)
    assert page.get_by_role("heading", level=1).inner_text() == "The report is sent"


@pytest.mark.parametrize("scripts", [True, False])
def test_staff_report_on_a_phone(opened, cast, screens, scripts):
    phone = opened(cast.staff, phone=True, scripts=scripts)
    report(phone, check_whole if scripts else lambda page: None)
    assert phone.get_by_text("Dora Designated").count() == 1
    if scripts:
        screens(phone, "report-sent-phone", whole=True)
    with cast.wall_of(cast.staff):
        incident = Incident.objects.get()
        assert incident.narrative == LONG
        assert incident.people.get().name == "Kay Canary"


def test_a_report_by_keyboard_alone(opened, cast):
    page = opened(cast.staff)
    page.goto("/incidents/report/")
    reach(page, "images")
    page.keyboard.press("Space")
    reach(page, "scenario")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/what/")
    reach(page, "narrative")
    page.keyboard.type("By keyboard")
    reach(page, "happened_at")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/where/")
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["narrative"] == "By keyboard"


def reach(page: Page, name: str) -> None:
    """Press Tab until the field has the focus."""
    for _press in range(40):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def test_the_session_ends_on_the_last_page_and_nothing_is_lost(opened, cast, screens):
    from django.contrib.sessions.models import Session

    from safeboard.partnership.tests.factories import PASSWORD

    phone = opened(cast.staff, phone=True)
    phone.goto("/incidents/report/")
    phone.get_by_label("No", exact=True).check()
    phone.get_by_label("Misuse of e-mail", exact=True).check()
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("What happened?").fill("Typed before the session ended")
    Session.objects.all().delete()
    phone.get_by_role("button", name="Save and go on").click()
    phone.locator("input[name=login]").fill(cast.staff.email)
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    assert phone.get_by_text("Nothing you wrote was lost").count() == 1
    assert phone.get_by_label("What happened?").input_value() == "Typed before the session ended"
    check_whole(phone)
    screens(phone, "report-signed-out-phone")


def test_an_attachment_is_refused_where_it_is_about_images(opened, cast, screens, tmp_path):
    report(opened(cast.staff, phone=True, scripts=False), lambda page: None, images="Perhaps, or I am not sure")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000)
    with cast.wall_of(cast.staff):
        Incident.objects.update(images="no")
        incident = Incident.objects.get()
    officer = opened(cast.designated_officer)
    officer.goto(f"/incidents/{incident.pk}/files/")
    check_whole(officer)
    officer.get_by_label("Choose a file").set_input_files(picture)
    with cast.wall_of(cast.staff):
        Incident.objects.update(images="maybe")  # somebody says so while the page is open
    officer.get_by_role("button", name="Attach the file").click()
    assert officer.get_by_text("The file was refused unread").count() == 1
    check_whole(officer)
    no_sideways_scroll(officer)
    screens(officer, "attachment-refused", whole=True)
    with cast.wall_of(cast.staff):
        assert not Attachment.objects.exists()
