"""The pages in a real browser: passkeys with a made-up key of Chromium's, and the looks of each page."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from safeboard.core.roles import Role
from safeboard.partnership.tests.factories import PASSWORD, AgencyFactory, MembershipFactory, PersonFactory
from tests.support.browser import check_whole

from .flow import verbs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
HOME = re.compile(r"//[^/]+/$")
CAN_DO = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def lead(transactional_db: None) -> Any:
    """An agency's lead with an address, a password and no second factor."""
    person = PersonFactory(name="Lena Lead", email="lead@example.org")
    MembershipFactory(person=person, role=Role.AGENCY_LEAD, agency=AgencyFactory(name="Alder Bank School"))
    return person


@pytest.fixture
def named(live_server: Any) -> str:
    """The server by a name: passkeys are for names alone."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def key(new_page: Callable[..., Page], named: str) -> tuple[Page, Any]:
    """A page whose browser has a passkey device, and the way to speak to that."""
    page = new_page(base_url=named)
    speak = page.context.new_cdp_session(page)
    speak.send("WebAuthn.enable")
    device = speak.send("WebAuthn.addVirtualAuthenticator", {"options": CAN_DO})["authenticatorId"]
    return page, lambda command, **more: speak.send(f"WebAuthn.{command}", {"authenticatorId": device, **more})


def give_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("lead@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_used_alone_and_taken_away(key: tuple[Page, Any], lead: Any) -> None:
    page, device = key
    page.goto("/?year=2026")
    give_password(page)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    check_whole(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    check_whole(page)
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    check_whole(page)
    page.get_by_text("I have kept them: continue").click()
    page.wait_for_url("**/?year=2026")
    assert len(device("getCredentials")["credentials"]) == 1
    assert verbs(lead) == ["signed_in", "second_factor_added", "recovery_codes_made"]

    page.context.clear_cookies()
    page.goto("/account/")
    check_whole(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile("/account/$"))  # no password, and on to the page that was asked for
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    check_whole(page)
    page.goto("/")  # which needs the second factor
    page.wait_for_url(HOME)

    page.context.clear_cookies()
    page.goto("/account/")
    give_password(page)
    expect(page.get_by_role("heading", name="Enter your security code")).to_be_visible()
    check_whole(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile("/account/$"))
    page.get_by_role("link", name="Remove Work laptop").click()
    expect(page.get_by_role("heading", name="Remove the passkey")).to_be_visible()
    check_whole(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.wait_for_url(re.compile("/account/$"))
    assert not Authenticator.objects.exists()
    page.goto("/")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()


def test_a_passkey_that_is_refused_says_what_to_do(key: tuple[Page, Any], lead: Any) -> None:
    page, device = key
    page.goto("/account/sign-in/")
    give_password(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/account/second-factor/passkeys/add/")
    device("setUserVerified", isUserVerified=False)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing was changed")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_enabled()
    assert not Authenticator.objects.exists()


def test_without_scripts_the_app_does_it(new_page: Callable[..., Page], lead: Any) -> None:
    from .flow import code_now

    page = new_page(scripts=False, phone=True)
    page.goto("/")
    expect(page.get_by_text("Passkeys do not work in this browser")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    give_password(page)
    page.get_by_text("Add an authenticator app").last.click()
    page.get_by_label("Security code").fill(code_now(page.locator("#secret").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    page.get_by_text("I have kept them: continue").click()
    page.wait_for_url(HOME)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_every_page_is_whole(new_page: Callable[..., Page], lead: Any, phone: bool) -> None:
    page = new_page(phone=phone)
    folder = os.environ.get("ACCOUNTS_PICTURES")

    def look(path: str, name: str) -> None:
        page.goto(path)
        check_whole(page)
        if folder:
            page.screenshot(path=f"{folder}/{name}-{'390' if phone else '1280'}.png", full_page=True)

    look("/account/sign-in/?ended=idle", "sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="There is something to put right")).to_be_visible()
    check_whole(page)
    if folder:
        page.screenshot(path=f"{folder}/sign-in-errors-{'390' if phone else '1280'}.png", full_page=True)
    for name in ("password/forgotten", "password/forgotten/sent", "password/new/1-x", "password/new/done", "closed"):
        look(f"/account/{name}/", name.replace("/", "-"))
    look("/account/elsewhere/failed/", "elsewhere-failed")
    page.goto("/account/")
    give_password(page)
    for name in ("", "sign-out", "password/change", "second-factor/needed", "second-factor/app/add"):
        look(f"/account/{name}/".replace("//", "/"), name.replace("/", "-") or "account")
    look("/account/second-factor/passkeys/add/", "passkey-add")


def test_the_pages_of_the_second_factor_are_whole(new_page: Callable[..., Page], lead: Any) -> None:
    from .flow import app_code, code_now

    folder = os.environ.get("ACCOUNTS_PICTURES")
    page = new_page(phone=True)

    def look(name: str) -> None:
        check_whole(page)
        if folder:
            page.screenshot(path=f"{folder}/{name}-390.png", full_page=True)

    page.goto("/")
    give_password(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/account/second-factor/app/add/")
    page.get_by_label("Security code").fill("12")
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="There is something to put right")).to_be_visible()
    look("app-add-error")
    page.get_by_label("Security code").fill(code_now(page.locator("#secret").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    look("codes")
    for name in ("second-factor/codes/new", "second-factor/app/remove", "second-factor/confirm"):
        page.goto(f"/account/{name}/")
        look(name.replace("/", "-"))
    page.goto("/account/")
    look("account-with-app")
    page.context.clear_cookies()
    page.goto("/")
    give_password(page)
    expect(page.get_by_role("heading", name="Enter your security code")).to_be_visible()
    look("authenticate")
    page.get_by_label("Security code").fill(app_code(lead, 1))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(HOME)
    lead.memberships.update(ended_at=lead.joined)
    page.goto("/")
    expect(page.get_by_role("heading", name="You have no role here at the moment")).to_be_visible()
    look("no-place")
