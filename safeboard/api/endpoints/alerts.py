"""Alerts of filtering and monitoring products, in our own shape or in a product's."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from safeboard.incidents.choices import AlertCategory, Severity
from safeboard.incidents.operations import MOST_ALERTS, Noticed, receive_alerts

from ..choices import Scope
from ..door import Endpoints, access_of, endpoint
from ..mapping import mappings
from ..problems import KEPT, Refusal
from ..schemas import Given, Line

ALERTS = Endpoints(tags=["Alerts"])
EXAMPLE = {
    "alerts": [
        {
            "product": "Lanternlight Monitor",
            "reference": "8c1f-2207",
            "at": "2026-03-02T10:12:00+00:00",
            "category": "self-harm",
            "severity": "high",
            "device": "LIB-PC-07",
            "user": "kalderley",
            "address": "https://forum.example/thread/9",
            "excerpt": "a phrase that was typed",
            "setting": "990001",
        }
    ]
}


class AlertIn(Given):
    """What a product noticed. Never a picture, a screenshot or a file: there is no field for one."""

    product: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    reference: Line = Field("", description="The product's own number for it: sent again it is the same alert")
    at: AwareDatetime
    category: AlertCategory
    severity: Severity = Severity.MEDIUM
    images: bool = Field(False, description="It may be about naked or sexual pictures of a child")
    device: Line = ""
    user: Line = Field("", description="Who was signed in, as the product knows them")
    address: Annotated[str, StringConstraints(max_length=2_000)] = Field("", description="Kept as inert text")
    excerpt: Annotated[str, StringConstraints(max_length=2_000)] = Field(
        "", description="Words. Dropped unread where it may be about pictures of children, or where a file hides in it"
    )
    setting: Annotated[str, StringConstraints(max_length=20)] = Field("", description="Its URN, or our number of it")


class AlertsIn(Given):
    """One alert or many."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    alerts: list[AlertIn] = Field(min_length=1, max_length=MOST_ALERTS)


class AlertOut(Schema):
    """What became of an alert."""

    id: int = Field(examples=[77])
    new: bool = Field(description="False where it was known, or was counted as one with an alert that waits")
    times: int = Field(examples=[1])
    dropped: bool = Field(description="Its excerpt was dropped unread")


class AlertsOut(Schema):
    """One for each alert that was sent, in the same order."""

    alerts: list[AlertOut]


@ALERTS.post("/alerts", response={202: AlertsOut}, summary="Hand in alerts")
@endpoint("incidents.send_alerts", scope=Scope.ALERTS_WRITE)
def alerts(request: HttpRequest, given: AlertsIn) -> Status:
    """Hand in what a product noticed. Handlers find it among their alerts, and decide whether it is an incident.

    The same number is taken once. The same device, category and address within fifteen minutes is counted up.
    """
    return _received(request, [Noticed(**one.model_dump()) for one in given.alerts])


@ALERTS.post("/alerts/{shape}", response={202: AlertsOut}, summary="Hand in an alert in a product's own shape")
@endpoint("incidents.send_alerts", scope=Scope.ALERTS_WRITE)
def product_alerts(
    request: HttpRequest,
    shape: Annotated[str, Path(max_length=40, description="generic, cef or google-workspace")],
    given: dict[str, Any] | list[dict[str, Any]],
) -> Status:
    """The same for products whose webhook cannot be told our names: one object, or a list of them.

    What is not known by name is dropped unread. A category that is not known is 'other'; a time that cannot be read is
    now.
    """
    known = mappings().get(shape)
    if known is None:
        raise Http404
    rows = given if isinstance(given, list) else [given]
    if not 1 <= len(rows) <= MOST_ALERTS:
        raise Refusal(422, KEPT, [{"field": "body", "problem": f"must hold between 1 and {MOST_ALERTS} alerts"}])
    return _received(request, [known.noticed(one) for one in rows])


def _received(request: HttpRequest, noticed: list[Noticed]) -> Status:
    found = receive_alerts(by=access_of(request), alerts=noticed)
    lines = [{"id": one.pk, "new": new, "times": one.times, "dropped": one.dropped} for one, new in found]
    return Status(202, {"alerts": lines})
