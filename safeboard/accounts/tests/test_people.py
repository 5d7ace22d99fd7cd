"""Making and closing accounts, the command, signing somebody in by other means, and the demonstration's buttons."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, path, reverse

from safeboard.accounts import operations, queries, views
from safeboard.accounts.choices import Reason
from safeboard.accounts.models import Person
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.core.page import open_page
from tests.cast import Cast
from tests.support.pages import CheckedClient

from .flow import CODE, add_app, app_code, give_password, verbs

pytestmark = pytest.mark.django_db
JOB = job_access("test")


def run(*words: str) -> str:
    out = StringIO()
    call_command("person", *words, stdout=out)
    return out.getvalue()


def test_a_person_is_made_once():
    person, made = operations.find_or_create_person(by=JOB, email=" New.Person@Example.org ", name=" New Person ")
    assert made
    assert (person.email, person.name) == ("new.person@example.org", "New Person")
    assert not person.has_usable_password()
    again, made = operations.find_or_create_person(by=JOB, email="NEW.PERSON@example.org", name="Somebody Else")
    assert (again, made, again.name) == (person, False, "New Person")
    with pytest.raises(ValidationError):
        operations.create_person(by=JOB, email="new.person@EXAMPLE.org", name="Double")
    assert verbs() == ["made"]


def test_nobody_signs_in_without_a_password(checked_client: CheckedClient):
    person = operations.create_person(by=JOB, email="new@example.org", name="New Person")
    assert give_password(checked_client, person.email, "").status_code == 200
    with pytest.raises(ValidationError):
        operations.set_password(by=JOB, person=person, password="short")
    operations.set_password(by=JOB, person=person, password="seven brown otters sleep")
    assert give_password(checked_client, person.email, "seven brown otters sleep").status_code == 302


def test_the_command_lists_closes_opens_and_moves(cast: Cast):
    email = cast.staff.email
    assert f"open    0 factors  {email}  Stefan Staff" in run("list")
    run("deactivate", email.upper(), "--reason", "left")
    assert f"closed  0 factors  {email}" in run("list")
    run("activate", email, "--reason", "back")
    assert "0 second factors" in run("reset-second-factor", email, "--reason", "lost")
    run("email", email, "elsewhere@example.org")
    assert queries.find_person("elsewhere@example.org") == cast.staff
    assert "/account/password/new/" in run("link", "elsewhere@example.org")
    assert verbs(cast.staff) == ["closed", "opened", "second_factor_reset", "email_changed"]
    assert {entry.job for entry in Entry.objects.filter(object_id=cast.staff.pk)} == {"person"}


def test_the_command_says_what_it_cannot_do(cast: Cast):
    with pytest.raises(CommandError, match=r"Nobody has the address .* Nothing was changed"):
        run("deactivate", "nobody@example.org", "--reason", "left")
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("email", cast.staff.email, cast.lead.email)
    with pytest.raises(CommandError):
        run("deactivate", cast.staff.email)
    with pytest.raises(CommandError):
        run("deactivate", cast.staff.email, "--reason", "because")


# A link that another room has checked ----------------------------------------------------------------------


@open_page(reason="a test's own")
def by_link(request, pk):
    """What the page of an invitation does once its secret was found right."""
    wanted = request.GET.get("next", "")
    return operations.sign_in(request, Person.objects.get(pk=pk), next_url=wanted)


@open_page(reason="a test's own")
def landed(request):
    return HttpResponse(getattr(request.user, "email", "nobody"), content_type="text/plain")


class Urls:
    from safeboard.web.urls import urlpatterns as _ours

    urlpatterns = [path("by-link/<int:pk>/", by_link), path("landed/", landed), *_ours]


@pytest.fixture
def with_links(settings):
    settings.ROOT_URLCONF = Urls
    clear_url_caches()
    yield
    clear_url_caches()


def test_a_link_signs_in_and_goes_on(checked_client: CheckedClient, cast: Cast, with_links):
    before = checked_client.session.session_key
    assert checked_client.get(f"/by-link/{cast.staff.pk}/?next=/landed/").url == "/landed/"
    assert checked_client.get("/landed/").content.decode() == cast.staff.email
    assert checked_client.session.session_key != before
    assert Entry.objects.get(verb="accounts.signed_in").facts == {"ways": ["invitation"]}
    assert checked_client.get(f"/by-link/{cast.staff.pk}/?next=https://evil.example/").url == "/"


def test_a_link_does_not_pass_by_the_second_factor(checked_client: CheckedClient, cast: Cast, with_links):
    give_password(checked_client, cast.staff.email)
    add_app(checked_client)
    other = CheckedClient()
    assert other.get(f"/by-link/{cast.staff.pk}/?next=/landed/").url == CODE
    assert other.get("/landed/").content.decode() == "nobody"
    assert other.post(CODE, {"code": app_code(cast.staff, 1)}).url == "/landed/"
    assert other.get("/landed/").content.decode() == cast.staff.email


def test_a_link_for_somebody_else_signs_out_who_was_here(checked_client: CheckedClient, cast: Cast, with_links):
    give_password(checked_client, cast.lead.email)
    assert checked_client.get(f"/by-link/{cast.staff.pk}/").url == "/"
    assert checked_client.get("/landed/").content.decode() == cast.staff.email
    assert verbs(cast.lead)[-1] == "signed_out"


def test_a_link_for_a_closed_account_lets_nobody_in(checked_client: CheckedClient, cast: Cast, with_links):
    operations.deactivate(by=JOB, person=cast.staff, reason=Reason.LEFT)
    assert checked_client.get(f"/by-link/{cast.staff.pk}/").url == "/account/closed/"


# The demonstration -----------------------------------------------------------------------------------------


class DemonstrationUrls:
    """As they are mounted in the demonstration."""

    from safeboard.web.urls import urlpatterns as _ours

    urlpatterns = [path("x/demonstration/", views.demo_sign_in), *_ours]


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = settings.ACCOUNTS_DEMONSTRATION_SIGN_IN = True
    settings.ROOT_URLCONF = DemonstrationUrls
    clear_url_caches()
    yield
    clear_url_caches()


def test_one_button_signs_in_with_the_second_factor(checked_client: CheckedClient, cast: Cast, demonstration):
    page = checked_client.get("/x/demonstration/").content.decode()
    assert cast.lead.name in page
    assert cast.leaver.name not in page
    assert checked_client.post("/x/demonstration/", {"person": cast.lead.pk}).url == "/"
    assert checked_client.get("/").status_code == 200


def test_what_it_opened_is_worth_nothing_outside(checked_client: CheckedClient, cast: Cast, demonstration, settings):
    checked_client.post("/x/demonstration/", {"person": cast.lead.pk})
    assert checked_client.get("/").status_code == 200
    settings.DEMONSTRATION = False
    assert checked_client.get("/").url.startswith("/account/second-factor/needed/")


def test_the_page_is_for_this_machine_alone(client: Client, cast: Cast, demonstration, settings):
    page = "/x/demonstration/"
    assert client.get(page, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(page, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 404
    assert client.post(page, {"person": cast.lead.pk}, REMOTE_ADDR="192.0.2.7").status_code == 404
    settings.DEMONSTRATION = False
    assert client.get(page).status_code == 404
    with pytest.raises(PermissionDenied):
        operations.sign_in_demonstration(RequestFactory().post(page), cast.lead)


def test_only_those_on_the_page_may_be_chosen(checked_client: CheckedClient, cast: Cast, demonstration):
    for pk in (cast.leaver.pk, 10**6, "x", ""):
        assert checked_client.post("/x/demonstration/", {"person": pk}).status_code == 200
    assert "_auth_user_id" not in checked_client.session


def test_it_is_not_mounted_outside_the_demonstration(client: Client):
    with pytest.raises(NoReverseMatch):
        reverse("accounts:demo-sign-in")
    assert client.get("/demonstration/").status_code == 404


# The settings and the addresses are read anew by each surroundings; all else is loaded once, which takes long.
READ = """
import json, os, sys
import django
from django.conf import settings
from django.utils.functional import empty
for surroundings in json.load(sys.stdin):
    os.environ.update(surroundings)
    for name in [name for name in sys.modules if name.startswith("safeboard.") and name.endswith(".settings")]:
        del sys.modules[name]
    sys.modules.pop("safeboard.accounts.urls", None)
    settings._wrapped = empty
    django.setup()
    from safeboard.accounts.urls import urlpatterns
    print(settings.SAFEBOARD_ADDRESS, any(route.name == "demo-sign-in" for route in urlpatterns))
"""


def test_it_is_mounted_where_both_are_so(tmp_path):
    mounted = {
        ("1", "http://127.0.0.1:8000"): True,
        ("", "http://127.0.0.1:8000"): False,
        ("1", "https://safeboard.example"): False,
        ("1", "http://safeboard.example"): False,
        ("1", "https://localhost"): False,
        ("1", "http://localhost:8000"): True,
    }
    each = [{"SAFEBOARD_DEMO": demo, "SAFEBOARD_ADDRESS": address} for demo, address in mounted]
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "safeboard.web.settings",
        "SAFEBOARD_HOME": str(tmp_path),
        "SAFEBOARD_SECRET_KEY": "only for tests",
    }
    said = subprocess.run(
        [sys.executable, "-c", READ],
        env=surroundings,
        input=json.dumps(each),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == [f"{address} {found}" for (_demo, address), found in mounted.items()]
