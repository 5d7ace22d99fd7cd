"""Products' shapes and words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from safeboard.api.mapping import mappings, read_category, read_severity, read_time
from safeboard.api.tests.helpers import program
from safeboard.incidents.models import Alert

GENERIC = {
    "vendor": "Lanternlight",
    "id": 4711,
    "timestamp": "2026-03-02T10:12:00Z",
    "category": "Suicide",
    "risk": "Critical",
    "hostname": "LIB-PC-07",
    "username": "SCHOOL\\kalderley",
    "url": "https://forum.example/9",
    "message": "words",
    "urn": "990001",
    "screenshot": "iVBORw0KGgoAAAANSUhEUg",
}
GOOGLE = {
    "alertId": "abc",
    "createTime": "2026-03-02T10:12:00.123Z",
    "type": "User reported phishing",
    "data": {"email": "k@school.example", "messages": [{"subject": "never read"}]},
    "metadata": {"severity": "HIGH"},
}
CEF = {"deviceProduct": "Wall", "externalId": "9", "rt": 1772446320000, "cat": "CSAM (IWF list)", "msg": "a child"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("IWF blocked", "images"),
        ("child_sexual_abuse", "images"),
        ("Nudity", "nudes"),
        ("Suicide & Self-harm", "self-harm"),
        ("VPN/Proxy", "getting-round"),
        ("Pornography", "adult"),
        ("Cooking", "other"),
        ("self-harm", "self-harm"),
        ("", "other"),
    ],
)
def test_words_for_categories(said, meant):
    assert read_category(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"), [("Critical", "high"), ("9", "high"), ("low", "low"), ("HIGH", "high"), ("?", "medium")]
)
def test_words_for_severities(said, meant):
    assert read_severity(said) == meant


@pytest.mark.parametrize("said", ["2026-03-02T10:12:00Z", "1772446320", "1772446320000", "2026-03-02 10:12:00+00:00"])
def test_times(said):
    assert read_time(said) == datetime(2026, 3, 2, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("said", ["", "soon", "99999999999999", "2026-13-45T00:00:00Z"])
def test_a_time_that_cannot_be_read_is_no_error(said):
    assert read_time(said)


def test_every_shape_is_whole():
    assert set(mappings()) == {"generic", "cef", "google-workspace"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shape", "given", "category", "severity", "images"),
    [
        ("generic", GENERIC, "self-harm", "high", "no"),
        ("google-workspace", GOOGLE, "other", "high", "no"),
        ("cef", CEF, "images", "medium", "maybe"),
    ],
)
def test_products_hand_in_their_own_shape(cast, shape, given, category, severity, images):
    answer = program(cast, cast.lead).post(f"/alerts/{shape}", given)
    assert answer.status_code == 202, answer.content
    with cast.wall_of(cast.lead):
        alert = Alert.objects.get()
    assert (alert.category, alert.severity, alert.images) == (category, severity, images)
    if shape == "generic":
        assert (alert.device, alert.setting, alert.excerpt) == ("LIB-PC-07", cast.setting, "words")
    assert program(cast, cast.lead).post(f"/alerts/{shape}", [given]).json()["alerts"][0]["new"] is False


@pytest.mark.django_db
@pytest.mark.parametrize("given", [[], [1], "x", {"id": {"a": 1}}, {"category": ["IWF"]}, {"url": "x" * 50_000}])
def test_odd_shapes_are_no_error_of_ours(cast, given):
    assert program(cast, cast.lead).post("/alerts/generic", given).status_code in (202, 422)
