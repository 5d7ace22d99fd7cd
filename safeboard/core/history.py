"""The history: every change and every sensitive read, chained so that tampering shows.

Each entry's hash covers the entry and the hash before it (SHA-256); a keyed MAC over the hash means that writing to the
database alone cannot forge the tail; checkpoints are signed (Ed25519) and exported, so that cutting off or rolling
back shows to anyone with the public key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import keys
from .access import Access
from .models import ChainHead, Checkpoint, DigestSalt, Entry

Facts = Mapping[str, Any]


class NotInTransaction(RuntimeError):
    """An entry was about to be written outside the transaction of its change."""


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold, and how."""

    number: int
    why: str


def canonical(entry: Entry) -> list[Any]:
    """What an entry says, in the order in which its digest is made of it."""
    return [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.person_id,
        entry.job,
        entry.place_kind,
        entry.place_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.facts,
        entry.previous,
    ]


def _canonical(entry: Entry) -> bytes:
    return json.dumps(canonical(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _mac(entry_hash: str) -> str:
    return hmac.new(keys.secret("mac"), entry_hash.encode(), hashlib.sha256).hexdigest()


def digest(text: str, salt: bytes) -> str:
    """A keyed, salted digest: proves later that a text was this one, and says nothing once the salt is gone."""
    return hmac.new(keys.secret("digest"), salt + text.encode(), hashlib.sha256).hexdigest()


def record(
    *,
    by: Access,
    verb: str,
    obj: models.Model | None = None,
    facts: Facts | None = None,
    digests: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Write one entry in the transaction that is open, and give it back.

    facts: ids, choices and field names, never free text. digests: texts by field name, of which only a salted
    digest is kept. Raises NotInTransaction outside an atomic block.
    """
    return record_many(by=by, rows=[(verb, obj, facts or {}, digests or {}, at)])[0]


def record_many(
    *,
    by: Access,
    rows: Iterable[tuple[str, models.Model | None, Facts, Mapping[str, str], datetime | None]],
) -> list[Entry]:
    """Write several entries at once: (verb, object, facts, digests, when) each. See ``record``."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("history.record must run inside the transaction of its change")
    head = ChainHead.objects.select_for_update().filter(pk=1).first() or ChainHead(pk=1)
    entries, salts = [], []
    for verb, obj, facts, texts, at in rows:
        entry = Entry(
            number=head.number + 1,
            at=at or timezone.now(),
            person=by.person,
            job=by.job or by.through,
            place_kind=by.place.kind if by.place else "",
            place_id=by.place.id if by.place else None,
            verb=verb,
            object_type=obj._meta.label_lower if obj is not None else "",
            object_id=obj.pk if obj is not None else None,
            facts=dict(facts),
            previous=head.hash,
        )
        if texts:
            salt = secrets.token_bytes(16)
            entry.facts["digests"] = {name: digest(text, salt) for name, text in texts.items()}
            salts.append(DigestSalt(entry_id=entry.number, salt=salt))
        entry.hash = hashlib.sha256(_canonical(entry)).hexdigest()
        entry.mac = _mac(entry.hash)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    DigestSalt.objects.bulk_create(salts, batch_size=500)
    head.save()
    return entries


def saw(*, by: Access, obj: models.Model, what: str = "record") -> None:
    """Note a look at something sensitive, in a transaction of its own."""
    with transaction.atomic():
        record(by=by, verb=f"{obj._meta.app_label}.saw", obj=obj, facts={"what": what})


def of(obj: models.Model) -> models.QuerySet[Entry]:
    """All entries about one record, newest first. The caller has found the record behind the wall."""
    return Entry.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).select_related("person")


def who(entry: Entry) -> str:
    """Who did it, in words: a person, a program with that person's token, or the service."""
    if entry.person is None:
        return _("Safeboard, by itself")
    if entry.job:
        return _("A program with a token of %(who)s") % {"who": entry.person.name}
    return entry.person.name


def verify(*, batch: int = 2000) -> Iterator[Broken]:
    """Walk the whole chain and yield each place where it does not hold; nothing yielded means that it is whole."""
    previous, number = "0" * 64, 0
    marks = {mark.number: mark for mark in Checkpoint.objects.all()}
    entries = Entry.objects.order_by("number").iterator(chunk_size=batch)
    while True:
        try:
            entry = next(entries, None)
        except ValueError:  # no date, or no JSON, where one has to be: a whole batch cannot be read then
            yield Broken(number + 1, "it, or one soon after it, cannot be read")
            return
        if entry is None:
            break
        if entry.number != number + 1:
            yield Broken(entry.number, f"entries {number + 1} to {entry.number - 1} are missing")
        yield from faults_of(entry, previous)
        mark = marks.pop(entry.number, None)
        if mark and (mark.hash != entry.hash or not signed(mark)):
            yield Broken(entry.number, "it differs from the signed checkpoint")
        previous, number = entry.hash, entry.number
    for mark in marks.values():
        yield Broken(mark.number, "a signed checkpoint speaks of an entry that is gone")
    head = ChainHead.objects.filter(pk=1).first()
    if head and (head.number, head.hash) != (number, previous):
        yield Broken(number, f"the chain was cut: it should end with entry {head.number}")


def faults_of(entry: Entry, previous: str) -> Iterator[Broken]:
    """What is wrong with one entry that should follow the one of this hash."""
    if entry.previous != previous:
        yield Broken(entry.number, "it does not follow the entry before it")
    if entry.at is None or hashlib.sha256(_canonical(entry)).hexdigest() != entry.hash:
        yield Broken(entry.number, "what it says was changed")
    if not hmac.compare_digest(_mac(entry.hash).encode(), entry.mac.encode()):
        yield Broken(entry.number, "it was not written by this service")


def _signed_text(number: int, entry_hash: str, at: datetime) -> bytes:
    return f"safeboard checkpoint {number} {entry_hash} {at.astimezone(UTC).isoformat()}".encode()


def signed(mark: Checkpoint) -> bool:
    """Whether a checkpoint's signature is this service's."""
    try:
        keys.public_key().verify(bytes.fromhex(mark.signature), _signed_text(mark.number, mark.hash, mark.at))
    except (InvalidSignature, ValueError):
        return False
    return True


@transaction.atomic
def checkpoint() -> Checkpoint | None:
    """Sign the chain's end and export it; None where nothing was written since the last one.

    The export is a line of JSON in ``settings.SAFEBOARD_CHECKPOINTS``: copy that folder to another machine.
    """
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None or Checkpoint.objects.filter(number=head.number).exists():
        return None
    at = timezone.now()
    signature = keys.signing_key().sign(_signed_text(head.number, head.hash, at)).hex()
    mark = Checkpoint.objects.create(at=at, number=head.number, hash=head.hash, signature=signature)
    folder = Path(settings.SAFEBOARD_CHECKPOINTS)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "checkpoints.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(as_signed(mark)) + "\n")
    return mark


def as_signed(mark: Checkpoint) -> dict[str, Any]:
    """A checkpoint as it was signed: what an outsider needs, with the public key, to verify it."""
    at = mark.at.astimezone(UTC).isoformat()
    return {"number": mark.number, "hash": mark.hash, "at": at, "signature": mark.signature}


def verify_export(path: Path) -> Iterator[Broken]:
    """Hold exported checkpoints against the chain: what was cut off or rolled back since shows here."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        mark = Checkpoint(
            number=row["number"],
            hash=row["hash"],
            at=datetime.fromisoformat(row["at"]),
            signature=row["signature"],
        )
        if not signed(mark):
            yield Broken(mark.number, "the exported checkpoint was not signed by this service")
        elif not Entry.objects.filter(number=mark.number, hash=mark.hash).exists():
            yield Broken(mark.number, "the chain no longer holds the entry of an exported checkpoint")
