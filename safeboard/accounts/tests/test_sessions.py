"""How long a session lasts, who ends it, and how one comes back."""

import time

import pytest
from django.conf import settings

from safeboard.accounts import operations
from safeboard.accounts.choices import Reason
from safeboard.accounts.middleware import OPENED, SEEN
from safeboard.accounts.models import Person
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.partnership.models import Membership
from safeboard.partnership.tests.factories import PASSWORD
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import ACCOUNT, SIGN_IN, give_password, verbs

pytestmark = pytest.mark.django_db
JOB = job_access("test")
NEW = "seven brown otters sleep"


@pytest.fixture
def staff(checked_client: CheckedClient, cast: Cast) -> Person:
    give_password(checked_client, cast.staff.email)
    return cast.staff


def long_ago(client, key: str, seconds: int) -> None:
    session = client.session
    session[key] -= seconds
    session.save()


def test_the_limits_are_half_an_hour_and_ten_hours():
    assert (settings.SESSION_IDLE_LIMIT, settings.SESSION_LIMIT) == (30 * 60, 10 * 60 * 60)


@pytest.mark.parametrize(
    ("key", "seconds", "why"), [(SEEN, 30 * 60, "idle"), (OPENED, 10 * 60 * 60, "limit")], ids=["idle", "limit"]
)
def test_a_session_ends_and_comes_back_to_the_same_page(checked_client, staff, key: str, seconds: int, why: str):
    long_ago(checked_client, key, seconds)
    turned = checked_client.get("/?kind=2")
    assert turned.url == f"{SIGN_IN}?ended={why}&next=%2F%3Fkind%3D2"
    assert "You were signed out because" in checked_client.get(turned.url).content.decode()
    assert give_password(checked_client, staff.email, next="/?kind=2").url == "/?kind=2"
    assert Entry.objects.get(verb="accounts.signed_out").facts == {"why": why}


def test_one_who_works_is_not_signed_out(checked_client, staff):
    for _half in range(3):
        long_ago(checked_client, SEEN, 29 * 60)
        assert checked_client.get("/").status_code == 200
        assert time.time() - checked_client.session[SEEN] < 5


def test_seen_is_not_written_at_every_request(checked_client, staff, django_assert_num_queries):
    before = checked_client.session[SEEN]
    long_ago(checked_client, SEEN, 30)
    checked_client.get(ACCOUNT)
    assert checked_client.session[SEEN] == before - 30


def test_a_session_without_a_clock_is_over(checked_client, staff):
    session = checked_client.session
    del session[OPENED]
    session.save()
    assert "ended=limit" in checked_client.get("/").url


def test_a_form_sent_too_late_comes_back_to_the_page_it_was_on(checked_client, staff):
    long_ago(checked_client, SEEN, 3600)
    page = "http://testserver/incidents/report/?draft=7"
    wanted = f"{SIGN_IN}?ended=idle&next=%2Fincidents%2Freport%2F%3Fdraft%3D7"
    assert checked_client.post("/", HTTP_REFERER=page).url == wanted
    give_password(checked_client, staff.email)
    long_ago(checked_client, SEEN, 3600)
    answer = checked_client.get("/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=page)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == wanted


def test_a_page_elsewhere_is_not_come_back_to(checked_client, staff):
    long_ago(checked_client, SEEN, 3600)
    answer = checked_client.get("/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="https://evil.example/x")
    assert answer["HX-Redirect"] == f"{SIGN_IN}?ended=idle"


def test_the_page_of_an_open_route_just_goes_on(checked_client, staff):
    long_ago(checked_client, SEEN, 3600)
    assert checked_client.get(SIGN_IN).status_code == 200
    assert checked_client.get("/").url == f"{SIGN_IN}?next=/"


def test_one_who_is_closed_is_out_at_the_next_request_and_stays_out(checked_client, staff):
    assert checked_client.get("/").status_code == 200
    operations.deactivate(by=JOB, person=staff, reason=Reason.LEFT)
    assert checked_client.get("/").url.startswith(f"{SIGN_IN}?ended=closed")
    operations.activate(by=JOB, person=staff, reason=Reason.BACK)
    assert checked_client.get("/").url == f"{SIGN_IN}?next=/"
    assert verbs(staff)[1:] == ["closed", "opened"]


def test_a_session_does_not_come_alive_again_with_the_account(checked_client, staff):
    operations.deactivate(by=JOB, person=staff, reason=Reason.LEFT)
    operations.activate(by=JOB, person=staff, reason=Reason.BACK)
    assert checked_client.get("/").url.startswith(f"{SIGN_IN}?ended=closed")


def test_a_leaver_is_out_at_the_next_request(checked_client, staff):
    from django.utils import timezone

    Membership.objects.filter(person=staff).update(ended_at=timezone.now())
    assert checked_client.get("/").url == "/account/no-role/"


def test_another_password_ends_every_other_session(checked_client, staff, mailed):
    other = CheckedClient()
    give_password(other, staff.email)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert checked_client.get("/account/password/change/").status_code == 200
    assert checked_client.post("/account/password/change/", words).status_code == 302
    assert checked_client.get("/").status_code == 200
    assert other.get("/").url.startswith(f"{SIGN_IN}?ended=closed")
    assert give_password(other, staff.email).status_code == 200  # the old one
    assert verbs(staff)[-1] == "password_changed"
    assert mailed[0]["to"] == staff
    assert mailed[0]["by"].person is None


def test_a_weak_password_is_refused_and_nothing_changes(checked_client, staff, mailed):
    for new in ("short", "password1234", staff.email):
        words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert checked_client.post("/account/password/change/", words).status_code == 200
    wrong = {"oldpassword": "not it", "password1": NEW, "password2": NEW}
    assert checked_client.post("/account/password/change/", wrong).status_code == 200
    assert not mailed
    assert give_password(CheckedClient(), staff.email).status_code == 302


def test_a_link_sets_a_password_once(checked_client, staff, mailed):
    checked_client.post("/account/password/forgotten/", {"email": staff.email})
    link = next(word for word in mailed[0]["body"].split() if word.startswith("http"))
    assert mailed[0]["by"].person is None  # whoever asked must not read it
    assert link.startswith(settings.SAFEBOARD_ADDRESS)
    path = link.removeprefix(settings.SAFEBOARD_ADDRESS)
    stranger = CheckedClient()
    form = stranger.get(path, HTTP_HOST="evil.example").url
    assert "set-password" in form  # the secret is not in the address of the form
    assert stranger.post(form, {"password1": NEW, "password2": "else"}).status_code == 200
    assert stranger.post(form, {"password1": NEW, "password2": NEW}).url == "/account/password/new/done/"
    assert "This link no longer works" in CheckedClient().get(path).content.decode()
    assert checked_client.get("/").url.startswith(f"{SIGN_IN}?ended=closed")
    assert give_password(stranger, staff.email, NEW).status_code == 302
    assert "password_reset" in verbs(staff)


def test_a_link_forgives_the_attempts_before_it(checked_client, staff, mailed):
    other = CheckedClient()
    for _attempt in range(6):
        give_password(other, staff.email, "wrong")
    form = other.get(operations.password_link(staff).removeprefix(settings.SAFEBOARD_ADDRESS)).url
    other.post(form, {"password1": NEW, "password2": NEW})
    assert give_password(other, staff.email, NEW).status_code == 302


def test_a_link_runs_out(checked_client, staff, monkeypatch):
    path = operations.password_link(staff).removeprefix(settings.SAFEBOARD_ADDRESS)
    from datetime import datetime, timedelta

    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    later = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "This link no longer works" in CheckedClient().get(path).content.decode()
