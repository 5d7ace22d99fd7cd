"""The one writer of what is published."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from . import engine, queries
from .loader import Pack
from .models import PublishedItem
from .schemas import Chart, Item


@dataclass(frozen=True)
class Published:
    """How many items were added, and how many were there already."""

    added: int
    unchanged: int


class PublishError(Exception):
    """Nothing was published. `faults` says what to mend, one line for each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


def body_of(item: Item) -> tuple[dict, str]:
    """What is kept of an item, and its SHA-256 (hex) over the same with sorted keys.

    Fields left at their defaults are left out, so that a field added to a schema changes no digest.
    """
    body = item.model_dump(mode="json", exclude_defaults=True)
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return body, hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def publish_packs(*, packs: Mapping[str, Pack] | None = None) -> Published:
    """Keeps the present version of every item of every pack (by default all that are loaded).

    Publishing again changes nothing. Raises PublishError, and publishes nothing, where words changed under a
    version that is out already (raise the version), or where a chart does not make sense.
    """
    packs = queries.packs() if packs is None else packs
    kept = {
        (row["pack"], row["kind"], row["item"], row["version"]): row["sha256"]
        for row in PublishedItem.objects.filter(pack__in=packs).values("pack", "kind", "item", "version", "sha256")
    }
    faults: list[str] = []
    new: list[PublishedItem] = []
    unchanged = 0
    for pack_id, kind, item in _all_items(packs):
        body, digest = body_of(item)
        before = kept.get((pack_id, kind, item.id, item.version))
        where = f"{pack_id}/{kind}/{item.id}"
        if isinstance(item, Chart):
            faults += [f"{where}:{fault.step}: {fault.message}" for fault in engine.check(item)]
        if before == digest:
            unchanged += 1
        elif before is not None:
            faults.append(
                f"{where}: version {item.version} was published with other words. "
                f"Published words never change: raise the version to {item.version + 1}."
            )
        else:
            new.append(
                PublishedItem(pack=pack_id, kind=kind, item=item.id, version=item.version, sha256=digest, body=body)
            )
    if faults:
        raise PublishError(faults)
    PublishedItem.objects.bulk_create(new, batch_size=500)
    return Published(added=len(new), unchanged=unchanged)


def keep_item(*, pack: str, item: Item) -> PublishedItem:
    """Keep one version of an item that somebody made here, under a name of its own; for ever the same.

    A step of other operations, within their transaction. Raises PublishError where a chart does not make sense, and
    IntegrityError where that version is out already.
    """
    faults = [f"{fault.step}: {fault.message}" for fault in engine.check(item)] if isinstance(item, Chart) else []
    if faults:
        raise PublishError(faults)
    body, digest = body_of(item)
    return PublishedItem.objects.create(
        pack=pack, kind=item.kind, item=item.id, version=item.version, sha256=digest, body=body
    )


def _all_items(packs: Mapping[str, Pack]) -> list[tuple[str, str, Item]]:
    return [
        (pack_id, kind, item)
        for pack_id, pack in packs.items()
        for kind, found in pack.items.items()
        for item in found.values()
    ]
