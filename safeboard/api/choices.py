"""What a token may be given, the limits of the API, and what other programs can be told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from safeboard.core.roles import PlaceKind


class Scope(models.TextChoices):
    """One thing that a token may do."""

    INCIDENTS_READ = "incidents:read", _("Read incidents and what is owed")
    INCIDENTS_REPORT = "incidents:report", _("Report incidents and add notes")
    ALERTS_WRITE = "alerts:write", _("Hand in alerts of a filtering or monitoring product")
    LOGS_ASK = "logs:ask", _("Ask the filter logs, and read the answers")
    PICTURE_READ = "picture:read", _("Read the board’s released figures")


# What a scope lets through at most. The maker's own roles still have to allow it, record by record.
PERMISSIONS: Mapping[Scope, frozenset[str]] = {
    Scope.INCIDENTS_READ: frozenset({"incidents.list", "incidents.see", "incidents.read"}),
    Scope.INCIDENTS_REPORT: frozenset({"incidents.report", "incidents.note"}),
    Scope.ALERTS_WRITE: frozenset({"incidents.send_alerts"}),
    Scope.LOGS_ASK: frozenset({"sitelogs.ask"}),
    Scope.PICTURE_READ: frozenset({"insight.picture"}),
}
SCOPES_OF: Mapping[PlaceKind, tuple[Scope, ...]] = {
    PlaceKind.AGENCY: (Scope.INCIDENTS_READ, Scope.INCIDENTS_REPORT, Scope.ALERTS_WRITE, Scope.LOGS_ASK),
    PlaceKind.BOARD: (Scope.PICTURE_READ,),
    PlaceKind.SERVICE: (),
}

LONGEST = timedelta(days=365)  # that a token can be used
PREFIX = "safeboard_"  # so that a token that leaked can be recognised as one

# Requests a minute, counted by each process of the server for itself: alerts come in storms.
A_MINUTE: Mapping[Scope, int] = {
    Scope.INCIDENTS_READ: 300,
    Scope.INCIDENTS_REPORT: 60,
    Scope.ALERTS_WRITE: 12_000,
    Scope.LOGS_ASK: 300,
    Scope.PICTURE_READ: 60,
}

# Verbs of the history that other programs can be told of, and the word that they are told. No verb that says more than
# that something of this sort happened.
EVENTS: Mapping[str, str] = {
    "incidents.reported": "incident.reported",
    "incidents.concluded": "incident.concluded",
    "incidents.reopened": "incident.reopened",
    "incidents.alert_received": "alert.received",
    "incidents.duty_late": "duty.late",
    "insight.released": "picture.released",
}


class CallState(models.TextChoices):
    """What became of a call to another program."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
