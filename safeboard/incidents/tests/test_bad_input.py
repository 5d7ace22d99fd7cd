"""Bad input: a clear word, nothing typed lost, nothing changed. And what is confidential stays sealed everywhere."""

import logging
from datetime import datetime

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from safeboard.incidents.forms.answers import Answers
from safeboard.incidents.forms.report import WhatForm
from safeboard.incidents.models import Draft, Incident

from .reporting import (
    KIND,
    PERSON,
    WHAT,
    WHERE,
    begin,
    fill,
    hidden,
    page_of,
    send,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(cast):
    return cast.client_for(cast.staff)


def day(year, month=3, date=3, name="happened_on"):
    return {f"{name}_day": date, f"{name}_month": month, f"{name}_year": year}


def refused(cast, reporter, name, data, words, *stays):
    """The page comes back with the words, with what was typed, and the draft is as it was."""
    key = begin(reporter)
    with cast.wall_of(cast.staff):
        before = Draft.objects.get().answers
    response = send(reporter, page_of(name, key), data)
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert "What you wrote is still here" in page
    for typed in stays:
        assert str(typed) in page
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers == before


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (day(1900, 1, 1), "very long ago"),
        (day(1899), "four numbers"),
        (day(2026, 2, 30), "no such day"),
        (day("", "", ""), "Fill in"),
        (day(""), "must include a year"),
        (day("twenty"), "four numbers"),
        (day("\uff12\uff10\uff12\uff16"), "four numbers"),
        (day(2026, 13), "month must be"),
        ({**yesterday(), "happened_at": "25:99"}, "9:30 or 3pm"),
    ],
)
def test_dates_that_cannot_be(cast, reporter, when, words):
    refused(cast, reporter, "what", {**WHAT, **when}, words, WHAT["narrative"])


def test_tomorrow_has_not_come(cast, reporter):
    refused(cast, reporter, "what", {**WHAT, **yesterday(-1)}, "must be today or in the past", WHAT["narrative"])


def test_a_time_of_today_that_is_still_to_come(cast, monkeypatch):
    morning = timezone.make_aware(datetime(2026, 3, 3, 8, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning)
    answers = Answers(cast.access_for(cast.staff), Draft(answers={}))
    for at, fits in (("3pm", False), ("8:01", True), ("7.30", True), ("", True)):
        form = WhatForm({**WHAT, **day(2026), "happened_at": at}, answers)
        assert form.is_valid() == fits, (at, form.errors)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (yesterday(0), "later than the day it happened"),
        (yesterday(-5), "must be today or in the past"),
        (day(1900, 1, 1), "would have been more than 25"),
    ],
)
def test_a_birth_date_that_does_not_fit(cast, reporter, born, words):
    key = begin(reporter)
    send(reporter, page_of("what", key), {**WHAT, **yesterday(5)})
    data = {name.replace("happened_on", "birth_date"): value for name, value in born.items()}
    response = send(reporter, page_of("who", key), {**PERSON, **data})
    page = response.content.decode()
    assert words in page
    assert PERSON["name"] in page
    with cast.wall_of(cast.staff):
        assert not [name for name in Draft.objects.get().answers if name.startswith("person:")]


def test_the_day_cannot_be_moved_to_before_a_birth(cast, reporter):
    key = begin(reporter)
    send(reporter, page_of("what", key), {**WHAT, **yesterday(2)})
    born = {name.replace("happened_on", "birth_date"): value for name, value in yesterday(3).items()}
    assert send(reporter, page_of("who", key), {**PERSON, **born}).status_code == 302
    page = send(reporter, page_of("what", key), {**WHAT, **yesterday(9)}).content.decode()
    assert "before the date of birth" in page


def test_a_hundred_thousand_characters(cast, reporter):
    long = "A sentence of a story. " * 4348
    words = "must be 10,000 characters or fewer. It has 100,00"
    refused(cast, reporter, "what", {**WHAT, **yesterday(), "narrative": long}, words, long.strip())
    refused_address = {**WHERE, "setting": "elsewhere", "address": "https://example.org/" + "word-" * 500}
    key = begin(reporter)
    page = send(reporter, page_of("where", key), refused_address).content.decode()
    assert "2,000 characters or fewer" in page or "2000 characters or fewer" in page


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x08"])
def test_control_signs_are_refused_by_name(cast, reporter, sign):
    data = {**WHAT, **yesterday(), "narrative": f"Words{sign}more words"}
    refused(cast, reporter, "what", data, "hidden control characters", "more words")


