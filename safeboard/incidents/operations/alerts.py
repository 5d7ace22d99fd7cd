"""Alerts as handlers deal with them: made a report of, or said to be no incident; and who is told that some wait."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.sealed import blind_index
from safeboard.outbox import operations as outbox
from safeboard.partnership import queries as partnership

from ..choices import AlertCategory, Images, Kin, Part
from ..errors import Refused
from ..models import Alert, Draft
from ..queries.alerts import short_name, waiting
from ..queries.handling import CASEWORKERS, FEW, ROLES
from ..rules import words_only
from .reports import save_draft

LONGEST = 9_000  # letters of a narrative made of alerts: the form takes 10,000
# After a message, how long no other one is sent; by whether one of the alerts is urgent.
QUIET_FOR = {False: timedelta(hours=4), True: timedelta(minutes=15)}
# The kind of incident that stands chosen in the report; a person confirms it.
SCENARIOS = {
    AlertCategory.IMAGES: "accidental-illegal",
    AlertCategory.GROOMING: "sexual-exploitation",
    AlertCategory.BULLYING: "bullying-harassment",
    AlertCategory.GETTING_ROUND: "network-misuse",
}


@transaction.atomic
def alerts_seen(*, by: Access, alerts: Iterable[Alert]) -> None:
    """Note that somebody looked at alerts, in one entry."""
    seen = sorted(alert.pk for alert in alerts)
    if seen:
        history.record(by=by, verb="incidents.alerts_seen", facts={"alerts": seen})


def _held(by: Access, alerts: Iterable[Alert]) -> list[Alert]:
    """The alerts as they are now, held until the transaction ends. Refused where one is not waiting any more."""
    wanted = {alert.pk for alert in alerts}
    held = list(Alert.objects.select_for_update().filter(waiting(), pk__in=wanted).order_by("happened_at", "pk"))
    for alert in held:
        require(by, "incidents.alerts", alert)
    if not held or len(held) != len(wanted):
        raise Refused(_("Somebody else has dealt with one of these alerts meanwhile. Look at the list again."))
    return held


@transaction.atomic
def take_alerts(*, by: Access, alerts: Iterable[Alert]) -> Draft:
    """Begin a report from alerts and give back the draft, which is the taker's; nothing of it is sent yet.

    Thrown away, the draft leaves its alerts waiting again. Raises Refused where one was dealt with meanwhile.
    """
    held = _held(by, alerts)
    draft = save_draft(by=by, draft=None, step="", answers=answers_from(held))
    Alert.objects.filter(pk__in=[alert.pk for alert in held]).update(draft=draft)
    rows: list[Any] = [("incidents.alert_taken", alert, {"draft": draft.pk}, {}, None) for alert in held]
    history.record_many(by=by, rows=rows)
    return draft


@transaction.atomic
def dismiss_alerts(*, by: Access, alerts: Iterable[Alert], why: str) -> int:
    """Say that alerts are no incident, and why; gives how many. Raises as take_alerts does."""
    if not why.strip():
        raise Refused(_("Say why this is not an incident."))
    words_only(why)
    held = _held(by, alerts)
    for alert in held:
        alert.dismissed_at, alert.dismissed_by, alert.dismissed_why = timezone.now(), by.person, why
    Alert.objects.bulk_update(held, ["dismissed_at", "dismissed_by", "dismissed_why"])
    history.record_many(by=by, rows=[("incidents.alert_dismissed", alert, {}, {"why": why}, None) for alert in held])
    return len(held)


def answers_from(alerts: Sequence[Alert]) -> dict[str, Any]:
    """What stands in the pages of a report that is made of alerts, the earliest first."""
    first = alerts[0]
    at = timezone.localtime(first.happened_at)
    answers = {
        "narrative": "\n\n".join(_told(alert) for alert in alerts)[:LONGEST],
        "happened_on": at.date().isoformat(),
        "happened_at": at.time().isoformat(timespec="minutes"),
        "how_found": "filter-or-monitoring",
        "setting": str(first.setting_id) if first.setting_id else "elsewhere",
        "where": first.device,
        "address": next((alert.address for alert in alerts if alert.address), ""),
        "scenario": next(filter(None, (SCENARIOS.get(AlertCategory(alert.category)) for alert in alerts)), ""),
        **_people(alerts),
    }
    if any(alert.images != Images.NO for alert in alerts):
        answers["images"] = Images.MAYBE.value
    return {name: value for name, value in answers.items() if value}


def _told(alert: Alert) -> str:
    """An alert in a few sentences."""
    when = timezone.localtime(alert.happened_at).strftime("%d.%m.%Y, %H:%M")
    what = {"product": alert.product, "what": alert.get_category_display(), "when": when, "times": alert.times}
    said = _("%(product)s gave an alert: %(what)s. First at %(when)s, %(times)s times.") % what
    if alert.dropped:
        said += " " + _("What the product sent with it was dropped unread.")
    return f"{said}\n{alert.excerpt}" if alert.excerpt else said


def _people(alerts: Sequence[Alert]) -> dict[str, dict[str, str]]:
    """Whoever was signed in, each once. A member of staff is named as the one whom the concern is about."""
    by_name = {alert.user: alert for alert in alerts if alert.user}
    return {
        f"person:{uuid.uuid4()}": {
            "kin": (Kin.STAFF if alert.about_staff else Kin.CHILD).value,
            "part": (Part.CONCERN if alert.about_staff else Part.INVOLVED).value,
            "name": name[:120],
            "birth_date": "",
        }
        for name, alert in by_name.items()
    }


@transaction.atomic
def tell_of_alerts(*, by: Access, agency_id: int, alerts: Sequence[Alert]) -> None:
    """One message for many alerts of one sort, without a word of them, to each handler who was not signed in there."""
    urgent, newest = alerts[0].urgent, max(alert.pk for alert in alerts)
    owners = FEW if alerts[0].about_staff else CASEWORKERS
    people = {person.pk: person for owner in owners for person in partnership.holders(agency_id, ROLES[owner])}
    indexes = {alert.user_index for alert in alerts}
    for person in people.values():
        if {blind_index(person.name), blind_index(short_name(person.email))} >= indexes:
            continue
        outbox.send(
            by=by,
            to=person,
            email=person.email,
            kind="alerts-waiting" if urgent else "alerts-waiting-quiet",
            subject=_("Safeboard: alerts are waiting for you"),
            body=_("Alerts of a filtering or monitoring product wait. Sign in to look at them.")
            + f"\n{outbox.link('/incidents/alerts/')}",
            dedupe=f"alerts:{newest}:{person.pk}",
        )
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(told_at=timezone.now())
    history.record(by=by, verb="incidents.alerts_told", facts={"agency": agency_id, "alerts": len(alerts)})
