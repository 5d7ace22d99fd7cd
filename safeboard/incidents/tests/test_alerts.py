"""Alerts: taken in once, counted up, never with content about images of children; made a report of, or put away."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.core.models import Entry
from safeboard.incidents import operations, queries
from safeboard.incidents.choices import AlertCategory, Severity
from safeboard.incidents.clocks import watch_alerts
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Alert, AlertNumber, Draft, Incident
from safeboard.incidents.operations.intake import Noticed
from safeboard.outbox.models import Message
from tests.support.pages import CheckedClient

pytestmark = pytest.mark.django_db
CANARY = "CANARY words that were typed"


def noticed(**changes: Any) -> Noticed:
    """An alert as a product gives it."""
    given = {
        "product": "Lanternlight",
        "reference": "a-1",
        "at": timezone.now() - timedelta(hours=1),
        "category": AlertCategory.SELF_HARM,
        "device": "LIB-PC-07",
        "user": "kalderley",
        "address": "https://forum.example/9",
        "excerpt": CANARY,
    }
    return Noticed(**{**given, **changes})


def send(cast: Any, *alerts: Noticed, by: str = "lead") -> list[tuple[Alert, bool]]:
    """Hand alerts in, as the program of somebody does."""
    person = getattr(cast, by)
    with cast.wall_of(person):
        return operations.receive_alerts(by=cast.access_for(person), alerts=alerts or [noticed()])


def seen_by(cast: Any, name: str) -> list[int]:
    person = getattr(cast, name)
    with cast.wall_of(person):
        return [one.pk for one in queries.alerts_of(cast.access_for(person))]


def test_the_same_number_is_the_same_alert_however_often_it_is_sent(cast):
    first = send(cast)
    again = send(cast, noticed(), noticed(excerpt="other words"))
    assert [new for _alert, new in (*first, *again)] == [True, False, False]
    with cast.wall_of(cast.lead):
        assert Alert.objects.get().times == 1
        assert AlertNumber.objects.count() == 1


def test_the_same_matter_within_the_window_is_counted_up(cast):
    at = timezone.now() - timedelta(hours=2)
    rows = [noticed(reference=f"n{n}", at=at + timedelta(minutes=10 * n)) for n in range(4)]
    late = noticed(reference="late", at=at + timedelta(minutes=50))
    send(cast, *rows, noticed(reference="grave", at=at, severity=Severity.HIGH))
    send(cast, *rows, late)
    with cast.wall_of(cast.lead):
        found = list(Alert.objects.order_by("happened_at").values_list("times", "severity"))
    assert found == [(5, "high"), (1, "medium")]


@pytest.mark.parametrize("change", [{"device": "PC-8"}, {"category": AlertCategory.ADULT}, {"address": "x"}])
def test_another_device_category_or_address_is_another_alert(cast, change):
    send(cast, noticed(), noticed(reference="2", **change))
    with cast.wall_of(cast.lead):
        assert Alert.objects.count() == 2


def test_one_without_a_number_is_known_by_what_it_says(cast):
    given = noticed(reference="")
    send(cast, given)
    assert send(cast, given)[0][1] is False


@pytest.mark.parametrize("grave", [{"category": AlertCategory.IMAGES}, {"category": "nudes"}, {"images": True}])
def test_what_may_be_about_images_of_children_comes_without_content(cast, grave):
    [(alert, _new)] = send(cast, noticed(**grave))
    alert.refresh_from_db()
    assert (alert.images, alert.excerpt, alert.dropped) == ("maybe", None, True)
    with cast.wall_of(cast.lead):
        draft = operations.take_alerts(by=cast.access_for(cast.lead), alerts=[alert])
    assert draft.answers["images"] == "maybe"
    assert CANARY not in str(draft.answers)


def test_a_file_in_a_text_is_not_kept(cast):
    file = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    [(alert, _new)] = send(cast, noticed(excerpt=f"see {file}", address=file, device="PC\x00\u202e1"))
    alert.refresh_from_db()
    assert (alert.excerpt, alert.dropped, alert.device) == (None, True, "PC1")
    assert "iVBOR" not in alert.address


def test_the_setting_is_found_by_number_or_urn_among_the_own(cast):
    given = [
        noticed(reference="1", device="1", setting="990001"),
        noticed(reference="2", device="2", setting=str(cast.setting.pk)),
        noticed(reference="3", device="3", setting="990002"),
    ]
    assert [one.setting for one, _new in send(cast, *given)] == [cast.setting, cast.setting, None]


def test_who_works_here_is_kept_to_the_few_and_from_themselves(cast):
    staff = send(cast, noticed(user="SCHOOL\\stefan.staff"))[0][0]
    officer = send(cast, noticed(reference="2", user="Dora Designated"))[0][0]
    child = send(cast, noticed(reference="3"))[0][0]
    assert [one.about_staff for one in (staff, officer, child)] == [True, True, False]
    assert set(seen_by(cast, "lead")) == {child.pk}
    assert set(seen_by(cast, "designated_officer")) == {staff.pk, child.pk}
    assert set(seen_by(cast, "responsible_person")) == {staff.pk, officer.pk}
    for nobody in ("staff", "inspector", "other_lead", "board_officer"):
        assert seen_by(cast, nobody) == []


def test_a_report_is_made_of_alerts_and_ties_them(cast):
    send(cast, noticed(), noticed(reference="2", device="PC-8"))
    client = cast.client_for(cast.designated_officer)
    with cast.wall_of(cast.lead):
        keys = list(Alert.objects.values_list("pk", flat=True))
    answer = client.post(reverse("incidents:alerts"), {"alert": keys, "go": "take"})
    draft = Draft.objects.model._base_manager.get()
    assert answer["Location"] == reverse("incidents:report-kind", args=[draft.form_key])
    assert client.get(answer["Location"]).status_code == 200
    check = client.get(reverse("incidents:report-check", args=[draft.form_key])).content.decode()
    assert CANARY in check
    kind = {"images": "no", "scenario": "accidental-inappropriate"}
    client.post(reverse("incidents:report-kind", args=[draft.form_key]), kind)
    sent = client.post(reverse("incidents:report-check", args=[draft.form_key]))
    assert sent["Location"] == reverse("incidents:report-sent", args=[draft.form_key])
    told = client.get(sent["Location"]).content.decode()
    assert f'<a class="govuk-link" href="{reverse("partnership:contacts")}">Names and numbers</a>' in told
    with cast.wall_of(cast.lead):
        incident = Incident.objects.get()
        assert incident.alerts.count() == 2
        assert incident.how_found == "filter-or-monitoring"
    story = client.get(reverse("incidents:record", args=[incident.pk])).content.decode()
    assert story.count("Alert of Lanternlight") == 2
    assert client.get(reverse("incidents:alert", args=[keys[0]])).status_code == 200


def waiting(by):
    return [one.sentence for one in queries.home_rows(by) if one.kind == "alerts"]


@pytest.mark.parametrize(
    ("more", "colour"), [({}, "yellow"), ({"severity": "high"}, "red"), ({"category": "images"}, "red")]
)
def test_a_grave_alert_is_told_as_grave(cast, more, colour):
    send(cast, noticed(), noticed(**{"reference": "a-2", "device": "LIB-PC-08"} | more))
    with cast.wall_of(cast.lead):
        [row] = [one for one in queries.home_rows(cast.access_for(cast.lead)) if one.kind == "alerts"]
    assert (row.sentence, row.colour) == ("2 alerts of a filter wait.", colour)


def test_a_draft_that_is_thrown_away_leaves_its_alerts_waiting(cast):
    [(alert, _new)] = send(cast)
    by = cast.access_for(cast.lead)
    with cast.wall_of(cast.lead):
        draft = operations.take_alerts(by=by, alerts=[alert])
        assert waiting(by) == []
        with pytest.raises(Refused):
            operations.take_alerts(by=by, alerts=[alert])
        operations.discard_draft(by=by, draft=draft)
        assert waiting(by) == ["1 alert of a filter waits."]


def test_several_are_put_away_with_a_reason(cast):
    send(cast, noticed(), noticed(reference="2", device="PC-8"))
    client = cast.client_for(cast.lead)
    with cast.wall_of(cast.lead):
        keys = list(Alert.objects.values_list("pk", flat=True))
    asked = client.post(reverse("incidents:alerts"), {"alert": keys, "go": "dismiss"})["Location"]
    assert client.get(asked).status_code == 200
    assert "Why is it no incident?" in client.post(asked, {"why": ""}).content.decode()
    assert client.post(asked, {"why": "A lesson about poems of the war"}).status_code == 302
    with cast.wall_of(cast.lead):
        assert Alert.objects.filter(dismissed_at=None).count() == 0
    assert Entry.objects.filter(verb="incidents.alert_dismissed", person=cast.lead).count() == 2
    assert "Not an incident" in client.get(reverse("incidents:alerts") + "?all=1").content.decode()


def test_pages_of_alerts_are_looked_over(cast):
    send(cast, noticed(), noticed(reference="2", category=AlertCategory.IMAGES, severity=Severity.HIGH))
    client: CheckedClient = cast.client_for(cast.lead)
    assert "2 alerts wait" in client.get(reverse("incidents:alerts")).content.decode()
    assert client.post(reverse("incidents:alerts"), {"go": "take"}).status_code == 302
    assert client.get(reverse("incidents:alerts-dismiss")).status_code == 302
    assert client.get(reverse("incidents:alert", args=[999])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(cast, django_assert_max_num_queries, count):
    send(cast, *[noticed(reference=str(n), device=str(n)) for n in range(count)])
    client = cast.client_for(cast.lead)
    client.get(reverse("incidents:alerts"))
    with django_assert_max_num_queries(20):
        client.get(reverse("incidents:alerts"))


def test_handlers_are_told_once_for_many_without_a_word(cast):
    send(cast, *[noticed(reference=str(n), device=str(n), severity=Severity.HIGH) for n in range(30)])
    assert watch_alerts() == 30
    send(cast, *[noticed(reference=f"b{n}", device=f"b{n}", severity=Severity.HIGH) for n in range(30)])
    assert watch_alerts() == 0
    told = Message.objects.filter(kind="alerts-waiting")
    assert {one.to for one in told} == {cast.lead, cast.designated_officer}
    assert not any("CANARY" in one.body or "kalderley" in one.body for one in told)


def test_who_was_signed_in_is_not_told_of_it(cast):
    send(cast, noticed(user="dora.designated", severity=Severity.HIGH))
    watch_alerts()
    assert cast.designated_officer not in {one.to for one in Message.objects.filter(kind="alerts-waiting")}
    assert cast.responsible_person in {one.to for one in Message.objects.filter(kind="alerts-waiting")}


def test_the_history_holds_no_word_of_it(cast):
    send(cast)
    assert not [one for one in Entry.objects.all() if "CANARY" in str(one.facts) or "kalderley" in str(one.facts)]


@pytest.mark.nightly
@pytest.mark.parametrize(("sendings", "each"), [(500, 20), (2_000, 1)])
def test_a_storm_is_taken_in_as_it_comes_and_told_of_in_two_messages(cast, sendings, each):
    """Ten thousand by twenties, and two thousand one by one, each within a minute."""
    at, began = timezone.now() - timedelta(minutes=5), time.monotonic()
    rows = [
        noticed(reference=str(n), device=f"PC-{n % 40}", at=at + timedelta(milliseconds=6 * n))
        for n in range(sendings * each)
    ]
    for first in range(0, len(rows), each):
        send(cast, *rows[first : first + each])
    watch_alerts()
    watch_alerts()
    assert time.monotonic() - began < 60
    with cast.wall_of(cast.lead):
        assert sum(Alert.objects.values_list("times", flat=True)) == len(rows)
        assert Alert.objects.count() == 40
    assert Message.objects.filter(kind__startswith="alerts-waiting").count() == 2
