"""Pages of tokens: made, shown once, listed, revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from safeboard.api import operations, queries
from safeboard.api.choices import PREFIX, Scope
from safeboard.api.models import Token
from safeboard.api.tests.helpers import Program, token_of
from safeboard.core.models import Entry

pytestmark = pytest.mark.django_db


def filled(**changes: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=30)
    given = {"name": "Filter", "scopes": ["alerts:write"], "ends_on_day": day.day, "ends_on_month": day.month}
    return {**given, "ends_on_year": day.year, **changes}


def test_a_token_is_made_shown_once_and_kept_as_a_digest(cast):
    client = cast.client_for(cast.lead)
    assert client.get(reverse("api:token-new")).status_code == 200
    made = client.post(reverse("api:token-new"), filled()).content.decode()
    secret = re.search(rf">({PREFIX}[\w-]+)<", made).group(1)
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert token.digest == queries.digest_of(secret)
    listed = client.get(reverse("api:tokens")).content.decode()
    assert "Filter" in listed
    assert secret not in listed
    assert Program(secret).post("/alerts", {"alerts": []}).status_code == 422
    assert "In use" in listed
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()


def test_a_token_that_is_revoked_opens_nothing(cast):
    token, secret = token_of(cast, cast.lead, Scope.INCIDENTS_READ)
    client = cast.client_for(cast.designated_officer)
    page = reverse("api:token-revoke", args=[token.pk])
    assert client.get(page).status_code == 200
    client.post(page)
    client.post(page)
    assert Program(secret).get("/incidents").status_code == 401
    assert Entry.objects.filter(verb="api.token_revoked", person=cast.designated_officer).count() == 1
    assert "Revoked" in client.get(reverse("api:tokens")).content.decode()


@pytest.mark.parametrize("name", ["staff", "responsible_person", "inspector", "subgroup_member", "administrator"])
def test_only_who_leads_the_place_keeps_its_tokens(cast, name):
    person = getattr(cast, name)
    assert cast.client_for(person).get(reverse("api:tokens")).status_code == 403
    with cast.wall_of(person), pytest.raises(PermissionDenied):
        operations.make_token(
            by=cast.access_for(person), name="x", scopes=["alerts:write"], ends_on=timezone.localdate()
        )


def test_another_places_token_is_not_there(cast):
    token, _secret = token_of(cast, cast.lead, Scope.INCIDENTS_READ)
    for person in (cast.other_lead, cast.board_officer):
        assert cast.client_for(person).get(reverse("api:token-revoke", args=[token.pk])).status_code == 404
        assert token.start not in cast.client_for(person).get(reverse("api:tokens")).content.decode()


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_ends_within_a_year(cast, days):
    with cast.wall_of(cast.lead), pytest.raises(ValidationError):
        operations.make_token(
            by=cast.access_for(cast.lead),
            name="x",
            scopes=["alerts:write"],
            ends_on=timezone.localdate() + timedelta(days=days),
        )
    far = timezone.localdate() + timedelta(days=days)
    changes = {"ends_on_day": far.day, "ends_on_month": far.month, "ends_on_year": far.year}
    shown = cast.client_for(cast.lead).post(reverse("api:token-new"), filled(**changes)).content.decode()
    assert "<title>Error:" in shown


def test_a_board_gives_its_picture_alone(cast):
    shown = cast.client_for(cast.board_officer).get(reverse("api:token-new")).content.decode()
    assert "picture:read" in shown
    assert "alerts:write" not in shown
    with pytest.raises(ValidationError):
        token_of(cast, cast.board_officer, Scope.INCIDENTS_READ)


def test_a_token_makes_no_token(cast):
    token, _secret = token_of(cast, cast.lead, Scope.INCIDENTS_READ)
    through = queries.access_through(token)
    assert not through.can("api.keep_tokens")
    assert not through.can("incidents.report")
    assert through.can("incidents.list")
