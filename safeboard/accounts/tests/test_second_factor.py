"""The second factor: needed by role, in this session; set up, used, taken away; by the pages alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from safeboard.accounts import operations, wording
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.core.roles import Role
from safeboard.partnership.models import Membership
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import ACCOUNT, ADD_APP, CODE, CODES, add_app, app_code, give_password, recovery_codes, sign_in, verbs

pytestmark = pytest.mark.django_db
NEEDED = "/account/second-factor/needed/"
HOME = "/"


def text(response):
    return response.content.decode()


@pytest.fixture
def lead(checked_client: CheckedClient, cast: Cast):
    """The lead, signed in, with an app set up in this session."""
    give_password(checked_client, cast.lead.email)
    add_app(checked_client)
    return cast.lead


def test_a_role_that_reads_case_text_needs_one_and_goes_on_after(checked_client: CheckedClient, cast: Cast):
    assert give_password(checked_client, cast.lead.email, next="/?year=2026").url == "/?year=2026"
    turned = checked_client.get("/?year=2026")
    assert turned.url == f"{NEEDED}?next=/%3Fyear%3D2026"
    page = text(checked_client.get(turned.url))
    assert "Add a passkey" in page
    assert ADD_APP in page
    assert add_app(checked_client).url == CODES
    codes = text(checked_client.get(CODES))
    assert "/account/go-on/" in codes
    assert checked_client.get("/account/go-on/").url == "/?year=2026"
    assert checked_client.get("/?year=2026").status_code == 200  # setting it up counts for this session
    assert verbs(cast.lead) == ["signed_in", "second_factor_added", "recovery_codes_made"]


def test_staff_need_none_but_are_asked_once_they_have_one(checked_client: CheckedClient, cast: Cast):
    give_password(checked_client, cast.staff.email)
    assert checked_client.get(HOME).status_code == 200
    add_app(checked_client)
    checked_client.post("/account/sign-out/")
    assert give_password(checked_client, cast.staff.email, next="/account/").url == CODE
    assert checked_client.get(ACCOUNT).status_code == 302
    assert checked_client.post(CODE, {"code": app_code(cast.staff, 1)}).url == "/account/"


def test_a_new_role_that_needs_one_asks_at_the_next_request(checked_client: CheckedClient, cast: Cast):
    give_password(checked_client, cast.staff.email)
    assert checked_client.get(HOME).status_code == 200
    Membership.objects.filter(person=cast.staff).update(role=Role.DESIGNATED_OFFICER)
    assert checked_client.get(HOME).url.startswith(NEEDED)


def test_another_session_still_has_to_give_it(checked_client: CheckedClient, lead):
    other = CheckedClient()
    assert give_password(other, lead.email).url == CODE
    assert other.get(HOME).url == "/account/sign-in/?next=/"
    assert other.post(CODE, {"code": app_code(lead, 1)}).url == HOME
    assert other.get(HOME).status_code == 200


def test_the_record_of_somebody_else_does_not_count(cast: Cast):
    client = cast.client_for(cast.lead)
    session = client.session
    session["account_authentication_methods_user"] = str(cast.staff.pk)
    session.save()
    assert client.get(HOME).url.startswith(NEEDED)


def test_a_wrong_code_says_so_and_five_are_too_many(checked_client: CheckedClient, lead):
    other = CheckedClient()
    give_password(other, lead.email)
    for _attempt in range(5):
        page = text(other.post(CODE, {"code": "000000"}))
        assert str(wording.WRONG_CODE) in page
        assert 'href="#id_code"' in page
    assert str(wording.LIMIT) in text(other.post(CODE, {"code": app_code(lead, 1)}))
    assert "attempts_limited" in verbs(lead)


def test_a_code_is_good_once_and_spaces_do_not_matter(checked_client: CheckedClient, lead):
    code = app_code(lead, 1)
    other, third = CheckedClient(), CheckedClient()
    give_password(other, lead.email)
    assert other.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    from django.core.cache import cache

    cache.delete(f"allauth.mfa.totp.used?user={lead.pk}&code={code}")  # allauth forgets it before it runs out
    give_password(third, lead.email)
    assert str(wording.WRONG_CODE) in text(third.post(CODE, {"code": code}))


def test_a_recovery_code_gets_in_once(checked_client: CheckedClient, lead):
    codes = recovery_codes(checked_client)
    assert len(codes) == 10
    other, third = CheckedClient(), CheckedClient()
    give_password(other, lead.email)
    assert other.post(CODE, {"code": codes[3]}).url == HOME
    assert other.get(HOME).status_code == 200
    assert "9 left" in text(other.get(ACCOUNT))
    give_password(third, lead.email)
    assert str(wording.WRONG_CODE) in text(third.post(CODE, {"code": codes[3]}))
    assert verbs(lead)[-2:] == ["recovery_code_used", "signed_in"]


def test_new_recovery_codes_end_the_old_ones(checked_client: CheckedClient, lead):
    old = recovery_codes(checked_client)
    assert "10 codes left" in text(checked_client.get("/account/second-factor/codes/new/"))
    assert checked_client.post("/account/second-factor/codes/new/").url == CODES
    assert not set(old) & set(recovery_codes(checked_client))
    file = checked_client.get("/account/second-factor/codes/file/")
    assert "attachment" in file["Content-Disposition"]
    assert verbs(lead)[-1] == "recovery_codes_made"


def test_the_secrets_are_sealed(checked_client: CheckedClient, lead):
    codes = recovery_codes(checked_client)
    stored = " ".join(str(factor.data) for factor in Authenticator.objects.all())
    assert not any(code in stored for code in codes)
    assert app_code(lead) not in stored
    before = stored
    assert operations.reseal_second_factors() == 2
    assert " ".join(str(factor.data) for factor in Authenticator.objects.all()) != before
    assert recovery_codes(checked_client) == codes


def test_taking_the_last_one_away_ends_what_it_opened(checked_client: CheckedClient, lead):
    assert checked_client.get(HOME).status_code == 200
    assert checked_client.get("/account/second-factor/app/remove/").status_code == 200
    assert checked_client.post("/account/second-factor/app/remove/").url == "/account/"
    assert checked_client.get(HOME).url.startswith(NEEDED)
    assert not Authenticator.objects.exists()
    assert verbs(lead)[-1] == "second_factor_removed"


def test_what_matters_asks_again_after_ten_minutes_and_for_the_second_factor(
    checked_client: CheckedClient, lead, monkeypatch
):
    session = checked_client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 601} for record in session["account_authentication_methods"]
    ]
    session.save()
    asked = checked_client.get("/account/second-factor/app/remove/")
    assert asked.url == "/account/second-factor/confirm/?next=%2Faccount%2Fsecond-factor%2Fapp%2Fremove%2F"
    assert checked_client.get(asked.url).status_code == 200
    password = checked_client.get("/account/confirm/?next=/account/")
    assert password.url.startswith("/account/second-factor/confirm/")  # a password alone is not enough
    assert checked_client.post(asked.url, {"code": app_code(lead, 1)}).url == "/account/second-factor/app/remove/"
    assert checked_client.get("/account/second-factor/app/remove/").status_code == 200


def test_the_square_code_stands_in_the_page_without_style_and_with_the_key_as_text(
    checked_client: CheckedClient, cast: Cast
):
    give_password(checked_client, cast.lead.email)
    page = text(checked_client.get(ADD_APP))
    assert "<svg role=" in page
    assert "style=" not in page
    assert "data:image" not in page
    assert '<code id="secret">' in page


def test_a_passkey_page_offers_the_app_to_whoever_has_no_scripts(checked_client: CheckedClient, cast: Cast):
    give_password(checked_client, cast.lead.email)
    page = text(checked_client.get("/account/second-factor/passkeys/add/"))
    assert "Use an authenticator app instead" in page
    assert (
        checked_client.post("/account/second-factor/passkeys/add/", {"name": "x", "credential": "{}"}).status_code
        == 200
    )
    assert not Authenticator.objects.exists()


def test_one_who_has_one_but_did_not_give_it_is_asked_for_it(checked_client: CheckedClient, lead):
    session = checked_client.session
    session["account_authentication_methods"] = [
        r for r in session["account_authentication_methods"] if r["method"] != "mfa"
    ]
    session.save()
    page = text(checked_client.get(checked_client.get("/?year=2026").url))
    assert "Use your second factor" in page
    assert "/account/second-factor/confirm/?next=%2Faccount%2Fgo-on%2F" in page
    answer = checked_client.post("/account/second-factor/confirm/?next=/account/go-on/", {"code": app_code(lead, 1)})
    assert answer.url == "/account/go-on/"
    assert checked_client.get("/account/go-on/").url == "/?year=2026"
    assert checked_client.get("/?year=2026").status_code == 200


def test_nobody_without_a_role_is_left_before_a_blank_page(checked_client: CheckedClient, cast: Cast):
    give_password(checked_client, cast.leaver.email)
    assert checked_client.get(HOME).url == "/account/no-role/"
    page = text(checked_client.get("/account/no-role/"))
    assert cast.leaver.email in page
    assert "Whom to ask" in page
    assert checked_client.get(ACCOUNT).status_code == 200
    staff = cast.client_for(cast.staff)
    assert staff.get("/account/no-role/").url == HOME
    assert Client().get("/account/no-role/").url == "/account/sign-in/?next=/"
    assert Client().get(NEEDED).url.startswith("/account/sign-in/")


def test_the_history_holds_no_address_and_no_code(checked_client: CheckedClient, lead):
    codes = recovery_codes(checked_client)
    sign_in(CheckedClient(), lead, ahead=1)
    held = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert lead.email not in held
    assert not any(code in held for code in codes)


def test_an_administrator_takes_it_away_and_every_session_ends(checked_client: CheckedClient, lead):
    assert operations.reset_second_factor(by=job_access("person"), person=lead, reason="lost") == 1
    assert checked_client.get(HOME).url.startswith("/account/sign-in/?ended=closed")
    assert give_password(checked_client, lead.email).url == HOME
    assert checked_client.get(HOME).url.startswith(NEEDED)
    reset = Entry.objects.get(verb="accounts.second_factor_reset")
    assert (reset.job, reset.facts) == ("person", {"reason": "lost", "factors": 1})
    assert Entry.objects.get(verb="accounts.second_factor_removed").job == "person"
