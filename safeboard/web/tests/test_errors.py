"""What people see when something fails, and what the log keeps of it: never what they wrote."""

import errno
import io
import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.template import TemplateDoesNotExist
from django.test import Client
from django.urls import path

from safeboard.web import errors, failures, logs

CANARY = "Blodwen-was-here-4471"
handler400, handler403 = errors.bad_request, errors.refused
handler404, handler500 = errors.not_found, errors.broken
LOCKED = OperationalError(f"database is locked: INSERT {CANARY}")
FULL = OSError(errno.ENOSPC, "No space left on device", f"/{CANARY}")


def failing(error):
    def view(request):
        typed = request.POST.get("story", "")
        assert typed is not None
        raise error

    return view


urlpatterns = [
    path("locked/", failing(LOCKED)),
    path("full/", failing(FULL)),
    path("broken/", failing(ValueError(f"cannot save {CANARY}"))),
    path("missing-table/", failing(OperationalError("no such table: x"))),
    path("refused/", failing(PermissionDenied(CANARY))),
    path("bad/", failing(BadRequest(CANARY))),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def said(settings):
    """What the log of the service says, as its own formatter writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.QuietFormatter(settings.LOGGING["formatters"]["quiet"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "There is no such page"),
        ("/refused/", 403, "not open to you"),
        ("/bad/", 400, "was not understood"),
        ("/broken/", 500, "It is our fault"),
        ("/missing-table/", 500, "It is our fault"),
        ("/locked/", 503, "cannot save just now"),
        ("/full/", 503, "cannot save just now"),
    ],
)
def test_each_failure_has_its_page_and_the_log_no_secret(visitor, said, address, status, words):
    answer = visitor.post(address, {"story": CANARY, "password": "pw-" + CANARY})
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert "Traceback" not in text
    assert CANARY not in said()
    assert status in {403, 404, 400} or ("ValueError" in said() or "OperationalError" in said() or "OSError" in said())


def test_a_locked_database_keeps_what_was_typed_but_no_password():
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    token = "a" * 32
    visitor.cookies["csrftoken"] = token
    fields = {"story": f'{CANARY} <b>"\nsecond', "password": "pw", "otp_code": "1", "csrfmiddlewaretoken": token}
    text = visitor.post("/locked/?a=1", fields).content.decode()
    assert f'name="story" value="{CANARY} &lt;b&gt;&quot;\nsecond"' in text
    assert 'action="/locked/?a=1"' in text
    assert 'name="password"' not in text
    assert "otp_code" not in text
    assert text.count('name="csrfmiddlewaretoken"') == 1


def test_a_post_that_nobody_vouches_for_is_not_echoed(rf):
    answer = failures.try_again(rf.post("/locked/", {"story": CANARY}), LOCKED)
    assert CANARY not in answer.content.decode()
    assert "Back button" in answer.content.decode()
    assert answer["Retry-After"]
    assert "no-store" in answer["Cache-Control"]


def test_a_form_without_its_token_says_that_the_session_ended(said):
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = visitor.post("/locked/", {"story": CANARY})
    assert answer.status_code == 403
    assert "Your session ended" in answer.content.decode()
    assert CANARY not in answer.content.decode() + said()


def test_too_much_is_said_to_be_too_much(visitor, settings, said):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = visitor.post("/full/", {"story": CANARY * 100})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert CANARY not in said()


def test_the_last_page_needs_no_template(rf, monkeypatch):
    def gone(*_given, **_more):
        raise TemplateDoesNotExist("x")

    monkeypatch.setattr(errors, "render_to_string", gone)
    answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    assert b"It is our fault" in answer.content


@pytest.mark.django_db(databases=[])
def test_the_page_for_errors_needs_no_database(rf):
    assert errors.broken(rf.get("/")).status_code == 500
    assert failures.try_again(rf.get("/"), LOCKED).status_code == 503


def test_reports_carry_nothing_of_anybody(rf):
    request = rf.post("/", {"story": CANARY}, headers={"cookie": f"sessionid={CANARY}"})
    quiet = logs.NothingPersonal()
    assert quiet.get_post_parameters(request) == {}
    assert quiet.get_traceback_frame_variables(request, None) == []
    assert CANARY not in str(quiet.get_safe_request_meta(request)) + str(quiet.get_safe_cookies(request))


def test_the_settings_send_no_mail_about_errors(settings):
    assert settings.ADMINS == []
    assert "mail_admins" not in str(settings.LOGGING)
    assert logging.getLogger("django").handlers == []
