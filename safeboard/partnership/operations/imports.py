"""Import of agencies and settings: look first, then all or nothing."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import file_key, place_key
from safeboard.documents.reading import read_rows

from ..importing.lines import Fault, Line
from ..importing.planning import ADDED, CHANGED, Entry, Plan, make_plan, understand
from ..models import Agency, Board, ImportRun, Seat, Setting

BATCH = 500


class NotImported(Exception):
    """Nothing was imported. ``why``: refused (rows are), done (it was), changed (the register is; look again)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def read_import(
    *, by: Access, board: Board, file: BinaryIO, filename: str, form_key: uuid.UUID | None = None
) -> ImportRun:
    """Read a spreadsheet and keep what it would change; nothing is changed yet. The same form sent twice is one.

    Raises UnreadableSheet with words for the person where the file as a whole cannot be taken.
    """
    require(by, "partnership.import", board)
    content = file.read()
    file.seek(0)
    key = file_key(place_key(form_key, by), content)
    known = ImportRun.objects.filter(form_key=key, board=board).first()
    if known is not None:
        return known
    reading = understand(read_rows(file, filename=filename), board.pack)
    plan = make_plan(board, reading.layout, reading.lines, reading.faults)
    run = ImportRun(
        board=board,
        filename=filename[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        layout=reading.layout,
        form_key=key,
        made_by=by.person,
    )
    lines = [line.as_json() for line in reading.lines]
    faults = [vars(fault) for fault in reading.faults]
    run.plan = {"lines": lines, "unread": faults, "closed": reading.closed, **_kept(plan)}
    run.save()
    history.record(by=by, verb="partnership.import_read", obj=run, facts={"layout": run.layout, **plan.counts()})
    return run


def _kept(plan: Plan) -> dict[str, Any]:
    """A plan as it is kept. Thousands of entries are neither copied nor written out at once: that is 20 MB each."""
    entries, fingerprint = [vars(entry) for entry in plan.entries], hashlib.sha256()
    for entry in entries:
        fingerprint.update(json.dumps(entry, sort_keys=True).encode())
    return {
        "entries": entries,
        "faults": [vars(fault) for fault in plan.faults],
        "counts": plan.counts(),
        "fingerprint": fingerprint.hexdigest(),
    }


def look_again(run: ImportRun) -> Plan:
    """The plan of a run as it is against the register of this moment."""
    lines = [Line(*line) for line in run.plan["lines"]]
    return make_plan(run.board, run.layout, lines, [Fault(**fault) for fault in run.plan["unread"]])


def run_import(*, by: Access, run: ImportRun) -> ImportRun:
    """Do what the preview showed, whole or not at all. The same file a second time changes nothing.

    Raises NotImported: where rows are refused, where it was done before, or where the register was changed since the
    preview: then the preview is made anew and nothing else is written.
    """
    try:
        return _run(by=by, run=run)
    except NotImported as error:
        if error.why == "changed":
            run.plan = {**run.plan, **_kept(look_again(run))}
            run.save(update_fields=["plan"])
        raise


@transaction.atomic
def _run(*, by: Access, run: ImportRun) -> ImportRun:
    require(by, "partnership.import", run)
    Board.objects.select_for_update().get(pk=run.board_id)  # two imports into one board follow one another
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.done_at:
        raise NotImported("done")
    plan = look_again(run)
    if plan.faults:
        raise NotImported("refused")
    if _kept(plan)["fingerprint"] != run.plan["fingerprint"]:
        raise NotImported("changed")
    keys = _write_agencies(by, run, [entry for entry in plan.entries if entry.what == "agency"])
    _write_settings(by, run, [entry for entry in plan.entries if entry.what == "setting"], keys)
    run.done_at = timezone.now()
    run.plan = {**run.plan, "lines": [], "unread": []}
    run.save(update_fields=["done_at", "plan"])
    history.record(by=by, verb="partnership.imported", obj=run, facts={"layout": run.layout, **plan.counts()})
    return run


def _write_agencies(by: Access, run: ImportRun, entries: list[Entry]) -> dict[str, int]:
    """Add and change agencies and their seats; gives the id of each agency by its key in the plan."""
    added = [entry for entry in entries if entry.state == ADDED]
    changed = {entry.pk: entry for entry in entries if entry.state == CHANGED}
    rows = [
        Agency(home_board=run.board, **{name: value for name, value in entry.values.items() if name != "kind"})
        for entry in added
    ]
    Agency.objects.bulk_create(rows, batch_size=BATCH)
    today = timezone.localdate()
    Seat.objects.bulk_create(
        [
            Seat(board=run.board, agency=agency, kind=entry.values["kind"], since=today)
            for agency, entry in zip(rows, added, strict=True)
        ],
        batch_size=BATCH,
    )
    there = list(Agency.objects.filter(pk__in=list(changed)))
    seats = list(Seat.objects.filter(board=run.board, agency_id__in=list(changed)))
    for agency in there:
        _set(agency, changed[agency.pk], but="kind")
    for seat in seats:
        seat.kind = changed[seat.agency_id].changes.get("kind", [seat.kind, seat.kind])[1]
    Agency.objects.bulk_update(there, ["reference", "gives_technology", "reaches_children"], batch_size=BATCH)
    Seat.objects.bulk_update(seats, ["kind"], batch_size=BATCH)
    _note(by, run, "partnership.agency_made", [(agency, entry) for agency, entry in zip(rows, added, strict=True)])
    _note(by, run, "partnership.agency_changed", [(agency, changed[agency.pk]) for agency in there])
    keys = {entry.agency_key: agency.pk for agency, entry in zip(rows, added, strict=True)}
    return keys | {entry.agency_key: entry.pk for entry in entries if entry.pk}


def _write_settings(by: Access, run: ImportRun, entries: list[Entry], keys: dict[str, int]) -> None:
    added = [entry for entry in entries if entry.state == ADDED]
    changed = {entry.pk: entry for entry in entries if entry.state == CHANGED}
    rows = [Setting(agency_id=keys[entry.agency_key], **entry.values) for entry in added]
    Setting.objects.bulk_create(rows, batch_size=BATCH)
    there = list(Setting.objects.filter(pk__in=list(changed)))
    for setting in there:
        _set(setting, changed[setting.pk])
        setting.changed_at = timezone.now()
    fields = {name for entry in changed.values() for name in entry.changes}
    if there:
        Setting.objects.bulk_update(there, [*fields, "changed_at"], batch_size=BATCH)
    _note(by, run, "partnership.setting_made", list(zip(rows, added, strict=True)))
    _note(by, run, "partnership.setting_changed", [(setting, changed[setting.pk]) for setting in there])


def _set(record: Agency | Setting, entry: Entry, *, but: str = "") -> None:
    for name, (_now, then) in entry.changes.items():
        if name != but:
            setattr(record, name, then)


def _note(by: Access, run: ImportRun, verb: str, rows: list[tuple[Any, Entry]]) -> None:
    """One entry of the history for each record, written together."""
    if rows:
        facts = [
            {"import": run.pk, **({"fields": sorted(entry.changes)} if entry.changes else {})} for _row, entry in rows
        ]
        history.record_many(
            by=by, rows=[(verb, row, fact, {}, None) for (row, _entry), fact in zip(rows, facts, strict=True)]
        )