def test_right_to_left_stays_and_what_hides_is_taken_out(cast, reporter):
    arabic = "قال الطفل إنه خائف"
    key = begin(reporter)
    fill(
        reporter,
        key,
        what={"narrative": f"{arabic} and\u202e turned\u200b round"},
        who={"name": "Z\u200boe\u202e"},
    )
    reporter.post(page_of("check", key))
    with cast.wall_of(cast.staff):
        incident = Incident.objects.get()
        assert incident.narrative == f"{arabic} and turned round"
        assert incident.people.get().name == "Zoe"


def test_markup_and_scripts_are_shown_as_what_they_are(cast, reporter):
    script = "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}"
    texts = {
        "what": {"narrative": script},
        "who": {"name": script[:60]},
        "done": {"actions": script, "evidence": script},
    }
    key = begin(reporter)
    fill(reporter, key, **texts, where={"where": script[:60], "address": "javascript:alert(1)"})
    for name in ("check", "what", "who", "done", "where"):
        page = reporter.get(page_of(name, key)).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in reporter.get(page_of("check", key)).content.decode()
    assert "<script>alert" not in reporter.post(page_of("check", key), follow=True).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("kind", {**KIND, "images": ""}, "Say whether it may be about pictures of a child"),
        ("kind", {**KIND, "scenario": ""}, "Choose what kind of incident"),
        ("kind", {**KIND, "scenario": "made-up"}, "choose one of the answers listed"),
        ("kind", {**KIND, "images": "never"}, "choose one of the answers listed"),
        ("what", {**WHAT, **yesterday(), "narrative": "  "}, "Say in a few words what happened"),
        ("where", {**WHERE, "setting": "elsewhere", "how_found": ""}, "Choose how you know"),
        ("where", {**WHERE, "setting": "-1"}, "choose one of the answers listed"),
        ("where", {**WHERE, "setting": "' OR 1=1"}, "choose one of the answers listed"),
        ("who", {**PERSON, "kin": ""}, "Choose who they are"),
        ("who", {**PERSON, "part": "villain"}, "choose one of the answers listed"),
        ("sort", {"classification": ""}, "Choose one"),
    ],
)
def test_what_is_missing_or_made_up(cast, reporter, name, data, words):
    refused(cast, reporter, name, data, words)


def test_a_field_sent_many_times_or_not_at_all_does_no_harm(cast, reporter):
    key = begin(reporter)
    for name in ("kind", "what", "where", "who", "done", "sort"):
        assert reporter.post(page_of(name, key), {"narrative": ["a"] * 50, "entry": "no uuid"}).status_code in (
            200,
            302,
        )


# The canary ---------------------------------------------------------------------------------------------------

WORDS = {
    "what": {"narrative": "CANARY-NARRATIVE was said"},
    "where": {"where": "CANARY-PLACE", "address": "https://canary-address.example.org/x"},
    "who": {"name": "Cana Ry-Surname"},
    "done": {"actions": "CANARY-ACTION", "evidence": "CANARY-DEVICE"},
}
CANARIES = ("CANARY", "canary-address", "Ry-Surname", "Cana Ry")


def dumped():
    """Every value of every table, as it lies in the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield table, bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def unseen():
    for table, value in dumped():
        for canary in CANARIES:
            assert canary.encode() not in value, f"{canary} lies open in {table}"


def test_nothing_confidential_lies_open_in_any_table_log_or_message(cast, reporter, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    key = begin(reporter)
    fill(reporter, key, **WORDS)
    unseen()  # as a draft
    late = {**WORDS["done"], "kept_for": hidden(reporter.get(page_of("done", key)), "kept_for")}
    reporter.post(page_of("check", key), follow=True)
    reporter.get(f"/incidents/report/{key}/sent/")
    unseen()  # as an incident
    with cast.wall_of(cast.staff):
        assert Incident.objects.get().narrative == WORDS["what"]["narrative"]
    begun = begin(reporter)
    reporter.logout()
    reporter.post(page_of("done", begun), late)
    unseen()  # kept in a session
    said = caplog.text + "".join(capfd.readouterr()) + "".join(str(one.message()) for one in mail.outbox)
    for canary in CANARIES:
        assert canary not in said


def test_an_error_in_the_page_logs_nothing_confidential(cast, reporter, caplog, monkeypatch):
    key = begin(reporter)
    fill(reporter, key, **WORDS)
    monkeypatch.setattr("safeboard.incidents.operations.report", lambda **_: 1 / 0)
    browser = cast.client_for(cast.staff)
    browser.raise_request_exception = False
    response = browser.post(page_of("check", key))
    assert response.status_code == 500
    for canary in CANARIES:
        assert canary not in caplog.text + response.content.decode()
    unseen()
    with cast.wall_of(cast.staff):
        assert Draft.objects.get().answers["narrative"] == WORDS["what"]["narrative"]
