"""``safeboard sitelogs``: take logs in, ask them, prove them, dispose of them. docs/sitelogs.md tells each."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_scopes import scopes_disabled

from safeboard.core import history
from safeboard.core.access import Access, job_access
from safeboard.sitelogs import engine
from safeboard.sitelogs.archive import Busy, Columns, DiskFull, NeedsZone, Source, UnknownForm, WrongColumns
from safeboard.sitelogs.archive.formats import names
from safeboard.sitelogs.archive.manifest import BrokenManifest
from safeboard.sitelogs.archive.sealing import Altered
from safeboard.sitelogs.management import asking, watching
from safeboard.sitelogs.operations.disposing import dispose_due, due

REFUSED = (Busy, DiskFull, NeedsZone, UnknownForm, WrongColumns, BrokenManifest, Altered, ValueError, OSError)


class Command(BaseCommand):
    help = "The archive of filter logs: take lines in, ask them, prove them, dispose of what has had its time."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        self._ingest(parts.add_parser("ingest", help="take files in"))
        asking.arguments(parts.add_parser("ask", help="ask a question, under an authority"))
        verify = parts.add_parser("verify", help="hold the evidence against its hashes")
        verify.add_argument("segment", nargs="*", help="only these segments, as an answer names them")
        parts.add_parser("rebuild", help="make the index again from the evidence alone")
        parts.add_parser("compact", help="join small parts of the index (the clock does it each night)")
        parts.add_parser("reseal", help="seal all evidence with the newest key, after: safeboard keys rotate")
        dispose = parts.add_parser("dispose", help="dispose of the segments whose time has come")
        dispose.add_argument("--list", action="store_true", help="only say which")
        watch = parts.add_parser("watch", help="take in what is put into a folder: FOLDER/SETTING/FILE")
        watch.add_argument("folder", type=Path)
        watch.add_argument("--once", action="store_true", help="look once, then end")

    def _ingest(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--setting", required=True, help="the key of the setting whose filter wrote them")
        parser.add_argument("--create-setting", action="store_true", help="make the setting known to the archive first")
        parser.add_argument("--format", default="auto", choices=names(), help="how they are written (found by trying)")
        parser.add_argument("--zone", default="", help="by which clock local times were written: Europe/London")
        parser.add_argument("--columns", type=Path, help="a JSON file that says which column of a table holds what")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with scopes_disabled():
                getattr(self, options["action"])(job_access(f"sitelogs {options['action']}"), options)
        except REFUSED as error:
            raise CommandError(str(error)) from error

    def ingest(self, by: Access, options: dict[str, Any]) -> None:
        archive, key = engine.archive(), options["setting"]
        columns = Columns(**json.loads(options["columns"].read_text())) if options["columns"] else None
        if key not in archive.settings():
            if not options["create_setting"]:
                raise CommandError(
                    f"The archive does not know the setting “{key}”. Add it on its page, or say --create-setting."
                )
            archive.enrol(key, zone=options["zone"], columns=columns)
        form, zone = options["format"], options["zone"]
        sources = [Source(key, file, form=form, zone=zone, columns=columns) for file in options["files"]]
        for report in archive.ingest(sources):
            watching.note(by, report)
            for line in watching.told(report):
                self.stdout.write(line)

    def ask(self, by: Access, options: dict[str, Any]) -> None:
        asking.ask(by, options, self.stdout)

    def verify(self, by: Access, options: dict[str, Any]) -> None:
        faults = list(engine.archive().verify(options["segment"] or None))
        for fault in faults:
            self.stderr.write(f"Segment {fault.segment}: {fault.why}" if fault.segment else fault.why)
        with transaction.atomic():
            history.record(by=by, verb="sitelogs.verified", facts={"whole": not faults, "faults": len(faults)})
        if faults:
            raise CommandError(f"The evidence does not hold: {len(faults)} faults, the first above.")
        self.stdout.write(f"All evidence holds. The newest hash of the manifest is {engine.archive().newest}.")

    def rebuild(self, by: Access, options: dict[str, Any]) -> None:
        self.stdout.write(f"The index was made again from the evidence: {engine.archive().rebuild():,} rows.")

    def compact(self, by: Access, options: dict[str, Any]) -> None:
        self.stdout.write(f"{engine.archive().compact():,} small parts were joined.")

    def reseal(self, by: Access, options: dict[str, Any]) -> None:
        done = engine.archive().reseal()
        with transaction.atomic():
            history.record(by=by, verb="sitelogs.resealed", facts={"segments": done})
        self.stdout.write(f"{done:,} segments were sealed with the newest key.")

    def dispose(self, by: Access, options: dict[str, Any]) -> None:
        if options["list"]:
            for segment in due():
                self.stdout.write(f"{segment.name} of {segment.setting}: {segment.lines:,} lines")
            return
        self.stdout.write(f"{dispose_due(by=by):,} segments were disposed of.")

    def watch(self, by: Access, options: dict[str, Any]) -> None:
        for line in watching.watch(by, options["folder"], once=options["once"]):
            self.stdout.write(line)
