"""Sign-in with an organisation's own accounts (OpenID Connect): whom it lets in, and that it is off unless set."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter as Provider
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, path, reverse

from safeboard.accounts import operations, routes
from safeboard.accounts.choices import Reason
from safeboard.core.access import job_access
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import ACCOUNT, SIGN_IN, add_app, give_password, verbs

pytestmark = pytest.mark.django_db
LOGIN, BACK = "/account/elsewhere/at/organisation/", "/account/elsewhere/at/organisation/back/"
REFUSED = "/account/elsewhere/failed/"
APP = {
    "provider_id": "organisation",
    "name": "Eastmarch Council",
    "client_id": "safeboard",
    "secret": "a secret",
    "settings": {"server_url": "https://id.example", "verified_email": None},
}


class Urls:
    from safeboard.web.urls import urlpatterns as _ours

    urlpatterns = [
        path(
            "account/elsewhere/at/<slug:provider_id>/", routes.private(routes.oidc.login), name="openid_connect_login"
        ),
        path(
            "account/elsewhere/at/<slug:provider_id>/back/",
            routes.private(routes.oidc.callback),
            name="openid_connect_callback",
        ),
        *_ours,
    ]

    def __init__(self, *args: Any, **more: Any) -> None: ...

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, str]:
        return {"access_token": "token"}


@pytest.fixture
def says(settings, monkeypatch):
    """What the provider says of whoever comes back from it."""
    said: dict[str, Any] = {"sub": "outside-1", "email": "nobody@example.org", "email_verified": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [APP]}}
    settings.ROOT_URLCONF = Urls
    clear_url_caches()
    config = {"authorization_endpoint": "https://id.example/authorize", "token_endpoint": "https://id.example/token"}
    monkeypatch.setattr(Provider, "openid_config", config)
    monkeypatch.setattr(Provider, "_fetch_user_info", lambda self, token: said)
    monkeypatch.setattr(Provider, "get_access_token_data", lambda self, *a, **k: {"access_token": "token"})
    yield said
    clear_url_caches()


def come_back(client: Client, *, query: str = "") -> Any:
    """To the provider and back, as a browser does it."""
    out = client.get(f"{LOGIN}?process=login{query}")
    assert out.url.startswith("https://id.example/authorize?")
    state = dict(part.split("=") for part in out.url.split("?")[1].split("&"))["state"]
    return client.get(f"{BACK}?code=abc&state={state}")


def test_it_is_off_unless_set(checked_client: CheckedClient):
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", kwargs={"provider_id": "organisation"})
    assert "elsewhere" not in checked_client.get(SIGN_IN).content.decode()


def test_the_page_offers_it_where_it_is_set(checked_client: CheckedClient, says):
    page = checked_client.get(f"{SIGN_IN}?next=/account/").content.decode()
    assert "Sign in with Eastmarch Council" in page
    assert f"{LOGIN}?process=login&amp;next=%2Faccount%2F" in page or f"{LOGIN}?next=%2Faccount%2F" in page


def test_an_invited_person_comes_in_and_is_bound(checked_client: CheckedClient, cast: Cast, says):
    says["email"] = cast.staff.email.title()
    assert come_back(checked_client, query="&next=/account/").url == "/account/"
    assert checked_client.get(ACCOUNT).status_code == 200
    bound = SocialAccount.objects.get()
    assert (bound.user_id, bound.uid, bound.extra_data) == (cast.staff.pk, "outside-1", {})
    assert give_password(CheckedClient(), cast.staff.email).status_code == 302  # the password still works
    assert verbs(cast.staff)[:2] == ["outside_account_bound", "signed_in"]
    again = CheckedClient()
    come_back(again)
    assert again.get(ACCOUNT).status_code == 200


def test_an_unknown_address_is_refused_and_nobody_is_made(checked_client: CheckedClient, cast: Cast, says):
    people = type(cast.staff).objects.count()
    answer = come_back(checked_client)
    assert answer.url == REFUSED
    assert "does not belong to anybody" in checked_client.get(REFUSED).content.decode()
    assert type(cast.staff).objects.count() == people
    assert not SocialAccount.objects.exists()
    assert checked_client.get(ACCOUNT).status_code == 302


def test_an_address_that_was_not_confirmed_there_is_refused(checked_client: CheckedClient, cast: Cast, says):
    says.update(email=cast.staff.email, email_verified=False)
    assert come_back(checked_client).url == REFUSED


def test_another_account_there_with_the_same_address_is_refused(checked_client: CheckedClient, cast: Cast, says):
    says["email"] = cast.staff.email
    come_back(checked_client)
    says["sub"] = "outside-2"
    other = CheckedClient()
    assert come_back(other).url == REFUSED
    assert other.get(ACCOUNT).status_code == 302


def test_a_bound_account_under_somebody_elses_address_is_refused(checked_client: CheckedClient, cast: Cast, says):
    says["email"] = cast.staff.email
    come_back(checked_client)
    says["email"] = cast.lead.email
    assert come_back(CheckedClient()).url == REFUSED


def test_it_does_not_pass_by_the_second_factor(checked_client: CheckedClient, cast: Cast, says):
    says["email"] = cast.lead.email
    give_password(checked_client, cast.lead.email)
    add_app(checked_client)
    other = CheckedClient()
    assert come_back(other).url == "/account/second-factor/code/"
    says.update(email=cast.board_officer.email, sub="outside-3")
    third = CheckedClient()
    come_back(third)
    assert third.get("/").url.startswith("/account/second-factor/needed/")


def test_a_closed_account_is_refused(checked_client: CheckedClient, cast: Cast, says):
    operations.deactivate(by=job_access("test"), person=cast.staff, reason=Reason.LEFT)
    says["email"] = cast.staff.email
    assert come_back(checked_client).url == "/account/closed/"


def test_nobody_binds_another_account_from_inside(checked_client: CheckedClient, cast: Cast, says):
    give_password(checked_client, cast.staff.email)
    out = checked_client.get(f"{LOGIN}?process=connect")
    state = dict(part.split("=") for part in out.url.split("?")[1].split("&"))["state"]
    says["email"] = cast.staff.email
    assert checked_client.get(f"{BACK}?code=abc&state={state}").url == REFUSED
    assert not SocialAccount.objects.exists()


def test_a_made_up_answer_is_refused(checked_client: CheckedClient, cast: Cast, says):
    says["email"] = cast.staff.email
    assert checked_client.get(f"{BACK}?code=abc&state=made-up").status_code == 401
    assert checked_client.get(f"{LOGIN}?process=login&next=https://evil.example/").status_code == 302
    assert Client().get("/account/elsewhere/at/another/").status_code == 404
