"""``safeboard sitelogs ask``: a question from the command line, under an authority and on record like any other."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from safeboard.core.access import Access
from safeboard.documents.cells import harmless
from safeboard.sitelogs import engine
from safeboard.sitelogs.archive import Question, Row, WrongQuestion
from safeboard.sitelogs.operations.asking import note_question

HEAD = ("time", "setting", "address", "user", "host", "url", "method", "status", "category", "blocked", "reason",
        "bytes", "segment", "line")  # fmt: skip
ASKED = ("host", "under", "contains", "ip", "user", "since", "until", "category", "blocked", "limit")


def arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--authority", default="", help="the incident, notice or reason, and who allowed it")
    parser.add_argument(
        "--setting", action="append", default=[], help="ask of this setting (again for more; else of all)"
    )
    parser.add_argument("--host", default="", help="this host alone")
    parser.add_argument("--under", default="", help="this host and all below it")
    parser.add_argument("--contains", default="", help="words in the web address, as they stand")
    parser.add_argument("--ip", default="", help="an address or a range: 10.1.2.3, 10.1.2.0/24, 10.1.2.3-10.1.2.9")
    parser.add_argument("--user", default="")
    parser.add_argument("--from", dest="since", default="", metavar="WHEN", help="2026-03-01 or 2026-03-01T09:00")
    parser.add_argument("--to", dest="until", default="", metavar="WHEN", help="up to, and not with, this time")
    parser.add_argument("--category", default="")
    parser.add_argument("--blocked", action=BooleanOptionalAction, default=None, help="only blocked, or only allowed")
    parser.add_argument("--limit", type=int, help="at most so many rows, the newest")
    parser.add_argument("--zone", default=settings.TIME_ZONE, help="the clock of --from and --to, and of what is shown")
    out = parser.add_mutually_exclusive_group()
    out.add_argument("--count", action="store_true", help="only how many")
    out.add_argument("--csv", type=Path, metavar="FILE", help="write a table, its cells made harmless")


def ask(by: Access, options: dict[str, Any], out: Any) -> None:
    """Write the question down, then run it. Without an authority nothing is asked."""
    if not options["authority"].strip():
        raise CommandError("Nothing is asked of the filter logs without an authority: say --authority TEXT.")
    archive = engine.archive()
    keys = options["setting"] or sorted(archive.settings())
    if unknown := set(keys) - set(archive.settings()):
        raise CommandError(f"The archive does not know the setting “{min(unknown)}”.")
    zone = ZoneInfo(options["zone"])
    try:
        question = question_of(options, keys, zone)
        answer = archive.ask(question)
    except WrongQuestion as error:
        raise CommandError(str(error)) from error
    terms = {name: str(options[name]) for name in ASKED if options[name] not in ("", None)}
    with transaction.atomic():
        note_question(by=by, terms=terms, logs=keys, authority=options["authority"])
    if options["count"]:
        out.write(f"{answer.count():,}")
    elif options["csv"]:
        with options["csv"].open("w", encoding="utf-8", newline="") as file:
            out.write(f"{write_csv(file, answer.rows()):,} rows written to {options['csv']}.")
    else:
        for row in answer.rows():
            out.write("\t".join(_cells(row, zone)))


def question_of(options: dict[str, Any], keys: list[str], zone: ZoneInfo) -> Question:
    """The question that the options say. Raises WrongQuestion."""
    return Question(
        settings=frozenset(keys),
        network=options["ip"],
        user=options["user"],
        host=options["host"],
        under=options["under"],
        contains=options["contains"],
        since=_moment("since", options["since"], zone),
        until=_moment("until", options["until"], zone),
        category=options["category"],
        blocked=options["blocked"],
        limit=options["limit"],
    )


def _moment(field: str, text: str, zone: ZoneInfo) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongQuestion(field, f"“{text}” is not a time, such as 2026-03-01T09:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _cells(row: Row, zone: ZoneInfo | None) -> list[str]:
    values = [getattr(row, name) for name in HEAD]
    values[0] = (row.time.astimezone(zone) if zone else row.time).isoformat(timespec="milliseconds")
    return ["" if value is None else _one_line(str(value)) for value in values]


def _one_line(text: str) -> str:
    """Nothing that a terminal would act on."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def write_csv(file: IO[str], rows: Iterator[Row]) -> int:
    """Write rows as a table, cells made harmless; gives how many."""
    writer = csv.writer(file)
    writer.writerow(HEAD)
    count = 0
    for row in rows:
        writer.writerow([harmless(cell, splits=True) for cell in _cells(row, None)])
        count += 1
    return count
