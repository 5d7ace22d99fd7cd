"""What goes into an evidence pack: chronology, register, custody, files that may be read, and the history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safeboard.core import history, keys
from safeboard.core.access import Access
from safeboard.core.models import Checkpoint, Entry
from safeboard.documents.pack import signed_pack
from safeboard.documents.pdf import render_pdf
from safeboard.documents.sheets import Column, Table, csv_bytes

from ..models import EvidenceFile, EvidencePack, Incident
from .evidence import Chain, chain_of, files_of, items_of
from .outside import summary
from .story import CaseFile, title_of

ENDING = re.compile(r"\.[a-z]{3,4}$")


@dataclass(frozen=True)
class Packed:
    """A pack as a ZIP, and how many files of evidence are in it."""

    content: bytes
    files: int


def packed(access: Access, pack: EvidencePack) -> Packed:
    """The pack of an incident as whoever asked for it may read it. Sealed files are never in it."""
    incident = pack.incident
    chains = [chain_of(one) for one in items_of(incident)]
    kept = {} if incident.refuses_files else _files(incident)
    now = timezone.now()
    entries = list(history.of(incident).select_related(None).order_by("number"))
    files = {
        **{f"files/{path}": bytes(row.content) for path, row in kept.items()},
        "chronology.pdf": _chronology(access, incident, now),
        "register.pdf": _register(access, incident, chains, now),
        "register.csv": csv_bytes(register_table(chains)),
        "custody.csv": csv_bytes(custody_table(chains)),
        "README.txt": _readme(incident, now).encode(),
    }
    mark = Checkpoint.objects.first()
    about = {
        "incident": incident.reference,
        "agency": access.place.name if access.place else "",
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "history": [said(entry) for entry in entries],
        "checkpoint": history.as_signed(mark) if mark else None,
    }
    return Packed(signed_pack(files, about), len(kept))


def _files(incident: Incident) -> dict[str, EvidenceFile]:
    """The files that may be read, by their name in the pack: number, then the name in plain letters."""
    rows = files_of(incident).defer(None).filter(sealed_off_at__isnull=True, removed_at__isnull=True)
    return {_path(row): row for row in rows}


def _path(row: EvidenceFile) -> str:
    found = ENDING.search(row.name.lower())
    ending = found.group() if found else ""
    stem = slugify(row.name[: len(row.name) - len(ending)])[:60]
    return "-".join(filter(None, (row.label, stem))) + ending


def said(entry: Entry) -> dict[str, Any]:
    """An entry of the history as its digest was made of it, and that digest."""
    return {"says": history.canonical(entry), "hash": entry.hash}


def _chronology(access: Access, incident: Incident, now: datetime) -> bytes:
    case = CaseFile(access, incident)
    title = _("Chronology of incident %(reference)s") % {"reference": incident.reference}
    lines = sorted(case.story(), key=lambda line: line.at)
    context = {"summary": summary(incident), "people": case.people(), "lines": lines, "kind": title_of(incident)}
    return _paper("chronology", access, incident, title, now, context)


def _register(access: Access, incident: Incident, chains: list[Chain], now: datetime) -> bytes:
    title = _("Evidence of incident %(reference)s") % {"reference": incident.reference}
    return _paper("register", access, incident, title, now, {"chains": chains})


def _paper(
    name: str, access: Access, incident: Incident, title: str, now: datetime, context: Mapping[str, Any]
) -> bytes:
    shared = {"title": title, "agency": access.place.name if access.place else "", "incident": incident, "now": now}
    html = render_to_string(f"incidents/paper/{name}.html", {**shared, "person": access.person, **context})
    return render_pdf(html, title=title)


def register_table(chains: list[Chain]) -> Table:
    """The register as a table: one row a piece of evidence, and one a file of it."""
    columns = [
        Column("number", _("Number")),
        Column("kind", _("What it is")),
        Column("what", _("Description")),
        Column("marks", _("Make, serial number, label")),
        Column("found", _("Where it was, and who had it")),
        Column("taken_in", _("Taken in"), "date"),
        Column("first", _("Taken in by")),
        Column("state", _("State")),
        Column("keeper", _("Who has it now")),
        Column("place", _("Where it is now")),
        Column("size", _("Bytes"), "number"),
        Column("sha256", _("SHA-256")),
        Column("scan", _("Virus scan")),
    ]
    rows = [row for chain in chains for row in (_item_row(chain), *map(_file_row, chain.item.files.all()))]
    return Table(title=_("Evidence"), columns=columns, rows=rows, plain=True)


def _item_row(chain: Chain) -> dict[str, Any]:
    item = chain.item
    return {
        "number": item.label,
        "kind": item.get_kind_display(),
        "what": item.what,
        "marks": item.marks,
        "found": item.found,
        "taken_in": timezone.localtime(item.taken_in_at),
        "first": str(chain.first),
        "state": item.get_state_display(),
        "keeper": str(chain.keeper),
        "place": chain.place,
    }


def _file_row(file: EvidenceFile) -> dict[str, Any]:
    if file.removed_at:
        return {"number": file.label, "what": _("A file, removed on police instruction"), "size": file.size}
    if file.sealed_off_at:
        return {"number": file.label, "what": _("A file that is sealed: nobody can open it"), "size": file.size}
    given = {"taken_in": timezone.localtime(file.added_at), "first": file.added_by.name if file.added_by else ""}
    scan = file.get_scan_display()
    told = {"number": file.label, "what": file.name, "kind": file.media_type}
    return {**told, **given, "size": file.size, "sha256": file.sha256, "scan": scan}


def custody_table(chains: list[Chain]) -> Table:
    """Every handover of every piece of evidence, in order."""
    columns = [
        Column("number", _("Number")),
        Column("at", _("When"), "date"),
        Column("from", _("From")),
        Column("to", _("To")),
        Column("state", _("What became of it")),
        Column("place", _("Where it is now")),
        Column("why", _("Why")),
        Column("receipt", _("Receipt or reference")),
        Column("instruction", _("On whose instruction")),
        Column("by", _("Recorded by")),
        Column("recorded", _("Recorded"), "date"),
    ]
    rows = [_passage_row(chain, *passage) for chain in chains for passage in chain.passages]
    return Table(title=_("Custody"), columns=columns, rows=rows, plain=True)


def _passage_row(chain: Chain, row: Any, giver: Any, taker: Any) -> dict[str, Any]:
    return {
        "number": chain.item.label,
        "at": timezone.localtime(row.at),
        "from": str(giver),
        "to": str(taker),
        "state": row.get_state_display(),
        "place": row.place,
        "why": row.why,
        "receipt": row.receipt,
        "instruction": row.instruction,
        "by": row.recorded_by.name if row.recorded_by else "",
        "recorded": timezone.localtime(row.recorded_at),
    }


def _readme(incident: Incident, now: datetime) -> str:
    context = {"incident": incident, "now": now, "fingerprint": keys.fingerprint()}
    return render_to_string("incidents/paper/pack_readme.txt", context)
