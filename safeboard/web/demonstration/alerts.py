"""Alerts that a made-up filter handed in, and a token that was in use and is revoked."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from safeboard.api import operations as api
from safeboard.api.choices import Scope
from safeboard.core import wall
from safeboard.core.roles import Role
from safeboard.incidents.choices import AlertCategory, Severity
from safeboard.incidents.operations import Noticed, receive_alerts
from safeboard.partnership import queries as partnership

from .county import County

PRODUCT = "Lanternlight Filter"
# What is about, how grave, on what, by whom, where, what the product says, how often.
NOTICED = (
    (AlertCategory.SELF_HARM, Severity.HIGH, "LIB-PC-07", "yr9-2214", "https://forum.example/thread/9", 3),
    (AlertCategory.NUDES, Severity.HIGH, "TABLET-31", "yr8-1187", "https://pictures.example/upload", 1),
    (AlertCategory.GETTING_ROUND, Severity.LOW, "LAPTOP-14", "yr10-0873", "https://way-round.example/", 12),
)
SAID = "The words “nobody would miss me” were typed into a search."


def make_alerts(county: County) -> int:
    """Three alerts and a revoked token in the first agency that has a lead; gives the number of alerts."""
    led = next(agency for agency in county.agencies if county.people[agency.pk].get(Role.AGENCY_LEAD))
    lead = county.people[led.pk][Role.AGENCY_LEAD][0]
    access = partnership.access_of(lead, chosen=f"agency-{led.pk}")
    now, urn = timezone.now(), county.settings[led.pk][0].urn
    with wall.open_for(**partnership.scopes(access)):
        day = timezone.localdate() + timedelta(days=90)
        token, _secret = api.make_token(by=access, name=PRODUCT, scopes=[Scope.ALERTS_WRITE], ends_on=day)
        rows = [
            Noticed(
                product=PRODUCT,
                reference=f"{device}-{number}",
                category=category,
                severity=severity,
                at=now - timedelta(hours=2 + order, minutes=-number),
                device=device,
                user=user,
                address=address,
                excerpt=SAID if category == AlertCategory.SELF_HARM else "",
                setting=urn,
            )
            for order, (category, severity, device, user, address, times) in enumerate(NOTICED)
            for number in range(times)
        ]
        receive_alerts(by=access, alerts=rows)
        api.revoke_token(by=access, token=token)
    return len(NOTICED)
