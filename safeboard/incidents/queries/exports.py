"""What an export holds: a table by groups of columns, or each record as a page for paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.documents.sheets import Column, Table
from safeboard.library import queries as library

from ..choices import ExportGroup, Kin, Part
from ..models import Duty, Export, Incident, Involved, Referral
from . import sheet
from .outside import summary
from .searching import reads_whole
from .story import CaseFile
from .visible import visible_to

MOST = {"xlsx": 5_000, "csv": 5_000, "records": 200}
WORDS = ("narrative", "where", "actions", "conclusion")
Row = dict[str, Any]


def taken(access: Access, rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those of the incidents that the person handles, and so may take away."""
    return rows.filter(reads_whole(access))


def still(access: Access, export: Export) -> QuerySet[Incident]:
    """The incidents of an export that the person may still know of and handles: asked again each time."""
    return visible_to(access).filter(reads_whole(access), pk__in=export.incidents).order_by("-reported_at", "-pk")


def table(access: Access, export: Export, settings: dict[int, str]) -> Table:
    """The incidents of an export as one table: reference, dates, kinds and state, and the groups that were chosen."""
    rows = still(access, export)
    plain = sheet.table(rows, settings)
    ids = list(rows.values_list("pk", flat=True))
    columns = list(plain.columns)
    found: list[Row] = [dict(row) for row in plain.rows]
    for group in export.groups:
        more, values = _GROUPS[group](ids)
        columns += more
        found = [{**row, **values.get(pk, {})} for pk, row in zip(ids, found, strict=True)]
    note = _("Confidential. Taken out on %(when)s by %(who)s.") % {
        "when": times.exact(export.made_at),
        "who": export.made_by.name,
    }
    return Table(title=plain.title, columns=columns, rows=found, note=note)


def _words(ids: Sequence[int]) -> tuple[list[Column], dict[int, Row]]:
    columns = [Column(name, str(Incident._meta.get_field(name).verbose_name).capitalize()) for name in WORDS]  # type: ignore[union-attr]
    rows = Incident.objects.filter(pk__in=ids).order_by().values("pk", *WORDS)
    return columns, {row["pk"]: row for row in rows}


def _people(ids: Sequence[int]) -> tuple[list[Column], dict[int, Row]]:
    rows = Involved.objects.filter(incident__in=ids).order_by("pk")
    lines = (
        (incident, ", ".join(str(one) for one in (name, Kin(kin).label, Part(part).label, born) if one))
        for incident, name, kin, part, born in rows.values_list("incident_id", "name", "kin", "part", "birth_date")
    )
    return [Column("people", _("Who is involved"))], _joined("people", lines)


def _referrals(ids: Sequence[int]) -> tuple[list[Column], dict[int, Row]]:
    lines = []
    for one in Referral.objects.filter(incident__in=ids).order_by("pk"):
        sent = times.exact(one.sent_at) if one.sent_at else ""
        parts = (one.to_name, one.get_state_display(), sent, one.reference, one.outcome)
        lines.append((one.incident_id, ", ".join(str(part) for part in parts if part)))
    return [Column("referrals", _("Referrals"))], _joined("referrals", lines)


def _duties(ids: Sequence[int]) -> tuple[list[Column], dict[int, Row]]:
    lines = []
    for one in Duty.objects.filter(incident__in=ids).order_by("due_at", "pk").defer("dropped_why"):
        due = _("due %(when)s") % {"when": times.exact(one.due_at)}
        done = _("done %(when)s") % {"when": times.exact(one.done_at)} if one.done_at else ""
        dropped = _("no longer needed") if one.dropped_at else ""
        lines.append((one.incident_id, ", ".join(part for part in (one.title, due, done, dropped) if part)))
    return [Column("duties", _("What was owed"))], _joined("duties", lines)


def _joined(name: str, lines: Iterable[tuple[int, str]]) -> dict[int, Row]:
    found: dict[int, list[str]] = defaultdict(list)
    for incident, line in lines:
        found[incident].append(line)
    return {incident: {name: "\n".join(texts)} for incident, texts in found.items()}


_GROUPS: dict[str, Callable[[Sequence[int]], tuple[list[Column], dict[int, Row]]]] = {
    ExportGroup.WORDS: _words,
    ExportGroup.PEOPLE: _people,
    ExportGroup.REFERRALS: _referrals,
    ExportGroup.DUTIES: _duties,
}


def paper(access: Access, incident: Incident) -> str:
    """One record for paper, as HTML for the PDF: the facts, the people, the whole story. Files are never in it."""
    case = CaseFile(access, incident)
    context = {
        "incident": incident,
        "agency": access.place.name if access.place else "",
        "kind": library.label(incident.pack, "incident-kinds", incident.scenario),
        "summary": summary(incident),
        "people": case.people(),
        "story": list(reversed(case.story())),
        "owed": case.owed,
        "person": access.person,
        "now": timezone.now(),
    }
    return render_to_string("incidents/paper/record.html", context)
