"""Drafts: saved at every page, found again, thrown away; and what was typed when the session had ended."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeboard.core import kept
from safeboard.core.roles import Role
from safeboard.incidents.models import Draft, Incident
from safeboard.partnership.tests.factories import PASSWORD, AgencyFactory, MembershipFactory

from .reporting import DONE, KIND, WHAT, begin, fill, hidden, page_of, send, yesterday

pytestmark = pytest.mark.django_db
START = "/incidents/report/"
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def reporter(cast):
    return cast.client_for(cast.staff)


def sign_in(client, person, address=SIGN_IN):
    return client.post(address, {"login": person.email, "password": PASSWORD}, follow=True)


def saved(cast):
    with cast.wall_of(cast.staff):
        return Draft.objects.get()


def test_every_page_is_saved_and_found_again(cast, reporter):
    key = begin(reporter)
    send(reporter, page_of("what", key), {**WHAT, **yesterday()})
    assert saved(cast).answers["narrative"] == WHAT["narrative"]
    again = cast.client_for(cast.staff)
    page = again.get("/incidents/drafts/").content.decode()
    assert "Bullying or harassment" in page
    assert page_of("where", key) in page
    assert WHAT["narrative"] in again.get(page_of("what", key)).content.decode()
    fill(again, key)
    again.post(page_of("check", key))
    assert page_of("where", key) not in again.get("/incidents/drafts/").content.decode()


def test_a_draft_is_thrown_away_only_after_asking(cast, reporter):
    key = begin(reporter)
    assert "Throw this report away?" in reporter.get(page_of("discard", key)).content.decode()
    assert saved(cast)
    page = reporter.post(page_of("discard", key), follow=True).content.decode()
    assert "thrown away" in page
    with cast.wall_of(cast.staff):
        assert not Draft.objects.exists()
    assert cast.client_for(cast.staff).get(page_of("what", key)).status_code == 404


def test_two_drafts_in_two_windows_do_not_mix(cast, reporter):
    one, two = begin(reporter), begin(reporter, scenario="email-misuse", images="maybe")
    first = reporter.get(page_of("what", one))
    second = reporter.get(page_of("what", two))
    token = {"kept_for": hidden(first, "kept_for")}
    reporter.post(page_of("what", two), {**token, **yesterday(), "narrative": "the second"})
    reporter.post(page_of("what", one), {**token, **yesterday(), "narrative": "the first"})
    assert "the first" not in second.content.decode()
    with cast.wall_of(cast.staff):
        kept_words = {str(row.form_key): row.answers["narrative"] for row in Draft.objects.all()}
    assert kept_words == {one: "the first", two: "the second"}


def test_the_list_takes_as_many_queries_for_three_as_for_one(cast, reporter):
    begin(reporter)
    reporter.get("/incidents/drafts/")
    with CaptureQueriesContext(connection) as one:
        reporter.get("/incidents/drafts/")
    begin(reporter)
    begin(reporter)
    with CaptureQueriesContext(connection) as three:
        reporter.get("/incidents/drafts/")
    assert len(one) == len(three)


# A session that ended ---------------------------------------------------------------------------------------


def typed_page(client, key):
    """The narrative page, filled in but not sent."""
    page = client.get(page_of("what", key))
    return {**WHAT, **yesterday(), "kept_for": hidden(page, "kept_for")}


@pytest.mark.parametrize("how", ["gone", "idle", "limit"])
def test_a_post_after_the_session_ended_loses_nothing(cast, reporter, how, settings):
    key = begin(reporter)
    data = typed_page(reporter, key)
    if how == "gone":
        Session.objects.all().delete()
    else:
        session = reporter.session
        session["seen_at" if how == "idle" else "opened_at"] = 0
        session.save()
    response = reporter.post(page_of("what", key), data)
    assert response.status_code == 302
    assert response["Location"].startswith(SIGN_IN)
    assert "narrative" not in saved(cast).answers
    page = sign_in(reporter, cast.staff, response["Location"]).content.decode()
    assert "You were signed out. Nothing you wrote was lost." in page
    assert WHAT["narrative"] in page
    assert "narrative" not in saved(cast).answers  # nothing is done until the person sends it again
    assert WHAT["narrative"] not in reporter.get(page_of("what", key)).content.decode()
    send(reporter, page_of("what", key), data)
    assert saved(cast).answers["narrative"] == WHAT["narrative"]


def test_a_session_that_ends_on_the_last_page_loses_nothing(cast, reporter):
    key = begin(reporter)
    fill(reporter, key)
    data = {"kept_for": hidden(reporter.get(page_of("check", key)), "kept_for")}
    Session.objects.all().delete()
    response = reporter.post(page_of("check", key), data)
    page = sign_in(reporter, cast.staff, response["Location"]).content.decode()
    assert "Nothing you wrote was lost" in page
    assert WHAT["narrative"] in page
    with cast.wall_of(cast.staff):
        assert not Incident.objects.exists()
    send(reporter, page_of("check", key), {})
    with cast.wall_of(cast.staff):
        assert Incident.objects.get().narrative == WHAT["narrative"]


def test_the_first_page_survives_too_and_is_one_draft(cast, reporter):
    page = reporter.get(START)
    data = {**KIND, "key": hidden(page, "key"), "kept_for": hidden(page, "kept_for")}
    Session.objects.all().delete()
    response = reporter.post(START, data)
    back = sign_in(reporter, cast.staff, response["Location"])
    assert hidden(back, "key")
    reporter.post(START, {**data, "key": hidden(back, "key")})
    reporter.post(START, data)
    with cast.wall_of(cast.staff):
        assert Draft.objects.count() == 1


def test_somebody_else_who_signs_in_sees_nothing_of_it(cast):
    reporter = cast.client_for(cast.staff)
    key = begin(reporter)
    data = typed_page(reporter, key)
    Session.objects.all().delete()
    response = reporter.post(page_of("what", key), data)
    page = sign_in(reporter, cast.colleague, response["Location"])
    assert page.status_code == 404
    assert "CANARY" not in page.content.decode()
    assert kept.BOX not in reporter.session
    first = reporter.get(START)
    assert "CANARY" not in first.content.decode()


def test_it_is_kept_sealed_and_for_half_an_hour(cast, reporter, monkeypatch):
    key = begin(reporter)
    data = typed_page(reporter, key)
    Session.objects.all().delete()
    response = reporter.post(page_of("what", key), data)
    row = Session.objects.get()
    assert "CANARY" not in str(row.get_decoded()) + row.session_data
    now = time.time
    monkeypatch.setattr(kept.time, "time", lambda: now() + kept.SECONDS + 5)
    page = sign_in(reporter, cast.staff, response["Location"]).content.decode()
    assert "CANARY" not in page
    assert kept.BOX not in reporter.session


def test_a_form_that_is_not_ours_leaves_nothing_in_a_session(cast, reporter):
    key = begin(reporter)
    stranger = Client()
    for mark in ("", "x", "W10:made-up"):
        response = stranger.post(page_of("what", key), {"narrative": "CANARY", "kept_for": mark})
        assert response.status_code == 302
    assert kept.BOX not in stranger.session


def test_no_password_and_no_token_is_kept(cast, reporter):
    key = begin(reporter)
    data = typed_page(reporter, key) | {"password": "PASSWORD-CANARY", "csrfmiddlewaretoken": "x"}
    Session.objects.all().delete()
    reporter.post(page_of("what", key), data)
    found = kept._open(reporter.session[kept.BOX])
    assert {"narrative", "happened_at"} <= {name for name, _value in found["fields"]}
    assert not {"password", "csrfmiddlewaretoken", "kept_for"} & {name for name, _value in found["fields"]}


def test_a_page_opened_before_the_last_sign_in_loses_nothing(cast):
    browser = cast.client_for(cast.staff)
    browser.handler.enforce_csrf_checks = True
    key = begin(browser)
    data = typed_page(browser, key) | {"csrfmiddlewaretoken": "a" * 64}
    response = browser.post(page_of("what", key), data)
    assert response.status_code == 302
    page = browser.get(response["Location"]).content.decode()
    assert "Nothing you wrote was lost" in page
    assert WHAT["narrative"] in page
    assert "narrative" not in saved(cast).answers


def test_a_forged_post_is_refused_and_kept_nowhere(cast, reporter):
    browser = cast.client_for(cast.staff)
    key = begin(browser)
    browser.handler.enforce_csrf_checks = True
    theirs = hidden(cast.client_for(cast.colleague).get(START), "kept_for")
    for mark in ("", theirs):
        response = browser.post(page_of("what", key), {"narrative": "forged", "kept_for": mark})
        assert response.status_code == 403
        assert kept.BOX not in browser.session


# Another place, another window -------------------------------------------------------------------------------


def test_a_form_goes_to_the_place_it_was_opened_in(cast):
    second = AgencyFactory(board=cast.board, name="Dale Grove School")
    MembershipFactory(person=cast.staff, role=Role.STAFF, agency=second)
    browser = cast.client_for(cast.staff, place=f"agency-{cast.agency.pk}")
    key = begin(browser)
    data = {**DONE, "kept_for": hidden(browser.get(page_of("done", key)), "kept_for")}
    session = browser.session
    session["place"] = f"agency-{second.pk}"
    session.save()
    assert browser.get(page_of("done", key)).status_code == 404
    page = browser.post(page_of("done", key), data, follow=True).content.decode()
    assert "back there" in page
    assert DONE["actions"] in page
    assert browser.session["place"] == f"agency-{cast.agency.pk}"
    assert "actions" not in saved(cast).answers


def test_after_signing_in_again_one_is_in_the_place_of_the_form(cast):
    second = AgencyFactory(board=cast.board, name="Dale Grove School")
    MembershipFactory(person=cast.staff, role=Role.STAFF, agency=second)
    browser = cast.client_for(cast.staff, place=f"agency-{second.pk}")
    key = begin(browser)
    data = {**DONE, "kept_for": hidden(browser.get(page_of("done", key)), "kept_for")}
    Session.objects.all().delete()
    response = browser.post(page_of("done", key), data)
    browser.post(response["Location"], {"login": cast.staff.email, "password": PASSWORD})
    back = browser.get(page_of("done", key))  # leads to itself, in the other place
    page = browser.get(back["Location"]).content.decode()
    assert DONE["actions"] in page
    assert "Dale Grove School" in page


def test_a_leaver_gets_nothing_back(cast, reporter):
    key = begin(reporter)
    data = typed_page(reporter, key)
    with cast.wall_of(cast.staff):
        cast.staff.memberships.update(ended_at="2026-01-01T00:00Z")
    response = reporter.post(page_of("what", key), data, follow=True)
    assert "CANARY" not in response.content.decode()


def test_the_second_factor_may_come_in_between(cast):
    browser = cast.client_for(cast.designated_officer)
    key = begin(browser)
    data = {**DONE, "kept_for": hidden(browser.get(page_of("done", key)), "kept_for")}
    session = browser.session
    methods = session["account_authentication_methods"]
    session["account_authentication_methods"] = methods[:1]
    session.save()
    response = browser.post(page_of("done", key), data)
    assert "second-factor" in response["Location"]
    session = browser.session
    session["account_authentication_methods"] = methods
    session.save()
    page = browser.get(page_of("done", key)).content.decode()
    assert "You are signed in now. Nothing you wrote was lost" in page
    assert DONE["actions"] in page


def test_a_report_is_one_tap_from_home_and_from_every_page(cast, reporter):
    home = reporter.get("/").content.decode()
    assert home.count('href="/incidents/report/"') >= 2  # in the header and on the page
    assert 'href="/incidents/report/"' in reporter.get("/incidents/drafts/").content.decode()
    assert "/incidents/report/" not in cast.client_for(cast.board_officer).get("/").content.decode()
