"""The list as a spreadsheet: reference, dates, kinds and status, never case text."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.documents.sheets import Column, Table
from safeboard.library import queries as library

from ..choices import Status
from ..models import Incident

MOST = 50_000
FIELDS = ("year", "serial", "pack", "scenario", "classification", "how_found", "setting_id")
DATES = ("happened_on", "reported_at", "status", "concluded_at")


def table(incidents: QuerySet[Incident], settings: Mapping[int, str]) -> Table:
    """The incidents as one table, at most MOST of them; a note says where there are more."""
    rows = list(incidents.values(*FIELDS, *DATES)[: MOST + 1])
    note = _("Only the newest %(most)s are listed.") % {"most": f"{MOST:,}"} if len(rows) > MOST else ""
    columns = [
        Column("reference", _("Reference")),
        Column("reported", _("Reported"), "date"),
        Column("happened", _("Happened"), "date"),
        Column("kind", _("Kind of incident")),
        Column("classification", _("Classification")),
        Column("how", _("How it was found")),
        Column("setting", _("Setting")),
        Column("status", _("Status")),
        Column("concluded", _("Concluded"), "date"),
    ]
    return Table(title=_("Incidents"), columns=columns, rows=[_row(row, settings) for row in rows[:MOST]], note=note)


def _row(row: Mapping, settings: Mapping[int, str]) -> dict:
    concluded = row["concluded_at"]
    return {
        "reference": f"{row['year']}-{row['serial']:04d}",
        "reported": timezone.localtime(row["reported_at"]).date(),
        "happened": row["happened_on"],
        "kind": library.label(row["pack"], "incident-kinds", row["scenario"]),
        "classification": library.label(row["pack"], "classifications", row["classification"]),
        "how": library.label(row["pack"], "how-found", row["how_found"]),
        "setting": settings.get(row["setting_id"], ""),
        "status": str(Status(row["status"]).label),
        "concluded": timezone.localtime(concluded).date() if concluded else None,
    }
