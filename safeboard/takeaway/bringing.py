"""Reading a ZIP of everything of a place back into an installation that is still empty, every row under its own number.

Numbers stay as they were, so that what refers to a row by its number (answers to their evidence, figures to their
agency) still finds it. That is why the installation has to be empty: two places cannot be poured into one.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models
from django.utils.translation import gettext as _

from safeboard.core.models import Link
from safeboard.core.sealed import SealedJSONField, SealedTextField, blind_index
from safeboard.documents.damaged import DAMAGED
from safeboard.documents.pack import MANIFEST, verify

from .giving import FORMAT, LINK, file_path, is_file
from .holdings import AGENCY, BOARD, POINTED_TO

# Keyed digests hang on the installation: they are made anew from the words they are of.
MADE_ANEW: Mapping[str, Mapping[str, str]] = {
    "incidents.Involved": {"name_index": "name"},
    "incidents.Alert": {"user_index": "user"},
}
# What an agency reads of its board's (an issue of a report, a version of a strategy, what a survey found) hangs on a
# record that the board alone has. In an agency's pack that record is not there: a cover takes its place, closed, with
# what the rows below it say, so that those and what the agency said about them come in whole.
COVERS: Mapping[str, tuple[str, str, Mapping[str, str], Mapping[str, Any]]] = {
    "insight.Report": ("insight.ReportIssue", "report_id", {"year": "year", "title": "title"}, {"state": "published"}),
    "standards.Survey": (
        "standards.SurveyResult",
        "survey_id",
        {"audience": "audience", "title": "title", "opens_on": "counted_at", "closes_on": "counted_at"},
        {"state": "counted"},
    ),
    "strategy.Document": (
        "strategy.Version",
        "document_id",
        {"kind": "kind", "title": "title"},
        {"state": "superseded"},
    ),
}
NEW_NUMBERS = frozenset({"library.PublishedItem"})  # nothing refers to these by number, and the shipped ones are there
LARGEST_UNPACKED = 50 * 1024**3  # bytes


class CannotBring(Exception):
    """The pack cannot be brought in; the words say why. Nothing was written."""


@dataclass
class Brought:
    """What came in: rows by model; rows that stayed out because what they hang on was not in the pack."""

    name: str
    rows: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


def checked(path: Path, key: str = "") -> tempfile.TemporaryDirectory[str]:
    """Unpack a pack into a temporary folder and check it there. Raises CannotBring; the caller cleans up.

    ``key`` is the fingerprint of the key that the sender gave by another way; it is held against the pack's own.
    """
    folder = tempfile.TemporaryDirectory(prefix="safeboard-bring-")
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise CannotBring(_("The file unpacks to more than 50 GB. Nothing was written."))
            archive.extractall(folder.name)
        faults = verify.check(folder.name)
        if faults:
            lines = "\n".join(f"{name}: {why}" for name, why in faults[:20])
            raise CannotBring(_("The pack does not hold:\n%(lines)s\nNothing was written.") % {"lines": lines})
        if key and _letters(key) != _letters(verify.fingerprint(folder.name)):
            raise CannotBring(_("The pack was signed with another key than the one you named. Nothing was written."))
        if _manifest(folder.name).get("takeaway") != FORMAT:
            raise CannotBring(_("This is a pack of another kind. Nothing was written."))
    except CannotBring:
        folder.cleanup()
        raise
    except DAMAGED as error:
        folder.cleanup()
        raise CannotBring(_("The file cannot be read as a ZIP. Nothing was written.")) from error
    return folder


def poured(folder: str) -> Brought:
    """Write every row of an unpacked, checked pack; gives what came in. In a transaction, behind an open wall.

    Raises CannotBring where the installation is not empty, or a row does not fit this version of the product.
    """
    _must_be_empty()
    manifest = _manifest(folder)
    brought = Brought(str(manifest.get("name", "")))
    covers = _covers(folder)
    known = _numbers(folder, covers)
    for label, rows in covers.items():
        for number, values in rows.items():
            apps.get_model(label)(pk=number, **values).save_base(raw=True, force_insert=True)
    for label in sorted(set(known) - set(covers)):
        for row in _lines(folder, f"data/{label}.jsonl"):
            _pour(folder, apps.get_model(label), row, known, brought)
    for row in _lines(folder, "links.jsonl"):
        Link(**{name: Link._meta.get_field(name).to_python(row[name]) for name in LINK}).save_base(raw=True)
    _go_on_counting()
    return brought


def _must_be_empty() -> None:
    for label in ("partnership.Board", "partnership.Agency", "accounts.Person"):
        if apps.get_model(label)._base_manager.exists():
            raise CannotBring(_("This installation is not empty. Bring it into a fresh one. Nothing was written."))


def _covers(folder: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """The covers that this pack needs, by model and number: their fields, as the newest row below each has them."""
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    for label, (below, key, fields, fixed) in COVERS.items():
        if Path(folder, "data", f"{label}.jsonl").exists():
            continue
        model = apps.get_model(label)
        for row in _lines(folder, f"data/{below}.jsonl"):
            values = {name: _read(model, name, row[of]) for name, of in fields.items()}
            found.setdefault(label, {})[row[key]] = {"board_id": row["board_id"], **values, **fixed}
    return found


def _read(model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.to_python(value[:10] if isinstance(field, models.DateField) else value)


def _numbers(folder: str, covers: Mapping[str, Mapping[Any, Any]]) -> dict[str, set[Any]]:
    """The numbers of all rows, by model: known before the first is written, so that what hangs in the air is seen."""
    named = {*AGENCY, *BOARD, *POINTED_TO}
    found: dict[str, set[Any]] = {label: set(rows) for label, rows in covers.items()}
    for path in sorted(Path(folder, "data").glob("*.jsonl")):
        if path.stem not in named:
            raise CannotBring(_("This version does not know %(what)s. Nothing was written.") % {"what": path.stem})
        column = apps.get_model(path.stem)._meta.pk.attname
        found[path.stem] = {row[column] for row in _lines(folder, f"data/{path.name}")}
    kept = dict(found)
    while dropped := _hanging(folder, kept):
        for label, numbers in dropped.items():
            kept[label] = kept[label] - numbers
    return kept


def _hanging(folder: str, known: Mapping[str, set[Any]]) -> dict[str, set[Any]]:
    """Rows whose key must be there and points to no row of the pack."""
    found: dict[str, set[Any]] = {}
    for label, numbers in known.items():
        model = apps.get_model(label)
        needed = [(one.attname, one.related_model._meta.label) for one in _keys(model) if not one.null]
        for row in _lines(folder, f"data/{label}.jsonl") if needed else ():
            number = row[model._meta.pk.attname]
            if number in numbers and any(row[name] not in known.get(target, ()) for name, target in needed):
                found.setdefault(label, set()).add(number)
    return found


def _keys(model: type[models.Model]) -> list[models.Field]:
    return [one for one in model._meta.concrete_fields if one.is_relation]


def _pour(
    folder: str, model: type[models.Model], row: dict[str, Any], known: Mapping[str, set[Any]], to: Brought
) -> None:
    label, number = model._meta.label, row[model._meta.pk.attname]
    if number not in known[label]:
        to.left[label] = to.left.get(label, 0) + 1
        return
    try:
        values = {one.attname: _value(folder, model, one, row, known) for one in model._meta.concrete_fields}
    except (KeyError, ValueError, TypeError, ValidationError) as error:
        words = _("A row of %(what)s does not fit this version. Nothing was written.")
        raise CannotBring(words % {"what": label}) from error
    for name, of in MADE_ANEW.get(label, {}).items():
        values[name] = blind_index(values[of]) if values[of] else ""
    if label in NEW_NUMBERS:
        values[model._meta.pk.attname] = None
    instance = model(**values)
    if label == "accounts.Person":
        instance.set_unusable_password()
    instance.save_base(raw=True, force_insert=True)
    to.rows[label] = to.rows.get(label, 0) + 1


def _value(
    folder: str, model: type[models.Model], one: models.Field, row: Mapping[str, Any], known: Mapping[str, set[Any]]
) -> Any:
    """A field's value: read by its type; the default where it did not go; nothing where it points to what did not."""
    if is_file(one):
        path = Path(folder, *file_path(model._meta.label, row[model._meta.pk.attname], one.name).split("/"))
        return path.read_bytes() if path.exists() else one.get_default()
    if one.attname not in row:
        return one.get_default()
    value = row[one.attname]
    if one.is_relation:
        return value if value in known.get(one.related_model._meta.label, ()) else None
    if value is None or isinstance(one, SealedTextField | SealedJSONField | models.JSONField):
        return value
    return one.to_python(value)


def _go_on_counting() -> None:
    """Let the database give the next numbers after those that came in."""
    touched = [apps.get_model(label) for label in sorted({*AGENCY, *BOARD, *POINTED_TO})] + [Link]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), touched):
            cursor.execute(statement)


def _lines(folder: str, path: str) -> Iterator[dict[str, Any]]:
    whole = Path(folder, *path.split("/"))
    if whole.exists():
        with whole.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def _manifest(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(folder, MANIFEST).read_text(encoding="utf-8"))
    return found


def _letters(text: str) -> str:
    return "".join(one for one in text.lower() if one in "0123456789abcdef")
