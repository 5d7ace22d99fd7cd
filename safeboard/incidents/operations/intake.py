"""Alerts as they come from a product: taken in once, counted up, and tied to the incident that they led to."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from safeboard.core import history, keys
from safeboard.core.access import Access, require
from safeboard.core.sealed import blind_index
from safeboard.core.text import holds_file, tidy, without_control, without_files
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import GRAVE_ALERTS, AlertCategory, Images, Severity
from ..models import Alert, AlertNumber, Draft, Incident
from ..queries.alerts import short_name, waiting

WINDOW = timedelta(minutes=15)  # the same device, category and address within it are one alert, counted up
MOST = 500  # alerts taken in at once
LINE, LINES = 200, 2_000
GRAVER = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """An alert as a product gives it, in our own words. ``setting``: our number of the setting, or its URN."""

    product: str
    category: AlertCategory
    at: datetime
    severity: Severity = Severity.MEDIUM
    reference: str = ""
    device: str = ""
    user: str = ""
    address: str = ""
    excerpt: str = ""
    setting: str = ""
    images: bool = False

    @property
    def grave(self) -> bool:
        """Whether it may be about images of children, by its category or because the product says so."""
        return self.images or self.category in GRAVE_ALERTS


@transaction.atomic
def receive_alerts(*, by: Access, alerts: Sequence[Noticed]) -> list[tuple[Alert, bool]]:
    """Keep what a product noticed; gives for each the alert that stands for it, and whether that is new.

    The same number of the same product is the same alert, however often it is sent. The same device, category and
    address within WINDOW is counted up. Where it may be about images of children the excerpt is dropped unread
    (PCA 1978 s.1), and a file that hides in a text is taken out. Nobody is told here: the clock tells once for many.
    ValueError for more than MOST at once.
    """
    require(by, "incidents.send_alerts")
    if len(alerts) > MOST:
        raise ValueError(f"at most {MOST} alerts at once")
    partnership.lock_agency(by.own_agency)  # two at once: the second sees what the first made
    intake = Intake(by, alerts)
    found = [intake.take(one) for one in alerts]
    Alert.objects.bulk_create(intake.new)
    for alert in intake.counted.values():
        alert.save(update_fields=["times", "happened_at", "last_at", "severity"])
    numbers = [AlertNumber(agency_id=by.own_agency, alert=alert, key=key) for key, alert in intake.numbers.items()]
    AlertNumber.objects.bulk_create(numbers)
    _note(by, intake.new)
    return found


def _note(by: Access, new: Sequence[Alert]) -> None:
    facts = [{"category": alert.category, "images": alert.images} for alert in new]
    if new:
        rows: list[Any] = [
            ("incidents.alert_received", alert, told, {}, None) for alert, told in zip(new, facts, strict=True)
        ]
        history.record_many(by=by, rows=rows)


class Intake:
    """One sending of alerts, held against what is known: a few queries, however many they are."""

    def __init__(self, by: Access, alerts: Sequence[Noticed]) -> None:
        self.agency_id, self.now = by.own_agency, timezone.now()
        known = AlertNumber.objects.filter(key__in={self.number_key(one) for one in alerts}).select_related("alert")
        self.known = {row.key: row.alert for row in known}
        likely = Alert.objects.filter(waiting(), content_key__in={self.content_key(one) for one in alerts})
        self.latest = {alert.content_key: alert for alert in likely.order_by("last_at", "pk")}
        self.wanted = {one.setting for one in alerts} - {""}
        self.new: list[Alert] = []
        self.counted: dict[int, Alert] = {}
        self.numbers: dict[str, Alert] = {}

    def take(self, one: Noticed) -> tuple[Alert, bool]:
        """The alert that stands for it: known by its number, counted up, or new."""
        key = self.number_key(one)
        if key in self.known:
            return self.known[key], False
        at = min(one.at, self.now)
        alert = self.latest.get(self.content_key(one))
        new = alert is None or not alert.happened_at - WINDOW <= at <= alert.last_at + WINDOW
        if alert is None or new:
            alert = self._made(one, at)
            self.new.append(alert)
            self.latest[alert.content_key] = alert
        else:
            self._count(alert, one, at)
        self.known[key] = self.numbers[key] = alert
        return alert, new

    def _count(self, alert: Alert, one: Noticed, at: datetime) -> None:
        alert.times += 1
        alert.happened_at, alert.last_at = min(alert.happened_at, at), max(alert.last_at, at)
        alert.severity = max(Severity(alert.severity), one.severity, key=GRAVER.__getitem__)
        if alert.pk:
            self.counted[alert.pk] = alert

    def _made(self, one: Noticed, at: datetime) -> Alert:
        kept = None if one.grave or holds_file(one.excerpt) else _words(one.excerpt, LINES, lines=True) or None
        index = blind_index(short_name(one.user)) if one.user.strip() else ""
        return Alert(
            agency_id=self.agency_id,
            product=one.product,
            reference=_words(one.reference),
            category=one.category,
            severity=one.severity,
            images=Images.MAYBE if one.grave else Images.NO,
            setting=self.settings.get(one.setting),
            device=_words(one.device),
            user=_words(one.user),
            user_index=index,
            about_staff=index in self.staff,
            address=_words(one.address, LINES),
            excerpt=kept,
            dropped=bool(one.excerpt) and kept is None,
            content_key=self.content_key(one),
            happened_at=at,
            last_at=at,
            received_at=self.now,
        )

    def number_key(self, one: Noticed) -> str:
        """What is the same for the same alert of the same product; one without a number is known by all it says."""
        if one.reference:
            return _keyed("number", self.agency_id, one.product, one.reference)
        whole = (one.category, one.device, one.user, one.address, one.excerpt, one.at.isoformat())
        return _keyed("whole", self.agency_id, one.product, *whole)

    def content_key(self, one: Noticed) -> str:
        """What is the same for alerts that are counted as one."""
        return _keyed("content", self.agency_id, one.device, one.user, one.category, one.address, one.grave)

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """The own settings that are named, by our number and by their URN."""
        rows = Setting.objects.filter(agency_id=self.agency_id) if self.wanted else []
        return {key: row for row in rows for key in (row.urn, str(row.pk)) if key in self.wanted}

    @cached_property
    def staff(self) -> set[str]:
        """What a product may call the people who work here."""
        people = partnership.people_of(self.agency_id).values_list("name", "email")
        return {blind_index(word) for name, email in people for word in (name, short_name(email))}


def _words(text: str, limit: int = LINE, *, lines: bool = False) -> str:
    """What a product wrote, as words: no file hidden in it, no control signs, cut where it is too long."""
    return tidy(without_control(without_files(text)), lines=lines).strip()[:limit]


def _keyed(*parts: Any) -> str:
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hmac.new(keys.secret("index"), text.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def tie_alerts(*, by: Access, draft: Draft, incident: Incident) -> None:
    """Tie the alerts of a draft to the incident that it became."""
    tied = list(Alert.objects.filter(draft=draft))
    for alert in tied:
        alert.incident = incident
        alert.save(update_fields=["incident"])
    if tied:
        history.record(
            by=by, verb="incidents.alerts_tied", obj=incident, facts={"alerts": [alert.pk for alert in tied]}
        )
