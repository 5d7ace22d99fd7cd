"""Signing in with address and password: limits, no telling who has an account, no way off the site, no sign-up."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from safeboard.accounts import exempt, operations, routes, wording
from safeboard.accounts.choices import Reason
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import ACCOUNT, SIGN_IN, give_password, verbs

pytestmark = pytest.mark.django_db
JOB = job_access("test")


def text(response):
    return response.content.decode()


def test_a_person_signs_in_and_comes_to_the_page_asked_for(checked_client: CheckedClient, cast: Cast):
    asked = checked_client.get(ACCOUNT)
    assert asked.url == f"{SIGN_IN}?next=/account/"
    assert 'name="next" value="/account/"' in text(checked_client.get(asked.url))
    assert give_password(checked_client, cast.staff.email.upper(), next="/account/").url == "/account/"
    assert checked_client.get(ACCOUNT).status_code == 200
    assert verbs(cast.staff) == ["signed_in"]


def test_the_session_gets_a_new_id_at_sign_in(checked_client: CheckedClient, cast: Cast):
    session = checked_client.session
    session["something"] = "before"
    session.save()
    before = session.session_key
    checked_client.cookies[settings.SESSION_COOKIE_NAME] = before
    give_password(checked_client, cast.staff.email)
    assert checked_client.cookies[settings.SESSION_COOKIE_NAME].value != before


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_off_the_site(checked_client: CheckedClient, cast: Cast, path: str):
    assert give_password(checked_client, cast.staff.email, next=path).url == "/"
    assert checked_client.post("/account/sign-out/", {"next": path}).url == SIGN_IN
    assert checked_client.get(SIGN_IN, {"next": path}).status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(checked_client: CheckedClient, cast: Cast):
    operations.deactivate(by=JOB, person=cast.colleague, reason=Reason.LEFT)
    emails = {"known": cast.staff.email, "unknown": "nobody@example.org", "closed": cast.colleague.email}
    pages = {}
    for name, email in emails.items():
        response = give_password(checked_client, email, "not the pass phrase")
        assert response.status_code == 200
        pages[name] = text(response).replace(email, "").split("<main")[1]
    assert str(wording.WRONG) in pages["known"]
    without_token = {page.split("csrfmiddlewaretoken")[0] for page in pages.values()}
    assert len(without_token) == 1


def test_a_forgotten_password_looks_the_same_for_everybody(checked_client: CheckedClient, cast: Cast, mailed):
    pages = []
    for email in (cast.staff.email, "nobody@example.org"):
        response = checked_client.post("/account/password/forgotten/", {"email": email}, follow=True)
        assert response.redirect_chain == [("/account/password/forgotten/sent/", 302)]
        pages.append(text(response))
    assert pages[0] == pages[1]
    assert [message["to"] for message in mailed] == [cast.staff]


def test_five_attempts_and_then_a_wait(checked_client: CheckedClient, cast: Cast):
    for email in (cast.staff.email, "nobody@example.org"):
        for _attempt in range(5):
            assert str(wording.WRONG) in text(give_password(checked_client, email, "wrong"))
        for _attempt in range(3):
            blocked = give_password(checked_client, email)
            assert str(wording.LIMIT) in text(blocked)
    assert verbs() == ["attempts_limited", "attempts_limited"]
    assert [entry.object_id for entry in Entry.objects.order_by("number")] == [cast.staff.pk, None]
    assert ACCOUNT in checked_client.get(ACCOUNT).url  # still outside


def test_the_limit_of_one_does_not_shut_out_another(checked_client: CheckedClient, cast: Cast):
    for _attempt in range(6):
        give_password(checked_client, cast.staff.email, "wrong")
    assert give_password(checked_client, cast.colleague.email).status_code == 302


def test_too_many_links_are_refused_for_a_known_and_an_unknown_address(checked_client: CheckedClient, cast: Cast):
    for email in (cast.staff.email, "nobody@example.org"):
        answers = [checked_client.post("/account/password/forgotten/", {"email": email}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]


def test_a_closed_account_says_so_to_whoever_has_its_password_alone(checked_client: CheckedClient, cast: Cast):
    operations.deactivate(by=JOB, person=cast.staff, reason=Reason.LEFT)
    answer = give_password(checked_client, cast.staff.email)
    assert answer.url == "/account/closed/"
    assert checked_client.get(answer.url).status_code == 200
    assert checked_client.get(ACCOUNT).status_code == 302


def test_nothing_is_lost_where_the_form_is_wrong(checked_client: CheckedClient):
    page = text(checked_client.post(SIGN_IN, {"login": "not an address", "password": ""}))
    assert "govuk-error-summary" in page
    assert 'href="#id_password"' in page
    assert 'value="not an address"' in page
    assert "<title>Error: Sign in" in page


def test_signing_out_takes_a_button(checked_client: CheckedClient, cast: Cast):
    give_password(checked_client, cast.staff.email)
    assert checked_client.get("/account/sign-out/").status_code == 200
    assert checked_client.get(ACCOUNT).status_code == 200
    assert checked_client.post("/account/sign-out/").url == SIGN_IN
    assert "You are signed out" in text(checked_client.get(SIGN_IN))
    assert checked_client.get(ACCOUNT).status_code == 302
    assert verbs(cast.staff) == ["signed_in", "signed_out"]


@pytest.mark.parametrize("name", ["account_signup", "socialaccount_signup", "account_email", "mfa_signup_webauthn"])
def test_there_is_no_sign_up(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_route_of_allauth_is_listed_with_its_reason():
    mounted = {route.name for route in routes.urlpatterns}
    only_where_set = {"openid_connect_login", "openid_connect_callback"}
    assert mounted == set(exempt.OPEN_ROUTES) - only_where_set
    ours = [route.callback for route in routes.urlpatterns]
    views = [view for view in get_resolver().reverse_dict if callable(view) and view.__module__.startswith("allauth")]
    assert not [view for view in views if view not in ours]


@pytest.mark.parametrize("path", ["/account/signup/", "/account/login/", "/account/3rdparty/", "/account/email/"])
def test_the_paths_of_allauth_itself_are_not_there(client: Client, path: str):
    assert client.get(path).status_code == 404
